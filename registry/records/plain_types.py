"""Types of plain values: text, patterns, numbers, money, yes and no, dates, choices."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from registry.errors import BadInput
from registry.records.dates import parse_date, show_date
from registry.records.field_type import BARE, FieldType, Names, accepted, for_example, worded
from registry.records.money import MAXIMUM, parse_money, show_money, show_number
from registry.records.values import Value, told
from registry.words import Words, _

LONGEST_TEXT: Final = 100_000
_NAMED_IN_WORDS: Final = re.compile(r"(?<![\w-])p-(?=[a-z]*[2-9])[a-z2-9]{6}(?![\w-])")
"""A person's id in words, which stands there for a name; every one has a digit, and so is no "p-avgift"."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Text(FieldType):
    """Words. `long` ones may have lines; `searched` ones are searched for personal data (DESIGN.md section 5)."""

    long: bool = False
    searched: bool = True
    sample: str = "…"

    @property
    def example(self) -> str:
        return self.sample

    def problem(self, value: Value) -> str | None:
        if not isinstance(value, str):
            return _("is not text; write it between quotation marks")
        if len(value) > LONGEST_TEXT:
            return _("is longer than %(limit)s characters") % {"limit": show_number(LONGEST_TEXT)}
        if not self.long and ("\n" in value or "\r" in value):
            return _("has line breaks, and takes one line only")
        return None

    def parse(self, text: str) -> str:
        if reason := self.problem(text):
            raise BadInput(_("The text %(reason)s.") % {"reason": reason})
        return text

    def show(self, value: Value, names: Names = BARE) -> str:
        words = str(value)
        if not self.searched or "p-" not in words:
            return words
        return _NAMED_IN_WORDS.sub(lambda found: names.person(found[0]) or found[0], words)


@dataclass(frozen=True, slots=True)
class Pattern(FieldType):
    """A text of a certain form: an id, an e-mail address of an office, a commit."""

    pattern: str
    sample: str
    wrong: Words

    @property
    def example(self) -> str:
        return self.sample

    def problem(self, value: Value) -> str | None:
        return None if isinstance(value, str) and _has_form(self.pattern, value) else str(self.wrong)

    def parse(self, text: str) -> str:
        clean = text.strip()
        if self.problem(clean):
            raise BadInput(f"{worded(text, str(self.wrong))}.", for_example(self))
        return clean


@lru_cache(maxsize=1 << 12)
def _has_form(pattern: str, value: str) -> bool:
    """Whether it is of that form throughout. The ids of entries are short, and the same again and again."""
    return not _CONTROL.search(value) and re.fullmatch(pattern, value) is not None


MAILBOX: Final = Pattern(
    r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}",
    "international@example.org",
    Words("är ingen e-postadress", "is not an e-mail address"),
)
ENTRY_ID: Final = Pattern(
    r"[a-z][a-z0-9-]{0,39}",
    "b-2026",
    Words(
        "är inget id: små bokstäver a–z, siffror och bindestreck, en bokstav först",
        "is not an id: lower-case a–z, digits and hyphens, a letter first",
    ),
)
COMMIT: Final = Pattern(r"[0-9a-f]{7,64}", "1f0c9a2", Words("är ingen commit", "is not a commit"))


