"""What the report of evaluations tells."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass

from registry.policy.terms import Terms
from registry.progress import Progress
from registry.reports.asked import Asked
from registry.reports.parts.evaluations import Evaluations, evaluations_of
from registry.reports.parts.reading import read_through


@dataclass(frozen=True, slots=True)
class EvaluationsData:
    """A year's evaluations, and what is needed to tell of them."""

    municipality: str
    found: Evaluations
    quotes: Mapping[str, str]
    """Clause → what the policy says."""


def gathered(asked: Asked) -> Generator[Progress, None, EvaluationsData]:
    """Read out of the snapshot, a portion at a time."""
    yield from read_through(asked.snapshot)
    found = yield from evaluations_of(asked.snapshot, asked.year, asked.day)
    return EvaluationsData(asked.snapshot.title("registry"), found, Terms.of(asked.snapshot.policy).quotes)
