"""The entries of lists of tables: which is which in two versions of a list, and what each is called.

A budget line, an officer or a decision is followed by its ``id``. What was written by hand or long ago may have none;
it is followed by its content until the app edits it and gives it one (DESIGN.md section 2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, product
from typing import TYPE_CHECKING, Final, TypeGuard

from registry.records.fields import Field, Kind
from registry.records.types import ENTRY_ID, Table, Tables
from registry.records.values import Data, Value, is_absent

if TYPE_CHECKING:
    import random

Pair = tuple[int | None, int | None]
"""Indices of one entry in the old and in the new list; None: it is not there."""

_Unpaired = dict[int, str | None]
"""The indices that have no partner yet, with their ids."""
_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz"
_LETTERS_AND_DIGITS: Final = _LETTERS + "23456789"
"""Without l, o, 0 and 1, which are misread in a terminal and over the telephone."""
_RANDOM_PART: Final = 4
_PLAIN: Final = frozenset({str, int, bool, date})
SAME_ENTRY: Final = 1 / 3
"""An entry of which no more than this is left is another one: a frame of another year is not an edited frame."""


def entry_id(entry: Data) -> str | None:
    """The entry's ``id`` if it has a well-formed one."""
    found = entry.get("id")
    return found if isinstance(found, str) and ENTRY_ID.problem(found) is None else None


def ids(entries: Sequence[Data]) -> list[str | None]:
    """The id that each entry is followed by; a second entry of the same id is as one without."""
    seen: set[str | None] = set()
    found: list[str | None] = []
    for entry in entries:
        own = entry_id(entry)
        found.append(None if own in seen else own)
        seen.add(own)
    return found


def name(entries: Sequence[Data], index: int) -> str:
    """What stands in brackets for the entry, as in ``budget[b3k9x].granted``: its id, else its 0-based index."""
    return ids(entries)[index] or str(index)


def find(entries: Sequence[Data], name: str) -> int | None:
    """The index of the entry called `name`, an id or a 0-based index; None if there is none."""
    known = ids(entries)
    if name in known:
        return known.index(name)
    index = int(name) if name.isascii() and name.isdigit() and len(name) < 10 else len(entries)
    return index if index < len(entries) else None


def content(entry: Data) -> dict[str, Value]:
    """What the entry says: its values without the id it is followed by, and without keys that have no value."""
    return {key: value for key, value in entry.items() if key != "id" and not is_absent(value)}


def likeness(old: Data, new: Data) -> float:
    """How much of `old` is left in `new`, 0 to 1; its first keys weigh most, as a budget line's year and source do."""
    before, after = content(old), content(new)
    weights = dict(zip(before, range(len(before), 0, -1), strict=True))
    kept = sum(weight for key, weight in weights.items() if key in after and same(before[key], after[key]))
    return kept / sum(weights.values()) if weights else 0.0


def pair(old: Sequence[Data], new: Sequence[Data]) -> list[Pair]:
    """Which entry of `old` is which of `new`, in the order of `new`, with removed ones after what they stood after.

    Entries of the same id are the same. Of the rest, where one side has no id, those that say the same are, and then
    those that are most alike. Two different ids are always two entries.
    """
    left, right = dict(enumerate(ids(old))), dict(enumerate(ids(new)))
    partner: dict[int, int] = {}
    # left and right shrink as pairs are found, so that each rule sees what the ones before it have left
    for before, after in chain(
        _by_id(left, right), _by_content(old, new, left, right), _by_likeness(old, new, left, right)
    ):
        del left[before], right[after]
        partner[after] = before
    pairs: list[Pair] = [(partner.get(index), index) for index in range(len(new))]
    for index in left:
        at = next(i for i, (before, _) in enumerate(pairs) if before == index - 1) + 1 if index else 0
        pairs.insert(at, (index, None))
    return pairs


def _by_id(left: _Unpaired, right: _Unpaired) -> list[tuple[int, int]]:
    places = {own: index for index, own in left.items() if own}
    return [(places[own], index) for index, own in right.items() if own in places]


