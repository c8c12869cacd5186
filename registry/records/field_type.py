"""What a type of field is, and what ids are called.

A type is where a new kind of value is added; the form, the card, the command line, validation and commit messages
all ask it. `problem` judges a value as TOML gave it, `parse` what a person typed, `show` makes it readable, `typed`
is what one would type to get it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Final, Protocol, TypeVar

from registry.errors import BadInput
from registry.records.values import Value, told
from registry.words import Words, _

Typed = TypeVar("Typed")


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


class FieldType(ABC):
    """What a value of a field is."""

    __slots__ = ()
    absent: Words = Words("inte angivet", "not stated")
    """What absence means, where the field does not say."""

    @property
    @abstractmethod
    def example(self) -> str:
        """An example of right."""

    @abstractmethod
    def problem(self, value: Value) -> str | None:
        """What is wrong with a value read from TOML, or None."""

    @abstractmethod
    def parse(self, text: str) -> Value:
        """The value that a person typed. Raises `BadInput`."""

    def show(self, value: Value, names: Names = BARE) -> str:
        """The value for people to read, in the language spoken now."""
        return str(value)

    def typed(self, value: Value) -> str:
        """What a person would type to get this value: ``parse(typed(v)) == v``."""
        return str(value)


def for_example(kind: FieldType) -> str:
    """The hint that shows an example of right."""
    return _("Write it like %(example)s.") % {"example": kind.example}


def worded(value: Value, reason: str) -> str:
    """What is wrong with `value`, which is said before it unless it is a whole list or table."""
    if isinstance(value, (list, tuple, Mapping)):
        return reason
    return _("“%(value)s” %(reason)s") % {"value": told(value), "reason": reason}


def accepted(kind: FieldType, value: Typed, text: str) -> Typed:
    """`value`, which was read from what a person typed, if its type has nothing against it. Raises `BadInput`."""
    if reason := kind.problem(value):
        raise BadInput(f"{worded(text, reason)}.", for_example(kind))
    return value
