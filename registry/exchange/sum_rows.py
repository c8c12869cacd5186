"""Rows that only sum up those above: a sheet has them at its end, and no record is made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from registry.exchange.cells import Cell
from registry.exchange.recognising import Recognised

_WORDS: Final = frozenset(
    {"summa", "summor", "delsumma", "totalt", "total", "sum", "totals", "subtotal", "grand total"}
)
_AMOUNT: Final = re.compile(r"-?[\d\s.,]+(kr|tkr|sek|:-)?", re.IGNORECASE)


def without_sums(recognised: Recognised) -> tuple[Recognised, list[int]]:
    """The table with such rows blank, and which they were, as the program calls them."""
    rows = recognised.table.rows
    sums = [at for at in range(recognised.header + 1, len(rows)) if _is_sum(rows[at])]
    if not sums:
        return recognised, []
    kept: list[list[Cell]] = [[] if at in sums else row for at, row in enumerate(rows)]
    return replace(recognised, table=replace(recognised.table, rows=kept)), [at + 1 for at in sums]


def _is_sum(row: Sequence[Cell]) -> bool:
    """Whether the row says nothing but a word for a sum, and amounts."""
    said = [cell for cell in row if cell is not None and cell != ""]
    texts = [cell.strip() for cell in said if isinstance(cell, str)]
    words = [text for text in texts if not _AMOUNT.fullmatch(text)]
    amounts = len(texts) - len(words) + sum(type(cell) in {int, float} for cell in said)
    return len(words) == 1 and words[0].rstrip(" :").casefold() in _WORDS and 0 < amounts == len(said) - 1
