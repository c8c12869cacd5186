"""Sheets as an Excel workbook, written with XlsxWriter: typed cells, headings that stay in sight, filters, no formula."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Final, NamedTuple

from registry.exchange.cells import Cell, cut, is_live
from registry.exchange.layout import Column
from registry.git import trouble
from registry.progress import PORTION, Making, Progress
from registry.records.types import Country, Date, DecisionText, Money, Number, OneOf, Ref, Text, YesNo

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_OPTIONS: Final = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_LONGEST_CHOICE: Final = 255
_WIDTHS: Final = {Date: 11, Money: 12, Number: 9, YesNo: 9, Country: 7, OneOf: 16, Ref: 26, DecisionText: 26}
_ROWS_WITH_CHOICES: Final = 1_000
"""Rows below the last that offer the choices too: for what is added."""


class Page(NamedTuple):
    """A sheet to be written: rows as they come, each as long as the headings."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    columns: Sequence[Column | None] = ()
    """What the columns hold, for their widths and choices; None for one that is no field."""


def workbook(pages: Iterable[Page], *, title: str = "", comment: str = "") -> Making:
    """The workbook. Rows are written as they come, so that ten thousand records are never all in memory as cells.

    They lie in a folder of their own until then, which is gone at the end, also where it is called off half-way.
    Raises `GitTrouble` where the disk for such folders is full.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    out = io.BytesIO()
    try:
        with TemporaryDirectory(prefix="vanort-", ignore_cleanup_errors=True) as folder:
            book = Workbook(out, {**_OPTIONS, "tmpdir": folder})
            book.set_properties({"title": title, "comments": comment})
            styles = _Styles.of(book)
            for page in pages:
                yield from _write(book.add_worksheet(page.name), page, styles)
            book.close()
    except OSError as error:
        full = trouble.from_os_error(Path(gettempdir()), error)
    except FileCreateError as error:
        full = trouble.from_os_error(Path(gettempdir()), error.args[0])
    else:
        return out.getvalue()
    raise full  # out here, where nothing holds the half-written archive any more, which would complain of its end


class _Styles(NamedTuple):
    heading: object
    day: object
    money: object
    quoted: object

    @classmethod
    def of(cls, book: Workbook) -> _Styles:
        return cls(
            book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
            book.add_format({"num_format": "#,##0"}),
            book.add_format({"quote_prefix": True}),
        )


def _write(sheet: Worksheet, page: Page, styles: _Styles) -> Generator[Progress, None, None]:
    columns = list(page.columns) or [None] * len(page.headings)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _width(page.headings[at], column))
    sheet.freeze_panes(1, 2 if len(page.headings) > 2 else 1)
    money = [column is not None and isinstance(column.field.type, Money) for column in columns]
    for at, heading in enumerate(page.headings):
        sheet.write_string(0, at, heading, styles.heading)
    number = 0
    for number, row in enumerate(page.rows, 1):
        if number % PORTION == 0:
            yield Progress(page.name, number)
        for at, cell in enumerate(row):
            if cell is not None and cell != "":
                _write_cell(sheet, (number, at), cell, styles, is_money=money[at])
    sheet.autofilter(0, 0, max(number, 1), len(page.headings) - 1)
    _offer_choices(sheet, columns, number + _ROWS_WITH_CHOICES)


def _write_cell(sheet: Worksheet, at: tuple[int, int], cell: Cell, styles: _Styles, *, is_money: bool) -> None:
    kind = type(cell)
    if kind is str:
        value = cut(str(cell))
        sheet.write_string(*at, value, styles.quoted if is_live(value) else None)
    elif kind is bool:
        sheet.write_boolean(*at, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(*at, cell, styles.day)
    else:
        sheet.write_number(*at, cell, styles.money if is_money else None)


def _width(heading: str, column: Column | None) -> int:
    """Letters: the heading's longest word, and what such a value takes; names of records and what they are called more."""
    longest = max(map(len, heading.split()), default=0) + 2
    wide = column is None or (isinstance(column.field.type, Text) and (column.field.type.long or column.field.required))
    kind = Text if column is None else type(column.field.type)
    return max(_WIDTHS.get(kind, 40 if wide else 24), min(longest, 24))


def _offer_choices(sheet: Worksheet, columns: Sequence[Column | None], until: int) -> None:
    """Lists to choose from, where a column has few values; what is typed instead is not refused, but judged on import."""
    for at, column in enumerate(columns):
        if column is None or not isinstance(column.field.type, OneOf):
            continue
        labels = [str(option.label) for option in column.field.type.options]
        if len(",".join(labels)) <= _LONGEST_CHOICE and not any("," in label for label in labels):
            offered = {"validate": "list", "source": labels, "error_type": "information"}
            sheet.data_validation(1, at, until, at, offered)
