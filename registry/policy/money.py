"""Money: planned, applied, granted and spent, per year, source, department and programme, against frames and cost.

Sums are exact: whole kronor, integers without bounds, no rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from registry.policy.digests import Digest, Line
from registry.policy.frames import Frame, frames
from registry.policy.subjects import STOPPED
from registry.policy.whole import whole_of
from registry.snapshot import Snapshot

SOURCES: Final = ("department", "central", "eu", "grant", "partner", "participants")
"""In the order of the screen; a source that there is not comes after them."""


@dataclass(slots=True)
class Sums:
    """Whole kronor over some budget lines."""

    planned: int = 0
    """Of projects that were not declined or cancelled."""
    applied: int = 0
    granted: int = 0
    spent: int = 0
    undecided: int = 0
    """Applied for and neither granted nor refused (granted 0): what is still waited for."""

    def add(self, found: Digest, line: Line) -> None:
        """Count a line of a project."""
        stopped = found.level == STOPPED
        self.planned += 0 if stopped else line.planned or 0
        self.applied += line.applied or 0
        self.granted += line.granted or 0
        self.spent += line.spent or 0
        if line.granted is None and not stopped:
            self.undecided += line.applied or 0


@dataclass(frozen=True, slots=True)
class FrameUse:
    """A frame, and what is taken of it."""

    decided: int | None
    proposed: int | None
    taken: int
    """Centrally what is granted, in a department what is granted or else planned; of a stopped project what it spent."""

    @property
    def left(self) -> int | None:
        """What is left of the decided frame; below zero where it is exceeded, None where none is decided."""
        return None if self.decided is None else self.decided - self.taken


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """A project's money in the year, and its whole cost against all that is granted for it."""

    ref: str
    title: str
    sums: Sums
    cost: int | None
    """All of it, all years."""
    granted_in_all: int

    @property
    def short(self) -> int:
        """How much of the cost is not granted; 0 where the cost is not known."""
        return max((self.cost or 0) - self.granted_in_all, 0)


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """A year's money."""

    year: int
    total: Sums = field(default_factory=Sums)
    by_source: Mapping[str, Sums] = field(default_factory=dict)
    by_department: Mapping[str, Sums] = field(default_factory=dict)
    """REF of the department that a line names, else of the one that carries the project; "" for none."""
    by_programme: Mapping[str, Sums] = field(default_factory=dict)
    """Programme as written → sums, of EU money and grants."""
    central: FrameUse = FrameUse(None, None, 0)
    departments: Mapping[str, FrameUse] = field(default_factory=dict)
    """REF → its own frame, for departments that have one or have lines."""
    projects: tuple[ProjectMoney, ...] = ()
    """Those with a line in the year, by REF."""

    def as_json(self) -> dict[str, Any]:
        """Plain values for scripts; `left` and `short` are told too."""
        told = asdict(self)
        told["central"]["left"] = self.central.left
        for ref, use in self.departments.items():
            told["departments"][ref]["left"] = use.left
        told["projects"] = [{**asdict(project), "short": project.short} for project in self.projects]
        return told


def budget(snapshot: Snapshot, year: int) -> BudgetYear:
    """The money of one year, over all projects that have a line for it."""
    whole = whole_of(snapshot)
    total, sources, departments, programmes = Sums(), _Sums(), _Sums(), _Sums()
    projects: list[ProjectMoney] = []
    for ref, found in sorted(whole.projects.items()):
        lines = [line for line in found.lines if line.year == year]
        if not lines:
            continue
        own = Sums()
        for line in lines:
            own.add(found, line)
            total.add(found, line)
            sources.of(line.source).add(found, line)
            departments.of(line.department or found.department).add(found, line)
            if line.programme:
                programmes.of(line.programme).add(found, line)
        granted = sum(line.granted or 0 for line in found.lines)
        projects.append(ProjectMoney(ref, found.title or ref, own, found.cost, granted))
    central = frames(snapshot.registry, "central_funds").get(year, _NO_FRAME)
    return BudgetYear(
        year,
        total,
        sources.in_order(SOURCES),
        departments.in_order(()),
        programmes.in_order(()),
        FrameUse(central.decided, central.proposed, whole.taken.get(("", year), 0)),
        _frames(snapshot, year, whole.taken),
        tuple(projects),
    )


_NO_FRAME: Final = Frame(None, None, "")


class _Sums:
    """Sums by what they are of."""

    def __init__(self) -> None:
        self._found: dict[str, Sums] = {}

    def of(self, key: str) -> Sums:
        return self._found.setdefault(key, Sums())

    def in_order(self, first: Iterable[str]) -> dict[str, Sums]:
        keys = [*(key for key in first if key in self._found), *sorted(set(self._found) - set(first))]
        return {key: self._found[key] for key in keys}


def _frames(snapshot: Snapshot, year: int, taken: Mapping[tuple[str, int], int]) -> dict[str, FrameUse]:
    made: dict[str, FrameUse] = {}
    for record in snapshot.records("departments"):
        frame = frames(record.data, "budget").get(year)
        used = taken.get((record.ref, year), 0)
        if frame is not None or used:
            known = frame or _NO_FRAME
            made[record.ref] = FrameUse(known.decided, known.proposed, used)
    return made


def years(snapshot: Snapshot) -> list[int]:
    """Every year that has a budget line or a frame, in order."""
    found = {line.year for _ref, project in whole_of(snapshot).projects.items() for line in project.lines}
    found.update(frames(snapshot.registry, "central_funds"))
    for record in snapshot.records("departments"):
        found.update(frames(record.data, "budget"))
    return sorted(found)
