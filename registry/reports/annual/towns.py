"""The twin towns in a year: projects with each, what happened to the agreements, inquiries received and answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from registry.plain_text import line
from registry.policy.agreements import Agreement, agreement_of
from registry.policy.attention import Jubilee, jubilees
from registry.policy.priorities import last_contact
from registry.policy.whole import whole_of
from registry.records.headings import STAGE_LABELS
from registry.records.twin_town_kind import AGREEMENT_EVENT, AGREEMENT_STATUS
from registry.records.values import Data, day, text
from registry.reports.parts.projects import ProjectsOfYear, YearProject
from registry.snapshot import Record, Snapshot


@dataclass(frozen=True, slots=True)
class TownYear:
    """A town in the year."""

    name: str
    status: str
    """How the agreement stood on the year's last day, in words; "" where there was none."""
    projects: Sequence[YearProject]
    last_contact: date | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an agreement in the year."""

    town: str
    on: date
    kind: str
    """In words."""
    decision: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An invitation, an inquiry or a proposal that was received or answered in the year."""

    title: str
    sender: str
    received: date | None
    answer_by: date | None
    answered: date | None
    came_to: str
    """The project's or the agreement's status, in words."""


@dataclass(frozen=True, slots=True)
class TownsOfYear:
    """All of it; by name the towns that had an agreement, or with which something was done."""

    towns: Sequence[TownYear]
    events: Sequence[Event]
    inquiries: Sequence[Inquiry]
    jubilees: Sequence[tuple[str, Jubilee]]
    """Town and jubilee."""


def towns_of(snapshot: Snapshot, year: int, on: date, projects: ProjectsOfYear) -> TownsOfYear:
    """What the records tell, until the day at most."""
    last = min(on, date(year, 12, 31))
    held = _held(snapshot)
    towns: list[TownYear] = []
    events: list[Event] = []
    for record in snapshot.records("twin-towns"):
        town, own = _town(record, held, last, projects), list(_events(record, year, last))
        met = town.last_contact is not None and town.last_contact.year == year
        if town.projects or own or met or _had_agreement(agreement_of(record.data), year, last):
            towns.append(town)
        events += own
    return TownsOfYear(
        sorted(towns, key=lambda town: town.name.casefold()),
        sorted(events, key=lambda one: one.on),
        sorted(_inquiries(snapshot, year, on), key=lambda one: (one.received or date.max, one.title)),
        [(line(snapshot.title(one.ref)), one) for one in jubilees(snapshot, year)],
    )


def _had_agreement(agreement: Agreement, year: int, last: date) -> bool:
    """Whether there may have been one in the year: of many towns nobody knows the day on which it began."""
    if agreement.status in {"proposed", "declined"}:
        return False
    if agreement.signed and agreement.year is None and agreement.signed[0].on > last:
        return False
    if agreement.year is not None and agreement.year > last.year:
        return False
    return agreement.status_on(min(last, date(year, 1, 1))) != "ended"


def _town(record: Record, held: Mapping[str, Sequence[_Held]], last: date, projects: ProjectsOfYear) -> TownYear:
    own = [project for project in projects.projects if record.ref in project.towns]
    contact = last_contact(day(record.data, "last_contact"), held.get(record.ref, ()), last)
    return TownYear(line(record.title), _status(agreement_of(record.data), last), own, contact)


_Held: TypeAlias = tuple[int, date, date]
"""Level, start and end of a project."""


def _held(snapshot: Snapshot) -> dict[str, list[_Held]]:
    """Town → every project with it, of all years."""
    found: dict[str, list[_Held]] = {}
    for _ref, known in whole_of(snapshot).projects.items():
        for town in known.towns:
            found.setdefault(town, []).append((known.level, known.start, known.end))
    return found


def _status(agreement: Agreement, on: date) -> str:
    labels = {choice.value: str(choice.label) for choice in AGREEMENT_STATUS}
    status = agreement.status_on(on) if agreement.made else agreement.status
    return labels.get(status, line(status))


def _events(record: Record, year: int, last: date) -> Iterator[Event]:
    labels = {choice.value: str(choice.label) for choice in AGREEMENT_EVENT}
    for event in agreement_of(record.data).events:
        if event.on.year == year and event.on <= last:
            yield Event(line(record.title), event.on, labels.get(event.kind, line(event.kind)), line(event.decision))


def _inquiries(snapshot: Snapshot, year: int, on: date) -> Iterator[Inquiry]:
    for kind in ("projects", "twin-towns"):
        for record in snapshot.records(kind):
            received, answered = day(record.data, "received"), day(record.data, "answered")
            if any(one is not None and one.year == year and one <= on for one in (received, answered)):
                sender, by = line(text(record.data, "received_from")), day(record.data, "answer_by")
                yield Inquiry(line(record.title), sender, received, by, answered, _came_to(kind, record.data))


def _came_to(kind: str, data: Data) -> str:
    if kind == "projects":
        return str(STAGE_LABELS.get(text(data, "stage") or "idea", ""))
    agreement = agreement_of(data)
    labels = {choice.value: str(choice.label) for choice in AGREEMENT_STATUS}
    return labels.get(agreement.status, line(agreement.status))
