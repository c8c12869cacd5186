"""Conditions on records, as `vanort list --where` takes them: ``stage=planned``, ``start>=2026-01-01``, ``budget.year=2026``.

Pure. Text is compared as it is searched (case and accents aside); a list matches where one of its values does, and a
list of tables where one of its entries does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from operator import ge, le
from typing import Any, Final

from registry.errors import BadInput
from registry.plain_text import fold
from registry.records.fields import Field, Kind
from registry.records.types import FieldType, MapOf, SetOf, Table, Tables
from registry.records.values import Data, Value, is_absent
from registry.words import _

_CONDITION: Final = re.compile(
    r"(?P<key>[a-z_]+)(?:\.(?P<inner>[a-z_]+))?(?P<sign>!=|>=|<=|~=|=)(?P<value>.*)", re.DOTALL
)
_COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {">=": ge, "<=": le}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: a field, a sign (``=``, ``!=``, ``>=``, ``<=``; ``~=`` contains) and the value wanted."""

    keys: tuple[str, ...]
    sign: str
    wanted: Value
    """None: absent."""
    implied: Value = None
    """What no value stands for, if anything: a project without a status is an idea."""

    def matches(self, data: Data) -> bool:
        """Whether the record is one that is wanted."""
        found = list(_values(data, self.keys))
        if self.sign == "!=":
            return not replace(self, sign="=").matches(data)
        if self.wanted is None:
            return not found
        if not found and self.implied is not None and len(self.keys) == 1:
            return self._holds(self.implied)
        return any(self._holds(value) for value in found)

    def _holds(self, value: Value) -> bool:
        wanted = self.wanted
        if self.sign == "~=":
            return fold(str(wanted)) in fold(str(value))
        if isinstance(value, str) and isinstance(wanted, str):
            value, wanted = fold(value), fold(wanted)
        elif type(value) is not type(wanted):
            return False
        return bool(_COMPARISONS[self.sign](value, wanted) if self.sign in _COMPARISONS else value == wanted)


def parse_condition(kind: Kind, text: str) -> Condition:
    """The condition that a person wrote, on records of `kind`. Raises `BadInput`, naming the keys there are."""
    match = _CONDITION.fullmatch(text.strip())
    if match is None:
        raise BadInput(
            _("“%(text)s” is not a condition.") % {"text": text},
            _("Write it like %(example)s.") % {"example": "stage=planned, start>=2026-01-01, title~=skjern"},
        )
    field = _field(kind.id, kind.by_key, match["key"])
    keys: tuple[str, ...] = (field.key,)
    if match["inner"]:
        field = _field(field.key, {inner.key: inner for inner in field.fields}, match["inner"])
        keys = (*keys, field.key)
    value = match["value"].strip()
    if match["sign"] == "~=":
        return Condition(keys, "~=", value, field.implied)
    return Condition(keys, match["sign"], _parsed(field.type, value) if value else None, field.implied)


def _field(where: str, fields: dict[str, Field], key: str) -> Field:
    if key in fields:
        return fields[key]
    near = get_close_matches(key, fields, n=1)
    raise BadInput(
        _("%(where)s has no key “%(key)s”.") % {"where": where, "key": key},
        _("Did you mean %(key)s?") % {"key": near[0]}
        if near
        else _("Write one of %(keys)s.") % {"keys": ", ".join(fields) or "–"},
    )


def _parsed(kind: FieldType, value: str) -> Value:
    if isinstance(kind, (Table, Tables)):
        raise BadInput(
            _("A list of tables is compared by one of its keys."),
            _("Write it like %(example)s.") % {"example": "budget.year=2026"},
        )
    if isinstance(kind, MapOf):
        return kind.item.parse(value)
    return kind.item.parse(value) if isinstance(kind, SetOf) else kind.parse(value)


def _values(data: Data, keys: tuple[str, ...]) -> Iterator[Value]:
    """The values at `keys`, of every entry on the way; nothing for absent ones."""
    found: list[Value] = [data]
    for key in keys:
        found = [item for value in found if isinstance(value, dict) for item in _several(value.get(key))]
    for value in found:
        if isinstance(value, dict):
            yield from (item for item in value.values() if not is_absent(item))
        else:
            yield value


def _several(value: Value) -> list[Value]:
    if isinstance(value, list):
        return value
    return [] if is_absent(value) else [value]
