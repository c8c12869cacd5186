"""Two versions of the people book that grew out of one: merged by person and field; an erasure beats any edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from registry.errors import Refused
from registry.merge.outcome import WHOLE_RECORD, Conflict
from registry.merge.three_way import UNDECIDED, decide_value
from registry.people.book import Book, is_erased, is_left, is_merged
from registry.people.person_kind import INTO, PERSON
from registry.records.entries import fingerprint, same
from registry.records.values import Data, Value, day, is_absent
from registry.words import _


@dataclass(frozen=True, slots=True)
class MergedBook:
    """The merged book; in the fields of `conflicts` (whose `ref` is the person's id) it has our value."""

    book: Book
    conflicts: tuple[Conflict, ...] = ()


class PersonClash(Refused):
    """Somebody else changed the same fields of the same person; `conflicts` holds both values, nothing was written."""

    def __init__(self, conflicts: Sequence[Conflict], book: Book) -> None:
        super().__init__(
            _("Somebody else has changed the same thing in the people book meanwhile: %(fields)s.")
            % {"fields": "; ".join(_in_words(conflict, book.name(conflict.ref)) for conflict in conflicts)},
            _("Look at the person as it is now, and decide which value holds."),
        )
        self.conflicts = tuple(conflicts)


def merge_books(base: Book, ours: Book, theirs: Book) -> MergedBook:
    """`ours` and `theirs`, both grown out of `base`, as one book. The order of the sides decides nothing else."""
    people: dict[str, Data] = {}
    conflicts: list[Conflict] = []
    for person in {**theirs.people, **ours.people}:
        entry, found = _merge_entry(base.people.get(person), ours.people.get(person), theirs.people.get(person))
        if entry is not None:
            people[person] = entry
        conflicts.extend(replace(conflict, ref=person) for conflict in found)
    _carry_over(people, base, (ours, theirs))
    extra, _found = _merge_fields(base.extra, ours.extra, theirs.extra)
    return MergedBook(replace(theirs, people=people, extra=extra), tuple(conflicts))


def _carry_over(people: dict[str, Data], base: Book, sides: Sequence[Book]) -> None:
    """What one side wrote of an entry that the other merged into somebody's: said of them, where nothing else is."""
    merged = {(who, str(entry[INTO])) for side in sides for who, entry in side.people.items() if is_merged(entry)}
    for person, into in sorted(merged):
        if into not in people or is_left(people[into]):
            continue
        if is_erased(people[person]):  # erased by one while the other found that they are the same: all of it goes
            people[into] = people[person]
            continue
        was = base.people.get(person, {})
        for side in sides:
            entry = side.people.get(person, {})
            if not is_merged(entry):
                new = {key: value for key, value in entry.items() if was.get(key) != value}
                people[into] = {**new, **people[into]}


def _merge_entry(base: Data | None, ours: Data | None, theirs: Data | None) -> tuple[Data | None, list[Conflict]]:
    if erased := [entry for entry in (ours, theirs) if entry is not None and is_erased(entry)]:
        return min(erased, key=_erasure_order), []
    if merged := [entry for entry in (ours, theirs) if entry is not None and is_merged(entry)]:
        return min(merged, key=lambda entry: str(entry[INTO])), []
    if ours is base or theirs is base:  # the usual case: one of thousands was edited
        return theirs if ours is base else ours, []
    if ours is not None and theirs is not None:
        return _merge_fields(base or {}, ours, theirs)
    left = theirs if ours is None else ours
    if base is None or left is None:
        return left, []
    if same(dict(base), dict(left)):
        return None, []  # taken out on one side, untouched on the other
    return left, [Conflict(WHOLE_RECORD, dict(base), ours, theirs)]


def _merge_fields(base: Data, ours: Data, theirs: Data) -> tuple[dict[str, Value], list[Conflict]]:
    merged: dict[str, Value] = {}
    conflicts = []
    for key in {**theirs, **ours}:
        sides = (base.get(key), ours.get(key), theirs.get(key))
        value = decide_value(sides[:1], *sides[1:])
        if value is UNDECIDED:
            conflicts.append(Conflict(key, *sides))
            value = ours.get(key)
        if not is_absent(value):
            merged[key] = value
    return merged, conflicts


def _erasure_order(entry: Data) -> tuple[str, str]:
    """The earlier erasure stands, on both sides alike."""
    when = day(entry, "erased")
    return (when.isoformat() if when else "~", fingerprint(dict(entry)))


def _in_words(conflict: Conflict, name: str) -> str:
    field = PERSON.by_key.get(conflict.field)

    def shown(value: Value) -> str:
        if is_absent(value):
            return _("nothing")
        return f"“{field.type.show(value) if field else value}”"

    if field is None and conflict.field == WHOLE_RECORD:
        return _("%(name)s was taken out by one and edited by the other") % {"name": name}
    return _("%(name)s, %(field)s: you wrote %(ours)s, it is now %(theirs)s") % {
        "field": field.label if field else conflict.field,
        "name": name,
        "ours": shown(conflict.ours),
        "theirs": shown(conflict.theirs),
    }
