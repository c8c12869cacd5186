"""A value as the cell of a sheet: numbers, dates, yes and no as themselves, choices by their names, the rest as typed.

`cell_of` gives what leaves; `same_cell` tells whether a cell that comes back still says what left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final, TypeAlias

from registry.records.types import FieldType, MapOf, OneOf, SetOf
from registry.records.values import Value
from registry.words import _

Cell: TypeAlias = str | int | float | bool | date | None
"""What a sheet holds in one place; a `datetime` is a `date` too."""

FIRST_DAY: Final = date(1900, 3, 1)
"""Spreadsheets count days from 1900, and count one that there never was in February: earlier dates are text."""
MOST_LETTERS: Final = 32_000
"""Of a cell of a workbook; Excel takes 32,767."""
CUT: Final = " […]"
"""Ends a text that was too long for a cell."""
_MOST_DIGITS: Final = 10**15
"""Spreadsheets keep fifteen digits of a number."""
_LIVE: Final = re.compile("['’]*[ \u00a0]*[=+\\-@\t\r\n＝＋－＠]")


def converter(kind: FieldType) -> Callable[[Value], Cell]:
    """What makes cells of a type's values, in the language spoken now."""
    if isinstance(kind, OneOf):
        labels = {option.value: str(option.label) for option in kind.options}
        return lambda value: labels.get(value, value) if isinstance(value, str) else _plain(value)
    if isinstance(kind, SetOf):
        item = converter(kind.item)
        return lambda value: (
            ", ".join(as_text(item(one)) for one in value) if isinstance(value, list) else _plain(value)
        )
    if isinstance(kind, MapOf):
        inner = converter(kind.item)
        return lambda value: (
            ", ".join(f"{key}={as_text(inner(one))}" for key, one in value.items())
            if isinstance(value, dict)
            else _plain(value)
        )
    return _plain


def _plain(value: Value) -> Cell:
    """A value as it is where a cell can hold it, else in words."""
    if isinstance(value, (str, bool)) or value is None:
        return value
    if type(value) is int and abs(value) < _MOST_DIGITS:
        return value
    if type(value) is date and value >= FIRST_DAY:
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def as_text(cell: Cell) -> str:
    """The cell where there is only text, as in CSV; ``as_text`` of what is nothing is ""."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: with an apostrophe before it (CSV injection)."""
    return f"'{text}" if _LIVE.match(text) else text


def is_live(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return _LIVE.match(text) is not None


def as_written(text: str) -> str:
    """The text that `harmless` was given."""
    return text[1:] if text.startswith("'") and _LIVE.match(text[1:]) else text


def settled(text: str) -> str:
    """The text with its letters whole (å is one code point) and line breaks as ``\\n``."""
    if text.isascii() and "\r" not in text:
        return text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def same_cell(left: Cell, came: Cell) -> bool:
    """Whether a cell that comes back says what `left`: a file without types has it as text, blank and absent are one."""
    if left is came or (type(left) is type(came) and left == came):
        return True
    if came is None or came == "":
        return left is None or left == ""
    if isinstance(came, str):
        text = as_text(left)
        return text == came or _bare(text) == _bare(came) or (came.endswith(CUT) and _is_cut_from(came, text))
    return False


def cut(text: str) -> str:
    """The text, or as much of it as a cell of a workbook can hold, with a mark at its end."""
    return text if len(text) <= MOST_LETTERS else text[:MOST_LETTERS] + CUT


def _is_cut_from(came: str, text: str) -> bool:
    return len(text) > MOST_LETTERS and _bare(cut(text)) == _bare(came)


def _bare(text: str) -> str:
    """The text as all programs keep it: three characters cannot be written, in XML or in CSV, and others stand for them."""
    return without_nul(settled(text).strip()).replace("\ufffe", "_xFFFE_").replace("\uffff", "_xFFFF_")


def without_nul(text: str) -> str:
    """The text with the picture of NUL in its place, since no text file has it."""
    return text.replace("\0", "\u2400")
