"""Excel out, beside writing the same cells bare with the same library; and a preview of it coming back, beside reading it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.measure import Figure, taking_turns
from registry.exchange.cells import Cell
from registry.exchange.exporting import Wanted, making
from registry.exchange.importing import Asked, planning
from registry.exchange.layout import SHEETS
from registry.exchange.rows import headings, sheet_rows
from registry.progress import all_of
from registry.store import Store

_CHANGED = 100
"""Projects that somebody has changed a cell of before the file comes back."""


def exporting(folder: Path, size: int) -> Iterator[Figure]:
    """The whole registry as a workbook, read from the folder; the peer has its cells at hand."""
    snapshot = Store.open(folder).current()
    pages = [(str(sheet.words), [headings(sheet), *sheet_rows(sheet, snapshot)]) for sheet in SHEETS.values()]

    def ours() -> bytes:
        return all_of(making(Store.open(folder).current(), Path("x.xlsx"), Wanted()))

    took = taking_turns(ours, lambda: _bare(pages), runs=3)
    yield Figure("Excel out", size, took[0], "the same cells bare, XlsxWriter", took[1], 1.5)


def _bare(pages: list[tuple[str, list[list[Cell]]]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in pages:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, at, cell, day if isinstance(cell, date) else None)
    book.close()
    return out.getvalue()


def importing(folder: Path, size: int) -> Iterator[Figure]:
    """The preview of that workbook when a hundred projects were changed in it, beside reading its sheets."""
    file = folder.parent / f"changed-{size}.xlsx"
    content = all_of(making(Store.open(folder).current(), file, Wanted()))
    _write_changed(content, file)
    today = date.today()

    def ours() -> None:
        all_of(planning(Store.open(folder), file, Asked(exceptions_are_asked=True), today))

    def by_openpyxl() -> None:
        for sheet in openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets:
            for _row in sheet.iter_rows(values_only=True):
                pass

    def by_calamine() -> None:
        book = CalamineWorkbook.from_path(str(file))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()

    took = taking_turns(ours, by_openpyxl, runs=3)
    yield Figure("preview of an import", size, took[0], "reading it with openpyxl", took[1], 2.0)
    least, _none = taking_turns(by_calamine, runs=3)
    yield Figure("preview of an import", size, took[0], "reading it with calamine", least)


def _write_changed(content: bytes, file: Path) -> None:
    """The workbook with another number of participants in some projects."""
    projects = SHEETS["projects"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    out = xlsxwriter.Workbook(str(file), {"constant_memory": True, "strings_to_formulas": False})
    day = out.add_format({"num_format": "yyyy-mm-dd"})
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        heading = str(projects.by_path["participants"].words)
        at = rows[0].index(heading) if name == str(projects.words) else -1
        sheet = out.add_worksheet(name)
        for number, row in enumerate(rows):
            if at >= 0 and 0 < number <= _CHANGED:
                row[at] = 61
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, column, cell, day if isinstance(cell, date) else None)
    out.close()
