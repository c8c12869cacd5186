"""Results by goal: how many projects serve each of the policy's goals, and what the year's evaluations say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from registry.plain_text import line
from registry.reports.annual.gathering import AnnualData
from registry.reports.document import Block, Paragraph
from registry.reports.parts.evaluations import results
from registry.reports.parts.projects import count_table
from registry.reports.parts.quoting import quoted
from registry.words import _


def blocks(data: AnnualData) -> Iterator[Block]:
    """Projects by goal, then results."""
    yield from quoted(data.quotes, "goals")
    if data.projects.projects:
        yield from _by_goal(data)
    yield from results(data.evaluations)


def _by_goal(data: AnnualData) -> Iterator[Block]:
    found = data.projects
    counted = Counter(goal for project in found.projects for goal in project.goals)
    labels = {goal.id: line(goal.label) for goal in found.goals}
    others = sorted(goal for goal in counted if goal not in labels)
    rows = [
        *((label, counted[goal]) for goal, label in labels.items()),
        *((line(goal), counted[goal]) for goal in others),
    ]
    if not rows:
        yield Paragraph(_("No project of the year names a goal."))
        return
    yield count_table(_("Projects by goal, %(year)s") % {"year": data.year}, _("Goal"), rows)
    without = sum(not project.goals for project in found.projects)
    yield Paragraph(_("A project may have several goals; %(count)s have none.") % {"count": without}, quiet=True)
