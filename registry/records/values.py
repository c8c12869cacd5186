"""The plain values that records are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from registry.plain_text import line

Value: TypeAlias = Any
"""str, int, float, bool, `datetime.date`, a list of these, or a dict of str to these: what TOML holds."""
Data: TypeAlias = Mapping[str, Value]
"""A record or an entry of one: keys in English snake_case; a key without a value is absent."""

_EMPTY_WORDS: Final = frozenset(
    {
        "x",
        "xx",
        "xxx",
        "na",
        "n/a",
        "n.a",
        "ej aktuellt",
        "inte aktuellt",
        "se rapport",
        "se rapporten",
        "se rapport ovan",
        "see report",
        "see the report",
        "tbd",
        "todo",
        "okänt",
        "unknown",
        "vet ej",
        "ingen uppgift",
        "saknas",
    }
)
_ONLY_PUNCTUATION = re.compile(r"[\W_]*")


def is_absent(value: Value) -> bool:
    """Absent, "" and [] (and an empty table) all mean no value. False and 0 are values."""
    return value is None or (isinstance(value, (str, list, tuple, dict)) and not value)


def says_nothing(value: Value) -> bool:
    """Whether a text counts as missing: absent, or such as "x", "-", "se rapport" (DESIGN.md section 2)."""
    if is_absent(value):
        return True
    if not isinstance(value, str):
        return False
    text = " ".join(value.split()).casefold()
    return text.rstrip(".!") in _EMPTY_WORDS or bool(_ONLY_PUNCTUATION.fullmatch(text))


def told(value: Value, width: int = 60) -> str:
    """A value for a message: a line of at most `width` characters, control characters shown, yes and no as in TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    words = line(str(value)[: 4 * width])
    return words if len(words) <= width else words[: width - 1].rstrip() + "…"


def tables(data: Data, key: str) -> list[Data]:
    """The entries of the list `key`; what is not a table is left out (validation names it)."""
    found = data.get(key)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def texts(data: Data, key: str) -> list[str]:
    """The strings of the list `key`."""
    found = data.get(key)
    return [item for item in found if isinstance(item, str)] if isinstance(found, list) else []


def text(data: Data, key: str) -> str:
    """The string `key`, or ""."""
    found = data.get(key)
    return found if isinstance(found, str) else ""


def day(data: Data, key: str) -> date | None:
    """The date `key`, or None; a moment with a time of day is no date, and could not be compared with one."""
    found = data.get(key)
    return found if type(found) is date else None


def number(data: Data, key: str) -> int | None:
    """The whole number `key`, or None; yes and no are no numbers."""
    found = data.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def table(data: Data, key: str) -> Data:
    """The table `key`, or an empty one."""
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def in_force(entry: Data, on: date) -> bool:
    """Whether an entry with ``from`` and ``until`` (both included, both optional) holds on that day."""
    since, until = day(entry, "from"), day(entry, "until")
    return (since is None or since <= on) and (until is None or on <= until)
