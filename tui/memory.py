"""What the app remembers between runs, outside any registry: which one was opened last."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import platformdirs


def _file() -> Path:
    return Path(platformdirs.user_state_dir("vanort", appauthor=False)) / "app.json"


def last_opened() -> Path | None:
    """The registry that was opened last, if it is still there."""
    try:
        found = json.loads(_file().read_text(encoding="utf-8")).get("last")
    except (OSError, ValueError, AttributeError):
        return None
    folder = Path(found) if isinstance(found, str) else None
    return folder if folder is not None and folder.is_dir() else None


def remember(folder: Path) -> None:
    """Remember `folder` as the registry opened last. That it cannot be written is nobody's trouble."""
    with contextlib.suppress(OSError):
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"last": str(folder)}), encoding="utf-8")
