"""Reading records as rules do: fast, and never surprised by a value of a wrong type (the schema names those)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from registry.records import entries
from registry.records.decisions import decision_of
from registry.records.values import Data, Value, says_nothing

_FOUR_WORDS: Final = re.compile(r"\w+\W+\w+\W+\w+\W+\w")
"""What is that long says something; the phrases that count as missing have three words at most."""


def said(value: Value) -> bool:
    """Whether a text says something; "x", "-" and "se rapport" do not."""
    return isinstance(value, str) and (_FOUR_WORDS.match(value) is not None or not says_nothing(value))


def decided_on(entry: Data, key: str = "decision") -> date | None:
    """The day of the decision under `key`; None where there is none, or it names no day (a delegated one, an old one)."""
    found = entry.get(key)
    decision = decision_of(found) if isinstance(found, str) else None
    return decision.date if decision else None


def decided_by(entry: Data, body: str, key: str = "decision") -> bool:
    """Whether `body` made the decision under `key`."""
    found = entry.get(key)
    decision = decision_of(found) if isinstance(found, str) else None
    return decision is not None and decision.body == body


def listed(data: Data, key: str) -> list[tuple[int, Data]]:
    """The tables of the list `key`, each with its 0-based place in the list as it stands in the file."""
    found = data.get(key)
    if not isinstance(found, list):
        return []
    return [(at, entry) for at, entry in enumerate(found) if isinstance(entry, dict)]


def place(data: Data, key: str, at: int, inner: str = "") -> str:
    """The path of an entry or of a field in it: ``budget[b3k9x].granted``, ``budget[2].granted`` without an id."""
    found = data.get(key)
    tables = [entry if isinstance(entry, dict) else {} for entry in found] if isinstance(found, list) else []
    return f"{key}[{entries.name(tables, at)}]{'.' if inner else ''}{inner}"


def later(day: date, days: int) -> date:
    """`days` after `day`; the last day there is where that lies beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    if day.year == date.min.year:
        return date.min
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
