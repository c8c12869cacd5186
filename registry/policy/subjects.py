"""What rules judge: a record, and of a project what every rule asks of it, read once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from registry.policy.reading import listed, said
from registry.records.values import Data, day

LEVELS: Final[Mapping[str, int]] = {
    "idea": 0,
    "planned": 1,
    "decided": 2,
    "ongoing": 3,
    "completed": 4,
    "evaluated": 5,
    "declined": -1,
    "cancelled": -1,
}
"""Stage → how far it has come; -1 where it goes no further. *And on* leaves those out."""
IDEA, PLANNED, DECIDED, ONGOING, COMPLETED, EVALUATED = range(6)
STOPPED: Final = -1


class Subject:
    """A record under judgement."""

    __slots__ = ("data", "ref")
    afterwards = False
    """Whether gates give notes for it, and nothing is asked for (POLICY.md, "What began before the registry")."""

    def __init__(self, ref: str, data: Data) -> None:
        self.ref = ref
        self.data = data


class Project(Subject):
    """A project under judgement; `opened` is the day from which the registry has been kept."""

    __slots__ = ("afterwards", "decisions", "end", "external", "level", "lines", "stage", "start")

    def __init__(self, ref: str, data: Data, opened: date | None) -> None:
        self.ref = ref
        self.data = data
        stage = data.get("stage")
        self.stage: str = stage if isinstance(stage, str) else "idea"
        self.level: int = LEVELS.get(self.stage, IDEA)
        """How far it has come (`LEVELS`); a stage that there is not counts as an idea, and the schema names it."""
        self.start = day(data, "start")
        self.end = day(data, "end")
        self.lines = listed(data, "budget")
        self.decisions = listed(data, "decisions")
        self.afterwards = data.get("recorded_afterwards") is True and began_before(self.start, self.end, opened)
        self.external: bool = "external_organiser" in data and said(data["external_organiser"])
        """Whether it is organised outside the administration, also where a department carries it."""


def began_before(start: date | None, end: date | None, opened: date | None) -> bool:
    """Whether a project began before the registry was opened; where its start is unknown, its end tells."""
    known = start or end
    return known is not None and (opened is None or known < opened)


def is_live(level: int) -> bool:
    """Whether a project of that level is being worked on: planned, decided or ongoing."""
    return PLANNED <= level <= ONGOING
