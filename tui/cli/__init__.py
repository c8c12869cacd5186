"""The command line: a headless twin of everything the app does (DESIGN.md section 6)."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """The program `vanort`: runs one command, or opens the app, and gives the exit code.

    0 done; 1 a finding that the command exists to report; 2 refused or failed, nothing written; 130 interrupted.
    """
    from tui.cli.program import run

    return run(list(sys.argv[1:] if arguments is None else arguments))
