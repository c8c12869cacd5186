"""The words that a filter is typed with, in Swedish and in English; both are understood everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.errors import BadInput
from registry.history_filter.conditions import (
    Against,
    By,
    Condition,
    In,
    Of,
    Says,
    Since,
    Under,
    Until,
    field_condition,
)
from registry.history_filter.periods import Period, period
from registry.records.values import told
from registry.words import N_, Words, _

Make = Callable[[str, date], Condition]
"""What was typed after the keyword, and today → the condition. Raises `BadInput`."""


@dataclass(frozen=True)
class Keyword:
    """One sort of condition, as it is typed."""

    id: str
    words: Words
    """How it is written in each language."""
    also: tuple[str, ...]
    """Other ways to write it."""
    about: str
    """What it asks for, marked with `N_`."""
    example: Words
    make: Make

    @property
    def names(self) -> frozenset[str]:
        """All that it is called."""
        return frozenset({self.id, self.words.sv, self.words.en, *self.also})


def _by(said: str, _today: date) -> Condition:
    return By(said)


def _decision(said: str, _today: date) -> Condition:
    return Under(said)


def _record(said: str, _today: date) -> Condition:
    return Of(said.removesuffix(".toml"))


def _field(said: str, _today: date) -> Condition:
    if (found := field_condition(said)) is not None:
        return found
    near = _near_field(said)
    hint = _("Did you mean %(near)s?") % {"near": near} if near else _example("field")
    raise BadInput(_("No record has a field “%(field)s”.") % {"field": told(said)}, hint)


def _near_field(said: str) -> str:
    from difflib import get_close_matches  # a rare need

    from registry.history_filter.conditions import field_words

    known = field_words()
    meant = {**{label.casefold(): key for key, label in known.items()}, **{key: key for key in known}}
    near = get_close_matches(said.casefold(), meant, n=1, cutoff=0.7)
    return meant[near[0]] if near else ""


def _clause(said: str, _today: date) -> Condition:
    from registry.policy.clauses import CLAUSES

    if not any(said.casefold() in clause for clause in CLAUSES):
        raise BadInput(_("“%(text)s” is not the id of a clause.") % {"text": told(said)}, _example("clause"))
    return Against(said)


def _text(said: str, _today: date) -> Condition:
    return Says(said)


def _in(said: str, today: date) -> Condition:
    return In(_period(said, today))


def _since(said: str, today: date) -> Condition:
    return Since(_period(said, today))


def _until(said: str, today: date) -> Condition:
    return Until(_period(said, today))


def _period(said: str, today: date) -> Period:
    found = period(said, today)
    if found is None:
        raise BadInput(
            _("“%(text)s” is no day, month or year.") % {"text": told(said)},
            _("Write it like %(example)s.") % {"example": _("2025, 2025-06, 2025-06-03 or yesterday")},
        )
    return found


KEYWORDS: Final = (
    Keyword("by", Words("av", "by"), ("vem",), N_("who entered it"), Words("av:anna", "by:anna"), _by),
    Keyword("decision", Words("beslut", "decision"), (), N_("the decision that it was made under"), Words("beslut:KS", "decision:KS"), _decision),
    Keyword("field", Words("fält", "field"), ("falt",), N_("the field that was changed"), Words("fält:budget", "field:budget"), _field),
    Keyword("record", Words("post", "record"), (), N_("the record that was changed"), Words("post:twin-towns/skjern", "record:twin-towns/skjern"), _record),
    Keyword("clause", Words("klausul", "clause"), ("sats",), N_("the clause that it went against"), Words("klausul:budgeted", "clause:budgeted"), _clause),
    Keyword("since", Words("från", "from"), ("fran", "since"), N_("entered that day or later"), Words("från:2025-06", "from:2025-06"), _since),
    Keyword("until", Words("till", "to"), ("until",), N_("entered that day or earlier"), Words("till:2025-06-30", "to:2025-06-30"), _until),
    Keyword("day", Words("dag", "day"), (), N_("entered on that day, in that month or year"), Words("dag:igår", "day:yesterday"), _in),
    Keyword("text", Words("text", "text"), ("ord",), N_("words of the subject, the reason or the fields"), Words("text:resa", "text:journey"), _text),
)  # fmt: skip
"""In the order of the help."""

_BY_NAME: Final = {name: keyword for keyword in KEYWORDS for name in keyword.names}


def keyword_named(name: str) -> Keyword | None:
    """The keyword of that name in either language, whatever its case."""
    return _BY_NAME.get(name.casefold())


def _example(keyword: str) -> str:
    return _("Write it like %(example)s.") % {"example": str(_BY_NAME[keyword].example)}


def condition(keyword: Keyword, said: str, today: date) -> Condition:
    """The condition of what was typed after a keyword. Raises `BadInput` with an example."""
    clean = " ".join(said.split())
    if not clean:
        raise BadInput(
            _("Nothing stands after “%(keyword)s:”.") % {"keyword": str(keyword.words)}, _example(keyword.id)
        )
    return keyword.make(clean, today)


def unknown_keyword(name: str) -> BadInput:
    """What is said of a keyword that there is not."""
    return BadInput(
        _("There is no keyword “%(name)s:”.") % {"name": told(name)},
        _("Use %(known)s; or put what holds a colon in quotation marks.")
        % {"known": ", ".join(f"{keyword.words}:" for keyword in KEYWORDS)},
    )
