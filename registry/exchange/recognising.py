"""Which column of a foreign table is which field: by its heading, by what was said of it before, or not at all.

Headings are the labels of fields in either language, their keys, and a few other words that sheets use; of a label that
means a day elsewhere (``Från``) the columns beside it and its cells tell which it is. What nobody knows is asked about
(`Unmapped`), once: what is answered is kept (`mappings`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from registry.errors import BadInput
from registry.exchange.cells import Cell, as_text, settled
from registry.exchange.layout import REF, SHEETS, Column, Sheet, sheet_named
from registry.exchange.tables import Table, letters
from registry.plain_text import fold
from registry.records.dates import parse_date
from registry.records.fields import Field
from registry.records.types import Tables
from registry.records.values import told
from registry.words import Words, _

Role = Literal["ref", "record", "field", "left out"]
LEFT_OUT: Final = ""
"""As what a column is mapped to that is not to be read."""
PROBLEM: Final = Words("Att rätta", "To mend")
"""The heading of the column in which rows that were kept say what is wrong with them."""
_LOOKED_AT: Final = 30
"""Rows among which the headings are looked for: above them may stand a title."""
_ALSO: Final[Mapping[str, Mapping[str, str]]] = {
    "projects": {
        "title": "projekt, projektnamn, projekttitel, benämning, aktivitet, rubrik, namn, project, name, activity",
        "start": "start, startdag, från, fr.o.m., från och med, börjar, from",
        "end": "slut, slutdag, till, t.o.m., till och med, slutar, to, until",
        "twin_towns": "vänort",
        "countries": "land, country",
        "cost": "total kostnad, totalkostnad, kostnad kr, total cost",
        "participants": "deltagare, antal, participants",
        "responsible_function": "ansvarig funktion, kontakt, funktion",
        "department": "förv, förv., avdelning",
        "stage": "läge, fas, state",
        "decisions.decision": "beslut, kommunalt beslut, decision",
        "documents.reference": "diarienr, diarienummer, dnr",
    },
    "twin-towns": {"name": "vänort, ort, town", "agreement_year": "avtalsår, år, year"},
    "departments": {"name": "förvaltning, department", "board_short": "förkortning"},
}
"""Words that sheets use for a field, beside its labels."""


class Period(NamedTuple):
    """The fields in which days of a period stand."""

    first: str
    last: str


_OF_PERIODS: Final = "projects"
_OR_A_PERIOD: Final[Mapping[str, Period]] = {"received_from": Period("start", "end")}
"""A field of projects whose label other people write over the first day of a period: ``Från`` beside ``Till``."""


class Reads(NamedTuple):
    """What one column of a table is."""

    at: int
    heading: str
    role: Role
    column: Column | None = None
    entry: Field | None = None
    """The list of which a row makes one entry: ``decisions`` of ``decisions.decision``."""


@dataclass(frozen=True)
class Recognised:
    """A table, and what its rows and columns are."""

    table: Table
    sheet: Sheet
    header: int
    """The row of the headings, 0-based."""
    reads: tuple[Reads, ...]
    unknown: tuple[str, ...]
    """Headings that nobody has said anything about."""

    @property
    def as_exported(self) -> bool:
        """Whether it is a sheet of ours: a column of REFs, and no heading but what ours have."""
        return any(read.role == "ref" for read in self.reads) and all(map(is_ours, self.reads))

    def mapping(self) -> dict[str, str]:
        """Heading → what it was taken for, of every column: ``start``, ``decisions.decision``, "" for one left out."""
        return {read.heading: _taken_for(read, self.sheet) for read in self.reads}


class Unmapped(BadInput):
    """A table has columns that nobody has said anything about."""

    def __init__(self, recognised: Recognised) -> None:
        self.recognised = recognised
        named = ", ".join(f"“{told(heading)}”" for heading in recognised.unknown)
        where = f"{recognised.table.name}: " if recognised.table.name else ""
        super().__init__(
            where + _("what is meant by the column %(columns)s?") % {"columns": named},
            _("Say it once: --map “%(heading)s=start”, with the field's key; or --map “%(heading)s=” to leave it out.")
            % {"heading": told(recognised.unknown[0])},
        )


def path_of(read: Reads) -> str:
    """The field that a column is, as a mapping has it: ``start``, ``decisions.decision``; "" for one left out."""
    if read.column is None:
        return LEFT_OUT
    return read.column.path if read.entry is None else f"{read.entry.key}.{read.column.path}"


def is_ours(read: Reads) -> bool:
    """Whether the heading is one that our own sheets have: what the field is called, or a column without a field."""
    if read.column is None:
        return True
    return read.entry is None and _key(read.heading) in {_key(read.column.words.sv), _key(read.column.words.en)}


def _taken_for(read: Reads, sheet: Sheet) -> str:
    """The path of the field, ``REF``, or the kind whose record a row belongs to."""
    return {"ref": REF, "record": sheet.kind.id}.get(read.role) or path_of(read)


def fields_of(sheet: Sheet) -> dict[str, str]:
    """Path → label, of all that a column of such a sheet can be; of lists the fields of one entry."""
    found = {column.path: str(column.words) for column in sheet.columns}
    if sheet.list is None:
        for inner in _lists(sheet):
            entry = SHEETS[f"{sheet.kind.id}.{inner.key}"]
            found |= {f"{inner.key}.{c.path}": f"{inner.label}: {c.words}" for c in entry.columns if c.path != "id"}
    return found


def recognise(
    table: Table, mapped: Mapping[str, Mapping[str, str]], *, wanted: Sheet | None = None
) -> Recognised | None:
    """What the table is; None where it is empty, or nothing in it is known.

    `mapped` is sheet id → heading → path, "" for a column that is left out; `wanted` the sheet that it is said to be.
    Raises `BadInput` where two columns are the same field, or a mapping names no field.
    """
    candidates = [wanted] if wanted else _candidates(table)
    best: tuple[tuple[int, int, int], Sheet, int] | None = None
    for order, sheet in enumerate(candidates):
        known = _known(sheet, mapped.get(sheet.id, {}))
        for number, row in enumerate(table.rows[:_LOOKED_AT]):
            words = [text for cell in row if isinstance(cell, str) and (text := _key(cell))]
            hits = sum(word in known for word in words)
            score = (hits, hits - len(words), -order)
            if hits and (best is None or score > best[0]):
                best = (score, sheet, number)
    if best is None:
        return _unheard_of(table, wanted)
    return _reads(table, best[1], best[2], mapped.get(best[1].id, {}))


def _candidates(table: Table) -> list[Sheet]:
    """The sheet that it is called, or any; of lists only where a column says which record a row belongs to."""
    if (named := sheet_named(table.name)) is not None:
        return [named]
    has_ref = any(isinstance(cell, str) and _key(cell) == _key(REF) for row in table.rows[:_LOOKED_AT] for cell in row)
    return [sheet for sheet in SHEETS.values() if has_ref or (sheet.list is None and not sheet.kind.single)]


def _unheard_of(table: Table, wanted: Sheet | None) -> Recognised | None:
    """A table of which no heading is known: its first row with several texts, if it is said what it is."""
    if wanted is None:
        return None
    for number, row in enumerate(table.rows[:_LOOKED_AT]):
        if sum(isinstance(cell, str) for cell in row) > 1 or (len(row) == 1 and row[0]):
            return _reads(table, wanted, number, {})
    return None


def _reads(table: Table, sheet: Sheet, header: int, mapped: Mapping[str, str]) -> Recognised:
    known = _known(sheet, mapped)
    reads: list[Reads] = []
    unknown: list[str] = []
    for at, cell in enumerate(table.rows[header]):
        heading = " ".join(settled(as_text(cell)).split())
        if not heading:
            _require_blank(table, header, at)
        elif (found := known.get(_key(heading))) is not None:
            reads.append(found._replace(at=at, heading=heading))
        else:
            unknown.append(heading)
    said = {_key(heading) for heading in mapped}
    if sheet.id == _OF_PERIODS:
        reads = [read if _key(read.heading) in said else _as_meant(read, reads, table, header) for read in reads]
    _require_once(reads)
    return Recognised(table, sheet, header, tuple(reads), tuple(dict.fromkeys(unknown)))


def _as_meant(read: Reads, reads: Sequence[Reads], table: Table, header: int) -> Reads:
    """The column as a period begins with it, where its heading is also the label of a field that is no date.

    Our own sheets have both fields, and both by their labels.
    """
    period = _OR_A_PERIOD.get(path_of(read))
    paths = {path_of(one): one for one in reads}
    if period is None or period.first in paths:
        return read
    last = paths.get(period.last)
    if (last is not None and not is_ours(last)) or _are_dates(table, header, read.at):
        return read._replace(column=SHEETS[_OF_PERIODS].by_path[period.first])
    return read


def _are_dates(table: Table, header: int, at: int) -> bool:
    """Whether most of what stands in a column is dates."""
    cells = [row[at] for row in table.rows[header + 1 :] if at < len(row) and row[at] not in {None, ""}]
    return 2 * sum(map(_is_date, cells)) > len(cells)


def _is_date(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return isinstance(cell, date)
    try:
        parse_date(settled(cell).strip())
    except BadInput:
        return False
    return True


def _require_blank(table: Table, header: int, at: int) -> None:
    """Raises `BadInput` where a column has no heading and yet says something."""
    for number, row in enumerate(table.rows[header + 1 :], header + 2):
        if at < len(row) and row[at] not in {None, ""}:
            where = f"{table.name}: " if table.name else ""
            raise BadInput(
                where
                + _("column %(column)s has no heading, and row %(row)s says something in it.")
                % {"column": letters(at), "row": number},
                _("Write a heading in row %(row)s, or empty the column.") % {"row": header + 1},
            )


def _require_once(reads: Sequence[Reads]) -> None:
    seen: dict[str, Reads] = {}
    for read in reads:
        path = read.role if read.role in {"ref", "record"} else path_of(read)
        if path != LEFT_OUT and (earlier := seen.setdefault(path, read)) is not read:
            raise BadInput(
                _("The columns %(one)s and %(other)s are both “%(field)s”.")
                % {"one": letters(earlier.at), "other": letters(read.at), "field": told(read.heading)},
                _("Give one of them another heading."),
            )


def _known(sheet: Sheet, mapped: Mapping[str, str]) -> dict[str, Reads]:
    """Folded heading → what it is."""
    found = dict(_usual(sheet.id))
    for heading, path in mapped.items():
        found[_key(heading)] = target(sheet, path)
    return found


@lru_cache(maxsize=64)
def _usual(sheet_id: str) -> Mapping[str, Reads]:
    """What is known of a sheet without anybody having said anything: labels win over keys, keys over other words."""
    sheet = SHEETS[sheet_id]
    found: dict[str, Reads] = {}
    for path, also in _ALSO.get(sheet.kind.id, {}).items() if sheet.list is None else ():
        found |= {_key(word): target(sheet, path) for word in also.split(",")}
    found |= {column.path: Reads(0, "", "field", column) for column in sheet.columns}
    left_out = Reads(0, "", "left out")
    for column in sheet.with_names():
        read = left_out if column.named else Reads(0, "", "field", column)
        found |= {_key(column.words.sv): read, _key(column.words.en): read}
    found |= {_key(PROBLEM.sv): left_out, _key(PROBLEM.en): left_out, _key(REF): Reads(0, "", "ref")}
    if sheet.list is not None:
        found |= {_key(sheet.kind.one.sv): Reads(0, "", "record"), _key(sheet.kind.one.en): Reads(0, "", "record")}
    return found


def target(sheet: Sheet, path: str) -> Reads:
    """What a column is that is mapped to `path`. Raises `BadInput` where there is no such field."""
    wanted = path.strip()
    if wanted == LEFT_OUT:
        return Reads(0, "", "left out")
    if _key(wanted) == _key(REF):
        return Reads(0, "", "ref")
    if wanted in sheet.by_path:
        return Reads(0, "", "field", sheet.by_path[wanted])
    key, _dot, inner = wanted.partition(".")
    field = next((one for one in _lists(sheet) if one.key == key), None)
    if field is not None and inner in (entry := SHEETS[f"{sheet.kind.id}.{key}"]).by_path:
        return Reads(0, "", "field", entry.by_path[inner], field)
    raise BadInput(
        _("There is no field “%(path)s”.") % {"path": told(wanted)},
        _("There is %(known)s.") % {"known": ", ".join(fields_of(sheet))},
    )


def _lists(sheet: Sheet) -> Iterable[Field]:
    return (field for field in sheet.kind.fields if isinstance(field.type, Tables)) if sheet.list is None else ()


def _key(heading: str) -> str:
    """A heading as it is compared: without case, accents and what surrounds the words."""
    return fold(re.sub(r"[\s:*_]+", " ", settled(heading))).strip(" .?!") if heading not in {"", None} else ""
