"""The projects of a year: which they are, how many of each sort, and lists of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.plain_text import line
from registry.policy.priorities import Priorities
from registry.policy.reading import decided_on
from registry.policy.subjects import COMPLETED, IDEA, LEVELS, STOPPED
from registry.policy.terms import Aim
from registry.progress import PORTION, Progress
from registry.records.dates import show_date, show_period
from registry.records.decisions import decision_of
from registry.records.department_kind import DEPARTMENT
from registry.records.headings import STAGE_LABELS
from registry.records.project_kind import PROJECT
from registry.records.types import Names
from registry.records.values import Data, day, number, table, tables, text, texts
from registry.reports.document import Block, Column, Paragraph, Table
from registry.reports.parts.long_lists import first_of
from registry.snapshot import Snapshot
from registry.words import _, capitalised

_NONE = "–"


@dataclass(frozen=True, slots=True)
class YearProject:
    """A project, as far as a year's report counts and lists it."""

    ref: str
    title: str
    stage: str
    department: str
    """REF of the one that carries it, or ""."""
    organiser: str
    """The external one, or ""."""
    start: date | None
    end: date | None
    """The day that it is or was over; None where that is not known, or it goes on."""
    open_ended: bool
    goals: Sequence[str]
    priorities: Sequence[str]
    towns: Sequence[str]

    @property
    def level(self) -> int:
        """How far it has come (`subjects.LEVELS`)."""
        return LEVELS.get(self.stage, IDEA)

    def started(self, year: int, on: date) -> bool:
        """Whether it began in the year and until a day, by its dates: neither an idea nor stopped."""
        return self.level > IDEA and self.start is not None and self.start.year == year and self.start <= on

    def ended(self, year: int, on: date) -> bool:
        """Whether it came to its end in the year and until a day; what was stopped did not."""
        return self.level > IDEA and self.end is not None and self.end.year == year and self.end <= on


@dataclass(frozen=True, slots=True)
class ProjectsOfYear:
    """The projects that belong to a year, by when they begin, and what their goals and departments are called."""

    year: int
    day: date
    projects: Sequence[YearProject]
    goals: Sequence[Aim]
    """Those of the policy."""
    priorities: Sequence[Aim]
    """Those in force, in the policy's order."""
    departments: Mapping[str, str]
    """REF → name."""

    @property
    def started(self) -> Sequence[YearProject]:
        """Those that began in the year."""
        return [project for project in self.projects if project.started(self.year, self.day)]

    @property
    def ended(self) -> Sequence[YearProject]:
        """Those that came to their end in it."""
        return [project for project in self.projects if project.ended(self.year, self.day)]


def belongs(project: Data, year: int) -> bool:
    """Whether a project is one of the year: the only place that says so, in code and (`what_belongs`) in words."""
    if _lasts_into(project, year):
        return True
    if any(number(entry, "year") == year for entry in tables(project, "budget")):
        return True
    evaluation = table(project, "evaluation")
    days = [day(evaluation, "date"), decided_on(evaluation), day(project, "received"), day(project, "answered")]
    if "start" not in project:
        days.append(day(project, "registered"))
    return any(one is not None and one.year == year for one in days) or _decided_in(project, year)


def what_belongs() -> str:
    """The same in words: a report's small print."""
    return _(
        "A project belongs to a year if it goes on in it by its dates, if it has a budget line, a decision or an evaluation "
        "of that year, or if it was received or answered as an inquiry in it; one without a start date belongs to the year "
        "in which it was registered."
    )


def _lasts_into(project: Data, year: int) -> bool:
    start, end = day(project, "start"), day(project, "end")
    if start is None:
        return end is not None and end.year == year
    return start.year <= year <= (_over(project, start) or date.max).year


def _over(project: Data, start: date) -> date | None:
    """The last day that is known of it; None while an open-ended one goes on."""
    level = LEVELS.get(text(project, "stage"), IDEA)
    if project.get("open_ended") is not True:
        return max(start, day(project, "end") or start)
    if STOPPED < level < COMPLETED:
        return None
    ends = [decided_on(entry) for entry in tables(project, "decisions") if text(entry, "kind") == "end"]
    known = [day(table(project, "evaluation"), "date"), day(project, "end"), *ends]
    return max([start, *(one for one in known if one is not None)])


def _decided_in(project: Data, year: int) -> bool:
    for entry in tables(project, "decisions"):
        found = decision_of(text(entry, "decision"))
        if found is not None and (found.date.year if found.date else found.year) == year:
            return True
    return False


def projects_of(snapshot: Snapshot, year: int, on: date, names: Names) -> Generator[Progress, None, ProjectsOfYear]:
    """The projects of a year as they stand in the snapshot, a portion at a time."""
    priorities = Priorities(snapshot)
    found: list[YearProject] = []
    what = str(PROJECT.many)
    for at, record in enumerate(snapshot.records("projects")):
        if at % PORTION == 0:
            yield Progress(what, at)
        if belongs(record.data, year):
            found.append(_read(record.ref, record.data, priorities))
    found.sort(key=lambda project: (project.start or date.max, project.title.casefold(), project.ref))
    departments = {project.department for project in found if project.department}
    return ProjectsOfYear(
        year,
        on,
        found,
        priorities.terms.goals,
        priorities.order,
        {ref: line(names.record(ref)) for ref in sorted(departments)},
    )


