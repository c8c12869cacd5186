"""Telephone numbers in running text: Swedish ones, foreign ones with a plus and their country's code, and known ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_GAP: Final = r"[ \u00a0]?[-\u2010\u2011\u2013/ \u00a0]?[ \u00a0]?"
_NOT_INSIDE: Final = r"(?<![\w/§#+-])(?<!\d[.,:])(?<!\d[ \u00a0])"
_NOT_BEFORE: Final = r"(?![\w@]|[-/:.,]\d)"
_COUNTRY: Final = (
    r"1|7|2[07]|3[0123469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-689]|3[578]|42|5[09]|6[7-9]|8[058]|9[679])\d"
)
"""The country codes that there are (ITU-T E.164, annex)."""

_ABROAD: Final = re.compile(
    rf"{_NOT_INSIDE}(?:\+|00(?=46|\d{{1,3}}[ -]))(?P<code>{_COUNTRY}){_GAP}(?:\(0\){_GAP})?"
    rf"(?P<rest>\d(?:{_GAP}\d){{5,12}}){_NOT_BEFORE}"
)
_AT_HOME: Final = re.compile(
    rf"{_NOT_INSIDE}\(?(?P<area>0\d{{1,3}})\)?(?:[ \u00a0]?[-\u2010\u2011\u2013/][ \u00a0]?|[ \u00a0])"
    rf"(?P<rest>\d{{2,8}}(?:[ \u00a0-]\d{{2,4}}){{0,3}}){_NOT_BEFORE}"
)
_MOBILE_IN_ONE: Final = re.compile(rf"{_NOT_INSIDE}07[02369]\d{{7}}{_NOT_BEFORE}")
_SAID_TO_BE_ONE: Final = re.compile(
    r"\b(?:tel|tfn|telefon|telefonnummer|mobil|ring|phone|call|mob)\b[.:]?[ \u00a0]{0,2}(?P<number>0\d{7,9})"
    + _NOT_BEFORE,
    re.IGNORECASE,
)

_SAID_TO_BE_ANOTHER: Final = re.compile(
    r"(?:\b(?:(?!tel|mobil)[^\W\d_]+nr|diarienummer|ärende|bg|bankgiro|pg|plusgiro|konto|ocr|faktura"
    r"|org\.? ?nr|kl|klockan|isbn|issn)\b[.:]?[ \u00a0]{0,2}|[€$£][ \u00a0]?)$",
    re.IGNORECASE,
)
_COUNTS_SOMETHING: Final = re.compile(
    r"[ \u00a0]?(?:(?:kr|sek|tkr|mkr|mnkr|eur|dkk|nok|usd|st|km)\b|kronor|euro|€|%|:-|personer|deltagare"
    r"|elever|invånare)",
    re.IGNORECASE,
)

_TWO_DIGITS: Final = "08"
_THREE_DIGITS: Final = re.compile(r"01[013689]|02[136]|03[1356]|04[0246]|054|06[03]|07[02369]|090")
"""The area codes of three digits (PTS's numbering plan); those of four begin otherwise."""
_OF_NOBODY: Final = ("020", "077", "0900", "0939", "0944")
"""Free and paid services: an organisation's, never a person's."""
_GROUPS: Final = frozenset(
    tuple(map(int, groups))
    for groups in ["5", "6", "7", "8", "23", "32", "222", "33", "34", "223", "322", "232", "332", "323", "2222", "44"]
)
"""How the digits after the area code are grouped, as numbers of digits."""
_NATIONAL: Final = range(8, 11)
"""Digits of a Swedish number, the first 0 included."""
_MOBILE: Final = range(10, 11)
_INTERNATIONAL: Final = range(9, 16)
"""Digits with the country's code (E.164)."""
_FEWEST_KNOWN: Final = 7
"""Digits of a number of the people book that is looked for; fewer are a year and a day, or an amount."""
_GROUP: Final = re.compile(r"(?<![^\W\d])\d+")
_GAP_IN_KNOWN: Final = re.compile(r"[ \u00a0\u202f()/.\u2010\u2011\u2013-]{1,5}")
_ENDS: Final = re.compile(r"(?![^\W_]|[-/:.,]\d)")


def telephone_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where telephone numbers stand in `text`: (start, end), in no particular order and possibly overlapping."""
    if sum(map(str.isdigit, text)) < _NATIONAL.start:
        return
    for match in _MOBILE_IN_ONE.finditer(text):
        if not said_otherwise(text, *match.span()):
            yield match.span()
    for match in _SAID_TO_BE_ONE.finditer(text):
        yield match.span("number")
    for match in _AT_HOME.finditer(text):
        if (end := _swedish_end(match)) and not said_otherwise(text, match.start(), end):
            yield match.start(), end
    for match in _ABROAD.finditer(text):
        if _is_foreign(match) and not said_otherwise(text, *match.span()):
            yield match.span()


def numbers_of(written: str) -> list[str]:
    """The digits by which a number is known that is written like that: with its country's code, and without.

    >>> numbers_of("+45 22 33 44 55"), numbers_of("0560-160 00")
    (['4522334455', '22334455'], ['56016000', '4656016000'])
    """
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if written.lstrip().startswith("+") or digits.startswith("00"):
        whole = digits.lstrip("0")
        code = re.match(_COUNTRY, whole)
        found = [whole, whole[code.end() :]] if code else [whole]
    else:
        found = [digits.lstrip("0"), f"46{digits.lstrip('0')}"]
    return [number for number in found if len(number) >= _FEWEST_KNOWN]


def known_numbers(text: str, known: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where the numbers that are `known` (digits → whose) stand in `text`, however they are grouped: (start, end, whose).

    With the country's code or without it, or with the 0 of an area.
    """
    if not known or sum(map(str.isdigit, text)) < _FEWEST_KNOWN:
        return
    text = text.replace("(0)", "   ")
    groups, at = list(_GROUP.finditer(text)), 0
    while at < len(groups):
        count, number = _known_from(text, groups, at, known)
        if count:
            start, end = groups[at].start(), groups[at + count - 1].end()
            start -= text[max(0, start - 1) : start] == "+"
            if not said_otherwise(text, start, end):
                yield start, end, known[number]
        at += count or 1


def _known_from(text: str, groups: list[re.Match[str]], at: int, known: Mapping[str, str]) -> tuple[int, str]:
    """How many groups of digits the number has that begins at group `at`, and which it is; 0 where none does."""
    digits = ""
    for count, group in enumerate(groups[at : at + _INTERNATIONAL.stop], 1):
        if count > 1 and not _GAP_IN_KNOWN.fullmatch(text, groups[at + count - 2].end(), group.start()):
            break
        digits += group[0]
        if len(digits) > _INTERNATIONAL.stop + 2:
            break
        if (number := digits.lstrip("0")) in known and _ENDS.match(text, group.end()):
            return count, number
    return 0, ""


def said_otherwise(text: str, start: int, end: int) -> bool:
    """Whether the words beside ``text[start:end]`` say that it is a number of something else, or an amount."""
    before = text[max(0, start - 24) : start]
    return bool(_SAID_TO_BE_ANOTHER.search(before) or _COUNTS_SOMETHING.match(text, end))


def _swedish_end(match: re.Match[str]) -> int:
    """Where the Swedish number ends that `match` begins with; 0 if it is none. A year may stand after it."""
    area = match["area"]
    if area.startswith(_OF_NOBODY) or not _is_area(area):
        return 0
    groups = list(re.finditer(r"\d+", match["rest"]))
    if groups[0][0].startswith("0"):
        return 0
    for count in range(len(groups), 0, -1):
        lengths = tuple(len(group[0]) for group in groups[:count])
        digits = len(area) + sum(lengths)
        if lengths in _GROUPS and digits in (_MOBILE if area.startswith("07") else _NATIONAL):
            return match.start("rest") + groups[count - 1].end()
    return 0


def _is_area(area: str) -> bool:
    if len(area) < 4:
        return area == _TWO_DIGITS or _THREE_DIGITS.fullmatch(area) is not None
    return not (area.startswith(("00", _TWO_DIGITS)) or _THREE_DIGITS.match(area))


def _is_foreign(match: re.Match[str]) -> bool:
    """Whether the digits can be a number abroad, or a Swedish one with +46; +45 000 000 is an amount."""
    rest = re.sub(r"\D", "", match["rest"])
    return not rest.startswith("0") and len(match["code"]) + len(rest) in _INTERNATIONAL
