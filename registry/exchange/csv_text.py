"""Rows as CSV text. Nothing that leaves is a formula, and what comes back is what left."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from registry.exchange.cells import Cell, as_text, harmless, without_nul


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, for_excel: bool = False) -> bytes:
    """UTF-8 with commas; `for_excel` with semicolons and a mark before, which a Swedish Excel opens with a double click."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if for_excel else ",", lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([harmless(without_nul(as_text(cell))) for cell in row])
    return (("\ufeff" if for_excel else "") + out.getvalue()).encode("utf-8", "replace")
