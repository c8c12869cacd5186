"""The evaluations of a year: what each goal came to, what it gave beside what was expected, lessons, and what is late."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from registry.plain_text import line
from registry.policy.case import Case
from registry.policy.judging import case_of
from registry.policy.purposes import RESULTS, result_of
from registry.policy.reading import decided_on, said
from registry.policy.rules.evaluation import days_overdue, evaluation_due
from registry.policy.subjects import EVALUATED, PLANNED, Project
from registry.policy.terms import Aim
from registry.progress import PORTION, Progress
from registry.records.dates import show_date
from registry.records.decisions import decision_of
from registry.records.project_kind import PROJECT
from registry.records.project_kind import RESULTS as CHOICES
from registry.records.values import Data, Value, day, table, text
from registry.reports.document import Bar, Block, Chart, Column, Facts, Heading, Paragraph, Table
from registry.reports.parts.long_lists import first_of
from registry.snapshot import Snapshot
from registry.words import _, capitalised, ngettext

_NONE = "–"


class Result(NamedTuple):
    """What a goal came to."""

    goal: str
    """Its id."""
    result: str
    """``met``, ``partly`` or ``not``."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An evaluation that was made."""

    title: str
    on: date
    results: Sequence[Result]
    expected: str
    """What it was to give; "" where nothing is said."""
    achieved: str
    lessons: str


@dataclass(frozen=True, slots=True)
class Waived:
    """An evaluation that was left out, why, and by which decision."""

    title: str
    why: str
    decision: str


@dataclass(frozen=True, slots=True)
class Due:
    """An evaluation that is late, or to come."""

    title: str
    due: date
    late: int = 0
    """Days."""


@dataclass(frozen=True, slots=True)
class Evaluations:
    """What was evaluated in a year, and what is late or to come as of a day."""

    year: int
    day: date
    made: Sequence[Evaluated] = ()
    waived: Sequence[Waived] = ()
    overdue: Sequence[Due] = ()
    """Those that were due in the year or earlier, the latest first; none of a year to come."""
    ahead: Sequence[Due] = ()
    """Those due after the day, until the end of the year after; none for a year that is over."""
    goals: Mapping[str, str] = field(default_factory=dict)
    """Id → label of the policy's goals, in its order."""

    @property
    def is_over(self) -> bool:
        """Whether the year is."""
        return self.year < self.day.year

    @property
    def is_to_come(self) -> bool:
        """Whether the year has not begun."""
        return self.year > self.day.year

    def by_goal(self) -> list[tuple[str, tuple[int, ...]]]:
        """How many evaluations say met, partly and not of each goal; the policy's first, then others that were judged."""
        counted = {goal: dict.fromkeys(RESULTS, 0) for goal in self.goals}
        for one in self.made:
            for goal, result in one.results:
                counted.setdefault(goal, dict.fromkeys(RESULTS, 0))[result] += 1
        return [(self.label(goal), tuple(results.values())) for goal, results in counted.items()]

    def label(self, goal: str) -> str:
        """What a goal is called; one that the policy does not know by its id."""
        return self.goals.get(goal) or line(goal) or _NONE


def evaluations_of(snapshot: Snapshot, year: int, on: date) -> Generator[Progress, None, Evaluations]:
    """Read out of the projects, a portion at a time."""
    case = case_of(snapshot, on)
    made: list[Evaluated] = []
    waived: list[Waived] = []
    due: list[Due] = []
    for at, record in enumerate(snapshot.records("projects")):
        if at % PORTION == 0:
            yield Progress(_("Evaluations"), at)
        if "evaluation" not in record.data and (case.terms.evaluation_days is None or "end" not in record.data):
            continue
        evaluation, title = table(record.data, "evaluation"), line(text(record.data, "title")) or record.ref
        if (when := day(evaluation, "date")) is not None and when.year == year and when <= on:
            made.append(_evaluated(title, when, record.data, case.terms.goals))
        elif said(evaluation.get("waived")) and _waived_in(record.data, evaluation, on) == year:
            waived.append(Waived(title, text(evaluation, "waived"), text(evaluation, "decision")))
        elif (one := _due(case, Project(record.ref, record.data, case.opened), title)) is not None:
            due.append(one)
    late = (one for one in due if one.late and one.due.year <= year <= on.year)
    ahead = (one for one in due if not one.late and on.year <= year and one.due.year <= year + 1)
    return Evaluations(
        year,
        on,
        sorted(made, key=lambda one: (one.on, one.title)),
        sorted(waived, key=lambda one: one.title),
        sorted(late, key=lambda one: (-one.late, one.title)),
        sorted(ahead, key=lambda one: (one.due, one.title)),
        {goal.id: line(goal.label) for goal in case.terms.goals},
    )


def _due(case: Case, it: Project, title: str) -> Due | None:
    """Its evaluation, where it is late or to come; None where it is neither."""
    due, evaluation = evaluation_due(case, it), table(it.data, "evaluation")
    if due is None or "evaluated" in case.terms.off:
        return None
    if late := days_overdue(case, it):
        return Due(title, due, late)
    awaited = PLANNED <= it.level < EVALUATED and not it.afterwards and not (evaluation.keys() & {"date", "waived"})
    return Due(title, due) if awaited and due >= case.day else None


