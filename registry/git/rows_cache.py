"""The rows and the digests of the latest commit, kept between runs: no list and no total has every record read.

Local and rebuildable (`.git/vanort/cache/`), beside the summary (`summary_cache`). They are kept a file a kind, with
the id that Git gives to the kind's folder: after a change, only what is another than in that folder is read again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

import msgspec

from registry.errors import BrokenFile, VanortError
from registry.git import summary_cache
from registry.git.objects import list_top
from registry.git.repository import Repository
from registry.git.sources import CommitSource, read_changed
from registry.records.fields import Kind
from registry.records.kinds import KINDS
from registry.records.refs import path_of, ref_of
from registry.records.values import Data
from registry.rows import Found, Row, RowTable, row_of
from registry.summary import summarised
from registry.toml_files import read
from registry.uncollected import without_collecting

if TYPE_CHECKING:
    from registry.git.log import Change
    from registry.policy.digests import Digest

T = TypeVar("T")
_FEW: Final = 50
"""Records that are sooner read again than everything is written."""
_VERSION: Final = 6
"""Of the files below; a kind's rows are also made anew when its columns are others, and digests with their parts."""


class _Part(NamedTuple, Generic[T]):
    """Something that is made of every record of a kind and kept in a file of its own."""

    name: str
    kind: Kind
    item: type[T]
    make: Callable[[str, Data], T]
    of: tuple[str, ...]
    """What it is made of: where that is another now, all is made anew."""
    bearable: int = 0
    """Changed records that each run reads again before all is kept anew."""


def _rows(kind: Kind) -> _Part[Row]:
    return _Part(kind.id, kind, Row, lambda ref, data: row_of(ref, kind, data), kind.columns)


def _digests() -> _Part[Digest]:
    from registry.policy.digests import Digest, Line, digest  # lists do without the policy

    return _Part(
        "digests", KINDS["projects"], Digest, lambda _ref, data: digest(data), Digest._fields + Line._fields, _FEW
    )


class _Stale(NamedTuple):
    """The records that are others than when a part was kept."""

    refs: Set[str]
    changes: Sequence[Change] = ()
    """What became of their files, as far as that was looked at."""


class _Kept(NamedTuple, Generic[T]):
    """What the file of a part holds, beside what it was made of."""

    folder: str
    """The id of the folder (of a single record's file) that it was made from."""
    broken: list[str]
    """The REFs of files that could not be read: they are looked at again each time."""
    made: dict[str, T]
    """By REF."""


