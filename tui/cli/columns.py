"""Text in columns, by the width that a terminal gives each letter."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

GAP: Final = "  "
_NARROWEST: Final = 8
_FIRST_ODD: Final = "\u0300"
"""Letters before it, å ä ö among them, take one cell each."""


def cells(text: str) -> int:
    """How many cells `text` takes: marks none, East Asian letters and emoji two."""
    if text.isascii() or max(text) < _FIRST_ODD:
        return len(text)
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def fitted(text: str, width: int) -> str:
    """`text` in exactly `width` cells: filled up, or cut with ``…``."""
    if cells(text) > width:
        kept, used = [], 1
        for letter in text:
            used += _cells(letter)
            if used > width:
                break
            kept.append(letter)
        text = "".join(kept).rstrip() + "…"
    return text + " " * (width - cells(text))


def aligned(rows: Sequence[Sequence[str]], *, width: int | None = None) -> Iterator[str]:
    """The rows as lines, each column as wide as its widest cell.

    `width` is what all of it may take, None: the terminal's, or any where stdout is none. The widest column gives way.
    """
    if not rows:
        return
    if width is None and sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
    widths = [max(cells(cell) for cell in column) for column in zip(*rows, strict=True)]
    while width is not None and sum(widths) + len(GAP) * (len(widths) - 1) > width and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    for row in rows:
        yield GAP.join(fitted(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip()
