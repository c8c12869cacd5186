"""What a file of rows holds, before anybody knows what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from registry.errors import BadInput
from registry.exchange.cells import Cell
from registry.words import _

LARGEST: Final = 200_000_000
"""Bytes of a file that is read at all."""
MOST_ROWS: Final = 50_000
"""Rows of one sheet that are taken at a time: they become one change."""


class Area(NamedTuple):
    """Cells that are merged into one; all four 0-based and included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{letters(self.left)}{self.top + 1}:{letters(self.right)}{self.bottom + 1}"


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook, or a CSV file."""

    name: str
    """What the sheet is called; "" in a file that has one only."""
    rows: list[list[Cell]]
    """From the first row on: ``rows[13]`` is what the program calls row 14."""
    merged: tuple[Area, ...] = ()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row, column) → the error that a formula came to: ``#REF!``."""


@dataclass(frozen=True, slots=True)
class Tables:
    """A file of rows."""

    program: str
    """What people call such a file: ``Excel``, ``CSV``."""
    tables: tuple[Table, ...]
    remarks: tuple[str, ...] = ()
    """What is to be told of how it was read."""


def letters(column: int) -> str:
    """A column as spreadsheets name it: 0 is A, 26 is AA."""
    made = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(ord("A") + rest) + made
    return made


def file_bytes(file: Path) -> bytes:
    """What is in the file. Raises `BadInput` where there is none, or one too large to be what it is taken for."""
    try:
        if file.is_dir():
            raise BadInput(_("%(file)s is a folder.") % {"file": str(file)}, _("Name a file in it."))
        if file.stat().st_size > LARGEST:
            raise BadInput(
                _("%(file)s is larger than %(limit)s MB.") % {"file": str(file), "limit": LARGEST // 1_000_000},
                _("Divide it, or take out what does not belong to the registry."),
            )
        return file.read_bytes()
    except FileNotFoundError:
        raise BadInput(_("There is no file %(file)s.") % {"file": str(file)}) from None
    except OSError as error:
        raise BadInput(
            _("%(file)s cannot be read: %(reason)s.") % {"file": str(file), "reason": error.strerror or str(error)}
        ) from error
