"""The filter of the history: conditions, what they come to, and what of it is handed to Git."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from registry.history_filter.conditions import Condition
from registry.words import _

if TYPE_CHECKING:
    from registry.history import Entry


@dataclass(frozen=True)
class Narrowing:
    """What Git looks for itself. It never leaves out a change that the filter keeps, and may let others through."""

    author: str = ""
    """A pattern of the author's line; "" for any."""
    greps: tuple[str, ...] = ()
    """Patterns each of which some line of the message has."""
    paths: tuple[str, ...] = ()
    """Files and folders one of which was touched; () for any."""


@dataclass(frozen=True)
class Filter:
    """Conditions on changes. Of one sort one must hold (``av:anna av:bo``), and of every sort one; of words all.

    `groups` are the sorts, each with what was asked for of it.
    """

    groups: tuple[tuple[Condition, ...], ...] = ()

    @classmethod
    def of(cls, conditions: Sequence[tuple[str, Condition]]) -> Filter:
        """The filter of conditions, each with the keyword that it was asked for by; words must all be there."""
        sorts: dict[str, list[Condition]] = {}
        for number, (keyword, condition) in enumerate(conditions):
            sorts.setdefault(f"{keyword} {number}" if keyword == "text" else keyword, []).append(condition)
        return cls(tuple(tuple(dict.fromkeys(found)) for found in sorts.values()))

    def __bool__(self) -> bool:
        return bool(self.groups)

    def __and__(self, other: Filter) -> Filter:
        return replace(self, groups=(*self.groups, *other.groups))

    @property
    def conditions(self) -> Iterator[Condition]:
        """Every condition."""
        return (condition for group in self.groups for condition in group)

    @property
    def reads(self) -> bool:
        """Whether records must be read to tell."""
        return any(condition.reads for condition in self.conditions)

    @property
    def compares(self) -> bool:
        """Whether Git must tell what a change touched."""
        return any(condition.compares for condition in self.conditions)

    def in_words(self) -> str:
        """The filter as one sentence: ``Changes entered by anna, under a decision KS, entered in 2025``."""
        if not self.groups:
            return _("All changes")
        told = [f" {_('or')} ".join(condition.in_words() for condition in group) for group in self.groups]
        return _("Changes %(conditions)s") % {"conditions": ", ".join(told)}

    def matches(self, entry: Entry) -> bool:
        """Whether a change is one of those; what must be read is read last."""
        return self.matches_unread(entry) and all(
            any(condition.meets(entry) for condition in group) for group in self._reading
        )

    def matches_unread(self, entry: Entry) -> bool:
        """Whether a change may be one of those, as far as can be told without reading records."""
        return all(any(condition.meets(entry) for condition in group) for group in self._quick)

    @cached_property
    def _quick(self) -> tuple[tuple[Condition, ...], ...]:
        return tuple(group for group in self.groups if not any(condition.reads for condition in group))

    @cached_property
    def _reading(self) -> tuple[tuple[Condition, ...], ...]:
        return tuple(group for group in self.groups if any(condition.reads for condition in group))

    def narrowing(self) -> Narrowing:
        """What Git is asked to look for."""
        authors = [_one_of([condition.author() for condition in group]) for group in self.groups]
        return Narrowing(
            next(filter(None, authors), ""),
            tuple(grep for group in self.groups for grep in _greps(group)),
            next(filter(None, map(_paths, self.groups)), ()),
        )


def _one_of(patterns: Sequence[str]) -> str:
    """A pattern for what has one of the patterns; "" where one of them could be anything."""
    if not all(patterns):
        return ""
    return patterns[0] if len(patterns) == 1 else "(" + "|".join(patterns) + ")"


def _greps(group: Sequence[Condition]) -> tuple[str, ...]:
    if len(group) == 1:
        return group[0].greps()
    one = _one_of([max(condition.greps(), key=len, default="") for condition in group])
    return (one,) if one else ()


def _paths(group: Sequence[Condition]) -> tuple[str, ...]:
    found = [condition.paths() for condition in group]
    return tuple(dict.fromkeys(path for paths in found for path in paths)) if all(found) else ()
