"""How a record is described: its fields once, and everything else is made from that.

The form, the card, `vanort show`, validation, the words in commit messages and the spreadsheets all read these
descriptions. To add a field, add one `Field` to its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from registry.records.types import ENTRY_ID, FieldType, OneOf, Table, Tables
from registry.records.values import Data
from registry.words import Words

Condition = Callable[[Data], bool]
"""Whether a field or a section matters, given the record (or entry) it stands in."""


class HasFields:
    """What holds fields: a kind of record, or a field that is a table or a list of tables."""

    if TYPE_CHECKING:

        @property
        def fields(self) -> tuple[Field, ...]:
            """The fields inside."""

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """The fields inside by key, in their order."""
        return {field.key: field for field in self.fields}

    @cached_property
    def required_keys(self) -> tuple[str, ...]:
        """The keys inside without which a record or an entry is not valid."""
        return tuple(field.key for field in self.fields if field.required)

    @cached_property
    def ordered_keys(self) -> tuple[str, ...]:
        """The keys inside of dates that must not be earlier than another."""
        return tuple(field.key for field in self.fields if field.not_before)


@dataclass(frozen=True)
class Field(HasFields):
    """One key of a record."""

    key: str
    type: FieldType
    label: Words
    help: Words = Words("", "")
    absent_words: Words | None = None
    """What absence means; None: what the type says."""
    clause: str = ""
    """The clause of the policy that it serves."""
    required: bool = False
    """A record without it is not valid."""
    automatic: bool = False
    """Set by the app; the form shows it and does not ask for it."""
    weighty: bool = False
    """Status, money, commitments, dates: a change of it after a decision asks why in words (DESIGN.md section 3)."""
    matters: Condition | None = None
    """When the form and the card show it though it is empty; None: always."""
    not_before: str = ""
    """The key of a date beside it that must not be later."""
    units: Words | None = None

    @property
    def absent(self) -> Words:
        """What it means that there is no value."""
        return self.absent_words or self.type.absent

    @cached_property
    def implied(self) -> str | None:
        """The choice that no value stands for, where absence is called the same as one of them: a project is an idea."""
        options = self.type.options if isinstance(self.type, OneOf) else ()
        return next((choice.value for choice in options if choice.label == self.absent), None)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields inside, for a table or a list of tables; for a list with its ``id``."""
        if isinstance(self.type, Tables):
            return self.type.fields if any(f.key == "id" for f in self.type.fields) else (*self.type.fields, ID)
        return self.type.fields if isinstance(self.type, Table) else ()

    def inner(self, key: str) -> Field | None:
        """The field `key` inside."""
        return self.by_key.get(key)


ID: Final = Field(
    "id",
    ENTRY_ID,
    Words("Id", "Id"),
    Words("Det namn posten följs under.", "The name the entry is followed by."),
    automatic=True,
)


@dataclass(frozen=True)
class Section:
    """Fields that belong together, on the card and in the form."""

    label: Words
    fields: tuple[Field, ...]
    matters: Condition | None = None
    """When the form opens it though it is empty; None: always."""


@dataclass(frozen=True)
class Kind(HasFields):
    """A kind of record."""

    id: str
    """``departments``, ``twin-towns``, ``projects`` (its folder), or ``registry`` and ``policy`` (single records)."""
    one: Words
    many: Words
    new: Words
    """What a new one is called: ``Nytt projekt``, in the gender of the word."""
    title_key: str
    sections: tuple[Section, ...]
    columns: tuple[str, ...] = ()
    """The keys that a list of such records shows, in order; the first is the title."""
    traits: Callable[[Data], tuple[str, ...]] | None = None
    """What lists are ordered by beside those (`registry.records.traits`)."""

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in the order of the form."""
        return tuple(field for section in self.sections for field in section.fields)

    @cached_property
    def as_field(self) -> Field:
        """A whole record, as a field that is one table: for what is typed in one go."""
        return Field(self.id, Table(self.fields), self.one)

    @property
    def single(self) -> bool:
        """Whether there is one record of this kind and no folder."""
        return self.id in {"registry", "policy"}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The keys in the order that a new file has them."""
        return tuple(field.key for field in self.fields)

    def walk(self) -> Iterator[tuple[str, Field]]:
        """Every field with its path pattern, ``budget[].year``."""
        for field in self.fields:
            yield field.key, field
            opening = "[]." if isinstance(field.type, Tables) else "."
            for inner in field.fields:
                yield f"{field.key}{opening}{inner.key}", inner
