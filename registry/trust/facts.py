"""What can be found of a commit, by a code: kept by commit, and put into words when it is told (`registry.trust.words`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Fact(NamedTuple):
    """One thing found. `code` is a key of `registry.trust.words.SAID`; `values` fill its sentence, in its order."""

    code: str
    ref: str = ""
    field: str = ""
    values: tuple[str, ...] = ()


class Verdict(NamedTuple):
    """What was found of one commit."""

    facts: tuple[Fact, ...] = ()
    outside: bool = False
    """Made without Vänort: it says nothing of what it did."""
    signed: bool = False
    """Signed by a key that might, in the name of the author."""
    required: bool = False
    """Made when signatures were required."""

    @property
    def plain(self) -> bool:
        """Whether there is nothing to tell of it."""
        return not self.facts and not self.outside and self.signed == self.required


LACKING = frozenset({"lacking", "not-checked"})
"""Facts about this copy or this computer, not about the commit: they are looked for again each time."""


def is_final(facts: Iterable[Fact]) -> bool:
    """Whether the facts will be the same another time, elsewhere."""
    return not any(fact.code in LACKING for fact in facts)
