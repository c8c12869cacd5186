"""The registry as a file to take elsewhere: which kinds of file there are, and what each holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from registry.errors import BadInput
from registry.exchange.layout import SHEETS, Sheet, wanted_sheet
from registry.exchange.rows import headings, sheet_rows
from registry.exchange.xlsx_out import Page, workbook
from registry.progress import Making
from registry.records.types import Names
from registry.snapshot import Snapshot
from registry.words import _


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for beside the file's name."""

    sheet: str = ""
    """Only this sheet: ``projects``, ``projects.budget``; "" for all that the file can hold."""
    for_excel: bool = False
    """CSV as a Swedish Excel opens it."""
    names: Names | None = None
    """What people are called, where their names are wanted too: such a file stays out of the registry's folder."""
    today: date | None = None
    """The day that a calendar is made on: what lies before it and is done is left out."""


def _xlsx(snapshot: Snapshot, wanted: Wanted) -> Making:
    def pages() -> Iterator[Page]:
        for sheet in [wanted_sheet(wanted.sheet)] if wanted.sheet else SHEETS.values():
            columns = sheet.columns if wanted.names is None else sheet.with_names()
            first = headings(sheet, columns)
            front = (None,) * (len(first) - len(columns))
            rows = sheet_rows(sheet, snapshot, columns, wanted.names)
            yield Page(str(sheet.words), first, rows, (*front, *columns))

    comment = _("Made from version %(commit)s.") % {"commit": (snapshot.commit or "–")[:12]}
    return (yield from workbook(pages(), title=snapshot.title("registry"), comment=comment))


def _csv(snapshot: Snapshot, wanted: Wanted) -> Making:
    from registry.exchange.csv_text import csv_bytes

    sheet = _one_sheet(wanted)
    columns = sheet.columns if wanted.names is None else sheet.with_names()
    rows = sheet_rows(sheet, snapshot, columns, wanted.names)
    return csv_bytes(str(sheet.words), headings(sheet, columns), rows, for_excel=wanted.for_excel)


def _one_sheet(wanted: Wanted) -> Sheet:
    """A CSV file holds one sheet: the projects, unless another is asked for."""
    return wanted_sheet(wanted.sheet or "projects")


def _json(snapshot: Snapshot, wanted: Wanted) -> Making:
    from registry.exchange.json_out import json_bytes

    kind = wanted_sheet(wanted.sheet).kind.id if wanted.sheet else ""
    return json_bytes(snapshot.records(kind), snapshot.commit)


def _ics(snapshot: Snapshot, wanted: Wanted) -> Making:
    from registry.exchange.calendar import ics_bytes

    return ics_bytes(snapshot, wanted.today or date.today())


FORMATS: Final[Mapping[str, Callable[[Snapshot, Wanted], Making]]] = {
    ".xlsx": _xlsx,
    ".csv": _csv,
    ".json": _json,
    ".ics": _ics,
}
"""By the end of the file's name."""


def making(snapshot: Snapshot, target: Path, wanted: Wanted) -> Making:
    """What makes the content of `target`. Raises `BadInput` for a kind of file that there is not."""
    suffix = target.suffix.lower()
    if suffix not in FORMATS:
        raise BadInput(
            _("“%(file)s” names no kind of file that can be written.") % {"file": target.name},
            _("Give a file name that ends in %(suffixes)s.") % {"suffixes": ", ".join(FORMATS)},
        )
    if wanted.sheet:
        wanted_sheet(wanted.sheet)
    return FORMATS[suffix](snapshot, wanted)
