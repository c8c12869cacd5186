"""Lending the terminal to the user's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from registry.words import _
from tui.notices import tell

if TYPE_CHECKING:
    from tui.app import VanortApp


def editor_command() -> list[str] | None:
    """The user's editor: `VISUAL`, `EDITOR`, else the first common one that is installed; None if there is none."""
    for variable in ("VISUAL", "EDITOR"):
        if chosen := os.environ.get(variable, "").strip():
            return shlex.split(chosen, posix=os.name != "nt")
    usual = ("notepad",) if os.name == "nt" else ("nano", "micro", "vim", "vi")
    return next(([found] for name in usual if (found := shutil.which(name))), None)


async def edit_file(app: VanortApp, file: Path) -> bool:
    """Open `file` in the editor, with the terminal lent to it. Whether it was opened; why not is said."""
    command = editor_command()
    if command is None:
        tell(app, _("No editor was found. Set EDITOR to the one you use."), severity="warning")
        return False
    try:
        await app.suspended(lambda: subprocess.run([*command, str(file)], check=False))  # the user's own program
    except OSError as error:
        tell(
            app,
            _("The editor %(editor)s cannot be started: %(reason)s")
            % {"editor": command[0], "reason": error.strerror or error},
            severity="error",
        )
        return False
    return True
