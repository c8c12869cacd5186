"""The one rule that every merge comes down to: whoever changed a value decides it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final, TypeVar

from registry.records.entries import same
from registry.records.values import Value, is_absent

T = TypeVar("T")


class Undecided(Enum):
    """In place of a value, for what only a person can decide."""

    UNDECIDED = 0


UNDECIDED: Final = Undecided.UNDECIDED


def decide(bases: Sequence[T], ours: T, theirs: T, equal: Callable[[T, T], bool] = same) -> T | Undecided:
    """The value that stands after both sides' changes, taken as a whole, or `UNDECIDED`. None is no value.

    With several bases it is the one that stands by each of them: whoever has one of their values may have chosen it
    since over the others.
    """
    if equal(ours, theirs) or all(equal(base, theirs) for base in bases):
        return ours
    return theirs if all(equal(base, ours) for base in bases) else UNDECIDED


def decide_value(bases: Sequence[Value], ours: Value, theirs: Value) -> Value | Undecided:
    """As `decide`, for a value that may be written as empty: absent, "" and [] all say the same."""
    exact = decide(bases, ours, theirs)
    if exact is not UNDECIDED:
        return exact
    return decide([_meaning(base) for base in bases], _meaning(ours), _meaning(theirs))


def _meaning(value: Value) -> Value:
    return None if is_absent(value) else value
