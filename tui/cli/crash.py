"""What is told, and kept, of a defect of ours: never a traceback on the screen."""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from registry.words import _
from tui.cli.versions import versions


def report(error: Exception, arguments: Sequence[str]) -> tuple[str, str]:
    """Write what is known of `error` to a file and give the apology and where to find it.

    The file is readable by its owner alone: a command line may hold what somebody typed about a person.
    """
    now = datetime.now().astimezone()
    told = "".join(traceback.format_exception(error))
    content = f"{now.isoformat()}\n{versions()}\nvanort {' '.join(map(repr, arguments))}\n\n{told}"
    message = _("Something went wrong that should not have: %(kind)s. We are sorry.") % {"kind": type(error).__name__}
    try:
        import platformdirs

        folder = Path(platformdirs.user_state_dir("vanort", appauthor=False)) / "reports"
        file = folder / f"{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as handle:
            handle.write(content)
    except (OSError, ImportError):  # an installation that lacks a part of it is a reason to be here
        return message, _("Run it again with VANORT_DEBUG=1 to see what it was.")
    return message, _("What is known of it was written to %(file)s; send that to whoever looks after the program.") % {
        "file": str(file)
    }
