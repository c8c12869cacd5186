"""Lists that nobody would read to their end: a report shows so many, and says how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from registry.records.money import show_number
from registry.reports.document import Block, Paragraph
from registry.words import _

MOST: Final = 500
"""Rows of a table; a municipality with more in a year reads them in a spreadsheet."""
Item = TypeVar("Item")


def first_of(found: Sequence[Item], most: int = MOST) -> tuple[Sequence[Item], list[Block]]:
    """The first so many, and what is to be said of the rest: nothing where all of them are shown."""
    return found[:most], of_all(min(most, len(found)), len(found))


def of_all(shown: int, count: int) -> list[Block]:
    """What is to be said where so many of all are shown: nothing where that is all of them."""
    if shown >= count:
        return []
    words = _("The first %(shown)s of %(all)s are shown; an export of the registry has them all.") % {
        "shown": show_number(shown),
        "all": show_number(count),
    }
    return [Paragraph(words, quiet=True)]
