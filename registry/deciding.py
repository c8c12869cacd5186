"""A step to *decided* under a decision enters that decision in the project itself: nobody has to write it twice. Pure."""

from __future__ import annotations

from typing import Final

from registry.policy.subjects import DECIDED, LEVELS
from registry.records.decisions import decision_of
from registry.records.entries import new_id
from registry.records.refs import folder_of
from registry.records.values import Data, text

_ENTERING: Final = frozenset({"new", "set", "hand-edit"})
"""Acts that say something of a project now; what is brought back, merged or imported has the decisions that it had."""
_START: Final = "start"


def with_its_decision(act: str, ref: str, before: Data | None, after: Data, cited: str) -> Data:
    """The record `after` with the decision `cited` in its ``decisions``, where `wants_its_decision`.

    What is not written as a decision is entered nowhere.
    """
    decision = decision_of(cited)
    if decision is None or not wants_its_decision(act, ref, before, after):
        return after
    entry = {"decision": str(decision), "kind": _START, "id": new_id((), "decisions")}
    return {**after, "decisions": [entry]}


def wants_its_decision(act: str, ref: str, before: Data | None, after: Data) -> bool:
    """Whether a change takes a project to *decided* or on, from before that, and the record names no decision.

    What was recorded afterwards stays as its source has it.
    """
    if act not in _ENTERING or folder_of(ref) != "projects" or after.get("recorded_afterwards") is True:
        return False
    return _level(before or {}) < DECIDED <= _level(after) and not after.get("decisions")


def _level(data: Data) -> int:
    return LEVELS.get(text(data, "stage"), 0)
