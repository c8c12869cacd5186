"""Where in a file something stands, and what is wrong there."""

from __future__ import annotations

from typing import Any, NamedTuple

from registry.words import _


class Place(NamedTuple):
    """A row of a file, or a record of a JSON file."""

    table: str
    """The sheet; "" where there is one only."""
    row: int
    """1-based, as the program that made the file counts."""

    def __str__(self) -> str:
        where = _("row %(row)s") % {"row": self.row}
        return f"{self.table}, {where}" if self.table else where


class Bad(NamedTuple):
    """What is wrong with a row. Without a cell it is about the whole of it."""

    place: Place
    reason: str
    """A sentence or two, with what to do."""
    cell: str = ""
    """``F14``."""
    heading: str = ""

    def __str__(self) -> str:
        cell = f" {self.cell}" if self.cell else ""
        heading = f" {self.heading}:" if self.heading else ""
        return f"{self.place}{cell}:{heading} {self.reason}"

    def as_json(self) -> dict[str, Any]:
        """As the command line's ``--json`` has it."""
        return {
            "sheet": self.place.table,
            "row": self.place.row,
            "cell": self.cell,
            "column": self.heading,
            "message": self.reason,
        }
