"""Where two sides have several versions in common, of which neither is the later: what both knew, of one record.

Histories cross where each side has brought in the other's change by itself. What both then knew is not any one of the
versions that they have in common but all of them brought together; and where those that brought them together had to
choose, and chose differently, that is for a person again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from registry.errors import BrokenFile
from registry.git.objects import read_path
from registry.git.stored_commits import merge_bases
from registry.merge import merge_record
from registry.merge.lines import merge_lines
from registry.merge.texts import merged_text
from registry.records.entries import same
from registry.records.fields import Kind
from registry.records.kinds import kind_of
from registry.records.refs import path_of
from registry.records.values import Data
from registry.sharing.sides import Sides
from registry.snapshot import Snapshot
from registry.store import Store


class Crossed:
    """The common versions of two sides, brought together a record at a time."""

    def __init__(self, store: Store, sides: Sides, refer: Callable[[Kind, Data], Data]) -> None:
        """`refer` makes references to the names that stand."""
        self._store, self._sides, self._refer = store, sides, refer

    @cached_property
    def _before(self) -> Sequence[Snapshot]:
        """What the common versions themselves have in common; several where they, too, come of histories that crossed."""
        return [self._store.committed(commit) for commit in merge_bases(self._store.repo, self._sides.bases)]

    def known(self, ref: str, bases: Sequence[Data | None]) -> Sequence[Data | None]:
        """What both sides knew of a record, given what it is in each of the common versions.

        One version where those go together; else as many, each with one's own wherever they do not. Where nobody knows
        what was before, the sides themselves are given: all that differs is asked about.
        """
        if all(same(base, bases[0]) for base in bases):
            return bases[:1]
        if not self._sides.has_base(path_of(ref)):
            return bases
        root, *more = [self._at(before, ref) for before in self._before] or [None]
        found: list[Data | None] = []
        for base in bases:
            together = base
            for other in bases:
                together = merge_record(kind_of(ref), root, together, other, more_bases=more).data
            if not any(same(together, one) for one in found):
                found.append(together)
        return found

    def text(self, ref: str, bases: Sequence[str], known: Data | None) -> str | None:
        """The file of what both knew, given those of the common versions; None where nobody knows what was before.

        `known` is what both knew, as a record. Where those files cannot all be read, it is the first of them.
        """
        if not bases or not self._sides.has_base(path_of(ref)):
            return None
        together = bases[0]
        if known is None or all(text == together for text in bases):
            return together
        roots = (before.text(ref) for before in self._before if before.fault(ref) is None)
        root = next((text for text in roots if text is not None), None)
        try:
            for other in bases[1:]:
                together = merged_text(root, together, other, known, kind_of(ref).order)
        except BrokenFile:
            return bases[0]
        return together

    def lines(self, path: str, bases: Sequence[str]) -> str | None:
        """The text of what both knew of a file that is no record; None where its lines do not go together."""
        together = bases[0]
        for other in bases[1:]:
            root = next((read_path(self._store.repo, before.commit or "", path) for before in self._before), None)
            merged = None if root is None else merge_lines(root.decode("utf-8", "replace"), together, other)
            if merged is None:
                return None
            together = merged
        return together

    def _at(self, before: Snapshot, ref: str) -> Data | None:
        data = before.data(ref)
        return None if data is None else self._refer(kind_of(ref), data)
