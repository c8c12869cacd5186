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
    if len(found) <= most:
        return found, []
    words = _("The first %(shown)s of %(all)s are shown; an export of the registry has them all.") % {
        "shown": show_number(most),
        "all": show_number(len(found)),
    }
    return found[:most], [Paragraph(words, quiet=True)]