def _evaluated(title: str, on: date, project: Data, goals: Sequence[Aim]) -> Evaluated:
    evaluation = table(project, "evaluation")
    judged = [key for key in table(evaluation, "results") if result_of(evaluation, key)]
    known = [goal.id for goal in goals if goal.id in judged]
    return Evaluated(
        title,
        on,
        [Result(goal, result_of(evaluation, goal)) for goal in (*known, *sorted(set(judged) - set(known)))],
        _words(project.get("expected_value")),
        _words(evaluation.get("value_achieved")),
        _words(evaluation.get("lessons")),
    )


def _words(value: Value) -> str:
    return str(value).strip() if said(value) else ""


def _waived_in(project: Data, evaluation: Data, on: date) -> int | None:
    """The year of the decision; where that tells none, the year of the project's end."""
    decision = decision_of(text(evaluation, "decision"))
    decided = decided_on(evaluation)
    if decided is not None:
        return decided.year if decided <= on else None
    end = day(project, "end")
    return decision.year if decision is not None and decision.year else end.year if end is not None else None


# on paper


def results(found: Evaluations) -> Iterator[Block]:
    """How many evaluations say met, partly and not of each goal, as a table and as bars."""
    if not any(one.results for one in found.made):
        yield Paragraph(_("No evaluation made in %(year)s judges a goal.") % {"year": found.year})
        return
    caption = _("Results by goal, %(year)s") % {"year": found.year}
    labels = [capitalised(str(choice.label)) for choice in CHOICES]
    columns = [Column(_("Goal"), weight=3), *(Column(label, number=True) for label in labels)]
    rows = found.by_goal()
    yield Table(caption, columns, [(goal, *map(str, counts)) for goal, counts in rows])
    yield Chart(caption, labels, [Bar(goal, counts) for goal, counts in rows])


def evaluated(found: Evaluations, level: int) -> Iterator[Block]:
    """Each evaluation that was made, under its own heading, and those that were waived."""
    if not found.made:
        yield Paragraph(_("No evaluation was made in %(year)s.") % {"year": found.year})
    shown, rest = first_of(found.made)
    for one in shown:
        yield Heading(one.title, 3 if level >= 3 else 2)
        yield Facts(list(_facts(found, one)))
    yield from rest


def _facts(found: Evaluations, one: Evaluated) -> Iterator[tuple[str, str]]:
    labels = {str(choice.value): str(choice.label) for choice in CHOICES}
    yield _label("date"), show_date(one.on)
    yield (
        _label("results"),
        "; ".join(f"{found.label(goal)}: {labels[result]}" for goal, result in one.results) or _NONE,
    )
    yield str(PROJECT.by_key["expected_value"].label), one.expected or _NONE
    yield _label("value_achieved"), one.achieved or _NONE
    yield _label("lessons"), one.lessons or _NONE


def waived(found: Evaluations) -> Iterator[Block]:
    """Those that were left out, why, and under which decision."""
    if not found.waived:
        yield Paragraph(_("No evaluation was waived in %(year)s.") % {"year": found.year})
        return
    columns = [Column(str(PROJECT.one), weight=2), Column(_("Why"), weight=3), Column(_label("decision"), weight=2)]
    rows = [(one.title, line(one.why), line(one.decision) or _("no decision")) for one in found.waived]
    shown, rest = first_of(rows)
    yield Table(_("Waived evaluations, %(year)s") % {"year": found.year}, columns, shown)
    yield from rest


def late(found: Evaluations) -> Iterator[Block]:
    """What is overdue as of the day."""
    told = {"day": show_date(found.day), "year": found.year}
    if not found.overdue:
        none = _("Of the evaluations that were to be made by the end of %(year)s, none is late as of %(day)s.")
        yield Paragraph((none if found.is_over else _("No evaluation is late as of %(day)s.")) % told)
        return
    of_then = _("To be made by the end of %(year)s, and late as of %(day)s")
    caption = (of_then if found.is_over else _("Late as of %(day)s")) % told
    columns = [Column(str(PROJECT.one), weight=3), Column(_label("due"), weight=2), Column(_("Days late"), number=True)]
    rows = [(one.title, show_date(one.due), str(one.late)) for one in found.overdue]
    shown, rest = first_of(rows)
    yield Table(caption, columns, shown)
    yield from rest


def to_come(found: Evaluations) -> Iterator[Block]:
    """What is due from the day on."""
    if not found.ahead:
        yield Paragraph(_("No evaluation has a day by which it is to be made."))
        return
    columns = [Column(str(PROJECT.one), weight=3), Column(_label("due"), weight=2)]
    shown, rest = first_of([(one.title, show_date(one.due)) for one in found.ahead])
    yield Table(_("Due after %(day)s") % {"day": show_date(found.day)}, columns, shown)
    yield from rest


def counted(found: Evaluations) -> str:
    """The year's evaluations in a sentence or three."""
    words = [
        ngettext("%(count)s project was evaluated.", "%(count)s projects were evaluated.", len(found.made))
        % {"count": len(found.made)}
        if found.made
        else _("No project was evaluated.")
    ]
    if found.waived:
        several = ngettext("%(count)s evaluation was waived.", "%(count)s evaluations were waived.", len(found.waived))
        words.append(several % {"count": len(found.waived)})
    if found.overdue:
        several = ngettext("%(count)s evaluation is late.", "%(count)s evaluations are late.", len(found.overdue))
        if found.is_over:
            several = ngettext(
                "%(count)s evaluation that was to be made by the end of the year is late.",
                "%(count)s evaluations that were to be made by the end of the year are late.",
                len(found.overdue),
            )
        words.append(several % {"count": len(found.overdue)})
    return " ".join(words)


def _label(key: str) -> str:
    return str(PROJECT.by_key["evaluation"].by_key[key].label)
