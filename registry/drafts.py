"""Drafts: what somebody was writing in a form, kept so that a lost connection or a crash costs nothing.

One file a form in ``.git/vanort/drafts/``, never committed, readable by its owner alone. A draft is JSON; the record
in it is TOML, as in its file. A draft that cannot be read is no draft, and never stops a form from opening.

What names somebody who has been erased since is not kept: the text would outlive the erasure.

While its form is open the file is locked, so that no other window is offered what is still being written. The system
lets go of the lock with the process, however that ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from registry.errors import BrokenFile, GitTrouble, Refused
from registry.git.repository import Repository
from registry.people.book import Book
from registry.records.refs import is_ref
from registry.records.values import Data
from registry.snapshot import Snapshot
from registry.toml_files import read, write
from registry.words import _

FOLDER: Final = "drafts"
_FORMAT: Final = 1


class NamesErased(Refused):
    """What stands in the form names somebody who has been erased since it was written: it is not kept."""

    def __init__(self) -> None:
        super().__init__(
            _("What is written here names somebody who has been erased from the people book since."),
            _("Take the name, the address or the number out of it; until then it is not kept as a draft."),
        )


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
    file: str = field(default="", compare=False)
    """The name of the file that it was found in."""


def key_for_new(kind: str) -> str:
    """The key of the draft of a record that has no REF yet."""
    return f"new-{kind}"


class Drafts:
    """The drafts of one registry."""

    def __init__(self, repo: Repository, erased: Callable[[], Book] = Book) -> None:
        """`erased` gives those who have been erased while the program ran: what names them is not kept."""
        self.repo = repo
        self.erased = erased
        self.folder = repo.local_dir / FOLDER

    def place(self, key: str, draft: Draft | None = None) -> Place:
        """Where a form keeps what is written in it: a file of its own, or that of the draft that it goes on with."""
        return Place(self, key, draft)

    def all(self, *keys: str) -> list[Draft]:
        """The drafts that no open form is writing, under any of `keys` (none: all), the latest first."""
        found = [draft for file in self._files() if not keys or _key(file) in keys for draft in _read(file)]
        return sorted(found, key=lambda draft: draft.when, reverse=True)

    def find(self, *keys: str) -> Draft | None:
        """The latest of them, or None."""
        return next(iter(self.all(*keys)), None)

    def throw_away(self, draft: Draft) -> None:
        """Forget it; where it cannot be removed, it is offered once more."""
        with contextlib.suppress(OSError):
            (self.folder / draft.file).unlink(missing_ok=True)

    def keys(self) -> list[str]:
        """What there are drafts of, each once."""
        return sorted({_key(file) for file in self._files()})

    def without_record(self, snapshot: Snapshot) -> list[Draft]:
        """The drafts of records that are no more under that name, the latest of each."""
        keys = [key for key in self.keys() if is_ref(key) and key not in snapshot]
        return [draft for key in keys if (draft := self.find(key)) is not None]

    def _files(self) -> Iterator[Path]:
        return self.folder.glob("[!.]*.json") if self.folder.is_dir() else iter(())


class Place:
    """Where one form keeps its draft, until `close`."""

    def __init__(self, drafts: Drafts, key: str, draft: Draft | None) -> None:
        self.key = key
        self._drafts = drafts
        goes_on = draft is not None and draft.key == key
        self._file = draft.file if draft and goes_on else f"{key.replace('/', '~')}.{secrets.token_hex(4)}.json"
        self._before = draft.file if draft and not goes_on else ""  # of a record that had another name then
        self._held: IO[str] | None = None
        if draft is not None:
            with contextlib.suppress(OSError):
                self._hold((drafts.folder / draft.file).open(encoding="ascii"))

    def keep(self, draft: Draft) -> None:
        """Store `draft` in the place of the earlier one, whole or not at all. Raises `GitTrouble` where it cannot.

        Raises `NamesErased`, with no draft left, where it names somebody who has been erased since.
        """
        if _names(draft, self._drafts.erased()):
            self._forget(self._file)
            self._forget(self._before)
            raise NamesErased
        content = {
            "format": _FORMAT,
            "key": self.key,
            "base": draft.base,
            "when": draft.when.isoformat(timespec="seconds"),
            "texts": dict(draft.texts),
            "record": write(draft.data),
        }
        folder = self._drafts.folder
        try:
            self._drafts.repo.make_local_dir(FOLDER)
            handle, waiting = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
            file = os.fdopen(handle, "w", encoding="ascii")
            try:
                json.dump(content, file)
                file.flush()
                os.fsync(file.fileno())
                self._hold(file)
                Path(waiting).replace(folder / self._file)
            except BaseException:
                file.close()
                Path(waiting).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise GitTrouble(
                _("What you write cannot be kept as a draft: %(reason)s.") % {"reason": error.strerror or error},
                _("Save soon; until then it is only on the screen."),
            ) from error
        self._forget(self._before)
        self._before = ""

    def throw_away(self) -> None:
        """There is no draft of this form from now on."""
        self._forget(self._file)
        self._forget(self._before)
        self.close()

    def close(self) -> None:
        """The form is gone: what was kept is offered again."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def _forget(self, file: str) -> None:
        if file:
            with contextlib.suppress(OSError):
                (self._drafts.folder / file).unlink(missing_ok=True)

    def _hold(self, file: IO[str]) -> None:
        """Let nobody else be offered what `file` holds, and let go of what it replaces."""
        self.close()
        if _lock(file):
            self._held = file
        else:
            file.close()


def _names(draft: Draft, erased: Book) -> bool:
    """Whether the draft names one of the `erased`, in whatever form."""
    if not erased.people:
        return False
    from registry.people.loosely import Loosely, as_words

    written = as_words("\n".join((draft.key, write(draft.data), *draft.texts.values())).encode())
    return Loosely.of(erased.people.values()).named_in(written)


def _key(file: Path) -> str:
    return file.name.partition(".")[0].replace("~", "/")


def _read(file: Path) -> Iterator[Draft]:
    """The draft in a file, unless it cannot be read or is being written."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError, BrokenFile):
        with file.open(encoding="ascii") as handle:
            if _written_elsewhere(handle):
                return
            found = json.load(handle)
        if found["format"] == _FORMAT and found["key"] == _key(file):
            texts = {str(path): str(text) for path, text in found["texts"].items()}
            data = read(str(found["record"]).encode("utf-8"))
            yield Draft(found["key"], data, found["base"], datetime.fromisoformat(found["when"]), texts, file.name)


if sys.platform == "win32":

    def _lock(file: IO[str]) -> bool:  # noqa: ARG001
        """A file that is open cannot be replaced here, so none is kept open: what another window writes is offered too."""
        return False

    def _written_elsewhere(file: IO[str]) -> bool:  # noqa: ARG001
        return False

else:
    import fcntl

    def _lock(file: IO[str]) -> bool:
        """Whether `file` says from now on that its form is open, until it is closed."""
        return _flock(file, fcntl.LOCK_EX)

    def _written_elsewhere(file: IO[str]) -> bool:
        """Whether the form of the draft in `file` is open."""
        return not _flock(file, fcntl.LOCK_SH)

    def _flock(file: IO[str], how: int) -> bool:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a disk without locks: nobody can be kept out
            return True
        return True
