"""The columns of a list that no one field tells: what is prioritised, by which the list is ordered until the user asks
otherwise, and when there last was contact with a town.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from registry.policy.ranking import Has, project_priorities, town_contacts, town_keys
from registry.records.kinds import KINDS
from registry.rows import Row
from registry.snapshot import Snapshot

KEY: Final = "priority"
CONTACT: Final = "last_contact"
PRIORITISED: Final = ("projects", "twin-towns")
"""The kinds that the policy gives an order; it is theirs until the user asks otherwise."""
MARK: Final = "◆"
_NOT: Final = "·"
_DAYS: Final = 10**8
"""More than any day as a number."""
_START: Final = KINDS["projects"].columns.index("start")


class Derived(NamedTuple):
    """A column, a value a row."""

    cells: list[str]
    order: list[Any]


def derived(kind_id: str, snapshot: Snapshot, rows: Sequence[Row], today: date) -> dict[str, Derived]:
    """The derived columns of a kind's list, by key."""
    found: dict[str, Derived] = {}
    if kind_id in PRIORITISED:
        found[KEY] = priority_of(kind_id, snapshot, rows, today)
    if kind_id == "twin-towns":
        contacts = town_contacts(snapshot, today)
        days = [contacts[row.ref].isoformat() if row.ref in contacts else None for row in rows]
        found[CONTACT] = Derived([each or "" for each in days], days)
    return found


def priority_of(kind_id: str, snapshot: Snapshot, rows: Sequence[Row], today: date) -> Derived:
    """``◆◆·``: a place for each of the policy's priorities, in its order; of a town one mark for all that it has.

    Projects of the same priorities come with the latest first, towns by name of the record.
    """
    if kind_id == "projects":
        found = project_priorities(snapshot)
        told = {has: (_marks(has), _rank(has)) for has in set(found.values())}
        own = [told[found[row.ref]] for row in rows]
        starts = [start if isinstance(start := row.cells[_START], str) else "" for row in rows]
        later = {start: _DAYS - _number(start) for start in set(starts)}
        return Derived([marks for marks, _ in own], [r + later[s] for (_, r), s in zip(own, starts, strict=True)])
    keys = town_keys(snapshot, today)
    return Derived(
        ["" if keys.get(row.ref, (True,))[0] else MARK for row in rows],
        [(keys.get(row.ref, ()), row.ref) for row in rows],
    )


def _marks(has: Has) -> str:
    return "".join(MARK if each else _NOT for each in has) if any(has) else ""


def _rank(has: Has) -> int:
    """Who has the first priority comes before who has not, whatever else there is; then the second counts, and so on."""
    return _DAYS * int("0" + "".join("01"[not each] for each in has), 2)


def _number(day: str) -> int:
    """``2026-05-04`` as 20260504; 0 for none."""
    digits = day.replace("-", "")
    return int(digits) if len(digits) == len("20260504") and digits.isdecimal() else 0
