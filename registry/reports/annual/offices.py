"""Who came and went in a year, by function: the coordinator, the exchange officers, those responsible for projects."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from registry.handover import OFFICES
from registry.plain_text import line
from registry.policy.committee import vacancies
from registry.policy.offices import seats_of
from registry.progress import PORTION, Progress
from registry.records.types import Names
from registry.records.values import Data, day, text
from registry.reports.asked import Asked
from registry.snapshot import Record, Snapshot
from registry.words import _

if TYPE_CHECKING:
    from registry.store import Store

What = Literal["came", "left", "vacant"]
_SINCE_EVER: Final = date.min


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody who came to an office or left it, or a time in which nobody had it."""

    office: str
    """``coordinators`` or ``officers``."""
    place: str
    """The municipality or the department."""
    function: str
    """With the name, where names were asked for."""
    what: What
    on: date
    until: date | None = None
    """The last day of a vacancy."""


@dataclass(frozen=True, slots=True)
class Responsible:
    """A project that somebody else was responsible for at the end than at the beginning."""

    title: str
    before: str
    """The function; "" where none was stated."""
    after: str


@dataclass(frozen=True, slots=True)
class OfficesOfYear:
    """All of it, by day and by title."""

    turns: Sequence[Turn]
    responsible: Sequence[Responsible]


def offices_of(asked: Asked) -> Generator[Progress, None, OfficesOfYear]:
    """The offices by the dates in the records; those responsible, which carry none, by what the history kept of them."""
    first, last = date(asked.year, 1, 1), min(asked.day, date(asked.year, 12, 31))
    turns: list[Turn] = []
    if first <= last:
        for kind, key in OFFICES.items():
            for record in asked.snapshot.records(kind):
                turns += _turns(record, key, first, last, asked)
    responsible = yield from _responsible(asked, first, last)
    return OfficesOfYear(sorted(turns, key=lambda one: (one.on, one.place, one.what)), responsible)


def _turns(record: Record, key: str, first: date, last: date, asked: Asked) -> Iterator[Turn]:
    place, names = line(record.title), asked.names
    for seat in seats_of(record.data, key):
        if not seat.person:
            continue
        function = called(seat.function, seat.person, names)
        if first <= seat.since <= last:
            yield Turn(key, place, function, "came", seat.since)
        if first <= seat.until <= last:
            yield Turn(key, place, function, "left", seat.until)
    since, until = _answered_for(record, asked.snapshot, first, last)
    if since <= until and (key == "coordinators" or record.data.get("ambition") is True or record.data.get(key)):
        left = {seat.until for seat in seats_of(record.data, key) if seat.person}
        for gap in vacancies(record.data, key, first, until):
            if gap.until >= since:  # it may have begun before the registry was opened, where it is known who left
                begun = gap.since if gap.since - timedelta(days=1) in left else max(gap.since, since)
                yield Turn(key, place, "", "vacant", begun, gap.until)


def _answered_for(record: Record, snapshot: Snapshot, first: date, last: date) -> tuple[date, date]:
    """The days in which the office is asked for: since the registry was opened, until the department was gone."""
    opened, gone = day(snapshot.registry, "opened"), day(record.data, "active_until")
    return max(first, opened or _SINCE_EVER), min(last, gone or date.max)


def called(function: str, person: str, names: Names) -> str:
    """The office in words, with the name where names are told."""
    name = names.person(person)
    told = line(function)
    if not person or name == person:
        return told
    return f"{told} ({line(name)})" if told else line(name)


def _responsible(asked: Asked, first: date, last: date) -> Generator[Progress, None, list[Responsible]]:
    """By comparing the projects as they were when the year began with how they were when it ended, or are."""
    before, after = _ends(asked, first, last)
    if before is None or after is None or before.commit == after.commit:
        return []
    from registry.git.log import changed_refs

    refs = [ref for ref in changed_refs(asked.store.repo, str(before.commit), str(after.commit)) if _project(ref)]
    found: list[Responsible] = []
    for at in range(0, len(refs), PORTION):
        yield Progress(_("Those responsible"), at)
        portion = refs[at : at + PORTION]
        before.read_ahead(portion)
        after.read_ahead(portion)
        for ref in portion:
            found += _changed(before.data(ref), after.data(ref), asked.names, after.title(ref))
    return sorted(found, key=lambda one: (one.title.casefold(), one.after))


def _project(ref: str) -> bool:
    return ref.startswith("projects/")


def _ends(asked: Asked, first: date, last: date) -> tuple[Snapshot | None, Snapshot | None]:
    """The registry on the eve of the year and on its last day, as it was saved then; None where nothing was."""
    commit = asked.snapshot.commit
    if commit is None or first > last or first == date.min:
        return None, None
    after = asked.snapshot if last == asked.day else _saved(asked.store, commit, last)
    return _saved(asked.store, commit, first - timedelta(days=1)), after


def _saved(store: Store, commit: str, on: date) -> Snapshot | None:
    from registry.git import chronology, days

    found = chronology.as_of(store.repo, commit, days.end_of(on))
    return store.committed(found) if found else None


def _changed(old: Data | None, new: Data | None, names: Names, title: str) -> Iterator[Responsible]:
    if old is None or new is None:
        return
    was, now = text(old, "responsible"), text(new, "responsible")
    if was and was != now:
        before = called(text(old, "responsible_function"), was, names)
        yield Responsible(line(title), before, called(text(new, "responsible_function"), now, names))
