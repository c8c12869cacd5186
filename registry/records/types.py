"""The types of fields: for each what it accepts, how a person types it and how it reads on screen.

A type is where a new kind of value is added; the form, the card, the command line, validation and commit messages
all ask it. `problem` judges a value as TOML gave it, `parse` what a person typed, `show` makes it readable, `typed`
is what one would type to get it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Protocol

from registry.errors import BadInput
from registry.records.countries import COUNTRIES, country_name, parse_country
from registry.records.dates import parse_date, show_date
from registry.records.decisions import EXAMPLE, parse_decision
from registry.records.money import MAXIMUM, parse_money, show_money, show_number
from registry.records.refs import is_person, is_ref
from registry.records.values import Data, Value
from registry.words import Words, _

if TYPE_CHECKING:
    from registry.records.fields import Field

LONGEST_TEXT: Final = 100_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Names(Protocol):
    """What ids are called: given by a snapshot and the people book."""

    def record(self, ref: str) -> str:
        """The title of a record, or the REF where it has none."""

    def person(self, person_id: str) -> str:
        """A person's name, or what is known of the id."""

    def goal(self, goal_id: str) -> str:
        """The label of one of the policy's goals."""


class BareNames:
    """Ids as they are: for where no snapshot is at hand, and for commit messages (no name enters the branch)."""

    def record(self, ref: str) -> str:
        return ref

    def person(self, person_id: str) -> str:
        return person_id

    def goal(self, goal_id: str) -> str:
        return goal_id


