"""Where free text stands in a record: what people write in words, and whatever stands under a key that nobody knows.

Saving and checking search the same texts for personal data. Most of them hold none, so a text is found with the way to
it, and only of those that matter is a path made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from registry.records import entries
from registry.records.fields import Field
from registry.records.kinds import KINDS
from registry.records.types import Table, Tables, Text
from registry.records.values import Data, Value, tables, text
from registry.snapshot import Snapshot

Way: TypeAlias = tuple[str | int, ...]
"""Keys and 0-based places in lists, outermost first: ``("commitments", 0, "party")``."""
Found: TypeAlias = tuple[Way, str]


def free_texts(kind_id: str, data: Data) -> list[Found]:
    """Every free text of a record of that kind, each with the way to it; values of a wrong type are passed over."""
    return _in(_searched(kind_id), data, ())


def every_text(data: Data) -> list[Found]:
    """Every text of a record, whatever it is for, each with the way to it."""
    return [found for key in data for found in _any(data[key], (key,))]


def path_of(data: Data, way: Way) -> str:
    """The path that a way is shown as: ``commitments[k1].party``, ``egen.kontakt[0]``."""
    path = ""
    value: Value = data
    for step in way:
        if isinstance(step, str):
            path += f".{step}" if path else step
            value = value.get(step) if isinstance(value, Mapping) else None
        else:
            listed: Sequence[Value] = value if isinstance(value, list) else []
            named = [entry if isinstance(entry, Mapping) else {} for entry in listed]
            path += f"[{entries.name(named, step)}]"
            value = listed[step]
    return path


def mailboxes(snapshot: Snapshot) -> frozenset[str]:
    """The addresses of offices, which may stand in words: the departments' and the coordinators'."""
    found = {text(coordinator, "mailbox") for coordinator in tables(snapshot.registry, "coordinators")}
    found |= {text(record.data, "mailbox") for record in snapshot.records("departments")}
    return frozenset(mailbox for mailbox in found if mailbox)


def harmless(snapshot: Snapshot) -> frozenset[str]:
    """What may stand in words though it looks like personal data, casefolded: offices' addresses, accepted false alarms."""
    accepted = {text(entry, "text") for entry in tables(snapshot.registry, "not_personal")}
    return frozenset(each.casefold() for each in mailboxes(snapshot) | accepted if each)


class _Searched(NamedTuple):
    """Where free text stands in a record or in an entry of it."""

    known: frozenset[str]
    texts: tuple[tuple[str, tuple[str]], ...]
    """Each key with the way to it from here: joined to the way here, it costs less than a new one."""
    inside: tuple[tuple[str, _Searched], ...]
    """The tables and lists of tables."""


@lru_cache(maxsize=len(KINDS))
def _searched(kind_id: str) -> _Searched:
    return _of_fields(KINDS[kind_id].fields)


def _of_fields(fields: Sequence[Field]) -> _Searched:
    texts = ((field.key, (field.key,)) for field in fields if isinstance(field.type, Text) and field.type.searched)
    inside = ((field.key, _of_fields(field.fields)) for field in fields if isinstance(field.type, (Table, Tables)))
    return _Searched(frozenset({"id", *(field.key for field in fields)}), tuple(texts), tuple(inside))


def _in(searched: _Searched, data: Data, before: Way) -> list[Found]:
    known, keys, inside = searched
    found: list[Found] = [
        (before + way, value) for key, way in keys if key in data and isinstance(value := data[key], str)
    ]
    for key, inner in inside:
        if key not in data:
            continue
        value = data[key]
        if isinstance(value, dict):
            found += _in(inner, value, (*before, key))
        elif isinstance(value, list):
            for at, entry in enumerate(value):
                if isinstance(entry, dict):
                    found += _in(inner, entry, (*before, key, at))
    if not known.issuperset(data):
        for key in data:
            if key not in known:
                found += _any(data[key], (*before, key))
    return found


def _any(value: Value, way: Way) -> Iterator[Found]:
    if isinstance(value, str):
        yield way, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _any(item, (*way, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _any(item, (*way, index))
