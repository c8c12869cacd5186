"""Types of values that point at something else: records, people, goals, countries, decisions."""

from __future__ import annotations

from dataclasses import dataclass

from registry.records.countries import COUNTRIES, country_name, parse_country
from registry.records.decisions import EXAMPLE, decision_problem, parse_decision
from registry.records.field_type import BARE, FieldType, Names, accepted
from registry.records.plain_types import ENTRY_ID
from registry.records.refs import is_person, is_ref
from registry.records.values import Value
from registry.words import Words, _


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
        return decision_problem(value)

    def parse(self, text: str) -> str:
        return str(parse_decision(" ".join(text.split())))

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
        clean = text.strip().removesuffix(".toml")
        return accepted(self, clean if "/" in clean else f"{self.folder}/{clean}", text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return names.record(value) if isinstance(value, str) and is_ref(value) else str(value)


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
        return accepted(self, text.strip(), text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return names.person(str(value))


@dataclass(frozen=True, slots=True)
class Country(FieldType):
    """An ISO 3166-1 code of two capitals."""

    @property
    def example(self) -> str:
        return "DK"

    def problem(self, value: Value) -> str | None:
        return None if isinstance(value, str) and value in COUNTRIES else _("is not a country code of two capitals")

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
        return None if ENTRY_ID.problem(value) is None else _("is not the id of a goal")

    def parse(self, text: str) -> str:
        return accepted(self, text.strip(), text)

    def show(self, value: Value, names: Names = BARE) -> str:
        return names.goal(str(value))
