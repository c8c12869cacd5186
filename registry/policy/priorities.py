"""priority-europe, priority-youth, priority-established, prioritise-working: derived, explained, and never inferred.

A priority orders lists; it finds nothing wrong. Which there are, and in which order, the policy says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from registry.policy.europe import HOME
from registry.policy.priority_ids import PRIORITY_IDS
from registry.policy.reading import said
from registry.policy.terms import Aim, Terms
from registry.policy.whole import Whole, whole_of
from registry.records.values import Data, day, tables, text, texts
from registry.snapshot import Snapshot
from registry.words import _


class Priorities:
    """What is prioritised in one snapshot, by its own policy."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.terms = Terms.of(snapshot.policy)
        self.order: tuple[Aim, ...] = tuple(
            aim
            for aim in self.terms.priorities
            if aim.id in PRIORITY_IDS and f"priority-{aim.id}" not in self.terms.off
        )
        """The priorities in force, first the one that counts most."""
        self._countries: dict[str, str] = {}

    def of(self, project: Data) -> tuple[Aim, ...]:
        """The priorities that a project has, in the policy's order."""
        return tuple(aim for aim in self.order if self._has(aim.id, project))

    def key(self, project: Data) -> tuple[bool, ...]:
        """What projects are ordered by: who has the first priority comes first, then who has the second, and so on."""
        return tuple(not self._has(aim.id, project) for aim in self.order)

    def explained(self, project: Data) -> str:
        """``prioriterad: ungdomsutbyte, Europa``; "" where it has no priority."""
        found = self.of(project)
        if not found:
            return ""
        return _("prioritised: %(why)s") % {"why": ", ".join(str(PRIORITY_IDS[aim.id]) for aim in found)}

    def countries(self, project: Data) -> tuple[str, ...]:
        """The countries that a project is with: its own, its towns' and its partners', in that order, each once."""
        found = [*texts(project, "countries")]
        found += [self._country(town) for town in texts(project, "twin_towns")]
        found += [text(partner, "country") for partner in tables(project, "partners")]
        return tuple(dict.fromkeys(filter(None, found)))

    def _country(self, town: str) -> str:
        if town not in self._countries:
            data = self._snapshot.data(town) if town.startswith("twin-towns/") else None
            self._countries[town] = "" if data is None else text(data, "country")
        return self._countries[town]

    def _has(self, priority: str, project: Data) -> bool:
        if priority == "youth":
            return project.get("youth") is True
        if priority == "established":
            return said(project.get("established_contact"))
        return any(country in self.terms.europe and country != HOME for country in self.countries(project))


class Standing(NamedTuple):
    """Why a twin town is prioritised, or is not: what people have written of it, and its projects."""

    ref: str
    live: tuple[str, ...]
    """The projects that go on with it."""
    potential: str
    """Concrete projects that it could turn into, in words."""
    assessed: date | None
    """When the cooperation was last assessed."""
    working: bool | None
    """What that assessment says; None where it says nothing."""
    last_project: str
    """The project with it that began last."""
    last_contact: date | None
    """The latest of what the record says and what its projects tell."""

    @property
    def prioritised(self) -> bool:
        """ "där samarbetet kan inriktas mot konkreta projekt eller där ett fungerande samarbete finns"."""
        return bool(self.live) or bool(self.potential) or self.working is True

    @property
    def key(self) -> tuple[bool, bool, bool, bool, str]:
        """What towns are ordered by: a working cooperation, live projects, potential, then by name of the record."""
        return (not self.prioritised, self.working is not True, not self.live, not self.potential, self.ref)


@dataclass(frozen=True, slots=True)
class _Projects:
    live: tuple[str, ...]
    last: str
    held: tuple[tuple[int, date, date], ...]
    """Level, start and end of each."""


def standing(snapshot: Snapshot, ref: str, on: date) -> Standing:
    """How a twin town stands as of a day."""
    data = snapshot.data(ref) or {}
    projects = _projects(snapshot, whole_of(snapshot), ref, on)
    past = [(made, entry) for entry in tables(data, "cooperation") if (made := day(entry, "date")) and made <= on]
    assessed, entry = max(past, key=lambda found: found[0], default=(None, {}))
    working = entry.get("working")
    return Standing(
        ref,
        projects.live,
        text(data, "potential") if said(data.get("potential")) else "",
        assessed,
        working if isinstance(working, bool) else None,
        projects.last,
        last_contact(day(data, "last_contact"), projects.held, on),
    )


def _projects(snapshot: Snapshot, whole: Whole, town: str, on: date) -> _Projects:
    refs = [ref for ref in snapshot.referrers.get(town, ()) if ref in whole.projects]
    held = [(project.level, project.start, project.end) for project in map(whole.projects.__getitem__, refs)]
    begun = [ref for ref, (level, start, _end) in zip(refs, held, strict=True) if has_begun(level, start, on)]
    last = max(begun, key=lambda ref: (whole.projects[ref].start, ref), default="")
    return _Projects(tuple(ref for ref in refs if whole.projects[ref].live), last, tuple(held))


def last_contact(told: date | None, held: Iterable[tuple[int, date, date]], on: date) -> date | None:
    """The latest day until `on` that there was contact with a town: as its record tells, or as its projects do.

    `held` are their levels, starts and ends, as in `Digest`. What lasts until later is contact that very day.
    """
    days = [min(on, end) for level, start, end in held if has_begun(level, start, on)]
    return max([*days, told] if told is not None and told <= on else days, default=None)


def has_begun(level: int, start: date, on: date) -> bool:
    """Whether a project has begun by its dates, and was more than an idea."""
    return date.min < start <= on and level > 0


def towns_in_order(snapshot: Snapshot, on: date) -> list[Standing]:
    """Every twin town, the prioritised first."""
    found = [standing(snapshot, ref, on) for ref in snapshot.refs("twin-towns")]
    if "prioritise-working" in Terms.of(snapshot.policy).off:
        return sorted(found, key=lambda town: town.ref)
    return sorted(found, key=lambda town: town.key)
