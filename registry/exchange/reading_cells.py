"""From a cell that somebody wrote to a value of a record: strict where a guess could be wrong."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from registry.errors import BadInput
from registry.exchange.cells import Cell, as_text, settled
from registry.records.field_type import for_example, worded
from registry.records.typed_values import Reader
from registry.records.types import Date, FieldType, Money, Number, OneOf, SetOf, Text, YesNo
from registry.records.values import Value, told
from registry.words import _

_TICKED: Final = "x"
"""What people put into a column of a sheet that is true of the row."""
_HAS_A_YEAR: Final = re.compile(r"\d{4}")


def value_of(kind: FieldType, cell: Cell, reader: Reader) -> Value:
    """The value that a cell that is not blank means. Raises `BadInput`, with what to write instead."""
    if isinstance(kind, Text):
        return kind.parse(settled(as_text(cell)).strip())
    if isinstance(cell, str):
        return _of_text(kind, settled(cell).strip(), reader)
    if isinstance(cell, datetime) and isinstance(kind, Date):
        cell = cell.date()
    if isinstance(kind, Date) and not isinstance(cell, date):
        raise BadInput(
            _("“%(cell)s” is a number, and no date.") % {"cell": told(cell)},
            _("Give the cell the format of a date, or write it like 2026-05-04."),
        )
    if isinstance(kind, (Date, Money, Number, YesNo)):
        if reason := kind.problem(cell):
            raise BadInput(f"{worded(as_text(cell), reason)}.", _hint(kind))
        return cell
    return _of_text(kind, as_text(cell), reader)


def _of_text(kind: FieldType, text: str, reader: Reader) -> Value:
    if isinstance(kind, Date) and not _HAS_A_YEAR.search(text):
        raise BadInput(_("“%(text)s” is no date with a year.") % {"text": told(text)}, _("Write it like 2026-05-04."))
    if isinstance(kind, YesNo) and text.casefold() == _TICKED:
        return True
    try:
        return reader.typed(kind, text)
    except BadInput as error:
        raise BadInput(error.message, _hint(kind) or error.hint) from None


def _hint(kind: FieldType) -> str:
    """What may be written: of a choice, its names in the language spoken."""
    inner = kind.item if isinstance(kind, SetOf) else kind
    if isinstance(inner, YesNo):
        return _("Write yes or no.")
    if isinstance(inner, OneOf):
        return _("Write one of %(choices)s.") % {"choices": ", ".join(str(option.label) for option in inner.options)}
    return for_example(inner)
