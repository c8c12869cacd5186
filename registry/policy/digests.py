"""What of a project the rest of the registry feels: whom it is with, when, and what it costs whom."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from registry.policy.subjects import LEVELS, PLANNED, STOPPED, is_live
from registry.records.values import Data, Value, day, number, tables, text, texts


class Line(NamedTuple):
    """A budget line: whole kronor, None where not known."""

    year: int
    source: str
    department: str
    programme: str
    planned: int | None
    applied: int | None
    granted: int | None
    spent: int | None


class Digest(NamedTuple):
    """A project, as totals and other records' rules see it. Two equal digests have the same effect on them."""

    title: str
    level: int
    """`subjects.LEVELS`."""
    start: date
    """The first day of the calendar where it is not known."""
    end: date
    """The last day of the calendar where it is open-ended or not known."""
    department: str
    departments: tuple[str, ...]
    """Who carries it and who takes part, REFs."""
    towns: tuple[str, ...]
    partners: tuple[str, ...]
    """Folded names."""
    programmes: tuple[str, ...]
    """Folded names."""
    cost: int | None
    budget: Value
    """The budget lines as they stand in the record."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The budget lines that name their year."""
        found = self.budget if isinstance(self.budget, list) else ()
        return tuple(line for entry in found if isinstance(entry, dict) and (line := _line(entry)) is not None)

    @property
    def live(self) -> bool:
        """Whether it is being worked on."""
        return is_live(self.level)


def digest(data: Data) -> Digest:
    """The digest of a project's record, whatever it holds."""
    budget = data.get("budget")
    programmes = [text(line, "programme").casefold() for line in tables(data, "budget") if "programme" in line]
    carrying = text(data, "department")
    partners = [text(partner, "name").casefold() for partner in tables(data, "partners")] if "partners" in data else ()
    beside = texts(data, "with_departments") if "with_departments" in data else ()
    return Digest(
        text(data, "title"),
        level_of(data),
        day(data, "start") or date.min,
        (day(data, "end") if data.get("open_ended") is not True else None) or date.max,
        carrying,
        (carrying, *beside) if carrying else tuple(beside),
        tuple(texts(data, "twin_towns")),
        tuple(filter(None, partners)),
        tuple(filter(None, programmes)),
        number(data, "cost"),
        budget,
    )


def _line(entry: Data) -> Line | None:
    get = entry.get
    year = get("year")
    if type(year) is not int:
        return None
    source, department, programme = get("source"), get("department"), get("programme")
    return Line(
        year,
        source if type(source) is str else "",
        department if type(department) is str else "",
        programme if type(programme) is str else "",
        _whole(get("planned")),
        _whole(get("applied")),
        _whole(get("granted")),
        _whole(get("spent")),
    )


def _whole(value: Value) -> int | None:
    return value if type(value) is int else None


class Taking(NamedTuple):
    """What a budget line takes of a frame: of the central one, or of its department's own."""

    department: str
    """REF; "" for the central frame."""
    year: int
    amount: int


def takings(data: Data) -> list[Taking]:
    """What a project's lines take of the frames of their years, whole kronor.

    Of central money what is granted; of a department's own what is granted or else planned, from the plan on. Of a
    project that was stopped only what it had spent by then.
    """
    budget, level = data.get("budget"), level_of(data)
    found: list[Taking] = []
    for entry in budget if isinstance(budget, list) else ():
        source = text(entry, "source") if isinstance(entry, dict) else ""
        if source not in {"central", "department"}:
            continue
        department = text(entry, "department") if source == "department" else ""
        year, amount = entry.get("year"), _whole(entry.get("spent" if level == STOPPED else "granted"))
        if amount is None and source == "department" and level >= PLANNED:
            amount = _whole(entry.get("planned"))
        if type(year) is int and amount and (department or source == "central"):
            found.append(Taking(department, year, amount))
    return found


def level_of(data: Data) -> int:
    """How far a project has come (`subjects.LEVELS`)."""
    stage = data.get("stage", "idea")
    return LEVELS.get(stage, 0) if isinstance(stage, str) else 0
