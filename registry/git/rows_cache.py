"""The rows of the latest commit, kept between runs so that lists open without a record being read.

Local and rebuildable (`.git/vanort/cache/`), beside the summary (`summary_cache`). The rows are kept a file a kind, keyed by the id that Git gives to the kind's folder,
and within it by blob: after a change, only what changed is read again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from registry.errors import BrokenFile
from registry.git import summary_cache
from registry.git.objects import list_top
from registry.git.repository import Repository
from registry.git.sources import CommitSource
from registry.records.kinds import KINDS
from registry.records.refs import path_of, ref_of
from registry.rows import Found, Row, RowTable, row_of
from registry.summary import summarised
from registry.toml_files import read
from registry.uncollected import without_collecting

T = TypeVar("T")
_VERSION: Final = 4
"""Of the files below; a kind's rows are also made anew when its columns are others."""


class _Kept(NamedTuple):
    version: int
    columns: list[str]
    folder: str
    """"" where a file of it could not be read: they are looked at again each time."""
    blobs: list[str]
    rows: list[Row]


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

    def _fetch(self, commit: str, folders: Mapping[str, str], kind_id: str, *, keep: bool = True) -> Found:
        """The rows of one kind: as they were kept, else read as far as they changed, and kept."""
        if not folders[kind_id]:
            return Found({}, {})
        kept = self._load(kind_id, _Kept)
        if kept is not None and kept.columns != list(KINDS[kind_id].columns):
            kept = None
        if kept is not None and kept.folder == folders[kind_id]:
            return Found({row.ref: row for row in kept.rows}, {})
        known = {(row.ref, blob): row for row, blob in zip(kept.rows, kept.blobs, strict=True)} if kept else {}
        found, blobs = _read_rows(CommitSource(self._repo, commit), kind_id, known)
        if not keep:
            return found
        whole = "" if found.faults else folders[kind_id]
        rows = sorted(found.rows.values())
        new = _Kept(_VERSION, list(KINDS[kind_id].columns), whole, [blobs[row.ref] for row in rows], rows)
        summary_cache.keep_whole(self._repo, f"{kind_id}.msgpack", msgspec.msgpack.encode(new))
        return found

    def _load(self, name: str, shape: type[T]) -> T | None:
        """A part of the cache as it was kept; None where there is none that can be used."""
        with contextlib.suppress(OSError, msgspec.MsgspecError), without_collecting():
            content = (self._repo.local_dir / "cache" / f"{name}.msgpack").read_bytes()
            found: Any = msgspec.msgpack.decode(content, type=shape)
            return found if found.version == _VERSION else None
        return None


def _read_rows(
    source: CommitSource, kind_id: str, known: Mapping[tuple[str, str], Row]
) -> tuple[Found, Mapping[str, str]]:
    """The rows of a kind and the blob of each; only what is not `known` by REF and blob is read."""
    kind = KINDS[kind_id]
    blobs = {
        ref: blob for path, blob in source.blobs(path_of(kind_id) if kind.single else kind_id) if (ref := ref_of(path))
    }
    rows = {ref: row for ref, blob in blobs.items() if (row := known.get((ref, blob))) is not None}
    faults: dict[str, BrokenFile] = {}
    with without_collecting():
        for path, raw in source.read_all([path_of(ref) for ref in blobs if ref not in rows]):
            ref = path.removesuffix(".toml")
            try:
                if isinstance(raw, BrokenFile):
                    raise raw
                rows[ref] = row_of(ref, kind, read(raw, where=path))
            except BrokenFile as fault:
                faults[ref] = fault
    return Found(rows, faults), blobs
