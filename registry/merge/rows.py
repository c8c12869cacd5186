"""The entries of a list of tables, side by side: which is which in the bases, ours and theirs, and in what order.

Entries are matched by id, and before they have one by content (`registry.records.entries`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Final

from registry.merge.three_way import UNDECIDED, Undecided, decide
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
    name: str = ""
    """What stands in brackets for it, the same whichever side asks: its id, else its index in the base."""
    merged: Data | None = None

    @property
    def known(self) -> Data:
        """The entry in the first version that has it."""
        return next(entry for entry in (*self.bases, self.ours, self.theirs) if entry is not None)

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
    rows += sorted(_joined(added["ours"], added["theirs"]), key=_whoever_merges)
    _give_names(rows)
    return rows


def _give_names(rows: Sequence[Row]) -> None:
    taken: set[str] = set()
    for number, row in enumerate(rows):
        of_base = [own for base in row.bases if base is not None and (own := entry_id(base))]
        of_sides = sorted(own for side in (row.ours, row.theirs) if side is not None and (own := entry_id(side)))
        row.name = next((own for own in (*of_base, *of_sides) if own not in taken), str(number))
        taken.add(row.name)


def _matched(rows: Sequence[Row], entries: Sequence[Data]) -> Iterator[tuple[Row | None, int]]:
    for before, after in pair([row.known for row in rows], entries):
        if after is not None:
            yield (None if before is None else rows[before]), after


def _joined(ours: Sequence[Row], theirs: Sequence[Row]) -> list[Row]:
    """What was added, once where both sides added it: under one id, or in the same words.

    Two people who import the same spreadsheet get two ids for each budget line; kept twice, its money counted twice.
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


def _whoever_merges(row: Row) -> list[str]:
    return sorted(fingerprint(side) for side in (row.ours, row.theirs) if side is not None)


def _own_id(row: Row) -> str | None:
    return entry_id(row.known)


def _words(row: Row) -> str | None:
    said = content(row.known)
    return fingerprint(said) if said else None


def in_order(rows: Iterable[Row]) -> list[Row] | Undecided:
    """The rows that stand after the merge, in order, or `UNDECIDED` if both sides reordered the list differently.

    Whoever moved entries decides their order. What was added stands after what it was added after; where both sides
    added something at one place, it is ordered by id, so that it does not matter who merges.
    """
    alive = [row for row in rows if row.merged is not None]
    bases = [_base(number) for number in range(len(alive[0].bases))] if alive else []
    spine = [row for row in alive if all(version in row.places for version in (*bases, *_SIDES))]
    orders = {version: _sorted(spine, version) for version in (*bases, *_SIDES)}
    decided = decide([orders[base] for base in bases], orders["ours"], orders["theirs"], _same_rows)
    if decided is UNDECIDED:
        return UNDECIDED
    first, *gaps = _gaps(decided, alive)
    return first + [row for one, gap in zip(decided, gaps, strict=True) for row in (one, *gap)]


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
    beside: dict[str, list[list[Row]]] = {side: [[] for _ in range(len(spine) + 1)] for side in _SIDES}
    for side in _SIDES:
        for row in _sorted([row for row in alive if id(row) in anchor and side in row.places], side):
            beside[side][anchor[id(row)]].append(row)
    return [_gap(ours, theirs) for ours, theirs in zip(*beside.values(), strict=True)]


def _gap(ours: list[Row], theirs: list[Row]) -> list[Row]:
    if not ours or not theirs or _same_rows(ours, theirs):
        return ours or theirs
    return sorted({*ours, *theirs}, key=_by_id)


def _base(number: int) -> str:
    return f"base{number}"


def _sorted(rows: Iterable[Row], version: str) -> list[Row]:
    return sorted(rows, key=lambda row: row.places[version])


def _same_rows(one: Sequence[Row], other: Sequence[Row]) -> bool:
    return len(one) == len(other) and all(map(is_, one, other))


def _by_id(row: Row) -> tuple[str, str]:
    entry = row.merged or {}
    return entry_id(entry) or "", fingerprint(content(entry))