@dataclass(frozen=True, slots=True)
class Number(FieldType):
    """A whole number between `least` and `most`, both included."""

    least: int = 0
    most: int = 10**9
    sample: int = 24

    @property
    def example(self) -> str:
        return str(self.sample)

    def problem(self, value: Value) -> str | None:
        if type(value) is int and self.least <= value <= self.most:
            return None
        if not _is_whole(value):
            return _("is not a whole number")
        if not self.least <= value <= self.most:
            return _("is not between %(least)s and %(most)s") % {"least": self.least, "most": self.most}
        return None

    def parse(self, text: str) -> int:
        packed = "".join(text.split())
        if not re.fullmatch(r"[-−]?\d{1,18}", packed):
            raise BadInput(_("“%(text)s” is not a whole number.") % {"text": told(text)}, for_example(self))
        return accepted(self, int(packed.replace("−", "-")), text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return str(value) if self.most < 10_000 or not _is_whole(value) else show_number(value)


YEAR: Final = Number(1900, 2200, 2026)


@dataclass(frozen=True, slots=True)
class Money(FieldType):
    """Whole kronor, never negative."""

    absent: Words = Words("inte känt", "not known")

    @property
    def example(self) -> str:
        return "45000"

    def problem(self, value: Value) -> str | None:
        if type(value) is int and 0 <= value <= MAXIMUM:
            return None
        if isinstance(value, float):
            return _("has öre; the registry counts whole kronor and rounds nothing")
        if not _is_whole(value):
            return _("is not an amount in whole kronor")
        if value < 0:
            return _("is below zero")
        if value > MAXIMUM:
            return _("is more than %(most)s") % {"most": show_money(MAXIMUM)}
        return None

    def parse(self, text: str) -> int:
        return accepted(self, parse_money(text), text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return show_money(value) if _is_whole(value) else str(value)

    def typed(self, value: Value) -> str:
        return show_number(value).replace("\u00a0", " ") if _is_whole(value) else str(value)


@dataclass(frozen=True, slots=True)
class YesNo(FieldType):
    """Yes, no, or (absent) unknown."""

    absent: Words = Words("okänt", "unknown")

    @property
    def example(self) -> str:
        return "true"

    def problem(self, value: Value) -> str | None:
        return None if isinstance(value, bool) else _("is neither true nor false")

    def parse(self, text: str) -> bool:
        word = text.strip().lower()
        if word in {"ja", "j", "yes", "y", "true", "sant"}:
            return True
        if word in {"nej", "n", "no", "false", "falskt"}:
            return False
        raise BadInput(_("“%(text)s” is neither yes nor no.") % {"text": told(text)}, _("Write yes or no."))

    def show(self, value: Value, names: Names = BARE) -> str:
        return _("yes") if value is True else _("no") if value is False else str(value)

    def typed(self, value: Value) -> str:
        return self.show(value)


@dataclass(frozen=True, slots=True)
class Date(FieldType):
    """A day between the years 1900 and 2200."""

    @property
    def example(self) -> str:
        return "2026-05-04"

    def problem(self, value: Value) -> str | None:
        if isinstance(value, datetime):
            return _("has a time of day; write the date alone, without quotation marks")
        if not isinstance(value, date):
            return _("is not a date; write it without quotation marks")
        if not 1900 <= value.year <= 2200:
            return _("is not between the years 1900 and 2200")
        return None

    def parse(self, text: str) -> date:
        return accepted(self, parse_date(text), text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return show_date(value) if isinstance(value, date) else str(value)

    def typed(self, value: Value) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a choice can have."""

    value: str
    label: Words


def choices(**labels: tuple[str, str]) -> tuple[Choice, ...]:
    """Choices from ``value=("svenska", "English")``; ``_`` in a value is a hyphen."""
    return tuple(Choice(value.replace("_", "-"), Words(*words)) for value, words in labels.items())


@dataclass(frozen=True, slots=True)
class OneOf(FieldType):
    """A choice."""

    options: tuple[Choice, ...]

    @property
    def example(self) -> str:
        return self.options[0].value

    def problem(self, value: Value) -> str | None:
        for option in self.options:  # a loop, since this is asked of every record, and half the time of `any`
            if option.value == value:
                return None
        return _("is none of %(choices)s") % {"choices": ", ".join(option.value for option in self.options)}

    def parse(self, text: str) -> str:
        word = " ".join(text.split()).casefold()
        for option in self.options:
            if word in {option.value, option.label.sv.casefold(), option.label.en.casefold()}:
                return option.value
        raise BadInput(
            _("“%(text)s” is not one of the choices.") % {"text": told(text)},
            _("Write one of %(choices)s.") % {"choices": ", ".join(option.value for option in self.options)},
        )

    def show(self, value: Value, names: Names = BARE) -> str:
        return next((str(option.label) for option in self.options if option.value == value), str(value))


def _is_whole(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
