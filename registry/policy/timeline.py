"""The projects of a year, as bars across its months."""

from __future__ import annotations

from datetime import date
from heapq import nsmallest
from typing import Final, NamedTuple

from registry.policy.digests import Digest
from registry.policy.reading import listed
from registry.policy.subjects import IDEA, ONGOING, STOPPED, is_live
from registry.policy.whole import whole_of
from registry.records.values import day as day_of
from registry.records.values import text
from registry.snapshot import Snapshot

MOST: Final = 10
"""Bars, so that they are read at a glance."""


class Bar(NamedTuple):
    """A project in time."""

    ref: str
    title: str
    stage: str
    since: date
    """When its preparation began: the day it was registered, else its start."""
    start: date
    end: date
    """The last day of the calendar where it is open-ended."""
    deadlines: tuple[date, ...]
    """What is not done by now."""


def bars(snapshot: Snapshot, today: date, most: int = MOST) -> tuple[Bar, ...]:
    """The projects of today's year that matter most, by when they begin: what goes on, then what is nearest in time.

    Ideas are among them where they have a start; what was declined or cancelled is not.
    """
    chosen = nsmallest(
        most,
        (
            (_rank(found, today), ref)
            for ref, found in whole_of(snapshot).projects.items()
            if found.level != STOPPED and _touches(found, snapshot, ref, today.year)
        ),
    )
    made = [_bar(snapshot, ref) for _order, ref in chosen]
    return tuple(sorted(made, key=lambda bar: (bar.start, bar.ref)))


def _rank(found: Digest, today: date) -> tuple[int, int]:
    group = 0 if found.level == ONGOING else 1 if is_live(found.level) else 3 if found.level == IDEA else 2
    return group, abs((found.start - today).days)


def _touches(found: Digest, snapshot: Snapshot, ref: str, year: int) -> bool:
    if found.start == date.min or found.start.year > year:
        return False
    return found.start.year == year or _last_day(found, snapshot, ref).year >= year


def _last_day(found: Digest, snapshot: Snapshot, ref: str) -> date:
    """Where no end is known and the project is not said to be open-ended, the day that it starts."""
    if found.end != date.max:
        return found.end
    data = snapshot.data(ref) or {}
    return date.max if data.get("open_ended") is True else found.start


def _bar(snapshot: Snapshot, ref: str) -> Bar:
    found, data = whole_of(snapshot).projects[ref], snapshot.data(ref) or {}
    registered = day_of(data, "registered")
    since = min(registered, found.start) if registered else found.start
    open_deadlines = tuple(
        due for _at, entry in listed(data, "deadlines") if (due := day_of(entry, "date")) and "done" not in entry
    )
    stage = text(data, "stage") or "idea"
    end = max(_last_day(found, snapshot, ref), found.start)
    return Bar(ref, found.title or ref, stage, since, found.start, end, open_deadlines)
