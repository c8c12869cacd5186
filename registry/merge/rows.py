"""The entries of a list of tables, side by side: which is which in the bases, ours and theirs, and in what order.

Entries are matched by id, and before they have one by content (`registry.records.entries`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Final

from registry.merge.three_way import UNDECIDED, decide
from registry.records.entries import content, entry_id, fingerprint, likeness, pair
from registry.records.values import Data

_SIDES: Final = ("ours", "theirs")
_SURELY_SAME: Final = 1 / 2
"""An entry without id of which a side kept no more than this may be another one: it is not mixed with the other's."""


@dataclass(eq=False, slots=True)
class Row:
    """One entry in each version; None: it is not there."""

    bases: list[Data | None]
    ours: Data | None = None
    theirs: Data | None = None
    places: dict[str, int] = field(default_factory=dict)
    """Its index in each version that has it: ``base0``, ``base1``, … ``ours``, ``theirs``."""
    merged: Data | None = None

    @property
    def known(self) -> Data:
        """The entry in the first version that has it."""
        return next(entry for entry in (*self.bases, self.ours, self.theirs) if entry is not None)

    @property
    def name(self) -> str:
        """What stands in brackets for it, the same whichever side asks: its id, else its index in the base."""
        of_base = next(filter(None, (entry_id(base) for base in self.bases if base is not None)), None)
        of_sides = sorted(own for side in (self.ours, self.theirs) if side is not None and (own := entry_id(side)))
        return of_base or next(iter(of_sides), None) or str(next(iter(self.places.values())))

    @property
    def may_be_two(self) -> bool:
        """Whether a side may have put another entry in its place, as far as can be seen without an id."""
        base = next((base for base in self.bases if base is not None), None)
        return base is not None and any(
            entry_id(base) is None or entry_id(base) != entry_id(side)
            for side in (self.ours, self.theirs)
            if side is not None and likeness(base, side) <= _SURELY_SAME
        )


def side_by_side(bases: Sequence[Sequence[Data]], ours: Sequence[Data], theirs: Sequence[Data]) -> list[Row]:
    """The rows of the list: those of the bases, then what was added."""
    rows: list[Row] = []
    for number, entries in enumerate(bases):
        for known, index in _matched(list(rows), entries):
            row = known or Row([None] * len(bases))
            row.bases[number] = entries[index]
            row.places[_base(number)] = index
            if known is None:
                rows.append(row)
    added: dict[str, list[Row]] = {"ours": [], "theirs": []}
    for side, entries in (("ours", ours), ("theirs", theirs)):
        for known, index in _matched(rows, entries):
            row = known or Row([None] * len(bases))
            setattr(row, side, entries[index])
            row.places[side] = index
            if known is None:
                added[side].append(row)
    return rows + _joined(added["ours"], added["theirs"])


def _matched(rows: Sequence[Row], entries: Sequence[Data]) -> Iterator[tuple[Row | None, int]]:
    for before, after in pair([row.known for row in rows], entries):
        if after is not None:
            yield (None if before is None else rows[before]), after


def _joined(ours: Sequence[Row], theirs: Sequence[Row]) -> list[Row]:
    """What was added, once where both sides added it: under one id, or in the same words.

    Two people who enter the same budget line get two ids for it from the app; kept twice, its money would count twice.
    """
    left = list(theirs)
    alone = list(ours)
    for key in (_own_id, _words):
        waiting: dict[str | None, deque[Row]] = {}
        for row in left:
            waiting.setdefault(key(row), deque()).append(row)
        for row in list(alone):
            same_again = waiting.get(key(row)) if key(row) is not None else None
            if same_again:
                other = same_again.popleft()
                row.theirs, row.places["theirs"] = other.theirs, other.places["theirs"]
                alone.remove(row)
                left.remove(other)
    return [*ours, *left]


def _own_id(row: Row) -> str | None:
    return entry_id(row.known)


def _words(row: Row) -> str:
    return fingerprint(content(row.known))


def in_order(rows: Iterable[Row]) -> tuple[list[Row], bool]:
    """The rows that stand after the merge, in order, and whether both sides reordered the list differently.

    Whoever moved entries decides their order. What was added stands after what it was added after; where both sides
    added something at one place, it is ordered by id, so that it does not matter who merges.
    """
    alive = [row for row in rows if row.merged is not None]
    bases = [_base(number) for number in range(len(alive[0].bases))] if alive else []
    spine = [row for row in alive if all(version in row.places for version in (*bases, *_SIDES))]
    orders = {version: _sorted(spine, version) for version in (*bases, *_SIDES)}
    decided = decide([orders[base] for base in bases], orders["ours"], orders["theirs"], _same_rows)
    spine = orders["ours"] if decided is UNDECIDED else decided
    gaps = _gaps(spine, alive)
    merged = list(gaps[0])
    for number, row in enumerate(spine, start=1):
        merged += [row, *gaps[number]]
    return merged, decided is UNDECIDED


def _gaps(spine: Sequence[Row], alive: Sequence[Row]) -> list[list[Row]]:
    """The rows beside the spine: those before it, and those after each of its rows."""
    position = {id(row): number for number, row in enumerate(spine, start=1)}
    anchor: dict[int, int] = {}
    for side in _SIDES:
        at = 0
        for row in _sorted([row for row in alive if side in row.places], side):
            at = position.get(id(row), at)
            if id(row) not in position:
                anchor[id(row)] = max(anchor.get(id(row), 0), at)
    gaps: list[list[Row]] = []
    for number in range(len(spine) + 1):
        ours, theirs = (
            _sorted([row for row in alive if anchor.get(id(row)) == number and side in row.places], side)
            for side in _SIDES
        )
        one_sided = not ours or not theirs or _same_rows(ours, theirs)
        gaps.append((ours or theirs) if one_sided else sorted({*ours, *theirs}, key=_by_id))
    return gaps


def _base(number: int) -> str:
    return f"base{number}"


def _sorted(rows: Iterable[Row], version: str) -> list[Row]:
    return sorted(rows, key=lambda row: row.places[version])


def _same_rows(one: Sequence[Row], other: Sequence[Row]) -> bool:
    return len(one) == len(other) and all(map(is_, one, other))


def _by_id(row: Row) -> tuple[str, str]:
    entry = row.merged or {}
    return entry_id(entry) or "", fingerprint(content(entry))
