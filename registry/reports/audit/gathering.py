"""The projects with EU money, and of each what an auditor asks for, also where it is not there."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.policy.reading import listed
from registry.progress import PORTION, Progress
from registry.records.values import Data, day, number, tables, text
from registry.reports.asked import Asked
from registry.reports.audit.lacking import lacking
from registry.reports.parts.numbers import registry_numbers
from registry.snapshot import Record
from registry.words import _

STEPS: Final = ("planned", "applied", "granted", "spent")


@dataclass(frozen=True, slots=True)
class EuProject:
    """A project with a budget line of EU money."""

    ref: str
    title: str
    data: Data
    department: str
    """By name; "" where none is stated."""
    person: str
    """The name of who is responsible; "" where nobody asked for names, or nobody is stated."""
    numbers: Sequence[str]
    """Its registry numbers."""
    lines: Sequence[Data]
    """The budget lines of EU money."""
    totals: Sequence[int | None]
    """EU money planned, applied for, granted and spent, whole kronor; None where no line tells."""
    lacks: Sequence[str]
    """What is missing or late, in words."""

    @property
    def start(self) -> date:
        """For ordering: the last day of the calendar where it is not known."""
        return day(self.data, "start") or date.max


@dataclass(frozen=True, slots=True)
class Audited:
    """All EU projects as of a day, the latest begun first."""

    day: date
    named: bool
    projects: Sequence[EuProject]

    @property
    def totals(self) -> tuple[int | None, ...]:
        """The projects' EU money together, by `STEPS`."""
        return tuple(added([project.totals[at] for project in self.projects]) for at in range(len(STEPS)))


def gathered(asked: Asked) -> Generator[Progress, None, Audited]:
    """What stands in the snapshot of every project with EU money, stopped ones too."""
    found: list[EuProject] = []
    for at, record in enumerate(asked.snapshot.records("projects")):
        if at % PORTION == 0:
            yield Progress(_("EU projects"), len(found))
        lines = [line for _at, line in listed(record.data, "budget") if text(line, "source") == "eu"]
        if lines:
            found.append(_project(asked, record, lines))
    found.sort(key=lambda project: (-project.start.toordinal(), project.ref))
    return Audited(asked.day, asked.named, found)


def _project(asked: Asked, record: Record, lines: Sequence[Data]) -> EuProject:
    data = record.data
    department, person = text(data, "department"), text(data, "responsible")
    return EuProject(
        record.ref,
        record.title,
        data,
        asked.names.record(department) if department else "",
        asked.names.person(person) if asked.named and person else "",
        registry_numbers(data),
        lines,
        [added([number(line, step) for line in lines]) for step in STEPS],
        list(lacking(data, lines, asked.day)),
    )


def added(amounts: Sequence[int | None]) -> int | None:
    """The sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def documents(project: EuProject) -> list[Data]:
    """Its documents, the oldest first, those without a day last."""
    return sorted(tables(project.data, "documents"), key=lambda entry: day(entry, "date") or date.max)


def deadlines(project: EuProject) -> list[Data]:
    """What is to be reported and by when, in order."""
    return sorted(tables(project.data, "deadlines"), key=lambda entry: day(entry, "date") or date.max)
