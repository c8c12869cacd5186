"""The demo's calendar: everything is told in relation to its last day, and on days when a town hall works."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from typing import Final

YEARS: Final = 8
"""How long the registry has been kept."""
_HOLIDAYS: Final = frozenset({(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)})
_WEEKDAYS: Final = {"KF": 0, "KS": 1, "BUN": 1, "KFN": 2, "SN": 3, "SBN": 1, "MN": 3}
"""On which day of the week a body meets."""
_PARAGRAPHS_A_WEEK: Final = 5


class Calendar:
    """Days as the stories name them, counted back from `until`, and decisions of bodies with their paragraphs."""

    def __init__(self, until: date) -> None:
        self.until = until
        self.opened = self.workday(safe(until.year - YEARS, until.month, until.day) + timedelta(days=1))
        self._taken: Counter[tuple[str, date]] = Counter()
        self._numbers: Counter[str] = Counter()

    def season(self, back: int, month: int, day: int) -> date:
        """The latest such day that is not after the last one, `back` years earlier; -1 is the next to come."""
        latest = safe(self.until.year, month, day)
        year = latest.year - (latest > self.until) - back
        return safe(year, month, day)

    def ago(self, days: int) -> date:
        """The working day `days` before the last day; negative: to come."""
        return self.workday(self.until - timedelta(days=days))

    @staticmethod
    def workday(day: date) -> date:
        """`day`, or the first working day after it."""
        while day.weekday() > 4 or (day.month, day.day) in _HOLIDAYS:
            day += timedelta(days=1)
        return day

    @staticmethod
    def meeting(body: str, near: date) -> date:
        """The day on or before `near` when `body` met; nobody meets in July or at Christmas."""
        if near.month == 7:
            near = date(near.year, 6, 28)
        if (near.month, near.day) > (12, 20) or (near.month, near.day) < (1, 10):
            near = date(near.year - (near.month == 1), 12, 18)
        return near - timedelta(days=(near.weekday() - _WEEKDAYS[body]) % 7)

    def decided(self, body: str, near: date) -> tuple[date, str]:
        """A meeting near that day, and a decision made at it: ``BUN 2026-03-10 § 31``."""
        day = self.meeting(body, near)
        self._taken[body, day] += 1
        paragraph = day.timetuple().tm_yday // 7 * _PARAGRAPHS_A_WEEK + self._taken[body, day]
        return day, f"{body} {day.isoformat()} § {paragraph}"

    def dnr(self, body: str, year: int) -> str:
        """The next registry number: ``dnr BUN/2026:17``."""
        self._numbers[f"{body}/{year}"] += 1
        return f"dnr {body}/{year}:{self._numbers[f'{body}/{year}'] * 7 + 5}"


def safe(year: int, month: int, day: int) -> date:
    """The day, or the 28th where that February has no 29th."""
    return date(year, month, 28 if (month, day) == (2, 29) else day)


def office_hours(day: date, count: int, rng: random.Random) -> list[datetime]:
    """`count` moments of that day, in order, in Swedish time."""
    minutes = sorted(rng.sample(range(8 * 60 + 5, 16 * 60 + 40), count))
    zone = timezone(timedelta(hours=2 if _summer(day) else 1))
    return [datetime(day.year, day.month, day.day, m // 60, m % 60, rng.randrange(60), tzinfo=zone) for m in minutes]


def _summer(day: date) -> bool:
    """Whether clocks are an hour ahead: from the last Sunday of March until that of October (directive 2000/84/EC)."""
    return _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
