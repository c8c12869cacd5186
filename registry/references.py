"""What records refer to: other records, people, the policy's goals, and the bodies that decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from registry.records.fields import Field, Kind
from registry.records.types import DecisionText, FieldType, Goal, MapOf, Person, Ref, SetOf, Table, Tables
from registry.records.values import Data, Value

Sort = Literal["record", "person", "goal", "decision"]


class Reference(NamedTuple):
    """`target` is a REF, a person id, a goal's id or a whole decision; `path` is where it stands."""

    path: str
    sort: Sort
    target: str


_SORTS: dict[type[FieldType], Sort] = {Ref: "record", Person: "person", Goal: "goal", DecisionText: "decision"}


def references(kind: Kind, data: Data) -> Iterator[Reference]:
    """Every reference of a record, in the order of its description. Values of a wrong type are passed over."""
    return _walk(kind.fields, data, "")


def _walk(fields: tuple[Field, ...], data: Data, prefix: str) -> Iterator[Reference]:
    for field in fields:
        value = data.get(field.key)
        if value is None:
            continue
        path = f"{prefix}{field.key}"
        if isinstance(field.type, Table) and isinstance(value, dict):
            yield from _walk(field.fields, value, f"{path}.")
        elif isinstance(field.type, Tables) and isinstance(value, list):
            for index, entry in enumerate(value):
                if isinstance(entry, dict):
                    name = entry.get("id") if isinstance(entry.get("id"), str) else index
                    yield from _walk(field.fields, entry, f"{path}[{name}].")
        else:
            yield from _of_value(field.type, value, path)


def _of_value(kind: FieldType, value: Value, path: str) -> Iterator[Reference]:
    if isinstance(kind, SetOf) and isinstance(value, list):
        for item in value:
            yield from _of_value(kind.item, item, path)
    elif isinstance(kind, MapOf) and isinstance(value, dict):
        for key in value:
            yield from _of_value(kind.key, key, path)
    elif (sort := _SORTS.get(type(kind))) and isinstance(value, str):
        yield Reference(path, sort, value)


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
