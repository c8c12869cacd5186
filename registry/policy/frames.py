"""Frames (budgetramar): what a year's money may come to, decided or proposed, centrally or in a department."""

from __future__ import annotations

from typing import NamedTuple

from registry.policy.reading import listed, place
from registry.records.decisions import decision_of
from registry.records.values import Data, number, text


class Frame(NamedTuple):
    """A year's frame in whole kronor; None where there is none of that state."""

    decided: int | None
    proposed: int | None
    field: str
    """The path of its last decided entry, else of its last; ``central_funds[c2026].amount``."""


def frames(data: Data, key: str) -> dict[int, Frame]:
    """Year → frame, of the list `key` (``central_funds`` or a department's ``budget``). Decided entries add up.

    An entry that does not say its state is decided if it names a decision.
    """
    made: dict[int, Frame] = {}
    for at, entry in listed(data, key):
        year, amount = number(entry, "year"), number(entry, "amount")
        if year is None or amount is None:
            continue
        decided, proposed, field = made.get(year, Frame(None, None, ""))
        path = place(data, key, at, "amount")
        if is_decided(entry):
            made[year] = Frame((decided or 0) + amount, proposed, path)
        else:
            made[year] = Frame(decided, (proposed or 0) + amount, field if decided is not None else path)
    return made


def is_decided(entry: Data) -> bool:
    """Whether a frame is decided."""
    state = text(entry, "state")
    return state == "decided" or (not state and decision_of(text(entry, "decision")) is not None)
