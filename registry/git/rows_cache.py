"""The rows of the latest tree, kept between runs so that lists open without a record being read.

Local and rebuildable (`.git/vanort/cache/`). Rows are keyed by the blob they were read from: after a change only what
changed is read again. The whole is keyed by tree id, so an unchanged registry costs one small read.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from registry.errors import BrokenFile, GitTrouble
from registry.git.repository import Repository
from registry.git.sources import CommitSource
from registry.records.kinds import KINDS
from registry.records.refs import path_of, ref_of
from registry.snapshot import Record, Row, row_of
from registry.toml_files import read

_NAME: Final = "rows.msgpack"
_SHAPE: Final = [2, [[kind.id, list(kind.columns)] for kind in KINDS.values()]]
"""What rows look like: a cache of another shape is made anew."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one commit, and what could not be read."""

    rows: Mapping[str, Row]
    faults: Mapping[str, BrokenFile]


def rows_of_commit(repo: Repository, commit: str, *, keep: bool = True) -> Rows:
    """The rows of `commit`: from the cache where the tree is the same, else read as far as they changed, and kept."""
    import msgspec

    tree = repo.tree(commit)
    cached = _load(repo, msgspec)
    if cached.get("tree") == tree:
        return Rows({ref: Row(ref, *rest) for ref, _blob, *rest in cached["rows"]}, {})
    known = {(ref, blob): rest for ref, blob, *rest in cached.get("rows", [])}
    source = CommitSource(repo, commit)
    blobs = {ref: entry.blob for path, entry in source.entries.items() if (ref := ref_of(path))}
    rows: dict[str, Row] = {}
    faults: dict[str, BrokenFile] = {}
    wanted = []
    for ref, blob in blobs.items():
        if (rest := known.get((ref, blob))) is not None:
            rows[ref] = Row(ref, *rest)
        else:
            wanted.append(path_of(ref))
    for path, raw in source.read_all(wanted):
        ref = path.removesuffix(".toml")
        try:
            if isinstance(raw, BrokenFile):
                raise raw
            rows[ref] = row_of(Record(ref, read(raw, where=path)))
        except BrokenFile as fault:
            faults[ref] = fault
    if keep and not faults:
        kept = [[ref, blobs[ref], *row[1:]] for ref, row in rows.items()]
        _keep(repo, msgspec.msgpack.encode({"shape": _SHAPE, "tree": tree, "rows": kept}))
    return Rows(rows, faults)


def _load(repo: Repository, msgspec: Any) -> dict[str, Any]:
    """The cache as it was kept; empty where there is none that can be used."""
    try:
        found = msgspec.msgpack.decode((repo.local_dir / "cache" / _NAME).read_bytes())
    except (OSError, msgspec.DecodeError):
        return {}
    return found if isinstance(found, dict) and found.get("shape") == _SHAPE else {}


def _keep(repo: Repository, content: bytes) -> None:
    """Write the cache whole or not at all; that it cannot be written is nobody's trouble."""
    with contextlib.suppress(OSError, GitTrouble):
        folder = repo.make_local_dir("cache")
        handle, name = tempfile.mkstemp(dir=folder, prefix=_NAME)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(name, folder / _NAME)  # noqa: PTH105 - names from mkstemp
