"""From what is typed to a filter: ``av:anna beslut:KS fält:budget 2025``.

Blanks separate; quotation marks keep together: ``beslut:"KS 2026-03-10 § 31"``, ``"körens resa"``. What stands alone is a
period if it names one (``2025``, ``2025-06``, ``igår``), and else a word to be found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from registry.history_filter.conditions import Condition, In
from registry.history_filter.filter import Filter
from registry.history_filter.keywords import condition, keyword_named, unknown_keyword
from registry.history_filter.periods import period

_TOKEN: Final = re.compile(
    r"""(?:(?P<key>[^\W\d_]+):)?(?:["”“](?P<quoted>[^"”“]*)["”“]?|(?P<plain>[^\s"”“]*))(?P<end>\s*)"""
)


class Token(NamedTuple):
    """A part of what is typed, and where."""

    key: str
    """The keyword before the colon, "" for none."""
    said: str
    quoted: bool
    start: int
    value: int
    """Where what is said begins, its quotation mark included."""


def tokens(typed: str) -> list[Token]:
    """The parts of what is typed."""
    found: list[Token] = []
    at = len(typed) - len(typed.lstrip())
    while at < len(typed):
        match = _TOKEN.match(typed, at)
        if match is None or match.end() == at:  # a stray sign
            at += 1
            continue
        key, quoted = match["key"] or "", match["quoted"]
        said = match["plain"] if quoted is None else quoted
        found.append(Token(key, said, quoted is not None, at, at + (len(key) + 1 if key else 0)))
        at = match.end()
    return [token for token in found if token.key or token.said.strip()]


def parse_filter(typed: str, today: date, *, typing: bool = False) -> Filter:
    """The filter that is typed; an empty one for nothing. Raises `BadInput` in one line, with an example.

    While somebody is still `typing`, a keyword that nothing stands after keeps and drops nothing.
    """
    return Filter.of([_condition(token, today) for token in tokens(typed) if not (typing and _is_open(token))])


def unfinished(typed: str) -> str:
    """The first keyword that nothing stands after, as it is typed; "" where there is none."""
    return next((token.key for token in tokens(typed) if _is_open(token)), "")


def _is_open(token: Token) -> bool:
    return bool(token.key) and not token.said.strip() and keyword_named(token.key) is not None


def filter_of(given: Mapping[str, Sequence[str]], today: date) -> Filter:
    """The filter of values by keyword (`keywords.KEYWORDS`), as options give them. Raises `BadInput`."""
    made: list[tuple[str, Condition]] = []
    for name, values in given.items():
        if (keyword := keyword_named(name)) is None:
            raise unknown_keyword(name)
        made += [(keyword.id, condition(keyword, said, today)) for said in values]
    return Filter.of(made)


def _condition(token: Token, today: date) -> tuple[str, Condition]:
    if token.key:
        if (keyword := keyword_named(token.key)) is None:
            raise unknown_keyword(token.key)
        return keyword.id, condition(keyword, token.said, today)
    if not token.quoted and (named := period(token.said, today)) is not None:
        return "day", In(named)
    keyword = keyword_named("text")
    assert keyword is not None  # noqa: S101 - it stands in the table
    return keyword.id, condition(keyword, token.said, today)