class RowsCache:
    """The cached rows of one registry. What cannot be read or written of the cache is nobody's trouble."""

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self._latest: tuple[str, RowTable] | None = None

    def of(self, commit: str) -> RowTable:
        """The rows of `commit`, with its summary where no file of it is broken."""
        if self._latest is None or self._latest[0] != commit:
            self._latest = (commit, self._table(commit))
        return self._latest[1]

    def of_past(self, commit: str) -> RowTable:
        """The rows of an earlier commit, with what is kept of records that stood so then; nothing is kept of them."""
        return RowTable(partial(self._fetch, commit, self._folders(commit), keep=False))

    def _folders(self, commit: str) -> dict[str, str]:
        """Kind → the id that Git gives to its folder in `commit`."""
        folders = list_top(self._repo, commit)
        return {kind.id: folders.get(path_of(kind.id) if kind.single else kind.id, "") for kind in KINDS.values()}

    def _table(self, commit: str) -> RowTable:
        top = summary_cache.load(self._repo, commit)
        if top is not None:
            return RowTable(partial(self._fetch, commit, top.folders), summary=top.summary)
        folders = self._folders(commit)
        table = RowTable(partial(self._fetch, commit, folders))
        if not table.faults():
            source = CommitSource(self._repo, commit)
            registry = read(source.read(path_of("registry")) or b"")
            table.summary = summarised(registry, lambda kind_id: table.of(kind_id).rows.values(), date.today())
            summary_cache.keep(self._repo, summary_cache.Top(commit, folders, table.summary))
        return table

    def digests(self, commit: str) -> Mapping[str, Digest]:
        """REF → digest of the projects of `commit` that can be read."""
        part = _digests()
        return self._made(commit, list_top(self._repo, commit).get(part.kind.id, ""), part)[0]

    def _fetch(self, commit: str, folders: Mapping[str, str], kind_id: str, *, keep: bool = True) -> Found:
        """The rows of one kind."""
        return Found(*self._made(commit, folders[kind_id], _rows(KINDS[kind_id]), keep=keep))

    def _made(
        self, commit: str, folder: str, part: _Part[T], *, keep: bool = True
    ) -> tuple[Mapping[str, T], Mapping[str, BrokenFile]]:
        """A part as it was kept, else made as far as its records changed; and what is wrong with broken ones.

        What is made anew is kept, unless it is of the past and should not stand in the place of the present.
        """
        if not folder:
            return {}, {}
        kept = self._load(part)
        if kept is not None and kept.folder == folder and not kept.broken:
            return kept.made, {}
        stale = None if kept is None else self._stale(kept, folder, part.kind)
        source = CommitSource(self._repo, commit)
        if kept is None or stale is None:
            made, faults = _read(part, source.read_all(_paths(source, part.kind)))
        else:
            if len(stale.refs) > _FEW and keep:
                _paths(source, part.kind)  # listed at once, they are read at once
            again, faults = _read(part, self._files(source, stale, of_past=not keep))
            made = {ref: found for ref, found in kept.made.items() if ref not in stale.refs} | again
        if keep and (stale is None or len(stale.refs) > part.bearable):
            new = _VERSION, part.of, folder, list(faults), made
            summary_cache.keep_whole(self._repo, f"{part.name}.msgpack", msgspec.msgpack.encode(new))
        return made, faults

    def _files(self, source: CommitSource, stale: _Stale, *, of_past: bool) -> Iterator[tuple[str, bytes | BrokenFile]]:
        """What records that have changed hold; of those of the past it is known that they are not in the folder now."""
        told = stale.changes if of_past else ()
        yield from read_changed(self._repo, told)
        known = {change.path for change in told}
        yield from source.read_all([path for ref in stale.refs if (path := path_of(ref)) not in known])

    def _stale(self, kept: _Kept[T], folder: str, kind: Kind) -> _Stale | None:
        """The records that are others than when a part was kept; None where that cannot be told."""
        if kept.folder == folder:
            return _Stale(set(kept.broken))
        if kind.single:
            return None
        from registry.git.log import changes_between

        try:
            found = changes_between(self._repo, kept.folder, folder, within=kind.id)
        except VanortError:  # what it was made from is no more: the history was rewritten
            return None
        changes = {ref: change for change in found if (ref := ref_of(change.path))}
        return _Stale({*kept.broken, *changes}, list(changes.values()))

    def _load(self, part: _Part[T]) -> _Kept[T] | None:
        """What was kept of a part; None where there is nothing that can be used."""
        shape: Any = tuple[int, tuple[str, ...], str, list[str], dict[str, part.item]]  # type: ignore[name-defined]
        with contextlib.suppress(OSError, msgspec.MsgspecError), without_collecting():
            content = (self._repo.local_dir / "cache" / f"{part.name}.msgpack").read_bytes()
            version, of, folder, broken, made = msgspec.msgpack.decode(content, type=shape)
            if (version, of) == (_VERSION, part.of):
                return _Kept(folder, broken, made)
        return None


def _paths(source: CommitSource, kind: Kind) -> list[str]:
    """The files of the records of a kind, by a list of the whole folder."""
    return [path_of(kind.id)] if kind.single else [path for path in source.paths(kind.id) if ref_of(path)]


def _read(
    part: _Part[T], files: Iterable[tuple[str, bytes | BrokenFile]]
) -> tuple[dict[str, T], dict[str, BrokenFile]]:
    """A part of the records in `files`, and what is wrong with those that cannot be read."""
    made: dict[str, T] = {}
    faults: dict[str, BrokenFile] = {}
    with without_collecting():
        for path, raw in files:
            ref = path.removesuffix(".toml")
            try:
                if isinstance(raw, BrokenFile):
                    raise raw
                made[ref] = part.make(ref, read(raw, where=path))
            except BrokenFile as fault:
                faults[ref] = fault
    return made, faults
