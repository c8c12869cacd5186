"""Which writings are one decision: with another space, with a no-break space, with or without its registry number."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from registry.errors import BadInput
from registry.records.decisions import Decision, parse_decision


class Key(NamedTuple):
    """What one decision is known by, whoever wrote it; equal for two writings of the same."""

    body: str
    when: date | int | None
    """The day, or of an old one the year."""
    paragraph: str
    dnr: str
    """Only where there is no paragraph: beside one it is a further fact, and may be left out."""
    odd: str = ""
    """What is no decision as minutes write it, as it stands."""

    @property
    def exact(self) -> bool:
        """Whether it names a single decision: a paragraph of a day."""
        return bool(self.paragraph)

    @property
    def parts(self) -> tuple[str, ...]:
        """Words that every writing of it has; a letter may stand close to its number."""
        day = self.when.isoformat() if isinstance(self.when, date) else str(self.when or "")
        return self.body, day, self.paragraph.partition(" ")[0]


def read_decision(text: str) -> Decision | None:
    """The decision in `text`, however it is spaced; None where it is none."""
    try:
        return parse_decision(" ".join(text.split()))
    except BadInput:
        return None


def key_of(text: str) -> Key | None:
    """What the decision in `text` is known by; None for no text at all."""
    clean = " ".join(text.split())
    if not clean:
        return None
    found = read_decision(clean)
    if found is None:
        return Key("", None, "", "", clean.casefold())
    dnr = "" if found.paragraph else " ".join(found.dnr.split())
    return Key(found.body, found.date or found.year, found.paragraph, dnr)


def body_of(text: str) -> str:
    """Who decided: by the grammar, else the first word; "" for a registry number alone."""
    if (found := read_decision(text)) is not None:
        return found.body
    first = text.split(maxsplit=1)[:1]
    return first[0].rstrip(",") if first else ""


def year_of(text: str) -> int | None:
    """The year that it was decided in, where it is told."""
    found = read_decision(text)
    return None if found is None else found.date.year if found.date else found.year
