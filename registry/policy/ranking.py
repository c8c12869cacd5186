"""What lists of projects and towns are ordered by, from their rows: the same priorities as `priorities`, for thousands."""

from __future__ import annotations

from datetime import date
from typing import Final, TypeAlias

from registry.policy.europe import HOME
from registry.policy.priorities import Priorities, last_contact
from registry.policy.subjects import LEVELS, is_live
from registry.policy.terms import Terms
from registry.records.kinds import KINDS
from registry.records.traits import ESTABLISHED, POTENTIAL, YOUTH, countries_in, end_in, works
from registry.snapshot import Snapshot

Has: TypeAlias = tuple[bool, ...]
"""Which of the policy's priorities a project has, in their order."""
Key: TypeAlias = tuple[bool, ...]
_PROJECT: Final = KINDS["projects"].columns
_TOWN: Final = KINDS["twin-towns"].columns


def project_priorities(snapshot: Snapshot) -> dict[str, Has]:
    """REF → the priorities that the project has."""
    priorities = Priorities(snapshot)
    order, europe = [aim.id for aim in priorities.order], priorities.terms.europe
    at, country = _PROJECT.index("twin_towns"), _TOWN.index("country")
    abroad = {row.ref: _text(row.cells[country]) for row in snapshot.rows_of("twin-towns")}
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], Has] = {}

    def has(traits: tuple[str, ...], towns: tuple[str, ...]) -> Has:
        countries = {*countries_in(traits), *(abroad.get(town, "") for town in towns)}
        found = {
            "youth": YOUTH in traits,
            "established": ESTABLISHED in traits,
            "europe": any(code in europe and code != HOME for code in countries),
        }
        return tuple(found[own] for own in order)

    made: dict[str, Has] = {}
    for row in snapshot.rows_of("projects"):
        same = (tuple(row.traits[:-1]), _texts(row.cells[at]))  # but for the day that it ends
        if same not in known:
            known[same] = has(*same)
        made[row.ref] = known[same]
    return made


def town_keys(snapshot: Snapshot, on: date) -> dict[str, Key]:
    """REF → what towns are ordered by; `Standing.key` but for the name. The first is False where it is prioritised.

    Empty where the policy's clause is switched off.
    """
    if "prioritise-working" in Terms.of(snapshot.policy).off:
        return {}
    stage, towns = _PROJECT.index("stage"), _PROJECT.index("twin_towns")
    live = {
        ref
        for row in snapshot.rows_of("projects")
        if row.cells[towns] and is_live(LEVELS.get(_text(row.cells[stage]), 0))
        for ref in _texts(row.cells[towns])
    }
    made: dict[str, Key] = {}
    for row in snapshot.rows_of("twin-towns"):
        traits = tuple(row.traits)
        working, potential = works(traits, on) is True, POTENTIAL in traits
        prioritised = working or potential or row.ref in live
        made[row.ref] = (not prioritised, not working, row.ref not in live, not potential)
    return made


def town_contacts(snapshot: Snapshot, on: date) -> dict[str, date]:
    """REF → the latest contact with each town until a day, where any is known; as `Standing.last_contact`."""
    stage, start, towns = (_PROJECT.index(key) for key in ("stage", "start", "twin_towns"))
    held: dict[str, list[tuple[int, date, date]]] = {}
    for row in snapshot.rows_of("projects"):
        if with_towns := set(_texts(row.cells[towns])):
            begins = _day(row.cells[start]) or date.min
            one = (LEVELS.get(_text(row.cells[stage]), 0), begins, end_in(tuple(row.traits)) or date.max)
            for ref in with_towns:
                held.setdefault(ref, []).append(one)
    told = _TOWN.index("last_contact")
    found = (
        (row.ref, last_contact(_day(row.cells[told]), held.get(row.ref, ()), on))
        for row in snapshot.rows_of("twin-towns")
    )
    return {ref: contact for ref, contact in found if contact is not None}


def _day(cell: object) -> date | None:
    """A cell that holds a day, as ISO text."""
    try:
        return date.fromisoformat(cell) if isinstance(cell, str) else None
    except ValueError:
        return None


def _text(cell: object) -> str:
    """A cell that holds a text; a value of a wrong type counts as none (the schema names it)."""
    return cell if isinstance(cell, str) else ""


def _texts(cell: object) -> tuple[str, ...]:
    return tuple([item for item in cell if isinstance(item, str)]) if isinstance(cell, (list, tuple)) else ()
