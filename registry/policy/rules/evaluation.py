"""evaluated: "utvärderas"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from registry.findings import Finding
from registry.policy.case import Case
from registry.policy.lacks import Lack, told
from registry.policy.purposes import result_of
from registry.policy.reading import decided_on, later, said
from registry.policy.subjects import COMPLETED, EVALUATED, PLANNED, Project
from registry.records.dates import show_date
from registry.records.decisions import decision_of
from registry.records.values import day, table, text, texts
from registry.words import _, ngettext


def evaluated_lacks(case: Case, it: Project) -> list[Lack]:
    """An evaluation with its date, a result for each goal and the value achieved, or waived by a decision."""
    evaluation = table(it.data, "evaluation")
    if said(evaluation.get("waived")):
        if decision_of(text(evaluation, "decision")) is not None:
            return []
        return [Lack("evaluation.decision", _("has its evaluation waived without a decision"))]
    lacks = []
    if day(evaluation, "date") is None:
        lacks.append(Lack("evaluation.date", _("has no date of evaluation")))
    without = [goal for goal in texts(it.data, "goals") if not result_of(evaluation, goal)]
    if without:
        labels = {goal.id: goal.label for goal in case.terms.goals}
        message = _("has no result for its goals: %(goals)s") % {
            "goals": ", ".join(labels.get(goal, goal) for goal in without)
        }
        lacks.append(Lack("evaluation.results", message))
    if not said(evaluation.get("value_achieved")):
        lacks.append(Lack("evaluation.value_achieved", _("does not say in its evaluation what value was achieved")))
    return lacks


def evaluated(case: Case, it: Project) -> Iterator[Finding]:
    """The gate to *evaluated*; overdue once the end has passed; an evaluation before the project, or not made yet."""
    evaluation = table(it.data, "evaluation")
    if it.level >= EVALUATED:
        if lacks := evaluated_lacks(case, it):
            yield from told(case, it, "evaluated", lacks)
    elif late := days_overdue(case, it):
        message = ngettext(
            "is %(days)s day late with its evaluation", "is %(days)s days late with its evaluation", late
        ) % {"days": late}
        yield case.find(it, "evaluated", "warning", "evaluation.due", message)
    if not evaluation:
        return
    made = day(evaluation, "date")
    if made is not None and it.start is not None and made < it.start:
        message = _("was evaluated on %(day)s, before it started") % {"day": show_date(made)}
        yield case.find(it, "evaluated", "violation", "evaluation.date", message)
    elif made is not None and made > case.day:
        message = _("has its evaluation dated in the future, %(day)s") % {"day": show_date(made)}
        yield case.find(it, "evaluated", "warning", "evaluation.date", message)
    if (waived := decided_on(evaluation)) is not None and waived > case.day:
        message = _("names a decision of a day that has not come, %(day)s") % {"day": show_date(waived)}
        yield case.find(it, "evaluated", "warning", "evaluation.decision", message)


def evaluation_due(case: Case, it: Project) -> date | None:
    """By when it is to be evaluated: as the record says, else the policy's days from its end; None where neither is."""
    own = day(table(it.data, "evaluation"), "due")
    if own is not None or it.end is None or case.terms.evaluation_days is None:
        return own
    return later(it.end, case.terms.evaluation_days)


def days_overdue(case: Case, it: Project) -> int:
    """How late its evaluation is; 0 where it is not, or was made or waived. Of what was recorded afterwards none is asked.

    Dates speak: the clock runs from the end, whatever the status says.
    """
    if not PLANNED <= it.level < EVALUATED or it.afterwards:
        return 0
    due, evaluation = evaluation_due(case, it), table(it.data, "evaluation")
    ended = it.level >= COMPLETED or (it.end is not None and it.end < case.day)
    if due is None or due >= case.day or not ended:
        return 0
    if day(evaluation, "date") is not None or said(evaluation.get("waived")):
        return 0
    return (case.day - due).days
