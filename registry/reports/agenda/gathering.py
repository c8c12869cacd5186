"""The agenda's matters, in the order in which they are taken up, and who is to meet."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from registry.departures import Departures
from registry.policy.committee import Committee, Member, committee
from registry.policy.since import Moved
from registry.progress import Progress
from registry.reports.agenda.changed import Since, changed, since
from registry.reports.agenda.matters import Matter
from registry.reports.agenda.overlaps import overlaps
from registry.reports.agenda.to_decide import to_decide
from registry.reports.agenda.waiting import inquiries, late, opportunities, to_come
from registry.reports.asked import Asked
from registry.reports.parts.numbers import registry_numbers
from registry.reports.parts.offices import Presenters
from registry.reports.parts.reading import read_through
from registry.snapshot import Snapshot
from registry.words import _

_MOST: Final = 100
"""Lines of a part."""
_COMMITS: Final = 2_000
"""Commits between two signs of life: each portion costs Git a start."""
PartId = Literal["changed", "decide", "late", "answer", "opportunities", "to-come", "overlaps"]


class Item(NamedTuple):
    """A line of the agenda."""

    title: str
    """The record."""
    words: str
    numbers: Sequence[str]
    """The matter's registry numbers."""
    presenter: str


class Part(NamedTuple):
    """The lines of one sort, as many as a meeting gets through."""

    items: Sequence[Item]
    of: int
    """How many there are in all."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting's agenda."""

    meeting: date
    day: date
    """As of which the registry is judged."""
    since: Since
    members: Sequence[tuple[str, str]]
    """What they have the seat for, and the office (with the name where names are asked for)."""
    vacancies: Sequence[str]
    """The seats that nobody has, by municipality or department."""
    without_seat: Sequence[str]
    """The titles of live projects whose department has no seat."""
    parts: Mapping[PartId, Part]
    named: bool


def gathered(asked: Asked) -> Generator[Progress, None, Agenda]:
    """What stands in the snapshot and in its history; judged as of the day asked for, the committee as of the meeting."""
    snapshot, on = asked.snapshot, asked.day
    meeting = asked.meeting or on
    after = since(asked, meeting)
    yield from read_through(snapshot)
    news, beginning = yield from changed(asked, after.day, meeting)
    departures = yield from _departures(asked)
    sitting = committee(snapshot, meeting, asked.book)
    parts: dict[PartId, Sequence[Matter]] = {
        "changed": news,
        "decide": to_decide(asked, after.day, meeting, departures),
        "late": late(snapshot, on),
        "answer": inquiries(snapshot, on),
        "opportunities": opportunities(snapshot, on),
        "to-come": to_come(snapshot, on, meeting),
        "overlaps": overlaps(snapshot),
    }
    yield Progress(_("Agenda"), sum(map(len, parts.values())))
    presenters = Presenters(snapshot, sitting, asked.names, book=asked.book, named=asked.named)
    return Agenda(
        meeting,
        on,
        Since(after.day, after.why, beginning),
        [(member.title, presenters.called(member.person, member.function)) for member in sitting.members],
        [_vacant(member) for member in sitting.vacancies],
        _titles(snapshot, sitting),
        {part: _part(asked, presenters, matters) for part, matters in parts.items()},
        asked.named,
    )


def _departures(asked: Asked) -> Generator[Progress, None, Mapping[str, Sequence[Moved]]]:
    """What projects have changed since they were decided, by walking back in the history."""
    walk, rounds = Departures(asked.store, asked.snapshot, _COMMITS), 0
    while walk.go_on():
        rounds += 1
        yield Progress(_("Changes after decisions"), rounds)
    return walk.found


def _part(asked: Asked, presenters: Presenters, matters: Sequence[Matter]) -> Part:
    return Part([_item(asked, presenters, matter) for matter in matters[:_MOST]], len(matters))


def _item(asked: Asked, presenters: Presenters, matter: Matter) -> Item:
    data = asked.snapshot.data(matter.ref) or {}
    return Item(asked.names.record(matter.ref), matter.words, registry_numbers(data), presenters.of(matter.ref))


def _vacant(member: Member) -> str:
    return ", ".join(filter(None, (member.title, member.function)))


def _titles(snapshot: Snapshot, sitting: Committee) -> list[str]:
    return [snapshot.title(ref) for ref in sitting.without_seat]
