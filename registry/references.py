"""What records refer to: other records, people, the policy's goals, and the bodies that decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

from registry.records.fields import Field, Kind
from registry.records.types import DecisionText, FieldType, Goal, MapOf, Person, Ref, SetOf, Table, Tables
from registry.records.values import Data

Sort = Literal["record", "person", "goal", "decision"]


class Reference(NamedTuple):
    """`target` is a REF, a person id, a goal's id or a whole decision; `path` is where it stands."""

    path: str
    sort: Sort
    target: str


_SORTS: dict[type[FieldType], Sort] = {Ref: "record", Person: "person", Goal: "goal", DecisionText: "decision"}
_POINTING: Final = frozenset({"record", "person"})


class _Place(NamedTuple):
    """A field that can hold references: a text, a list (set) or a dict (map) of them by its keys, or tables with some."""

    key: str
    holds: type
    sort: Sort | None
    inside: tuple[_Place, ...]


_known: dict[int, tuple[Kind, tuple[_Place, ...]]] = {}
"""By the kind's identity: to hash a whole description would take longer than to walk it."""


def _places(kind: Kind) -> tuple[_Place, ...]:
    """Where a record of that kind can hold references, found once: most fields hold none."""
    if id(kind) not in _known:
        _known[id(kind)] = (kind, _places_in(kind.fields))
    return _known[id(kind)][1]


def _places_in(fields: tuple[Field, ...]) -> tuple[_Place, ...]:
    places = (_place(field) for field in fields)
    return tuple(place for place in places if place.sort or place.inside)


def _place(field: Field) -> _Place:
    match field.type:
        case SetOf(item=item):
            return _Place(field.key, list, _SORTS.get(type(item)), ())
        case MapOf(key=key):
            return _Place(field.key, dict, _SORTS.get(type(key)), ())
        case Table():
            return _Place(field.key, dict, None, _places_in(field.fields))
        case Tables():
            return _Place(field.key, list, None, _places_in(field.fields))
    return _Place(field.key, str, _SORTS.get(type(field.type)), ())


def references(kind: Kind, data: Data) -> Iterator[Reference]:
    """Every reference of a record, in the order of its description. Values of a wrong type are passed over."""
    return _walk(_places(kind), data, "")


def targets(kind: Kind, data: Data) -> set[str]:
    """The REFs and person ids that a record refers to."""
    return {target for _path, sort, target in references(kind, data) if sort in _POINTING}


def _walk(places: tuple[_Place, ...], data: Data, prefix: str) -> Iterator[Reference]:
    for key, holds, sort, inside in places:
        found = data.get(key)
        if not isinstance(found, holds):
            continue
        value: Any = found
        path = prefix + key
        if sort is not None:
            for target in (value,) if holds is str else value:
                if isinstance(target, str):
                    yield Reference(path, sort, target)
        elif holds is dict:
            yield from _walk(inside, value, f"{path}.")
        else:
            for index, entry in enumerate(value):
                if isinstance(entry, dict):
                    name = entry.get("id")
                    yield from _walk(inside, entry, f"{path}[{name if isinstance(name, str) else index}].")


def with_person(kind: Kind, data: Data, old: str, new: str) -> Data:
    """The record with `new` wherever it names the person `old`; in a set of people once."""
    return _with_person(kind.fields, data, old, new)


def _with_person(fields: tuple[Field, ...], data: Data, old: str, new: str) -> Data:
    changed = dict(data)
    for field in fields:
        value = changed.get(field.key)
        if isinstance(field.type, Person) and value == old:
            changed[field.key] = new
        elif isinstance(field.type, SetOf) and isinstance(field.type.item, Person) and isinstance(value, list):
            changed[field.key] = list(dict.fromkeys(new if item == old else item for item in value))
        elif isinstance(field.type, Table) and isinstance(value, dict):
            changed[field.key] = _with_person(field.fields, value, old, new)
        elif isinstance(field.type, Tables) and isinstance(value, list):
            changed[field.key] = [_with_person(field.fields, e, old, new) if isinstance(e, dict) else e for e in value]
    return changed


def renamed(kind: Kind, data: Data, old: str, new: str) -> Data:
    """The record with each reference to the record `old` made one to `new`; the same object where there is none."""
    if not any(reference.sort == "record" and reference.target == old for reference in references(kind, data)):
        return data
    return _renamed(kind.fields, data, old, new)


def _renamed(fields: tuple[Field, ...], data: Data, old: str, new: str) -> Data:
    changed = dict(data)
    for field in fields:
        value = changed.get(field.key)
        if isinstance(field.type, Ref) and value == old:
            changed[field.key] = new
        elif isinstance(field.type, SetOf) and isinstance(field.type.item, Ref) and isinstance(value, list):
            changed[field.key] = [new if item == old else item for item in value]
        elif isinstance(field.type, Table) and isinstance(value, dict):
            changed[field.key] = _renamed(field.fields, value, old, new)
        elif isinstance(field.type, Tables) and isinstance(value, list):
            changed[field.key] = [_renamed(field.fields, e, old, new) if isinstance(e, dict) else e for e in value]
    return changed
