"""One record's life, name by name: every change of it, newest first, as it is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry.git.log import RawCommit, search
from registry.git.objects import read_objects
from registry.git.repository import Repository
from registry.history import Entry, with_versions
from registry.records.refs import path_of
from registry.renamed import name_in_parent, old_name


def history_of(
    repo: Repository, ref: str, rev: str = "HEAD", *, fields: bool = False, patience: float | None = None
) -> Iterator[Entry | None]:
    """Every change of a record, newest first, and on under the names that it had before; of a removed one too.

    Where a commit gave the record its name (`Renamed-From`), what is told below it is what that commit knew under the
    former name: an older record that happened to be called alike is another one. Where a merge brought the new name to
    a side that knew the former one, that side is followed under it. With `patience` there are pauses, as in `search`.
    """
    entries = _Life(repo, patience).entries(ref, rev)
    return with_versions(repo, entries) if fields else entries


@dataclass(slots=True)
class _Stream:
    """The changes of one name, from one commit back."""

    name: str
    start: str
    without: tuple[str, ...]
    """Commits that, with all before them, are told elsewhere."""
    commits: Iterator[RawCommit | None]
    ahead: RawCommit | None = None
    """The next one, where it was looked up already."""
    merged: bool = False
    """Whether it met a merge, so that it may go on in parallel to where the name was given."""


class _Life:
    """Follows a record under its names; as a rule there is one stream, and never more than sides and names."""

    def __init__(self, repo: Repository, patience: float | None) -> None:
        self._repo = repo
        self._patience = patience
        self._streams: list[_Stream] = []
        self._starts: dict[str, tuple[str, ...]] = {}

    def entries(self, ref: str, rev: str) -> Iterator[Entry | None]:
        """The changes, the newest of all streams first; None at a pause."""
        told = set[str]()
        self._open(ref, rev)
        while True:
            yield from self._look_ahead()
            if not self._streams:
                return
            stream = max(self._streams, key=_when)
            raw, stream.ahead = stream.ahead, None
            if raw is None or raw.commit in told:
                continue
            told.add(raw.commit)
            entry = Entry(self._repo, raw, of=stream.name, formerly=self._formerly(stream.name, raw))
            if _concerns(entry, stream.name):
                yield entry
            self._follow(stream, entry)

    def _look_ahead(self) -> Iterator[None]:
        """Have the next commit of each stream at hand; those that have ended go."""
        for stream in tuple(self._streams):
            while stream.ahead is None:
                try:
                    stream.ahead = next(stream.commits)
                except StopIteration:
                    self._streams.remove(stream)
                    break
                if stream.ahead is None:
                    yield None

    def _open(self, name: str, start: str) -> None:
        """Follow the record from a commit back; what is told of that name from another one on is not told again."""
        self._begin(name, start, self._starts.get(name, ()))
        self._starts[name] = (*self._starts.get(name, ()), start)

    def _begin(self, name: str, start: str, without: tuple[str, ...]) -> None:
        commits = search(self._repo, start, (path_of(name),), patience=self._patience, without=without)
        self._streams.append(_Stream(name, start, without, commits))

    def _formerly(self, name: str, raw: RawCommit) -> str:
        """What a merge's first parent called the record, where the merge brought the new name there."""
        if len(raw.parents) < 2 or not _added(raw, path_of(name)):
            return ""
        return name_in_parent(self._repo, name, raw, raw.parents[0])

    def _follow(self, stream: _Stream, entry: Entry) -> None:
        """Go on from a change under the names that the record had before it."""
        raw = entry.raw
        if len(raw.parents) > 1:
            stream.merged = True
            if entry.formerly:
                self._open(entry.formerly, raw.parents[0])
            for parent in self._lacking(raw.parents[1:], path_of(stream.name)):
                if former := name_in_parent(self._repo, stream.name, raw, parent):
                    self._open(former, parent)
        elif raw.parents and (former := old_name(entry, stream.name)):
            self._streams.remove(stream)
            if stream.merged:
                self._begin(stream.name, stream.start, (*stream.without, raw.commit))
            self._open(former, raw.parents[0])

    def _lacking(self, commits: tuple[str, ...], path: str) -> list[str]:
        """Those of the commits that have no such file."""
        found = read_objects(self._repo, [f"{commit}:{path}" for commit in commits])
        return [commit for commit, there in zip(commits, found, strict=True) if there is None]


def _when(stream: _Stream) -> float:
    return stream.ahead.committed.timestamp() if stream.ahead else float("-inf")


def _concerns(entry: Entry, name: str) -> bool:
    """Whether a change is one of the record: a merge that left it as it was is none, unless it was settled there."""
    if len(entry.raw.parents) < 2 or any(path == path_of(name) for _status, path in entry.raw.changed):
        return True
    return any(said.split(" ")[0] == name for said in entry.message.all("Settled"))


def _added(raw: RawCommit, path: str) -> bool:
    return any(change.path == path and change.old is None for change in raw.changes or ())
