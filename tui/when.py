"""When something happened, as people say it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from registry.records.dates import show_date
from registry.words import Words

_WEEKDAYS: Final = (
    Words("i måndags", "on Monday"),
    Words("i tisdags", "on Tuesday"),
    Words("i onsdags", "on Wednesday"),
    Words("i torsdags", "on Thursday"),
    Words("i fredags", "on Friday"),
    Words("i lördags", "on Saturday"),
    Words("i söndags", "on Sunday"),
)


def when(at: datetime, today: date) -> str:
    """``i dag``, ``i går``, ``i fredags``, ``14 mars 2026``."""
    day = at.astimezone().date()
    ago = (today - day).days
    if ago <= 0:
        return str(Words("i dag", "today"))
    if ago == 1:
        return str(Words("i går", "yesterday"))
    return str(_WEEKDAYS[day.weekday()]) if ago < 7 else show_date(day)


def when_exactly(at: datetime, today: date) -> str:
    """As `when`, of today the time: ``09:12``."""
    here = at.astimezone()
    return f"{here:%H:%M}" if here.date() == today else when(at, today)
