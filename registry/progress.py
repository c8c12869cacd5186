"""How far something long has come, told between two portions, so that it is seen and can be called off."""

from __future__ import annotations

from typing import Final, NamedTuple

PORTION: Final = 250
"""Rows or records between two looks around."""


class Progress(NamedTuple):
    """How far something long has come."""

    what: str
    """The sheet, file or part that is being done, in words for people."""
    done: int
    """Rows or records of it; 0 where they are not counted."""
