"""How broad the columns of a table are, in letters: figures whole, and the rest shared among the texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from registry.reports.document import Table

A4_LETTERS: Final = 100
"""Of a table's line on A4, in the small type of a table."""
_BETWEEN: Final = 2
"""Letters that the room between two columns on paper takes."""
KEPT_WHOLE: Final = 12
"""Rows of a table that does not go on over a page."""
_NARROWEST: Final = 0.5
"""Of the width of a page, that a table has at least."""
_LEAST: Final = 6
_WHOLE_WORDS: Final = (30, 14)
"""Letters of a word that a column of text has room for; a longer one is broken. Where it is narrow, the second."""


def on_paper(table: Table) -> tuple[list[int], float]:
    """How broad the columns are beside each other on A4, and how much of its width the table takes: none is stretched."""
    widths = column_widths(table, A4_LETTERS, lambda text: len(text) + _BETWEEN)
    if widths is None:
        return [max(_LEAST, len(column.label)) for column in table.columns], 1.0
    return widths, min(1.0, max(_NARROWEST, sum(widths) / A4_LETTERS))


def column_widths(table: Table, room: int, measure: Callable[[str], int] = len) -> list[int] | None:
    """The letters that each column gets of `room`; None where that is too little for the figures beside any text.

    A column of figures takes what the longest of them takes. A column of text takes what it needs, or else its share by
    its `weight`. `measure` tells how broad a text is.
    """
    for longest_word in _WHOLE_WORDS:
        least = [_least(table, at, measure, longest_word) for at in range(len(table.columns))]
        if sum(least) <= room:
            break
    labelled = [max(low, _longest(table, at, measure, label=True)) for at, low in enumerate(least)]
    if sum(labelled) <= room:
        return labelled
    whole = [
        max(low, _longest(table, at, measure, label=not column.number))
        for at, (low, column) in enumerate(zip(least, table.columns, strict=True))
    ]
    if sum(whole) <= room:
        return whole
    if sum(least) > room:
        return None
    return _shared(table, least, whole, room)


def _shared(table: Table, least: Sequence[int], whole: Sequence[int], room: int) -> list[int]:
    """The least for each, and what is left of `room` among those that would be broader, by their weights."""
    widths = list(least)
    weights = [0 if column.number else max(1, column.weight) for column in table.columns]
    left = room - sum(widths)
    while left > 0 and (short := [at for at, weight in enumerate(weights) if weight and widths[at] < whole[at]]):
        portion = left / sum(weights[at] for at in short)
        for at in short:
            more = min(max(1, int(portion * weights[at])), whole[at] - widths[at], left)
            widths[at] += more
            left -= more
    return widths


def _least(table: Table, at: int, measure: Callable[[str], int], longest_word: int) -> int:
    """Of figures all of the longest; of text its longest word, as far as that is not broken."""
    column = table.columns[at]
    label = min(_longest_word([column.label], measure), longest_word)
    if column.number:
        return max(label, max((measure(row[at]) for row in table.rows), default=0))
    return max(_LEAST, label, min(_longest_word([row[at] for row in table.rows], measure), longest_word))


def _longest(table: Table, at: int, measure: Callable[[str], int], *, label: bool) -> int:
    """The longest line of the column, its `label` among them where that is not to be broken."""
    texts = [row[at] for row in table.rows]
    if label:
        texts.append(table.columns[at].label)
    return max((measure(line) for text in texts for line in text.split("\n")), default=0)


def _longest_word(texts: Sequence[str], measure: Callable[[str], int]) -> int:
    """Only the longest by its letters is measured: among ten thousand rows the others do not matter."""
    return max((measure(max(text.split(" "), key=len)) for text in texts), default=0)
