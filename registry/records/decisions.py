"""Decisions, in the one form that a protocol can be found by.

A decision is one string: ``BODY DATE § N[ a-z][, dnr FREE]``; a delegated one may have the dnr alone
(``BODY[ DATE], dnr FREE`` or ``dnr FREE``), an old one a year alone (``KF 1987``). DESIGN.md section 2.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from registry.errors import BadInput
from registry.records.dates import show_date
from registry.words import _

ALWAYS: Final = ("KF", "KS")
"""Kommunfullmäktige and kommunstyrelsen exist in every municipality."""
EXAMPLE: Final = "KS 2026-03-10 § 31, dnr KS/2026:17"

_BODY = r"(?P<body>[^\W\d_][\w&/.-]{0,19})"
_DNR = r"dnr[ \u00a0](?P<dnr>\S(?:[^\n\r]*\S)?)"
_FULL = re.compile(
    rf"{_BODY} (?P<date>\d{{4}}-\d{{2}}-\d{{2}}) ?§[ \u00a0]?(?P<number>[1-9]\d{{0,4}})(?:[ \u00a0]?(?P<letter>[a-zåäö]))?(?:, {_DNR})?"
)
_DELEGATED = re.compile(rf"(?:{_BODY}(?: (?P<date>\d{{4}}-\d{{2}}-\d{{2}}))?, ?)?{_DNR}")
_OLD = re.compile(rf"{_BODY} (?P<year>[12]\d{{3}})")


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


def parse_decision(text: str, bodies: Collection[str] | None = None) -> Decision:
    """The decision in `text`, strictly.

    `bodies` are the abbreviations that decide here (`bodies` of the registry and every `board_short`); KF and KS
    always do. None skips that check. Raises `BadInput` with an example.
    """
    clean = text.strip()
    for pattern in (_FULL, _DELEGATED, _OLD):
        if match := pattern.fullmatch(clean):
            parts = match.groupdict()
            break
    else:
        raise BadInput(
            _("“%(text)s” is not a decision.") % {"text": text}, _("Write it like %(example)s.") % {"example": EXAMPLE}
        )
    body = parts.get("body") or ""
    if body and bodies is not None and body not in ALWAYS and body not in bodies:
        known = ", ".join([*ALWAYS, *sorted(set(bodies) - set(ALWAYS))])
        raise BadInput(
            _("“%(body)s” does not decide here.") % {"body": body},
            _("Write one of %(known)s, or add the body to the registry record.") % {"known": known},
        )
    day = None
    if parts.get("date"):
        try:
            day = date.fromisoformat(parts["date"])
        except ValueError:
            raise BadInput(
                _("There is no such day as “%(text)s”.") % {"text": parts["date"]},
                _("Write it like %(example)s.") % {"example": EXAMPLE},
            ) from None
    number, letter = parts.get("number") or "", parts.get("letter") or ""
    return Decision(
        body=body,
        date=day,
        year=int(parts["year"]) if parts.get("year") else None,
        paragraph=f"{number} {letter}".strip(),
        dnr=parts.get("dnr") or "",
    )
