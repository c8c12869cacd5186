"""Records that a merge followed under a new name: edited by one side and renamed by the other, or naming one that was. Pure.

What the sides called a record is told by their own commits; here it is looked whether the merge is just what comes of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from registry.merge import merge_record
from registry.records.fields import Kind
from registry.records.kinds import kind_of
from registry.records.refs import ref_of
from registry.records.values import Data
from registry.references import renamed, targets
from registry.toml_files import normal, same


class File(NamedTuple):
    """A file that differs somewhere: its blob in the merge, in both parents, and where they parted; None for no file."""

    result: str | None
    parents: Sequence[str | None]
    base: str | None


class Followed:
    """The renames that a merge may have carried along; `read` gives the record in a blob, if it is one."""

    def __init__(self, files: Mapping[str, File], read: Callable[[str], Data | None]) -> None:
        self._files = {ref: file for path, file in files.items() if (ref := ref_of(path))}
        self._read = read
        self._renames = list(self._found())

    def _found(self) -> Iterator[tuple[str, str, int]]:
        """What may be a record's old and new name, and the parent that renamed it."""
        new = [(ref, file) for ref, file in self._files.items() if file.result and file.base is None]
        for old, was in self._files.items():
            for ref, file in new if was.base and was.result is None else ():
                for side in (0, 1):
                    gone, there = was.parents[side] is None, file.parents[side] is not None
                    if gone and there and ref.rpartition("/")[0] == old.rpartition("/")[0]:
                        yield old, ref, side

    def explains(self, path: str) -> bool:
        """Whether the merge has in the file `path` just what its sides say, once new names are followed."""
        ref = ref_of(path) or ""
        file = self._files.get(ref)
        result = self._data(file.result) if file else None
        if not self._renames or file is None or result is None:
            return False
        versions = [*self._under_new_name(ref), *((side, file.base, file.base) for side in file.parents)]
        return any(self._comes_to(kind_of(ref), each, result) for each in versions)

    def _under_new_name(self, ref: str) -> Iterator[tuple[str | None, str | None, str | None]]:
        """Renaming side, edited side and base of the records that may be called `ref` now."""
        for old, new, side in self._renames:
            if new == ref:
                yield self._files[new].parents[side], self._files[old].parents[1 - side], self._files[old].base

    def _comes_to(self, kind: Kind, versions: tuple[str | None, str | None, str | None], result: Data) -> bool:
        one, other, base = (self._referring(kind, self._data(blob), result) for blob in versions)
        merged = merge_record(kind, base, one, other)
        return not merged.conflicts and merged.data is not None and same(normal(merged.data), normal(result))

    def _referring(self, kind: Kind, data: Data | None, result: Data) -> Data | None:
        """A version with its references made to the names that the merge has."""
        now = targets(kind, result)
        for old, new, _side in self._renames if data is not None else ():
            if new in now and old not in now:
                data = renamed(kind, data or {}, old, new)
        return data

    def _data(self, blob: str | None) -> Data | None:
        return None if blob is None else self._read(blob)
