"""What of a project the rest of the registry feels: whom it is with, when, and what it costs whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from registry.policy.subjects import LEVELS, PLANNED, STOPPED, is_live
from registry.records.values import Data, Value, day, number, tables, text, texts

TAKERS: Final = ("central", "department")
"""The sources that have a frame."""


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
    lines: tuple[Line, ...]
    """The budget lines that name their year."""

    @property
    def live(self) -> bool:
        """Whether it is being worked on."""
        return is_live(self.level)


def digest(data: Data) -> Digest:
    """The digest of a project's record, whatever it holds."""
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
        lines_of(data),
    )


def lines_of(data: Data) -> tuple[Line, ...]:
    """The budget lines of a record that name their year."""
    return _lines(tables(data, "budget"))


def takers_of(data: Data) -> tuple[Line, ...]:
    """Those of them that can take of a frame (`takings`)."""
    return _lines(entry for entry in tables(data, "budget") if entry.get("source") in TAKERS)


def _lines(entries: Iterable[Data]) -> tuple[Line, ...]:
    return tuple([line for entry in entries if (line := _line(entry)) is not None])


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


def takings(level: int, lines: Iterable[Line]) -> list[Taking]:
    """What the lines of a project at that level take of the frames of their years, whole kronor.

    Of central money what is granted; of a department's own what is granted or else planned, from the plan on. Of a
    project that was stopped only what it had spent by then.
    """
    found: list[Taking] = []
    for line in lines:
        if line.source not in TAKERS:
            continue
        amount = line.spent if level == STOPPED else line.granted
        if amount is None and line.source == "department" and level >= PLANNED:
            amount = line.planned
        department = line.department if line.source == "department" else ""
        if amount and (department or line.source == "central"):
            found.append(Taking(department, line.year, amount))
    return found


def level_of(data: Data) -> int:
    """How far a project has come (`subjects.LEVELS`)."""
    stage = data.get("stage", "idea")
    return LEVELS.get(stage, 0) if isinstance(stage, str) else 0
