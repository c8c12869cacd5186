"""A matter of the agenda: a record, and in words what the committee has to do with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Matter(NamedTuple):
    """One line before it is numbered."""

    ref: str
    words: str
    """Going on from the record's title."""


def one_a_record(matters: Iterable[Matter]) -> Sequence[Matter]:
    """All that is to be said of a record in one line, where it is first told of."""
    found: dict[str, list[str]] = {}
    for matter in matters:
        found.setdefault(matter.ref, []).append(matter.words)
    return [Matter(ref, "; ".join(dict.fromkeys(words))) for ref, words in found.items()]
