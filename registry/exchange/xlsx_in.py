"""The sheets of an Excel workbook, read with calamine.

Looked at before it is read: what is no workbook, has a password or would fill the memory is refused in one line.
Formulas are never worked out, only what they last came to is read; macros are not looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast
from xml.etree import ElementTree

from registry.errors import BadInput
from registry.exchange.cells import Cell
from registry.exchange.tables import Area, Table, Tables, letters
from registry.words import _

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
"""How an Excel file begins that is encrypted, or older than 2007."""
_MOST_UNPACKED: Final = 600_000_000
_MOST_CELLS: Final = 20_000_000
"""Of the area from the first to the last cell, which is held in memory whole."""
_PIECE: Final = 1 << 20
_OVERLAP: Final = 200
_ROW: Final = re.compile(rb'<row [^>]*?\br="(\d{1,9})"')
_FAR_COLUMN: Final = re.compile(rb'<c r="([A-Z]{2,4})\d')
_ERROR: Final = re.compile(
    rb'<c r="([A-Z]{1,4})(\d{1,9})"[^>]*\bt="e"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>([^<]{1,20})<'
)
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


class _Seen(NamedTuple):
    """What a look at a sheet's XML has found."""

    rows: int
    columns: int
    errors: Mapping[tuple[int, int], str]


def read_xlsx(content: bytes, name: str) -> Tables:
    """The sheets of the workbook in the file called `name`; hidden ones are left out, and told of. Raises `BadInput`."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    seen, macros = _looked_at(content, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        sheets = [_table(book.get_sheet_by_name(one), seen.get(one)) for one in shown if _is_sheet(book, one)]
        hidden = [sheet.name for sheet in book.sheets_metadata if sheet.name not in shown]
    except CalamineError as error:
        raise _damaged(name) from error
    remarks = [_("The hidden sheet “%(name)s” is not read.") % {"name": one} for one in hidden]
    if macros:
        remarks.append(_("The macros in the file are neither run nor read."))
    return Tables("Excel", tuple(sheets), tuple(remarks))


def _is_sheet(book: Any, name: str) -> bool:
    """Whether it has cells: charts have sheets of their own."""
    from python_calamine import SheetTypeEnum

    return any(sheet.name == name and sheet.typ == SheetTypeEnum.WorkSheet for sheet in book.sheets_metadata)


def _table(sheet: CalamineSheet, seen: _Seen | None) -> Table:
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = tuple(Area(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    return Table(sheet.name, rows, merged, seen.errors if seen else {})


def _cell(value: Any) -> Cell:
    """What calamine gives, as our cells are: a whole number is an int, midnight a day, nothing None."""
    kind = type(value)
    if kind is str:
        return value or None
    if kind is float:
        return int(value) if value.is_integer() and abs(value) < 1e15 else float(value)
    if kind is datetime:
        return cast(date, value.date() if value.time() == time() else value)
    return cast(Cell, value) if isinstance(value, (int, date)) else str(value)


# --- before it is read ----------------------------------------------------------------------------------------------


def _looked_at(content: bytes, name: str) -> tuple[dict[str, _Seen], bool]:
    """What each sheet holds, by its name, and whether there are macros. Raises `BadInput` for what must not be read."""
    if content.startswith(_OLD_OR_LOCKED):
        raise BadInput(
            _("%(file)s is protected by a password, or older than Excel 2007.") % {"file": name},
            _("Open it in Excel or LibreOffice, take the password away, and save it as .xlsx."),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise _too_large(name)
            if any(part.flag_bits & 1 for part in parts):
                raise BadInput(_("%(file)s is protected by a password.") % {"file": name}, _("Take it away first."))
            found = {part.filename: _scanned(archive, part, name) for part in parts}
            names = _sheet_names(archive)
            macros = any(part.filename.lower().endswith("vbaproject.bin") for part in parts)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ElementTree.ParseError,
        KeyError,
        ValueError,
    ):
        raise _damaged(name) from None
    return {names[part]: seen for part, seen in found.items() if seen is not None and part in names}, macros


def _scanned(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> _Seen | None:
    """Unpacks a part, a piece at a time, to its end: so that its size and checksum are known to be true.

    Of a sheet it gives how far it reaches, and the errors in it; None of anything else.
    """
    is_sheet = _SHEET.fullmatch(part.filename)
    rows, columns, errors = 0, 1, dict[tuple[int, int], str]()
    before = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            if not is_sheet:
                continue
            text = before + piece
            rows = max(rows, *map(int, _ROW.findall(text)), 0)
            columns = max(columns, *(_column(found) + 1 for found in set(_FAR_COLUMN.findall(text))), 1)
            if b't="e"' in text:
                errors |= {(int(row) - 1, _column(at)): said.decode() for at, row, said in _ERROR.findall(text)}
            before = text[-_OVERLAP:]
    if max(rows, 1) * max(columns, 26 if rows else 1) > _MOST_CELLS:
        raise BadInput(
            _("A sheet in %(file)s reaches to the cell %(cell)s, which is too far to be read.")
            % {"file": name, "cell": f"{letters(columns - 1)}{rows}"},
            _("Copy the rows that count to a new sheet."),
        )
    return _Seen(rows, columns, errors) if is_sheet else None


def _column(found: bytes) -> int:
    number = 0
    for letter in found:
        number = number * 26 + letter - 64
    return number - 1


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part of the archive → the name of the sheet in it. Expat keeps what these small parts expand to within bounds."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    linked = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    return {
        str(PurePosixPath("xl") / targets.get(sheet.get(linked), "")).lstrip("/"): sheet.get("name", "")
        for sheet in book.iter(f"{main}sheet")
    }


def _too_large(name: str) -> BadInput:
    return BadInput(
        _("%(file)s would unpack to more than %(limit)s MB.") % {"file": name, "limit": _MOST_UNPACKED // 1_000_000},
        _("It is no ordinary workbook, and is not opened."),
    )


def _damaged(name: str) -> BadInput:
    return BadInput(
        _("%(file)s is no Excel workbook, or is damaged.") % {"file": name},
        _("Open it in Excel or LibreOffice, and save it anew as .xlsx."),
    )
