"""From the command line to the app."""

from __future__ import annotations

import sys
from pathlib import Path

from registry.errors import BadInput, NotFound
from registry.words import _
from tui.cli.invocation import Invocation, Opening


def require_terminal() -> None:
    """Raises `BadInput` where there is no terminal to show an app on."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput(
            _("The app needs a terminal, and there is none here."),
            _("Run it in a terminal, or use a command: vanort --help shows them."),
        )


def open_app(opening: Opening, invocation: Invocation) -> int:
    """Open the app until the user leaves it.

    A registry that was named must be one; else it is the one that contains the working directory; else the app knows.
    """
    require_terminal()
    folder = opening.folder
    if folder is None and (named := invocation.chosen_folder) is not None:
        from registry.git.repository import Repository

        folder = Repository.discover(named, allow_bare=True).folder
    elif folder is None:
        folder = _here()
    from tui.app import run_app

    return run_app(folder, lang=invocation.language, demo=opening.demo)


def _here() -> Path | None:
    from registry.git.repository import Repository

    try:
        return Repository.discover(Path(), allow_bare=True).folder
    except NotFound:
        return None
