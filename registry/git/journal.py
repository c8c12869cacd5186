"""What a save is about to do, written down before it does it, so that whoever comes after a crash can tell.

A journal is a folder of its own under `.git/vanort/journal/`: `plan.json` (once it is there, the save may have begun),
`new N` and `old N` (the contents of the files to come and as they were), `come/` (contents to come that Git has taken out
of the history, by path) and `index` (Git's index to come). The index is the same file as `index.lock` while the save is under way: by that a lock is known to be ours.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, NamedTuple

from registry.errors import GitTrouble
from registry.git import files, trouble
from registry.git.repository import Repository
from registry.words import _

if sys.platform != "win32":
    import fcntl
else:
    import msvcrt

_LOCK: Final = "lock"
_NAME: Final = re.compile(r"[0-9a-f]+ \d+ \d* .*")
"""A journal's folder: when (nanoseconds, in hex), process, its start, computer."""
_PATIENCE: Final = 10.0
"""Seconds to wait for another save of ours; one takes some ten milliseconds, a large import some seconds."""
_STRANGER: Final = 60.0
"""Seconds after which a save from another computer, that cannot be asked, is taken for dead."""


class Entry(NamedTuple):
    """What a save does to one path of Git's index: blob ids, None for none, and the mode in octal."""

    path: str
    old: str | None
    new: str | None
    mode: str


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A file of the work tree: the ids of its content before and after, None where there is no file.

    `stored`: the content to come is in the history, whatever becomes of what the journal holds of it.
    """

    path: str
    before: str | None
    after: str | None
    stored: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All of a save that is about to happen.

    `folder` is the work tree's, `work_tree` its git folder within the common one, "." for the main one: the
    registry may be moved or renamed before the next start. `entries` are Git's index's: path, old blob, new blob, mode.
    """

    folder: str
    work_tree: str
    ref: str
    base: str | None
    commit: str
    subject: str
    files: tuple[FilePlan, ...]
    entries: tuple[Entry, ...]
    how: str = "commit"
    """What moves the branch, as Git's log of its moves says it (git-reflog(1))."""

    def as_json(self) -> dict[str, Any]:
        """As `Journal.seal` writes it; `dataclasses.asdict` takes ten times as long for many files."""
        files = [
            {"path": file.path, "before": file.before, "after": file.after, "stored": file.stored}
            for file in self.files
        ]
        return {**{each.name: getattr(self, each.name) for each in fields(self)}, "files": files}

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Plan:
        """The plan that `Journal.seal` wrote."""
        return cls(
            **{
                **found,
                "files": tuple(FilePlan(**file) for file in found["files"]),
                "entries": tuple(Entry(*entry) for entry in found["entries"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Journal:
    """One save's journal. Files are numbered as in the plan."""

    folder: Path

    @classmethod
    def begin(cls, repo: Repository) -> Journal:
        """A new, empty journal."""
        name = f"{time.time_ns():x} {os.getpid()} {_started(os.getpid())} {socket.gethostname()}"
        journal = cls(repo.make_local_dir("journal") / name)
        journal.folder.mkdir()
        return journal

    def is_orphan(self) -> bool:
        """Whether the process that saved has certainly ended, or is on another computer and long silent.

        The folder's name tells: when, the process's number and its start (a number is used again), the computer.
        """
        when, pid, started, host = self.folder.name.split(" ", 3)
        if host != socket.gethostname():
            return time.time() - int(when, 16) / 1e9 > _STRANGER
        return _started(int(pid)) != started or not _is_alive(int(pid))

    @property
    def index(self) -> Path:
        """The index to come."""
        return self.folder / "index"

    def new(self, number: int, file: FilePlan) -> str:
        """Where the content to come of a file waits; gone once it is in its place."""
        return f"{self.coming}{file.path}" if file.stored else f"{self.folder}{os.sep}new {number}"

    @property
    def coming(self) -> str:
        """What the names begin with that Git is to give to the files that it takes out of the history."""
        return f"{self.folder.as_posix()}/come/"

    def old(self, number: int) -> str:
        """Where the content that a file had is kept."""
        return f"{self.folder}{os.sep}old {number}"

    @property
    def _copied(self) -> Path:
        """A mark that the lock is a copy of the index to come, not another name of it."""
        return self.folder / "copied"

    def put_lock(self, lock: Path) -> None:
        """Make the index to come the lock. Raises `FileExistsError` if there is one."""
        if not files.link(self.index, lock):
            self._copied.touch()  # first: a crash must not leave a copy that nobody knows
            files.copy(self.index, lock)

    def owns(self, place: Path) -> bool:
        """Whether the lock, or the index, at `place` is the index to come."""
        try:
            return self.index.samefile(place) or (
                self._copied.exists() and self.index.read_bytes() == place.read_bytes()
            )
        except OSError:
            return False

    def seal(self, plan: Plan) -> None:
        """Write down the plan, on the disk. Once it is whole the save is finished or undone, whatever happens.

        As Git does, we leave it to the file system to bring names to the disk in the order in which they were given.
        """
        files.write_new(self.folder / "plan.json", json.dumps(plan.as_json()).encode("utf-8"))

    def plan(self) -> Plan | None:
        """The plan, or None if the save never began."""
        try:
            return Plan.from_json(json.loads((self.folder / "plan.json").read_bytes()))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def remove(self) -> None:
        """Forget the save: the plan first, in one step, then the rest."""
        with contextlib.suppress(FileNotFoundError):
            (self.folder / "plan.json").unlink()
        shutil.rmtree(self.folder, ignore_errors=True)


def left_behind(repo: Repository) -> list[Journal]:
    """The journals that are there, oldest first; while one has the turn, those of saves that a crash ended."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        return [
            Journal(place)
            for place in sorted((repo.local_dir / "journal").iterdir())
            if _NAME.fullmatch(place.name) and place.is_dir()
        ]
    return []


class Busy(GitTrouble):
    """Another process of ours is saving, and goes on for longer than one waits."""


@contextlib.contextmanager
def turn(repo: Repository, patience: float = _PATIENCE) -> Iterator[bool]:
    """Have the turn to write, alone among our processes and threads; the system takes it back from one that dies.

    Yields whether the file system knows such locks; where it doesn't, Git's own `index.lock` still keeps saves
    apart, and only a journal's owner tells whether it lives. Raises `Busy` after `patience` seconds.
    """
    place = repo.make_local_dir("journal") / _LOCK
    try:
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise trouble.from_os_error(repo.folder, error) from error
    try:
        deadline = time.monotonic() + patience
        pause = 0.001
        while (taken := _take(descriptor)) is False:
            if time.monotonic() > deadline:
                raise Busy(
                    _("Another save, perhaps an import, is under way in %(folder)s.") % {"folder": repo.folder},
                    _("Wait until it is done, and try again."),
                )
            time.sleep(pause)
            pause = min(pause * 1.5, 0.02)
        yield taken is True
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool | None:
    """Take the lock: True if it is ours, False if somebody has it, None if there are no locks here."""
    try:
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":  # where os.kill ends a process; and a lock there is always to be had
        return pid == os.getpid()
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _started(pid: int) -> str:
    """When a process started, in the system's own words ("" where it doesn't say): proc(5), the 22nd field of stat."""
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    return ""
