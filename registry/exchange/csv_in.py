"""The rows of a CSV file, whatever program wrote it: its letters and its separator are found out."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Final

from registry.errors import BadInput
from registry.exchange.cells import Cell, as_written
from registry.exchange.tables import Table, Tables
from registry.words import _

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS: Final = ";,\t|"
_LONGEST_CELL: Final = 1_000_000


def read_csv(content: bytes, name: str) -> Tables:
    """The file called `name`. Raises `BadInput` where it is no text, or its quotation marks do not close."""
    text, remark = text_of(content, name)
    separator, text = _separator(text)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows: list[list[Cell]] = [[as_written(cell) or None for cell in row] for row in reader]
    except csv.Error:
        raise BadInput(
            _(
                "Line %(line)s of %(file)s cannot be read: a quotation mark opens and does not close, or closes too early."
            )
            % {"line": reader.line_num, "file": name},
            _("Save it again as CSV from Excel or LibreOffice, or as .xlsx."),
        ) from None
    return Tables("CSV", (Table("", rows),), (remark,) if remark else ())


def text_of(content: bytes, name: str) -> tuple[str, str]:
    """The text of a file, and what is to be told where its letters were not UTF-8. Raises `BadInput`."""
    try:
        for mark, encoding in _MARKS:
            if content.startswith(mark):
                return _without_nul(content.decode(encoding), name), ""
        if b"\0" in content[:2000]:
            encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
            return _without_nul(content.decode(encoding), name), _("Read as %(letters)s.") % {"letters": "UTF-16"}
        return _without_nul(content.decode("utf-8"), name), ""
    except UnicodeDecodeError:
        pass
    try:
        return _without_nul(content.decode("cp1252"), name), _("Read as %(letters)s, as older programs write.") % {
            "letters": "Windows-1252"
        }
    except UnicodeDecodeError:
        raise _no_text(name) from None


def _without_nul(text: str, name: str) -> str:
    if "\0" in text:
        raise _no_text(name)
    return text


def _no_text(name: str) -> BadInput:
    return BadInput(
        _("%(file)s is no text in letters that are known here.") % {"file": name},
        _("Save it as “CSV UTF-8”, or as .xlsx."),
    )


def _separator(text: str) -> tuple[str, str]:
    """What divides the cells, by the first line outside quotation marks; and the text after a line that says so."""
    first, _end, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    outside = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=outside.count), text
