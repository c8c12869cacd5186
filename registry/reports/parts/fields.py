"""A record's fields as a report names them: by the label and in the words that the card has."""

from __future__ import annotations

from collections.abc import Iterable

from registry.records.display import shown
from registry.records.kinds import KINDS
from registry.records.types import BARE, Names
from registry.records.values import Data


def shown_field(kind: str, data: Data, key: str, names: Names = BARE) -> tuple[str, str]:
    """The label, and the value in words; where there is none, what that means."""
    field = KINDS[kind].by_key[key]
    return str(field.label), shown(field, data.get(key), names)


def shown_fields(kind: str, data: Data, keys: Iterable[str], names: Names = BARE) -> list[tuple[str, str]]:
    """Several of them, in that order."""
    return [shown_field(kind, data, key, names) for key in keys]


def inner_words(kind: str, key: str, entry: Data, inner: str, names: Names = BARE) -> str:
    """The value of a field of an entry of the list `key`."""
    return shown(KINDS[kind].by_key[key].by_key[inner], entry.get(inner), names)
