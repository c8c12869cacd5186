"""Results by goal, as evaluations give them."""

from __future__ import annotations

from typing import Final

from registry.records.values import Data, table

RESULTS: Final = ("met", "partly", "not")


def result_of(evaluation: Data, goal: str) -> str:
    """``met``, ``partly`` or ``not``; "" where the evaluation gives no result for the goal."""
    found = table(evaluation, "results").get(goal)
    return found if isinstance(found, str) and found in RESULTS else ""
