"""What must not slip into the history: addresses, telephone and personal identity numbers, names of the people book.

Found in free text before it is saved (DESIGN.md section 5). A false alarm costs trust, so the forms are narrow: what
looks like a dnr, a date, an amount, a year, a grant or an organisation number is let be.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from registry.people.book import Book
from registry.people.mentions import EMAIL, Mention, mentions
from registry.people.telephones import said_otherwise, telephone_numbers
from registry.words import Words

SlipKind = Literal["personnummer", "samordningsnummer", "email", "telephone", "name"]

KIND_WORDS: Final[dict[SlipKind, Words]] = {
    "personnummer": Words("personnummer", "personal identity number"),
    "samordningsnummer": Words("samordningsnummer", "coordination number"),
    "email": Words("e-postadress", "e-mail address"),
    "telephone": Words("telefonnummer", "telephone number"),
    "name": Words("namn ur personboken", "name from the people book"),
}

_IDENTITY: Final = re.compile(
    r"(?<![\w/+-])(?<!\d[.,:])(?P<century>18|19|20)?(?P<day>\d{6})"
    r"(?:[-+\u2010\u2011\u2013\u2212]|(?P<blank>[ \u00a0]))?(?P<number>\d{4})"
    r"(?![\w]|[-/.,:]\d)"
)
_YOUNGEST: Final = timedelta(days=3 * 365)
"""A date of the last years with four digits after it is a period or a time of day ("20260504-0510"), not a birth."""
_AMONG_DIGITS: Final = re.compile(r"\d[ \u00a0]$")
_MORE_DIGITS: Final = re.compile(r"[ \u00a0]\d")
_TIME_OF_DAY: Final = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_COORDINATION: Final = 60
_FEWEST: Final = 5
"""Every number of a person has at least five digits close together."""
_CLOSE: Final = re.compile(r"\d[^\n]{0,8}?\d[^\n]{0,8}?\d[^\n]{0,8}?\d[^\n]{0,8}?\d")
_OTHERS: Final = bytes(byte for byte in range(256) if byte not in b"@0123456789")


@dataclass(frozen=True, slots=True)
class Slip:
    """``whole[start:end]``, which is `text`, looks like personal data. `person` is the id where the book has it."""

    kind: SlipKind
    start: int
    end: int
    text: str
    person: str = ""


def slips(text: str, book: Book, harmless: Collection[str] = (), today: date | None = None) -> list[Slip]:
    """All that looks like personal data in `text`, in order; where two overlap, the first of the kinds.

    `harmless` may stand in words: addresses of offices, false alarms that were accepted. `today` bounds the dates of birth.
    """
    if not text:
        return []
    found: list[Slip] = []
    let_be = {each.casefold() for each in harmless}
    for slip in _all(text, book, today or date.today()):
        if slip.text.casefold() in let_be:
            continue
        if not any(slip.start < other.end and other.start < slip.end for other in found):
            found.append(slip)
    return sorted(found, key=lambda slip: slip.start)


def may_hold_any(text: str) -> bool:
    """Whether there is an @ or are five digits in it, which all but names have.

    Told in a fraction of what a search takes: a whole record's texts, joined, are let be by one look.
    """
    kept = text.encode("utf-8", "replace").translate(None, _OTHERS)
    return len(kept) >= _FEWEST or b"@" in kept


def may_hold_one(text: str) -> bool:
    """Whether it has an @, or five digits close together."""
    return may_hold_any(text) and ("@" in text or _CLOSE.search(text) is not None)


def _all(text: str, book: Book, today: date) -> Iterator[Slip]:
    if any(map(str.isdigit, text)):
        yield from _identity_numbers(text, today)
    known = mentions(text, book)
    if "@" in text:
        people = {(mention.start, mention.end): mention.person for mention in known if mention.kind == "email"}
        for match in EMAIL.finditer(text):
            yield Slip("email", *match.span(), match[0], people.get(match.span(), ""))
    for mention in known:
        if mention.kind == "telephone":
            yield _known(text, mention)
    for start, end in telephone_numbers(text):
        yield Slip("telephone", start, end, text[start:end])
    for mention in known:
        if mention.kind == "name":
            yield _known(text, mention)


def _known(text: str, mention: Mention) -> Slip:
    return Slip(mention.kind, mention.start, mention.end, text[mention.start : mention.end], mention.person)


def _identity_numbers(text: str, today: date) -> Iterator[Slip]:
    for match in _IDENTITY.finditer(text):
        digits = match["day"] + match["number"]
        if not luhn(digits) or (match["blank"] and _blank_means_otherwise(text, match)):
            continue
        day = int(match["day"][4:])
        coordination = day > _COORDINATION
        born = _born(match["century"], match["day"][:4], day - _COORDINATION if coordination else day, today)
        if born is not None and born <= today - _YOUNGEST:
            yield Slip("samordningsnummer" if coordination else "personnummer", *match.span(), match[0])


def _blank_means_otherwise(text: str, match: re.Match[str]) -> bool:
    """Whether two numbers with a blank between are part of a longer row, a day with a time, or said to be something else."""
    start, end = match.span()
    return bool(
        _AMONG_DIGITS.search(text, max(0, start - 2), start)
        or _MORE_DIGITS.match(text, end)
        or (match["century"] and _TIME_OF_DAY.fullmatch(match["number"]))
        or said_otherwise(text, start, end)
    )


def _born(century: str | None, year_and_month: str, day: int, today: date) -> date | None:
    """The day of birth, None where there is no such day; without a century, the latest that has been."""
    year, month = int(year_and_month[:2]), int(year_and_month[2:])
    for hundred in (int(century),) if century else (today.year // 100, today.year // 100 - 1):
        try:
            born = date(hundred * 100 + year, month, day)
        except ValueError:
            continue
        if century or born <= today:
            return born
    return None


def luhn(digits: str) -> bool:
    """Whether the last of `digits` is the check digit of the others (ISO/IEC 7812-1, annex B; SKV 704).

    >>> luhn("8112189876")
    True
    """
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(digits)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
