"""Drafts: what somebody was writing in a form, kept so that a lost connection or a crash costs nothing.

One file a record in ``.git/vanort/drafts/``, never committed, readable by its owner alone. A draft is JSON; the record
in it is TOML, as in its file. A draft that cannot be read is no draft, and never stops a form from opening.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from registry.errors import BrokenFile, GitTrouble
from registry.git.repository import Repository
from registry.records.values import Data
from registry.toml_files import read, write
from registry.words import _

FOLDER: Final = "drafts"
_FORMAT: Final = 1


@dataclass(frozen=True)
class Draft:
    """A form that was left without saving."""

    key: str
    """The REF, or ``new-projects`` for a record to be added."""
    data: Data
    """The values as they stood."""
    base: str | None
    """The commit that they were based on."""
    when: datetime
    """When it was last kept, in local time."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Path → what was typed there and could not be read."""


def key_for_new(kind: str) -> str:
    """The key of the draft of a record that has no REF yet."""
    return f"new-{kind}"


class Drafts:
    """The drafts of one registry."""

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self.folder = repo.local_dir / FOLDER

    def _file(self, key: str) -> Path:
        return self.folder / f"{key.replace('/', '~')}.json"

    def keep(self, draft: Draft) -> None:
        """Store `draft` in the place of an earlier one, whole or not at all. Raises `GitTrouble` where it cannot."""
        content = {
            "format": _FORMAT,
            "key": draft.key,
            "base": draft.base,
            "when": draft.when.isoformat(timespec="seconds"),
            "texts": dict(draft.texts),
            "record": write(draft.data),
        }
        try:
            self._repo.make_local_dir(FOLDER)
            handle, waiting = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=self.folder)
            try:
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    json.dump(content, file)
                    file.flush()
                    os.fsync(file.fileno())
                Path(waiting).replace(self._file(draft.key))
            except BaseException:
                Path(waiting).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise GitTrouble(
                _("What you write cannot be kept as a draft: %(reason)s.") % {"reason": error.strerror or error},
                _("Save soon; until then it is only on the screen."),
            ) from error

    def find(self, key: str) -> Draft | None:
        """The draft of a record, or None."""
        try:
            found = json.loads(self._file(key).read_text(encoding="ascii"))
            if found["format"] != _FORMAT or found["key"] != key:
                return None
            texts = {str(path): str(text) for path, text in found["texts"].items()}
            data = read(str(found["record"]).encode("utf-8"))
            return Draft(key, data, found["base"], datetime.fromisoformat(found["when"]), texts)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, BrokenFile):
            return None

    def throw_away(self, key: str) -> None:
        """There is no draft of a record from now on; where it cannot be removed, it is offered once more."""
        with contextlib.suppress(OSError):
            self._file(key).unlink(missing_ok=True)

    def keys(self) -> list[str]:
        """What there are drafts of."""
        return (
            sorted(file.stem.replace("~", "/") for file in self.folder.glob("*.json")) if self.folder.is_dir() else []
        )
