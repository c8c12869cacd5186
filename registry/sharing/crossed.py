"""Where two sides have several versions in common, of which neither is the later: what both knew, of one record.

Histories cross where each side has brought in the other's change by itself. What both then knew is not any one of the
versions that they have in common but all of them brought together; and where those that brought them together had to
choose, and chose differently, that is for a person again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from registry.git.stored_commits import merge_bases
from registry.merge import merge_record
from registry.records.entries import same
from registry.records.fields import Kind
from registry.records.kinds import kind_of
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

        One version where those go together; else as many, each with one's own wherever they do not. Where the sides
        themselves are given for what they have in common, nobody knows what was before: all that differs is asked about.
        """
        if all(same(base, bases[0]) for base in bases):
            return bases[:1]
        if {*self._sides.bases} == {self._sides.ours, self._sides.theirs}:
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

    def _at(self, before: Snapshot, ref: str) -> Data | None:
        data = before.data(ref)
        return None if data is None else self._refer(kind_of(ref), data)
