"""One value of a group, as an input sees it: what stands there, what was typed, and where to put what is typed next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry.errors import BadInput
from registry.records.fields import Field
from registry.records.types import FieldType, MapOf, Text
from registry.records.values import Value
from registry.words import _
from tui.forms.group import Group


@dataclass(frozen=True, eq=False)
class Slot:
    """The place of one value. `item` is the key in a map, "" elsewhere."""

    group: Group
    field: Field
    item: str = ""

    @property
    def type(self) -> FieldType:
        """The type of the value that belongs here."""
        kind = self.field.type
        return kind.item if self.item and isinstance(kind, MapOf) else kind

    @property
    def key(self) -> str:
        """What the place is called in its group: ``start``, ``results.democracy``."""
        return f"{self.field.key}.{self.item}" if self.item else self.field.key

    @property
    def value(self) -> Value:
        """What stands there; None for nothing."""
        found = self.group.values.get(self.field.key)
        if not self.item:
            return found
        return found.get(self.item) if isinstance(found, Mapping) else None

    @property
    def typed(self) -> str:
        """What was typed there and is no value; "" where all is well."""
        found = self.group.unread.get(self.key)
        return found.text if found else ""

    @property
    def problem(self) -> str:
        """Why what was typed there is no value."""
        found = self.group.unread.get(self.key)
        return found.problem if found else ""

    def put(self, value: Value) -> None:
        """Put a value there, None for none."""
        if self.item:
            self.group.put_in_map(self.field.key, self.item, value)
        else:
            self.group.put(self.field.key, value)

    def put_unread(self, text: str, problem: str) -> None:
        """Keep a text that is no value."""
        self.group.put_unread(self.key, text, problem)

    def put_text(self, text: str) -> None:
        """Put there what a person typed: the value that it means, or the text itself with what is wrong with it."""
        if not text.strip():
            self.put(None)
            return
        try:
            require_writable(text)
            self.put(self.type.parse(text.strip().replace("\r\n", "\n") if isinstance(self.type, Text) else text))
        except BadInput as error:
            self.put_unread(text, str(error))


def require_writable(text: str) -> None:
    """Raises `BadInput` for halves of characters, which no file can hold and a terminal may paste."""
    if not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        raise BadInput(_("The text has halves of characters, which no file can hold."), _("Write it anew."))
