"""EU money in a year: each budget line with that source, project by project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry.plain_text import line
from registry.policy.money import Sums
from registry.policy.whole import whole_of
from registry.records.values import number, tables, text
from registry.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class EuLine:
    """A project's money from one programme: all its lines for the year together."""

    title: str
    programme: str
    """As written; "" where none is named."""
    agreements: Sequence[str]
    """Numbers of grant agreements."""
    sums: Sums


def eu_lines(snapshot: Snapshot, year: int) -> list[EuLine]:
    """By programme, then by project."""
    found: list[EuLine] = []
    for ref, known in whole_of(snapshot).projects.items():
        lines = [one for one in known.lines if one.year == year and one.source == "eu"]
        for programme in dict.fromkeys(one.programme for one in lines):
            sums = Sums()
            for one in lines:
                if one.programme == programme:
                    sums.add(known, one)
            agreements = tuple(dict.fromkeys(_agreements(snapshot, ref, year, programme)))
            found.append(EuLine(line(known.title) or ref, line(programme), agreements, sums))
    return sorted(found, key=lambda one: (not one.programme, one.programme.casefold(), one.title.casefold()))


def _agreements(snapshot: Snapshot, ref: str, year: int, programme: str) -> Iterator[str]:
    for entry in tables(snapshot.data(ref) or {}, "budget"):
        if number(entry, "year") == year and text(entry, "source") == "eu" and text(entry, "programme") == programme:
            yield from filter(None, [line(text(entry, "grant_agreement"))])


def by_programme(lines: Sequence[EuLine]) -> Mapping[str, Sums]:
    """Programme → the sums of its lines."""
    made: dict[str, Sums] = {}
    for one in lines:
        own = made.setdefault(one.programme, Sums())
        own.planned += one.sums.planned
        own.applied += one.sums.applied
        own.granted += one.sums.granted
        own.spent += one.sums.spent
    return made
