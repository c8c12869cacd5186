"""Decisions, in the one form that a protocol can be found by.

A decision is one string: ``BODY DATE § N[ a-z][, dnr FREE]``; a delegated one may have the dnr alone
(``BODY[ DATE], dnr FREE`` or ``dnr FREE``), an old one a year alone (``KF 1987``). DESIGN.md section 2.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from registry.errors import BadInput
from registry.records.dates import show_date
from registry.records.values import told
from registry.words import _

ALWAYS: Final = ("KF", "KS")
"""Kommunfullmäktige and kommunstyrelsen exist in every municipality."""
EXAMPLE: Final = "KS 2026-03-10 § 31, dnr KS/2026:17"

_BODY = r"(?P<body>(?!dnr\b)[^\W\d_][\w&/.-]{0,19})"
_DNR = r"dnr[ \u00a0](?P<dnr>\S(?:[^\n\r]*\S)?)"
_DAY = r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_PARAGRAPH = r"§[ \u00a0]?(?P<number>[1-9][0-9]{0,4})(?:[ \u00a0]?(?P<letter>[a-z]))?"
_FULL = rf"{_BODY} {_DAY} ?{_PARAGRAPH}(?:, {_DNR})?"
_DELEGATED = rf"(?:{_BODY}(?: {_DAY})?, ?)?{_DNR}"
_OLD = rf"{_BODY} (?P<year>[12][0-9]{{3}})"
_FORMS: Final = tuple(map(re.compile, (_FULL, _DELEGATED, _OLD)))
PATTERN: Final = f"{_FULL}|{_DELEGATED}|{_OLD}"
"""Any of the forms as a regular expression, for schemas: what is written so names a decision, if the day exists."""
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What a decision cannot hold: it goes into commit trailers, and is compared there."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided, when, and where it stands. What is not known is "" or None."""

    body: str = ""
    date: date | None = None
    year: int | None = None
    paragraph: str = ""
    """``31`` or ``31 a``."""
    dnr: str = ""

    def __str__(self) -> str:
        head = " ".join(
            part
            for part in (
                self.body,
                self.date.isoformat() if self.date else str(self.year or ""),
                f"§ {self.paragraph}" if self.paragraph else "",
            )
            if part
        )
        return ", ".join(part for part in (head, f"dnr {self.dnr}" if self.dnr else "") if part)

    @property
    def short(self) -> str:
        """``KS § 31``, for where there is little room."""
        if self.paragraph:
            return f"{self.body} § {self.paragraph}"
        return str(self)

    def in_words(self, body_name: str = "") -> str:
        """``Kommunstyrelsen, 10 mars 2026, § 31``."""
        when = show_date(self.date) if self.date else str(self.year or "")
        paragraph = f"§ {self.paragraph}" if self.paragraph else ""
        dnr = f"dnr {self.dnr}" if self.dnr else ""
        return ", ".join(part for part in (body_name or self.body, when, paragraph, dnr) if part)


def decision_problem(text: str) -> str | None:
    """What is wrong with the form of a decision, or None; whether the body decides here is not asked."""
    if decision_of(text) is not None:
        return None
    if _parts(text) is None:
        return _("is not a decision as the minutes write it")
    return _("names a day that does not exist")


@lru_cache(maxsize=1 << 16)
def decision_of(text: str) -> Decision | None:
    """The decision that `text` names, None where it is not written as one. Kept: a meeting decides on many records."""
    parts = _parts(text)
    if parts is None or ((day := _day(parts)) is None and parts.get("date")):
        return None
    number, letter = parts.get("number") or "", parts.get("letter") or ""
    return Decision(
        body=parts.get("body") or "",
        date=day,
        year=int(parts.get("year") or 0) or None,
        paragraph=f"{number} {letter}".strip(),
        dnr=parts.get("dnr") or "",
    )


def _parts(text: str) -> dict[str, str | None] | None:
    clean = text.strip()
    if _HIDDEN.search(clean):
        return None
    return next((match.groupdict() for pattern in _FORMS if (match := pattern.fullmatch(clean))), None)


def _day(parts: dict[str, str | None]) -> date | None:
    try:
        return date.fromisoformat(parts.get("date") or "")
    except ValueError:
        return None


def parse_decision(text: str, bodies: Collection[str] | None = None) -> Decision:
    """The decision in `text`, strictly.

    `bodies` are the abbreviations that decide here (`bodies` of the registry and every `board_short`); KF and KS
    always do. None skips that check. Raises `BadInput` with an example.
    """
    found = decision_of(text)
    if found is None and (parts := _parts(text)) is not None:
        raise BadInput(
            _("There is no such day as “%(text)s”.") % {"text": parts["date"]},
            _("Write it like %(example)s.") % {"example": EXAMPLE},
        )
    if found is None:
        raise BadInput(
            _("“%(text)s” is not a decision.") % {"text": told(text)},
            _("Write it like %(example)s.") % {"example": EXAMPLE},
        )
    if found.body and bodies is not None and found.body not in ALWAYS and found.body not in bodies:
        known = ", ".join([*ALWAYS, *sorted(set(bodies) - set(ALWAYS))])
        raise BadInput(
            _("“%(body)s” does not decide here.") % {"body": found.body},
            _("Write one of %(known)s, or add the body to the registry record.") % {"known": known},
        )
    return found