def _by_content(
    old: Sequence[Data], new: Sequence[Data], left: _Unpaired, right: _Unpaired
) -> Iterator[tuple[int, int]]:
    said: dict[str, list[int]] = {}
    for before in left:
        said.setdefault(fingerprint(content(old[before])), []).append(before)
    for after, own in list(right.items()):
        alike = said.get(fingerprint(content(new[after])), [])
        found = next((before for before in alike if not (own and left[before])), None)
        if found is not None:
            alike.remove(found)
            yield found, after


def _by_likeness(
    old: Sequence[Data], new: Sequence[Data], left: _Unpaired, right: _Unpaired
) -> Iterator[tuple[int, int]]:
    candidates = [
        (-alike, len(new[after]), abs(before - after), before, after)
        for (before, own), (after, other) in product(left.items(), right.items())
        if not (own and other) and (alike := likeness(old[before], new[after])) > SAME_ENTRY
    ]
    for *_order, before, after in sorted(candidates):
        if before in left and after in right:
            yield before, after


def new_id(taken: Collection[str], hint: str = "", rng: random.Random | None = None) -> str:
    """A short id for a new entry, such as ``b3k9x``, none of `taken`; it begins as `hint` (the list's key) does.

    Random, so that two people who add an entry at the same time do not mean the same one; `rng` makes it repeatable.
    """
    from secrets import SystemRandom  # with its hashes the slowest to import of all that showing a record would need

    source = rng or SystemRandom()
    first = hint[:1].lower()
    while True:
        made = first if first and first in _LETTERS else source.choice(_LETTERS)
        made += "".join(source.choices(_LETTERS_AND_DIGITS, k=_RANDOM_PART))
        if made not in taken:
            return made


def with_ids(kind: Kind, data: Data, before: Data | None = None, rng: random.Random | None = None) -> dict[str, Value]:
    """`data` where each entry that is new or edited compared with `before` has an id.

    An entry without id that nobody touched stays as it is, and one that lost its id on the way (through a spreadsheet)
    gets it back. Lists whose ids are the user's own words (the policy's clauses) are left alone. `data` is not changed.
    """
    return _with_ids(kind.fields, data, before or {}, rng)


def _with_ids(fields: Sequence[Field], data: Data, before: Data, rng: random.Random | None) -> dict[str, Value]:
    made = dict(data)
    for field in fields:
        now, earlier = data.get(field.key), before.get(field.key)
        if isinstance(field.type, Table) and isinstance(now, dict):
            made[field.key] = _with_ids(field.fields, now, earlier if isinstance(earlier, dict) else {}, rng)
        elif isinstance(field.type, Tables) and is_tables(now):
            old = earlier if is_tables(earlier) else []
            if not any(inner.key == "id" for inner in field.type.fields):
                now = _identified(field.key, old, now, rng)
            made[field.key] = now
    return made


def _identified(key: str, old: Sequence[Data], new: Sequence[Data], rng: random.Random | None) -> list[Data]:
    taken = {own for own in (*ids(old), *ids(new)) if own}
    made = list(new)
    for before, after in pair(old, new):
        if after is None or "id" in new[after] or (before is not None and same(old[before], new[after])):
            continue
        own = entry_id(old[before]) if before is not None else None
        if own is None:
            taken.add(own := new_id(taken, key, rng))
        made[after] = {**new[after], "id": own}
    return made


def is_tables(value: Value) -> TypeGuard[Sequence[Data]]:
    """Whether `value` is a list of tables."""
    return isinstance(value, (list, tuple)) and all(isinstance(item, Mapping) for item in value)


def same(one: Value, other: Value) -> bool:
    """Whether two values are equal as TOML tells them apart: true is not 1, and 1 is not 1.0. Key order is nothing."""
    if one is other:
        return True
    if type(one) is type(other) and type(one) in _PLAIN:  # nearly all values are, and a save compares them all
        return bool(one == other)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return len(one) == len(other) and all(key in other and same(value, other[key]) for key, value in one.items())
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if any(isinstance(one, odd) != isinstance(other, odd) for odd in (bool, float)):
        return False
    return bool(one == other) or (one != one and other != other)  # noqa: PLR0124 (nan, which TOML has)


def fingerprint(value: Value) -> str:
    """A text that is equal for the values that are `same`, and puts any values in one order."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key!r}:{fingerprint(item)}" for key, item in sorted(value.items())) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(fingerprint, value)) + "]"
    return f"{type(value).__name__} {value!r}"