def _read(ref: str, data: Data, priorities: Priorities) -> YearProject:
    start, end = day(data, "start"), day(data, "end")
    open_ended = data.get("open_ended") is True
    if open_ended and start is not None:
        end = _over(data, start)
    stage = text(data, "stage")
    return YearProject(
        ref,
        line(text(data, "title")) or ref,
        stage if stage in LEVELS else "idea",
        text(data, "department"),
        line(text(data, "external_organiser")),
        start,
        end,
        open_ended,
        tuple(dict.fromkeys(texts(data, "goals"))),
        tuple(aim.id for aim in priorities.of(data)),
        tuple(dict.fromkeys(texts(data, "twin_towns"))),
    )


# on paper


def by_stage(found: ProjectsOfYear) -> Block:
    """How many stand where."""
    counted = Counter(project.stage for project in found.projects)
    rows = [(capitalised(str(label)), counted[stage]) for stage, label in STAGE_LABELS.items() if counted[stage]]
    caption = _("Projects by status, %(year)s") % {"year": found.year}
    return count_table(caption, str(PROJECT.by_key["stage"].label), rows, total=len(found.projects))


def by_department(found: ProjectsOfYear) -> Block:
    """How many each department carries, and how many of them began and ended in the year."""
    started, ended = set(_refs(found.started)), set(_refs(found.ended))
    several: dict[str, list[YearProject]] = {}
    for project in found.projects:
        several.setdefault(project.department, []).append(project)
    rows = []
    for ref in sorted(several, key=lambda one: (not one, found.departments.get(one, one).casefold(), one)):
        refs = set(_refs(several[ref]))
        name = found.departments.get(ref, ref) or capitalised(_("no department"))
        rows.append((name, *map(str, (len(refs), len(refs & started), len(refs & ended)))))
    columns = [Column(str(DEPARTMENT.one), weight=3)]
    columns += [Column(label, number=True) for label in (str(PROJECT.many), _("Begun"), _("Ended"))]
    return Table(_("Projects by department, %(year)s") % {"year": found.year}, columns, rows)


def by_priority(found: ProjectsOfYear) -> Iterator[Block]:
    """How many each of the policy's priorities holds for; they are people's words, and nothing is inferred."""
    if not found.priorities:
        return
    counted = Counter(own for project in found.projects for own in project.priorities)
    rows = [(line(aim.label), counted[aim.id]) for aim in found.priorities]
    yield count_table(_("Projects by priority, %(year)s") % {"year": found.year}, _("Priority"), rows)
    without = sum(not project.priorities for project in found.projects)
    yield Paragraph(_("A project may have several priorities; %(count)s have none.") % {"count": without}, quiet=True)


def count_table(caption: str, first: str, rows: Iterable[tuple[str, int]], total: int | None = None) -> Table:
    """Names and how many there are of each."""
    cells = [(name, str(count)) for name, count in rows]
    if total is not None:
        cells.append((_("In all"), str(total)))
    columns = [Column(first, weight=3), Column(str(PROJECT.many), number=True)]
    return Table(caption, columns, cells, total=total is not None)


def listed(caption: str, projects: Sequence[YearProject], departments: Mapping[str, str], none: str) -> Iterator[Block]:
    """Projects with who carries them, when, and where they stand; the sentence `none` where there are none."""
    if not projects:
        yield Paragraph(none)
        return
    carrier = _("Department, organiser") if any(one.organiser for one in projects) else DEPARTMENT.one
    labels = (carrier, _("When"), PROJECT.by_key["stage"].label)
    columns = [Column(str(PROJECT.one), weight=3), *(Column(str(label), weight=2) for label in labels)]
    shown, rest = first_of(projects)
    rows = [
        (one.title, _carrier(one, departments), when(one), capitalised(str(STAGE_LABELS[one.stage]))) for one in shown
    ]
    yield Table(caption, columns, rows)
    yield from rest


def when(project: YearProject) -> str:
    """``4–10 maj 2026``; of an open-ended one its beginning, and that it goes on."""
    if project.start is None:
        return _NONE if project.end is None else show_date(project.end)
    if project.end is not None and project.end >= project.start:
        return show_period(project.start, project.end)
    return (
        _("%(day)s, open-ended") % {"day": show_date(project.start)} if project.open_ended else show_date(project.start)
    )


def _carrier(project: YearProject, departments: Mapping[str, str]) -> str:
    told = [departments.get(project.department, project.department), project.organiser]
    return ", ".join(filter(None, told)) or _NONE


def _refs(projects: Iterable[YearProject]) -> Iterator[str]:
    return (project.ref for project in projects)
