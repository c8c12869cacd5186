"""What the annual report tells: one value, gathered from the snapshot and its history a part at a time."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.policy.money import BudgetYear, budget, years
from registry.policy.terms import Terms
from registry.policy.whole import whole_of
from registry.policy.year import Lapse, compliance_by_portions
from registry.progress import Progress
from registry.records.values import day, number, tables, text
from registry.reports.annual.decided import Decided, decided_in
from registry.reports.annual.eu import EuLine, eu_lines
from registry.reports.annual.history import HistoryOfYear, history_of
from registry.reports.annual.offices import OfficesOfYear, offices_of
from registry.reports.annual.towns import TownsOfYear, towns_of
from registry.reports.asked import Asked
from registry.reports.parts.evaluations import Evaluations, evaluations_of
from registry.reports.parts.projects import ProjectsOfYear, projects_of
from registry.reports.parts.reading import read_through
from registry.snapshot import Snapshot
from registry.uncollected import without_collecting
from registry.words import _

_NOT_THE_POLICYS = ("personal-data",)
"""Clauses that are about the registry and not about what was done in a year."""


@dataclass(frozen=True, slots=True)
class AnnualData:
    """A year, as far as the registry knows it."""

    municipality: str
    year: int
    day: date
    """As of when."""
    opened: date | None
    """Since when the registry has been kept."""
    dealt_with: str
    """The decision by which the year's report was dealt with; "" so far."""
    projects: ProjectsOfYear
    money: BudgetYear
    departments: Mapping[str, str]
    """REF → name of every department that the money tells of."""
    eu: Sequence[EuLine]
    towns: TownsOfYear
    evaluations: Evaluations
    history: HistoryOfYear
    lapses: Mapping[str, Sequence[Lapse]]
    """Clause → violations and exceptions that the dates in the records show."""
    titles: Mapping[str, str]
    """REF → title of every record in which the history or the dates show a departure."""
    offices: OfficesOfYear
    decided: Sequence[Decided]
    bodies: Mapping[str, str]
    """Abbreviation → the name of whoever decides."""
    quotes: Mapping[str, str]
    """Clause → what the policy says."""
    other_years: Sequence[int]
    """Those in which a project began or money is entered."""


def gathered(asked: Asked) -> Generator[Progress, None, AnnualData]:
    """All of it."""
    snapshot, year, on = asked.snapshot, asked.year, asked.day
    yield from read_through(snapshot)
    projects = yield from projects_of(snapshot, year, on, asked.names)
    yield Progress(_("Money"), 0)
    with without_collecting():
        money = budget(snapshot, year)
        eu = eu_lines(snapshot, year)
    yield Progress(_("Decisions"), 0)
    history = yield from history_of(asked)
    with without_collecting():
        decided = decided_in(snapshot, year, history.under)
    evaluations = yield from evaluations_of(snapshot, year, on)
    lapses = yield from compliance_by_portions(snapshot, year, on, least="exception", without=_NOT_THE_POLICYS)
    towns = towns_of(snapshot, year, on, projects)
    offices = yield from offices_of(asked)
    shown = {ref for change in history.departed for ref in change.refs}
    shown |= {lapse.finding.ref for several in lapses.values() for lapse in several}
    return AnnualData(
        snapshot.title("registry"),
        year,
        on,
        day(snapshot.registry, "opened"),
        _dealt_with(snapshot, year),
        projects,
        money,
        {ref: asked.names.record(ref) for ref in sorted({*money.by_department, *money.departments} - {""})},
        eu,
        towns,
        evaluations,
        history,
        lapses,
        {ref: asked.names.record(ref) for ref in sorted(shown)},
        offices,
        decided,
        {short: named[0] for short, named in snapshot.bodies_by_short.items() if len(named) == 1},
        Terms.of(snapshot.policy).quotes,
        _other_years(snapshot),
    )


def _dealt_with(snapshot: Snapshot, year: int) -> str:
    reports = tables(snapshot.registry, "annual_reports")
    return next((text(entry, "decision") for entry in reports if number(entry, "year") == year), "")


def _other_years(snapshot: Snapshot) -> list[int]:
    begun = {known.start.year for _ref, known in whole_of(snapshot).projects.items() if known.start != date.min}
    return sorted(begun.union(years(snapshot)))
