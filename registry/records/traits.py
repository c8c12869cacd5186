"""What lists are ordered by and do not show: a few words of a record, kept in its row so that no list reads a record."""

from __future__ import annotations

from datetime import date
from typing import Final

from registry.records.values import Data, says_nothing, tables, text, texts

YOUTH: Final = "youth"
ESTABLISHED: Final = "established"
POTENTIAL: Final = "potential"
_WORKS: Final = {True: "+", False: "-"}
_UNTIL: Final = "until"
_COUNTRY: Final = 2
"""Letters of a country's code: nothing longer is taken for one, and no trait is as short."""


def project_traits(data: Data) -> tuple[str, ...]:
    """``youth``, ``established``, the countries that it is with beside those of its towns: ``DK``; and last the day that
    it ends, ``until 2026-05-10``, or ``until`` alone.
    """
    made = [YOUTH] if data.get("youth") is True else []
    if isinstance(data.get("established_contact"), str) and not says_nothing(data["established_contact"]):
        made.append(ESTABLISHED)
    countries = [*texts(data, "countries"), *(text(partner, "country") for partner in tables(data, "partners"))]
    end = data.get("end") if data.get("open_ended") is not True else None
    until = f"{_UNTIL} {end.isoformat()}" if type(end) is date else _UNTIL
    return (*made, *dict.fromkeys(code for code in countries if len(code) == _COUNTRY), until)


def end_in(traits: tuple[str, ...]) -> date | None:
    """The day that a project ends, by its traits; None where it is open-ended or not known."""
    until = traits[-1].removeprefix(_UNTIL).strip() if traits else ""
    return date.fromisoformat(until) if until else None


def countries_in(traits: tuple[str, ...]) -> tuple[str, ...]:
    """The countries among the traits of a project."""
    return tuple(trait for trait in traits if len(trait) == _COUNTRY)


def town_traits(data: Data) -> tuple[str, ...]:
    """``potential``, and the dated assessments of the cooperation: ``2026-03-01+`` where it was said to work."""
    made = [] if says_nothing(text(data, "potential")) else [POTENTIAL]
    for entry in tables(data, "cooperation"):
        on, works = entry.get("date"), entry.get("working")
        if type(on) is date:
            made.append(on.isoformat() + (_WORKS[works] if isinstance(works, bool) else ""))
    return tuple(made)


def works(traits: tuple[str, ...], on: date) -> bool | None:
    """What the latest assessment until a day says; None where there is none, or it says nothing."""
    until = on.isoformat()
    past = [trait for trait in traits if trait != POTENTIAL and trait[: len(until)] <= until]
    if not past:
        return None
    latest = max(trait[: len(until)] for trait in past)
    said = next(trait for trait in past if trait.startswith(latest))[len(until) :]
    return {"+": True, "-": False}.get(said)
