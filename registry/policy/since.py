"""What happened to a project since it was decided, and what was entered after it had started: from its versions.

A version is the record as it was saved on a day, oldest first; the history of a record gives them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from registry.policy.reading import decided_on, listed, place
from registry.records.values import Data, day, number, tables, text

Version: TypeAlias = tuple[date, Data]
What = Literal["money", "dates"]
_SUMS = ("planned", "applied", "granted")


class Moved(NamedTuple):
    """Something that the decision did not say: `field` went from `old` to `new`; a sum of the budget is in kronor."""

    what: What
    field: str
    old: int | date | None
    new: int | date | None


def moved(old: Data, new: Data) -> list[Moved]:
    """More money and moved dates from one version to another; less money asks for no decision."""
    found: list[Moved] = []
    for key in ("start", "end"):
        if day(old, key) != day(new, key):
            found.append(Moved("dates", key, day(old, key), day(new, key)))
    before, after = number(old, "cost"), number(new, "cost")
    if after is not None and before is not None and after > before:
        found.append(Moved("money", "cost", before, after))
    for key in _SUMS:
        total, more = _sum(old, key), _sum(new, key)
        if more > total and not _granted_by_decision(old, new, key):
            found.append(Moved("money", "budget", total, more))
            break
    return found


def _sum(data: Data, key: str) -> int:
    return sum(number(line, key) or 0 for line in tables(data, "budget"))


def _granted_by_decision(old: Data, new: Data, key: str) -> bool:
    """Whether the lines themselves name new decisions: money that was just granted needs no other."""
    if key != "granted":
        return False
    return bool(_named(new, "budget") - _named(old, "budget"))


def _named(data: Data, key: str) -> set[str]:
    return {found for entry in tables(data, key) if (found := text(entry, "decision"))}


def decided_anew(old: Data, new: Data) -> bool:
    """Whether the project has a decision in `new` that it had not in `old`."""
    return bool(_named(new, "decisions") - _named(old, "decisions"))


def undecided(versions: Sequence[Version], now: Data) -> list[Moved]:
    """What of `now` no decision covers: against the version in which its latest decision was entered.

    Empty where no version has a decision: then there is nothing that the changes could depart from.
    """
    if not _named(now, "decisions"):
        return []
    entered = next((data for _on, data in versions if has_decisions_of(data, now)), None)
    return [] if entered is None else moved(entered, now)


def has_decisions_of(version: Data, now: Data) -> bool:
    """Whether a version already had every decision that the project has now."""
    return _named(version, "decisions") >= _named(now, "decisions")


class Late(NamedTuple):
    """A commitment's field that is dated no later than the start and was entered after it."""

    field: str
    entered: date


def entered_late(versions: Sequence[Version], now: Data) -> list[Late]:
    """The commitments' treatment and securing that were put in after the project had started."""
    start = day(now, "start")
    found: list[Late] = []
    if start is None:
        return found
    for at, entry in listed(now, "commitments"):
        for key in ("treated", "secured_on"):
            value = entry.get(key)
            dated = decided_on(entry, key) if key == "treated" else day(entry, key)
            if value is None or (dated is not None and dated > start):
                continue
            entered = next((on for on, data in versions if _says(data, entry, key)), None)
            if entered is not None and entered > start:
                found.append(Late(place(now, "commitments", at, key), entered))
    return found


def _says(data: Data, entry: Data, key: str) -> bool:
    """Whether a version already had that value for that commitment (by its id, else by kind and party)."""
    return any(other.get(key) == entry.get(key) and _same(other, entry) for other in tables(data, "commitments"))


def _same(one: Data, other: Data) -> bool:
    own = text(one, "id")
    if own and text(other, "id"):
        return own == text(other, "id")
    return all(one.get(key) == other.get(key) for key in ("kind", "party"))
