"""The rows and the summary of the latest commit, kept between runs so that lists open without a record being read.

Local and rebuildable (`.git/vanort/cache/`). The summary is keyed by the commit: where that is still the latest, the
first frame costs one small file. The rows are kept a file a kind, keyed by the id that Git gives to the kind's folder,
and within it by blob: after a change, only what changed is read again.
"""

from __future__ import annotations

import contextlib
import gc
import os
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from registry.errors import BrokenFile, GitTrouble
from registry.git.objects import list_top
from registry.git.repository import Repository
from registry.git.sources import CommitSource
from registry.records.kinds import KINDS
from registry.records.refs import path_of, ref_of
from registry.rows import Found, Row, RowTable, row_of
from registry.summary import Summary, summarised
from registry.toml_files import read

T = TypeVar("T")
_VERSION: Final = 3
"""Of the files below; a kind's rows are also made anew when its columns are others."""


class _Top(NamedTuple):
    version: int
    commit: str
    folders: dict[str, str]
    """Kind → the id of its folder, or of its file."""
    summary: Summary


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

    def _table(self, commit: str) -> RowTable:
        top = self._load("summary", _Top)
        if top is not None and top.commit == commit:
            return RowTable(partial(self._fetch, commit, top.folders), summary=top.summary)
        folders = list_top(self._repo, commit)
        folders = {kind.id: folders.get(path_of(kind.id) if kind.single else kind.id, "") for kind in KINDS.values()}
        table = RowTable(partial(self._fetch, commit, folders))
        if not table.faults():
            source = CommitSource(self._repo, commit)
            registry = read(source.read(path_of("registry")) or b"")
            table.summary = summarised(registry, lambda kind_id: table.of(kind_id).rows.values(), date.today())
            self._keep("summary", _Top(_VERSION, commit, folders, table.summary))
        return table

    def _fetch(self, commit: str, folders: Mapping[str, str], kind_id: str) -> Found:
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
        whole = "" if found.faults else folders[kind_id]
        rows = sorted(found.rows.values())
        self._keep(
            kind_id, _Kept(_VERSION, list(KINDS[kind_id].columns), whole, [blobs[row.ref] for row in rows], rows)
        )
        return found

    def _load(self, name: str, shape: type[T]) -> T | None:
        """A part of the cache as it was kept; None where there is none that can be used."""
        with contextlib.suppress(OSError, msgspec.MsgspecError), _without_collecting():
            content = (self._repo.local_dir / "cache" / f"{name}.msgpack").read_bytes()
            found: Any = msgspec.msgpack.decode(content, type=shape)
            return found if found.version == _VERSION else None
        return None

    def _keep(self, name: str, content: _Top | _Kept) -> None:
        """Write a part of the cache whole or not at all."""
        with contextlib.suppress(OSError, GitTrouble):
            folder = self._repo.make_local_dir("cache")
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=name)
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.msgpack.encode(content))
            os.replace(temporary, folder / f"{name}.msgpack")  # noqa: PTH105 - names from mkstemp


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
    with _without_collecting():
        for path, raw in source.read_all([path_of(ref) for ref in blobs if ref not in rows]):
            ref = path.removesuffix(".toml")
            try:
                if isinstance(raw, BrokenFile):
                    raise raw
                rows[ref] = row_of(ref, kind, read(raw, where=path))
            except BrokenFile as fault:
                faults[ref] = fault
    return Found(rows, faults), blobs


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Thousands of records make no garbage, and looking for it each thousandth takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
