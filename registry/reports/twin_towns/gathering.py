"""What there is to tell of the twin towns as of a day."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.policy.agreements import Agreement, agreement_of
from registry.policy.attention import Jubilee, jubilees
from registry.policy.priorities import Standing, towns_in_order
from registry.policy.terms import Terms
from registry.policy.whole import whole_of
from registry.progress import Progress
from registry.records.kinds import KINDS
from registry.records.values import Data, day, tables
from registry.reports.asked import Asked
from registry.snapshot import Snapshot

JUBILEE_YEARS: Final = 5
"""The year that is told of and the four after it: a celebration takes its time to prepare."""


@dataclass(frozen=True, slots=True)
class Activity:
    """A project with a town: its title, and its days where they are known."""

    title: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Town:
    """A town as its record, its agreement and its projects tell of it."""

    ref: str
    name: str
    data: Data
    agreement: Agreement
    standing: Standing
    last: Activity | None
    """The project that began last."""
    live: Sequence[Activity]
    """Those that are planned, decided or going on."""
    assessments: Sequence[Data]
    """How the cooperation works, the latest first."""


@dataclass(frozen=True, slots=True)
class Towns:
    """All of them as of a day."""

    day: date
    quote: str
    """The policy's own sentence on which towns are prioritised; "" where it has none, or is switched off."""
    agreed: Sequence[Town]
    """Those with an agreement, the prioritised first."""
    proposed: Sequence[Town]
    """Those whose agreement is proposed or was declined: no agreements."""
    jubilees: Sequence[Jubilee]
    """Of the year and the next four, in the order in which they come."""


def gathered(asked: Asked) -> Generator[Progress, None, Towns]:
    """What stands in the snapshot of the towns, ordered as lists are."""
    snapshot, on = asked.snapshot, asked.day
    what = str(KINDS["twin-towns"].many)
    yield Progress(what, 0)
    towns: list[Town] = []
    for standing in towns_in_order(snapshot, on):
        if (data := snapshot.data(standing.ref)) is not None:
            towns.append(_town(snapshot, standing, data))
            yield Progress(what, len(towns))
    terms = Terms.of(snapshot.policy)
    off = "prioritise-working" in terms.off
    return Towns(
        on,
        "" if off else terms.quotes.get("prioritise-working", ""),
        [town for town in towns if not _only_proposed(town)],
        [town for town in towns if _only_proposed(town)],
        [jubilee for year in range(on.year, on.year + JUBILEE_YEARS) for jubilee in jubilees(snapshot, year)],
    )


def _only_proposed(town: Town) -> bool:
    return town.agreement.status in {"proposed", "declined"}


def _town(snapshot: Snapshot, standing: Standing, data: Data) -> Town:
    assessments = sorted(tables(data, "cooperation"), key=lambda entry: day(entry, "date") or date.min, reverse=True)
    return Town(
        standing.ref,
        snapshot.title(standing.ref),
        data,
        agreement_of(data),
        standing,
        next(_activities(snapshot, (standing.last_project,)), None),
        tuple(_activities(snapshot, standing.live)),
        assessments,
    )


def _activities(snapshot: Snapshot, refs: Sequence[str]) -> Iterator[Activity]:
    for ref in refs:
        known = whole_of(snapshot).projects.get(ref)
        if known is not None:
            start = None if known.start == date.min else known.start
            yield Activity(known.title or ref, start, None if known.end == date.max else known.end)
