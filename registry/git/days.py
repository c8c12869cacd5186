"""A day in words or figures, as `--at` takes it: `2024-05-17`, `2024`, `igår`, `2 weeks ago`, `för 3 år sedan`.

Git's own reading of dates takes anything, and what it doesn't understand for now; an auditor is owed a refusal.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

_NAMED: Final = {
    "today": 0,
    "idag": 0,
    "i dag": 0,
    "yesterday": 1,
    "igår": 1,
    "i går": 1,
    "i förrgår": 2,
    "förrgår": 2,
}
_UNITS: Final = {
    "day": "days",
    "days": "days",
    "dag": "days",
    "dagar": "days",
    "week": "weeks",
    "weeks": "weeks",
    "vecka": "weeks",
    "veckor": "weeks",
    "month": "months",
    "months": "months",
    "månad": "months",
    "månader": "months",
    "year": "years",
    "years": "years",
    "år": "years",
}
_LAST: Final = date(9999, 12, 30)
"""The day after it is the last that has a moment in every time zone."""
_AGO: Final = re.compile(r"(?:för )?(\d{1,4}) (\w+) (?:ago|sedan)")
_ISO: Final = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def as_day(text: str, today: date | None = None) -> date | None:
    """The day that `text` names, or None if it names none. A month or a year alone is its last day."""
    today = today or datetime.now().astimezone().date()
    said = " ".join(text.lower().split())
    if said in _NAMED:
        return today - timedelta(days=_NAMED[said])
    try:
        if found := _ISO.fullmatch(said):
            return _iso(*(int(part) if part else None for part in found.groups()))
        if (found := _AGO.fullmatch(said)) and found[2] in _UNITS:
            return _before(today, int(found[1]), _UNITS[found[2]])
    except (ValueError, OverflowError):
        return None
    return None


def end_of(day: date) -> int:
    """The last second of `day` in local time, in seconds since 1970; of the calendar's last day, of all time."""
    if day >= _LAST:
        return int(datetime.combine(_LAST, time.min, UTC).timestamp())
    midnight = datetime.combine(day + timedelta(days=1), time.min).astimezone()
    return int(midnight.timestamp()) - 1


def _iso(year: int | None, month: int | None, day: int | None) -> date:
    assert year is not None  # noqa: S101 - the pattern has it
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _before(today: date, count: int, unit: str) -> date:
    if unit == "days":
        return today - timedelta(days=count)
    if unit == "weeks":
        return today - timedelta(weeks=count)
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
