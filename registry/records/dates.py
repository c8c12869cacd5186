"""Dates as people type and read them. A day is a `datetime.date`; there are no times of day in records."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from registry.errors import BadInput
from registry.records.values import told
from registry.words import Words, _, language

MONTHS: Final[tuple[Words, ...]] = (
    Words("januari", "January"),
    Words("februari", "February"),
    Words("mars", "March"),
    Words("april", "April"),
    Words("maj", "May"),
    Words("juni", "June"),
    Words("juli", "July"),
    Words("augusti", "August"),
    Words("september", "September"),
    Words("oktober", "October"),
    Words("november", "November"),
    Words("december", "December"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS = re.compile(r"(?:den\s+)?(\d{1,2})(?::?e|:?a|\.)?\s+([^\W\d]+)\.?(?:\s+(\d{4}))?", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:[- ](\d{4}))?")
_RELATIVE: Final = {
    "idag": 0,
    "i dag": 0,
    "today": 0,
    "igår": -1,
    "i går": -1,
    "yesterday": -1,
    "imorgon": 1,
    "i morgon": 1,
    "tomorrow": 1,
}


def parse_date(text: str, today: date | None = None) -> date:
    """The day that `text` names: ``2026-05-04``, ``2026-5-4``, ``20260504``, ``4 maj``, ``4 May 2026``, ``4/5``.

    Also ``i dag``, ``i går``, ``i morgon``. Without a year it is the year of `today`. Raises `BadInput` with examples.
    """
    today = today or date.today()
    clean = " ".join(text.split()).lower()
    if clean in _RELATIVE:
        return today + timedelta(days=_RELATIVE[clean])
    try:
        if match := _ISO.fullmatch(clean) or _COMPACT.fullmatch(clean):
            year, month, day = (int(part) for part in match.groups())
            return date(year, month, day)
        if match := _WORDS.fullmatch(clean):
            number, name, year_text = match.groups()
            if found := _month(name):
                return date(int(year_text or today.year), found, int(number))
        if match := _SLASHED.fullmatch(clean):
            number, month_text, year_text = match.groups()
            return date(int(year_text or today.year), int(month_text), int(number))
    except ValueError:
        raise BadInput(
            _("There is no such day as “%(text)s”.") % {"text": told(text)}, _("Write a date like 2026-05-04 or 4 maj.")
        ) from None
    raise BadInput(_("“%(text)s” is not a date.") % {"text": told(text)}, _("Write a date like 2026-05-04 or 4 maj."))


def _month(name: str) -> int | None:
    """1–12 for the name of a month in either language, also shortened to three letters or more."""
    if len(name) < 3:
        return None
    for number, words in enumerate(MONTHS, 1):
        if words.sv.startswith(name) or words.en.lower().startswith(name):
            return number
    return None


def show_date(day: date) -> str:
    """``14 mars 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def show_period(start: date, end: date) -> str:
    """``4–10 maj 2026``, ``28 april–3 maj 2026``, ``28 december 2026–3 januari 2027``."""
    if start == end:
        return show_date(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{show_date(end)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1]}–{show_date(end)}"
    return f"{show_date(start)}–{show_date(end)}"


def show_week(day: date) -> str:
    """``v. 38`` (ISO week), in English ``week 38``."""
    number = day.isocalendar().week
    return f"week {number}" if language() == "en" else f"v. {number}"