BARE: Final = BareNames()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a choice can have."""

    value: str
    label: Words


def choices(**labels: tuple[str, str]) -> tuple[Choice, ...]:
    """Choices from ``value=("svenska", "English")``; ``_`` in a value is a hyphen."""
    return tuple(Choice(value.replace("_", "-"), Words(*words)) for value, words in labels.items())


class FieldType:
    """What a value of a field is."""

    __slots__ = ()
    absent: Words = Words("inte angivet", "not stated")
    """What absence means, where the field does not say."""

    @property
    def example(self) -> str:
        """An example of right."""
        raise NotImplementedError

    def problem(self, value: Value) -> str | None:
        """What is wrong with a value read from TOML, or None."""
        raise NotImplementedError

    def parse(self, text: str) -> Value:
        """The value that a person typed. Raises `BadInput`."""
        raise NotImplementedError

    def show(self, value: Value, names: Names = BARE) -> str:
        """The value for people to read, in the language spoken now."""
        return str(value)

    def typed(self, value: Value) -> str:
        """What a person would type to get this value: ``parse(typed(v)) == v``."""
        return str(value)


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
        if not isinstance(value, str) or _CONTROL.search(value) or not re.fullmatch(self.pattern, value):
            return str(self.wrong)
        return None

    def parse(self, text: str) -> str:
        clean = text.strip()
        if self.problem(clean):
            raise BadInput(_("“%(text)s” %(wrong)s.") % {"text": text, "wrong": self.wrong}, _for_example(self))
        return clean


MAILBOX: Final = Pattern(
    r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}",
    "international@example.org",
    Words("är ingen e-postadress", "is not an e-mail address"),
)
ENTRY_ID: Final = Pattern(r"[a-z][a-z0-9-]{0,39}", "b-2026", Words("är inget id: små bokstäver a–z, siffror och bindestreck, en bokstav först", "is not an id: lower-case a–z, digits and hyphens, a letter first"))  # fmt: skip
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
        if not isinstance(value, int) or isinstance(value, bool):
            return _("is not a whole number")
        if not self.least <= value <= self.most:
            return _("is not between %(least)s and %(most)s") % {"least": self.least, "most": self.most}
        return None

    def parse(self, text: str) -> int:
        packed = "".join(text.split())
        if not re.fullmatch(r"[-−]?\d{1,18}", packed):
            raise BadInput(_("“%(text)s” is not a whole number.") % {"text": text}, _for_example(self))
        return _accepted(self, int(packed.replace("−", "-")), text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return str(value) if self.most < 10_000 or not isinstance(value, int) else show_number(value)


YEAR: Final = Number(1900, 2200, 2026)


@dataclass(frozen=True, slots=True)
class Money(FieldType):
    """Whole kronor, never negative."""

    absent: Words = Words("inte känt", "not known")

    @property
    def example(self) -> str:
        return "45000"

    def problem(self, value: Value) -> str | None:
        if isinstance(value, float):
            return _("has öre; the registry counts whole kronor and rounds nothing")
        if not isinstance(value, int) or isinstance(value, bool):
            return _("is not an amount in whole kronor")
        if value < 0:
            return _("is below zero")
        if value > MAXIMUM:
            return _("is more than %(most)s") % {"most": show_money(MAXIMUM)}
        return None

    def parse(self, text: str) -> int:
        return _accepted(self, parse_money(text), text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return show_money(value) if isinstance(value, int) else str(value)

    def typed(self, value: Value) -> str:
        return show_number(value).replace("\u00a0", " ") if isinstance(value, int) else str(value)


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
        raise BadInput(_("“%(text)s” is neither yes nor no.") % {"text": text}, _("Write yes or no."))

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
        return _accepted(self, parse_date(text), text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return show_date(value) if isinstance(value, date) else str(value)

    def typed(self, value: Value) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True, slots=True)
class OneOf(FieldType):
    """A choice."""

    options: tuple[Choice, ...]

    @property
    def example(self) -> str:
        return self.options[0].value

    def problem(self, value: Value) -> str | None:
        if any(option.value == value for option in self.options):
            return None
        return _("is none of %(choices)s") % {"choices": ", ".join(option.value for option in self.options)}

    def parse(self, text: str) -> str:
        word = " ".join(text.split()).casefold()
        for option in self.options:
            if word in {option.value, option.label.sv.casefold(), option.label.en.casefold()}:
                return option.value
        raise BadInput(
            _("“%(text)s” is not one of the choices.") % {"text": text},
            _("Write one of %(choices)s.") % {"choices": ", ".join(option.value for option in self.options)},
        )

    def show(self, value: Value, names: Names = BARE) -> str:
        return next((str(option.label) for option in self.options if option.value == value), str(value))


@dataclass(frozen=True, slots=True)
class DecisionText(FieldType):
    """A decision as a protocol has it; which bodies there are is checked against the registry (`references`)."""

    absent: Words = Words("inget beslut", "no decision")

    @property
    def example(self) -> str:
        return EXAMPLE

    def problem(self, value: Value) -> str | None:
        if not isinstance(value, str):
            return _("is not a decision; write it between quotation marks")
        try:
            parse_decision(value)
        except BadInput as error:
            return error.message.removesuffix(".")
        return None

    def parse(self, text: str) -> str:
        return str(parse_decision(text))

    def show(self, value: Value, names: Names = BARE) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Ref(FieldType):
    """A reference to a record in `folder`, by its REF."""

    folder: str
    sample: str

    @property
    def example(self) -> str:
        return self.sample

    def problem(self, value: Value) -> str | None:
        if isinstance(value, str) and is_ref(value) and value.startswith(f"{self.folder}/"):
            return None
        return _("does not name a record in %(folder)s") % {"folder": self.folder}

    def parse(self, text: str) -> str:
        clean = text.strip()
        return _accepted(self, clean if "/" in clean else f"{self.folder}/{clean}", text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return names.record(str(value))


@dataclass(frozen=True, slots=True)
class Person(FieldType):
    """An id of the people book; the name stays there (DESIGN.md section 5)."""

    absent: Words = Words("vakant", "vacant")

    @property
    def example(self) -> str:
        return "p-7k2m9x"

    def problem(self, value: Value) -> str | None:
        if isinstance(value, str) and is_person(value):
            return None
        return _("is not a person id; names stay in the people book")

    def parse(self, text: str) -> str:
        return _accepted(self, text.strip(), text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return names.person(str(value))


@dataclass(frozen=True, slots=True)
class Country(FieldType):
    """An ISO 3166-1 code of two capitals."""

    @property
    def example(self) -> str:
        return "DK"

    def problem(self, value: Value) -> str | None:
        return None if value in COUNTRIES else _("is not a country code of two capitals")

    def parse(self, text: str) -> str:
        return parse_country(text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return country_name(str(value))


@dataclass(frozen=True, slots=True)
class Goal(FieldType):
    """One of the policy's goals, by id; which there are is checked against the policy (`references`)."""

    @property
    def example(self) -> str:
        return "democracy"

    def problem(self, value: Value) -> str | None:
        return ENTRY_ID.problem(value)

    def parse(self, text: str) -> str:
        return ENTRY_ID.parse(text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return names.goal(str(value))


@dataclass(frozen=True, slots=True)
class SetOf(FieldType):
    """Several values of one type, in no order that means anything; merged by additions and removals."""

    item: FieldType
    absent: Words = Words("inga angivna", "none stated")

    @property
    def example(self) -> str:
        return f'["{self.item.example}"]'

    def problem(self, value: Value) -> str | None:
        if not isinstance(value, list):
            return _("is not a list; write it between square brackets")
        for item in value:
            if reason := self.item.problem(item):
                return f"“{item}” {reason}"
        seen = {str(item) for item in value}
        return None if len(seen) == len(value) else _("names the same thing twice")

    def parse(self, text: str) -> list[Value]:
        parts = [part for part in re.split(r"[,;\n]", text) if part.strip()]
        values: list[Value] = []
        for part in parts:
            if (value := self.item.parse(part.strip())) not in values:
                values.append(value)
        return values

    def show(self, value: Value, names: Names = BARE) -> str:
        return ", ".join(self.item.show(item, names) for item in value) if isinstance(value, list) else str(value)

    def typed(self, value: Value) -> str:
        return ", ".join(self.item.typed(item) for item in value) if isinstance(value, list) else str(value)


@dataclass(frozen=True, slots=True)
class MapOf(FieldType):
    """A value for each of several keys: a result by goal."""

    key: FieldType
    item: FieldType

    @property
    def example(self) -> str:
        return f'{{ {self.key.example} = "{self.item.example}" }}'

    def problem(self, value: Value) -> str | None:
        if not isinstance(value, dict):
            return _("is not a table; write it between braces")
        for key, item in value.items():
            if reason := self.key.problem(key):
                return f"“{key}” {reason}"
            if reason := self.item.problem(item):
                return f"{key}: “{item}” {reason}"
        return None

    def parse(self, text: str) -> dict[str, Value]:
        made: dict[str, Value] = {}
        for part in re.split(r"[,;\n]", text):
            if not part.strip():
                continue
            key, found, item = part.partition("=") if "=" in part else part.partition(":")
            if not found:
                raise BadInput(
                    _("“%(text)s” says no result.") % {"text": part.strip()}, _("Write it like democracy=met.")
                )
            made[self.key.parse(key.strip())] = self.item.parse(item.strip())
        return made

    def show(self, value: Value, names: Names = BARE) -> str:
        if not isinstance(value, dict):
            return str(value)
        return ", ".join(f"{self.key.show(key, names)}: {self.item.show(item, names)}" for key, item in value.items())

    def typed(self, value: Value) -> str:
        if not isinstance(value, dict):
            return str(value)
        return ", ".join(f"{key}={self.item.typed(item)}" for key, item in value.items())


@dataclass(frozen=True, slots=True)
class Table(FieldType):
    """A table of fields, such as an evaluation."""

    fields: tuple[Field, ...] = field(default=())

    @property
    def example(self) -> str:
        return "{ … }"

    def problem(self, value: Value) -> str | None:
        return None if isinstance(value, dict) else _("is not a table")

    def parse(self, text: str) -> Value:
        raise BadInput(
            _("A table is set key by key."), _("Write it like %(example)s.") % {"example": "evaluation.date=2026-08-25"}
        )

    def show(self, value: Value, names: Names = BARE) -> str:
        return show_entry(self.fields, value, names) if isinstance(value, dict) else str(value)


@dataclass(frozen=True, slots=True)
class Tables(FieldType):
    """A list of tables (entries), each of the same fields; entries are followed by their ``id``."""

    fields: tuple[Field, ...] = field(default=())
    entry: Words = Words("post", "entry")
    """What one entry is called."""
    absent: Words = Words("inga", "none")
    telling: tuple[str, ...] = ()
    """The keys that tell one entry from another, in words: ``2026, förvaltningens medel``."""

    @property
    def example(self) -> str:
        return "[[…]]"

    def problem(self, value: Value) -> str | None:
        if not isinstance(value, list):
            return _("is not a list of tables")
        return None

    def parse(self, text: str) -> Value:
        raise BadInput(
            _("A list of tables is set entry by entry."),
            _("Write it like %(example)s.") % {"example": "budget+={year=2026,planned=45000}"},
        )

    def show(self, value: Value, names: Names = BARE) -> str:
        if not isinstance(value, list):
            return str(value)
        return "; ".join(show_entry(self.fields, entry, names) for entry in value if isinstance(entry, dict))


def show_entry(fields: Sequence[Field], entry: Data, names: Names = BARE) -> str:
    """An entry on one line, its values in the order of its fields: ``2026, förvaltningens medel, 45 000 kr``."""
    return ", ".join(
        item.type.show(entry[item.key], names)
        for item in fields
        if item.key in entry and item.key != "id" and entry[item.key] != ""
    )


def _for_example(kind: FieldType) -> str:
    return _("Write it like %(example)s.") % {"example": kind.example}


def _accepted(kind: FieldType, value: Value, text: str) -> Value:
    if reason := kind.problem(value):
        raise BadInput(f"“{text}” {reason}.", _for_example(kind))
    return value
