"""The command line: a headless twin of everything the app does (DESIGN.md section 6)."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

_OBJECTS_BEFORE_COLLECTING = 1_000_000
"""Python's own 700 has it look for garbage hundreds of times while modules are imported, a sixth of the app's start.
A command ends before it has left that much; the app collects as usual from its first frame on."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The program `vanort`: runs one command, or opens the app, and gives the exit code.

    0 done; 1 a finding that the command exists to report; 2 refused or failed, nothing written; 130 interrupted.
    """
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["merge-driver"]:  # a process for each file that plain Git merges: it waits for nothing else
        from registry.sharing import driving

        return driving.main(given[1:])
    from tui.cli.running import run

    return run(given)
