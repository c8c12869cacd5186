"""What the budget report tells: the year's sums, what its departments are called, and which years have money."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

from registry.policy.money import BudgetYear, budget, years
from registry.policy.terms import Terms
from registry.progress import Progress
from registry.reports.asked import Asked
from registry.reports.parts.reading import read_through
from registry.words import _


@dataclass(frozen=True, slots=True)
class BudgetData:
    """A year's money, and what is needed to tell of it."""

    municipality: str
    money: BudgetYear
    departments: Mapping[str, str]
    """REF → name of every department that the sums tell of."""
    years: Sequence[int]
    """Those that have a budget line or a frame."""
    quotes: Mapping[str, str]
    """Clause → what the policy says."""


def gathered(asked: Asked) -> Generator[Progress, None, BudgetData]:
    """The year's money, read a portion at a time."""
    yield from read_through(asked.snapshot)
    yield Progress(_("Money"), 0)
    found = budget(asked.snapshot, asked.year)
    refs = {*found.by_department, *found.departments} - {""}
    return BudgetData(
        asked.snapshot.title("registry"),
        found,
        {ref: asked.names.record(ref) for ref in sorted(refs)},
        years(asked.snapshot),
        Terms.of(asked.snapshot.policy).quotes,
    )
