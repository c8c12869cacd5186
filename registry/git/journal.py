"""What a save is about to do, written down before it does it, so that whoever comes after a crash can tell.

A journal is a folder of its own under `.git/vanort/journal/`: `plan.json` (once it is there, the save may have begun),
`new/N` and `old/N` (the contents of the files to come and as they were) and `index` (Git's index to come). The index
is the same file as `index.lock` while the save is under way: by that a lock is known to be ours.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from registry.errors import GitTrouble
from registry.git import files, trouble
from registry.git.repository import Repository

if sys.platform != "win32":
    import fcntl
else:
    import msvcrt

_LOCK: Final = "lock"
_PATIENCE: Final = 10.0
"""Seconds to wait for another save of ours; one takes some ten milliseconds, a large import some seconds."""
_STRANGER: Final = 60.0
"""Seconds after which a save from another computer, that cannot be asked, is taken for dead."""


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A file of the work tree: the ids of its content before and after, None where there is no file."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Owner:
    """Which process saves: its computer, number and start (so that a number used again is not taken for it)."""

    host: str
    pid: int
    started: str
    written: float

    @classmethod
    def this_process(cls) -> Owner:
        """The process that asks."""
        return cls(socket.gethostname(), os.getpid(), _started(os.getpid()), time.time())

    def is_gone(self) -> bool:
        """Whether the process has certainly ended, or can no longer be asked."""
        if self.host != socket.gethostname():
            return time.time() - self.written > _STRANGER
        if _started(self.pid) != self.started:
            return True
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return False


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
    entries: tuple[tuple[str, str | None, str | None, str], ...]
    owner: Owner = field(default_factory=Owner.this_process)

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Plan:
        """The plan that `Journal.seal` wrote."""
        return cls(
            **{
                **found,
                "files": tuple(FilePlan(**file) for file in found["files"]),
                "entries": tuple(tuple(entry) for entry in found["entries"]),
                "owner": Owner(**found["owner"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Journal:
    """One save's journal. Files are numbered as in the plan."""

    folder: Path

    @classmethod
    def begin(cls, repo: Repository) -> Journal:
        """A new, empty journal."""
        journal = cls(repo.make_local_dir("journal") / f"{time.time_ns():x}-{os.getpid()}")
        for part in ("new", "old"):
            (journal.folder / part).mkdir(parents=True)
        return journal

    @property
    def index(self) -> Path:
        """The index to come."""
        return self.folder / "index"

    def new(self, number: int) -> Path:
        """Where the content to come of a file waits; gone once it is in its place."""
        return self.folder / "new" / str(number)

    def old(self, number: int) -> Path:
        """Where the content that a file had is kept."""
        return self.folder / "old" / str(number)

    @property
    def _copied(self) -> Path:
        """A mark that the lock is a copy of the index to come, not another name of it."""
        return self.folder / "copied"

    def put_lock(self, lock: Path) -> None:
        """Make the index to come the lock. Raises `FileExistsError` if there is one."""
        if not files.link_or_copy(self.index, lock):
            self._copied.touch()

    def owns(self, place: Path) -> bool:
        """Whether the lock, or the index, at `place` is the index to come."""
        try:
            return self.index.samefile(place) or (
                self._copied.exists() and self.index.read_bytes() == place.read_bytes()
            )
        except OSError:
            return False

    def seal(self, plan: Plan) -> None:
        """Write down the plan, on the disk, in one step. From here on it is finished or undone, whatever happens."""
        waiting = self.folder / "plan.tmp"
        files.write_new(waiting, json.dumps(asdict(plan)).encode("utf-8"))
        files.move(waiting, self.folder / "plan.json")
        files.sync_folder(self.folder)

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
        return [Journal(place) for place in sorted((repo.local_dir / "journal").iterdir()) if place.is_dir()]
    return []


@contextlib.contextmanager
def turn(repo: Repository, patience: float = _PATIENCE) -> Iterator[bool]:
    """Have the turn to write, alone among our processes and threads; the system takes it back from one that dies.

    Yields whether the file system knows such locks; where it doesn't, Git's own `index.lock` still keeps saves
    apart, and only a journal's owner tells whether it lives. Raises `GitTrouble` after `patience` seconds.
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
                raise GitTrouble(*trouble.locked(repo.folder))
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


def _started(pid: int) -> str:
    """When a process started, in the system's own words ("" where it doesn't say): proc(5), the 22nd field of stat."""
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    return ""
