"""goals, target-groups, investment, added-value: what a project is for, and what it gives against what it costs."""

from __future__ import annotations

from collections.abc import Iterable

from registry.findings import Finding
from registry.policy.case import Case
from registry.policy.lacks import Lack, told
from registry.policy.reading import said
from registry.policy.subjects import EVALUATED, PLANNED, Project
from registry.records.values import number, table, texts
from registry.words import _


def investment(case: Case, it: Project) -> Iterable[Finding]:
    """From planned on: what it costs, beside what it gives. Nothing is an answer too."""
    if it.level < PLANNED or number(it.data, "cost") is not None:
        return ()
    message = _("does not say what it costs, beside what it is expected to give")
    return [case.find(it, "investment", "warning", "cost", message)]


def value_lacks(_case: Case, it: Project) -> list[Lack]:
    """The value achieved, unless the evaluation is waived."""
    evaluation = table(it.data, "evaluation")
    if said(evaluation.get("value_achieved")) or said(evaluation.get("waived")):
        return []
    return [Lack("evaluation.value_achieved", _("does not say what value was achieved"))]


def added_value(case: Case, it: Project) -> Iterable[Finding]:
    """The expected value from planned on; the value achieved once it is evaluated."""
    found: list[Finding] = []
    if it.level >= PLANNED and not said(it.data.get("expected_value")):
        message = _("does not say what value it is expected to give")
        found.append(case.find(it, "added-value", "warning", "expected_value", message))
    if it.level >= EVALUATED and (lacks := value_lacks(case, it)):
        found.extend(told(case, it, "added-value", lacks))
    return found


def goals(case: Case, it: Project) -> Iterable[Finding]:
    """From planned on: at least one of the policy's goals, where the policy has any."""
    if it.level < PLANNED or not case.terms.goals:
        return ()
    named = texts(it.data, "goals")
    if any(goal.id in named for goal in case.terms.goals):
        return ()
    message = _("serves none of the policy's goals: %(goals)s") % {
        "goals": ", ".join(goal.label for goal in case.terms.goals)
    }
    return [case.find(it, "goals", "warning", "goals", message)]


def target_groups(case: Case, it: Project) -> Iterable[Finding]:
    """From planned on: whom it is for."""
    if it.level < PLANNED or texts(it.data, "target_groups"):
        return ()
    return [case.find(it, "target-groups", "note", "target_groups", _("does not say whom it is for"))]
