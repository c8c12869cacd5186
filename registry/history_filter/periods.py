"""Periods as they are typed: a year, a month, a day, or a day in words."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final, NamedTuple

from registry.git.days import as_day
from registry.records.dates import MONTHS, show_date

_ISO: Final = re.compile(r"([12]\d{3})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


class Period(NamedTuple):
    """From the first day to the last, both in it."""

    first: date
    last: date

    def in_words(self) -> str:
        """``2025``, ``juni 2025``, ``3 juni 2025``."""
        if self.first == self.last:
            return show_date(self.first)
        if (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31):
            return str(self.first.year)
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"


def period(text: str, today: date) -> Period | None:
    """The period that `text` names, None where it names none: ``2025``, ``2025-06``, ``2025-06-03``, ``igår``, ``2 weeks ago``."""
    if found := _ISO.fullmatch(text.strip()):
        year, month, day = (int(part) if part else 0 for part in found.groups())
        try:
            if not month:
                return Period(date(year, 1, 1), date(year, 12, 31))
            if not day:
                return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
            return Period(*[date(year, month, day)] * 2)
        except ValueError:
            return None
    named = None if text.strip()[:1].isdigit() and " " not in text else as_day(text, today)
    return None if named is None else Period(named, named)
