"""Rows as CSV text. Nothing that leaves is a formula, and what comes back is what left."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from registry.exchange.cells import Cell, as_text, harmless, without_nul
from registry.progress import Making, each


def csv_bytes(what: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, for_excel: bool = False) -> Making:
    """UTF-8 with commas; `for_excel` with semicolons and a mark before, which a Swedish Excel opens with a double click.

    `what` the rows are, in words, is told with how far it has come.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if for_excel else ",", lineterminator="\r\n")
    writer.writerow(headings)
    yield from each(what, rows, lambda row: writer.writerow([harmless(without_nul(as_text(cell))) for cell in row]))
    return (("\ufeff" if for_excel else "") + out.getvalue()).encode("utf-8", "replace")
