"""What a half typed filter may go on with: keywords first, and after one what is known of its sort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from registry.decision_keys import body_of
from registry.history_filter.conditions import field_words
from registry.history_filter.keywords import KEYWORDS, Keyword, keyword_named
from registry.history_filter.typed import Token, tokens
from registry.plain_text import fold
from registry.words import _

MOST: Final = 8
_DAYS: Final = ("idag", "igår", "today", "yesterday")


@dataclass(frozen=True)
class Known:
    """What there is to be named, as far as it is known."""

    people: Iterable[str] = ()
    """Who has entered something."""
    decisions: Iterable[str] = ()
    """Decisions as they are cited; their bodies are offered too."""
    records: Mapping[str, str] = field(default_factory=dict)
    """REF → title."""
    clauses: Iterable[str] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on."""

    text: str
    """The whole filter, so completed."""
    words: str
    """What is put in: ``av:``, ``beslut:KS``."""
    about: str = ""
    """What it means: a field's label, a record's title."""


def complete(typed: str, known: Known, most: int = MOST) -> list[Suggestion]:
    """The suggestions for what is typed, the likeliest first; none for a word that nothing begins with."""
    parts = tokens(typed)
    open_end = not parts or typed[-1:].isspace()
    last = Token("", "", False, len(typed), len(typed)) if open_end else parts[-1]
    found = _values(last, known) if last.key else _keywords(last.said)
    made: list[Suggestion] = []
    for put_in, about in found:
        text = typed[: last.start] + put_in
        if text != typed:
            made.append(Suggestion(text, put_in, about))
        if len(made) == most:
            break
    return made


def _keywords(begun: str) -> Iterator[tuple[str, str]]:
    for keyword in KEYWORDS:
        name = next((name for name in _spellings(keyword) if name.startswith(begun.casefold())), None)
        if name:
            yield f"{name}:", _(keyword.about)


def _spellings(keyword: Keyword) -> tuple[str, ...]:
    own = str(keyword.words)
    return (own, *sorted(keyword.names - {own}))


def _values(token: Token, known: Known) -> Iterator[tuple[str, str]]:
    keyword = keyword_named(token.key)
    if keyword is None:
        return
    begun = fold(" ".join(token.said.split()))
    seen = set[str]()
    offered = list(_offers(keyword.id, known))
    begins = [(value, about) for value, about in offered if fold(value).startswith(begun)]
    contains = [(value, about) for value, about in offered if begun and begun in fold(f"{value} {about}")]
    for value, about in (*begins, *contains):
        if value not in seen and value.isprintable():
            seen.add(value)
            yield f"{token.key}:{_quoted(value)}", about


def _quoted(value: str) -> str:
    return f'"{value}"' if any(character.isspace() for character in value) else value


def _offers(keyword: str, known: Known) -> Iterator[tuple[str, str]]:
    if keyword == "by":
        yield from ((person, "") for person in sorted(set(known.people)) if '"' not in person)
    elif keyword == "decision":
        decisions = list(dict.fromkeys(known.decisions))
        bodies = set(map(body_of, decisions))
        yield from ((body, "") for body in sorted(bodies) if body.isalpha())
        yield from ((decision, "") for decision in decisions if '"' not in decision)
    elif keyword == "field":
        yield from field_words().items()
    elif keyword == "record":
        yield from sorted(known.records.items())
    elif keyword == "clause":
        yield from ((clause, "") for clause in known.clauses)
    elif keyword in {"since", "until", "day"}:
        yield from ((day, "") for day in _DAYS)
