"""Git's index as it is to be after a save, made beside the real one and put in its place."""

from __future__ import annotations

import contextlib
import mmap
import os
import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from registry.errors import GitTrouble
from registry.git import files, trouble
from registry.git.journal import Entry, Journal
from registry.git.repository import Repository
from registry.git.run import Git, Running

_PATIENCE: Final = 2.0
"""Seconds to wait for somebody else's `index.lock`."""
_FEW: Final = 100
"""Paths that are asked for by name; of more, the whole index is read."""


class IndexToCome:
    """The real index, what the user has staged included, with `entries` as they will be.

    It is made by a process that runs while the save does other things; `put_lock` waits for it. Entries are given by
    blob id, never by path: what an editor writes at this moment must not be staged.
    """

    def __init__(self, repo: Repository, journal: Journal, base: str | None, entries: Sequence[Entry]) -> None:
        self._repo, self._journal, self._base, self._entries = repo, journal, base, entries
        self._real, self._lock = repo.git_dir / "index", repo.git_dir / "index.lock"
        self._making: Running | None = None
        self._start()

    def _start(self) -> None:
        """Begin to make it, from the real index as it is now."""
        coming = self._journal.index
        env = {"GIT_INDEX_FILE": str(coming)}
        coming.unlink(missing_ok=True)
        coming.with_name(f"{coming.name}.lock").unlink(missing_ok=True)  # of a process that `stop` ended at its work
        self._seen = _signature(self._real)
        if self._seen:
            files.link_or_copy(self._real, coming)  # Git never writes into an index: it replaces it
        else:
            self._repo.git.bytes("read-tree", self._base or "--empty", env=env)
        self._making = _update(self._repo.git, self._entries, env)

    def wait(self) -> None:
        """Until the journal has it whole. Raises `GitFailed`."""
        if self._making is not None:
            making, self._making = self._making, None
            making.finish()

    def put_lock(self, harmless: Mapping[str, Collection[str | None]]) -> tuple[str, ...]:
        """Put it in place as `index.lock`, waiting a little for somebody else's lock.

        Returns the paths, if any, for which the user has staged something other than `harmless` says; then nothing is
        locked. Raises `GitTrouble` if the lock stays.
        """
        deadline = time.monotonic() + _PATIENCE
        while True:
            if not self._lock.exists():
                if _signature(self._real) != self._seen:
                    self.stop()
                    self._start()
                if other := self._staged_otherwise(harmless):
                    return other
                self.wait()
                with contextlib.suppress(FileExistsError):
                    self._journal.put_lock(self._lock)
                    if _signature(self._real) == self._seen:
                        return ()
                    drop_lock(self._repo, self._journal)  # it changed just before we had the lock
            if time.monotonic() > deadline:
                raise GitTrouble(*trouble.locked(self._repo.folder))
            time.sleep(0.01)

    def _staged_otherwise(self, harmless: Mapping[str, Collection[str | None]]) -> tuple[str, ...]:
        if self._seen is None or _has_plainly(self._real, self._entries):
            return ()
        if self._base is not None and len(self._entries) >= _FEW:
            staged = _staged(self._repo.git, self._base)
            found = {entry.path: staged.get(entry.path, entry.old) for entry in self._entries}
        else:
            found = {**_listed(self._repo.git, self._entries)}
        return tuple(entry.path for entry in self._entries if found.get(entry.path) not in harmless[entry.path])

    def stop(self) -> None:
        """End the process, if it still runs."""
        if self._making is not None:
            self._making.stop()
            self._making = None


def finish_index(repo: Repository, journal: Journal, entries: Sequence[Entry]) -> None:
    """Have the index say of `entries` what the branch now says.

    Normally that is the index to come, waiting as `index.lock`. If somebody removed the lock by hand, the entries are
    put right one by one, where nobody has staged anything else: the index would otherwise hold the reversal of what
    was saved, and the next `git commit` carry it out.
    """
    lock, real = repo.git_dir / "index.lock", repo.git_dir / "index"
    if journal.owns(lock):
        files.move(lock, real)
        if lock.exists() and lock.samefile(real):  # two names of one file: moving one onto the other did nothing
            lock.unlink()
        return
    if journal.owns(real):
        return
    staged = _listed(repo.git, entries)
    stale = [entry for entry in entries if staged.get(entry.path) == entry.old != entry.new]
    if stale:
        _update(repo.git, stale, {}).finish()


def drop_lock(repo: Repository, journal: Journal) -> None:
    """Remove `index.lock` if it is this save's; never anybody else's."""
    lock = repo.git_dir / "index.lock"
    if journal.owns(lock):
        lock.unlink(missing_ok=True)


def _update(git: Git, entries: Sequence[Entry], env: Mapping[str, str]) -> Running:
    """Start `git update-index`; its input is described under --index-info in git-update-index(1)."""
    none = next((oid for entry in entries for oid in (entry.old, entry.new) if oid), "")
    given = b"".join(
        os.fsencode(f"{entry.mode if entry.new else 0} {entry.new or '0' * len(none)}\t{entry.path}\0")
        for entry in entries
    )
    return git.start("update-index", "-z", "--index-info", input=given, env=env)


def _listed(git: Git, entries: Sequence[Entry]) -> dict[str, str]:
    """The blob ids that the real index has at the paths of `entries`, "" for one with a conflict."""
    paths = [entry.path for entry in entries] if len(entries) < _FEW else []
    found: dict[str, str] = {}
    for listed in filter(
        None, git.bytes("--literal-pathspecs", "ls-files", "--stage", "-z", "--", *paths).split(b"\0")
    ):
        facts, _tab, path = listed.partition(b"\t")
        _mode, oid, stage = facts.decode("ascii").split()
        found[os.fsdecode(path)] = oid if stage == "0" else ""
    return found


def _staged(git: Git, base: str) -> dict[str, str | None]:
    """Path → blob id of what the real index has otherwise than the commit `base`, None for no file, "" for a conflict."""
    out = git.bytes("diff-index", "--cached", "--raw", "-r", "-z", "--no-renames", "--abbrev=64", base, "--")
    tokens = iter(out.split(b"\0"))
    staged: dict[str, str | None] = {}
    for token in tokens:
        if token:
            *_facts, oid, status = token.decode("ascii").split()
            staged[os.fsdecode(next(tokens))] = "" if status == "U" else oid if oid.strip("0") else None
    return staged


def _has_plainly(place: Path, entries: Sequence[Entry]) -> bool:
    """Whether the index file says beyond doubt that all `entries` are there as they were (or not there, if new).

    It saves a process in nearly every save. By gitformat-index(5), versions 2 and 3: after an entry's id come two bytes
    of flags, that for an ordinary entry are the length of its path, then the path and a NUL. So many bytes are no
    coincidence; where they aren't found, Git is asked.
    """
    if len(entries) >= _FEW:
        return False
    with place.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content[:4] != b"DIRC" or int.from_bytes(content[4:8], "big") not in {2, 3}:
            return False
        for entry in entries:
            name = os.fsencode(entry.path) + b"\0"
            if entry.old is None:
                if content.find(name) >= 0:
                    return False
            elif content.find(bytes.fromhex(entry.old) + (len(name) - 1).to_bytes(2, "big") + name) < 0:
                return False
    return True


def _signature(place: os.PathLike[str]) -> tuple[int, int, int] | None:
    try:
        facts = os.stat(place)  # noqa: PTH116
    except FileNotFoundError:
        return None
    return facts.st_ino, facts.st_mtime_ns, facts.st_size
