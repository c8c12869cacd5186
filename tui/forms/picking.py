"""Inputs that pick by typing: another record, a person, a country, a goal; one of them, or several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from textual.message import Message

from registry.errors import BadInput
from registry.plain_text import line as one_line
from registry.records.types import FieldType, Person, SetOf
from registry.records.values import told
from registry.words import _, ngettext
from tui.forms.desk import Desk
from tui.forms.lines import SuggestingField, nothing_called
from tui.forms.options import Option, Options
from tui.forms.slots import Slot, require_writable
from tui.forms.suggestions import MOST, Suggestion

if TYPE_CHECKING:
    from registry.records.values import Value

_ADD: Final = "+"
_BETWEEN: Final = "; "


class PickField(SuggestingField):
    """One thing out of many, found by typing any part of its name."""

    replaces = True

    class AddWanted(Message):
        """Something is to be added that is not among the options; `typed` is what was typed so far."""

        def __init__(self, field: PickField, typed: str) -> None:
            super().__init__()
            self.field = field
            self.typed = typed

    def __init__(self, slot: Slot, desk: Desk, label: str = "") -> None:
        self._taken: dict[str, str] = {}
        """Text as it stands in the field → the value that was picked for it, where names are not enough."""
        super().__init__(slot, desk, label)

    def hint(self) -> str:
        """That it searches."""
        return _("type to search, ↓ shows all")

    @property
    def item_type(self) -> FieldType:
        """The type of what is picked."""
        return self.slot.type

    @property
    def options(self) -> Options:
        """What there is to pick."""
        return self.desk.options(self.item_type)

    def stored(self) -> str:
        """The name of what was picked."""
        if self.slot.typed:
            return self.slot.typed
        return self.name_for(self.slot.value) if isinstance(self.slot.value, str) else ""

    def name_for(self, value: str) -> str:
        """What stands in the field for a value."""
        option = self.options.by_value.get(value)
        words = self.options.text_for(value) if option else self.item_type.show(value, self.desk.names)
        name = one_line(words)
        self._taken[name] = value
        return name

    def value_of(self, text: str) -> str:
        """The value that is called `text`. Raises `BadInput`."""
        require_writable(text)
        clean = text.strip()
        if clean in self._taken:
            return self._taken[clean]
        if (option := self.options.named(clean)) is not None:
            return option.value
        try:
            found = str(self.item_type.parse(clean))
        except BadInput:
            found = ""
        if found in self.options.by_value:
            return found
        raise BadInput(nothing_called(told(clean)))

    def put(self, text: str) -> None:
        """The value that is named, or the text with what is wrong."""
        try:
            self.slot.put(self.value_of(text) if text.strip() else None)
        except BadInput as error:
            self.slot.put_unread(text, str(error))

    def echo(self) -> str:
        """Where somebody is named twice in the book: who is meant."""
        option = self.options.by_value.get(str(self.slot.value)) if self.slot.value else None
        return option.detail if option and isinstance(self.item_type, Person) else ""

    def wanted(self, typed: str) -> str:
        """The part of what is typed that is being looked for."""
        return typed

    def offered(self, typed: str) -> tuple[list[Suggestion], str]:
        """The options that have the words; at the end, adding one."""
        wanted = self.wanted(typed)
        adds = self.options.adds
        room = MOST - bool(adds)
        rows = [
            Suggestion(option.value, self._line(option), self.is_chosen(option))
            for option in self.options.find(wanted, room)
        ]
        if adds:
            rows.append(Suggestion(_ADD, f"+ {adds}"))
        left = self.options.count(wanted) - room
        more = ngettext("… and %(count)s more; type on", "… and %(count)s more; type on", left) % {"count": left}
        return rows, more if left > 0 else ""

    def _line(self, option: Option) -> str:
        return option.line if isinstance(self.item_type, Person) else option.name

    def is_chosen(self, option: Option) -> bool:
        """Whether it stands in the field already."""
        return bool(option.value == self.slot.value)

    def take(self, suggestion: Suggestion) -> None:
        """Put what was chosen into the field, or ask for something new."""
        self._list.close()
        if suggestion.key == _ADD:
            self.post_message(self.AddWanted(self, self.wanted(self.value) if self.slot.problem else ""))
        else:
            self.pick(suggestion.key)

    def pick(self, value: str) -> None:
        """Take this value."""
        self.slot.put(value)
        self.renew()
        self.edited()


class SetField(PickField):
    """Several things, with semicolons between them; the last one is being typed."""

    replaces = False

    @property
    def item_type(self) -> FieldType:
        """The type of one of them."""
        kind = self.slot.type
        return kind.item if isinstance(kind, SetOf) else kind

    @property
    def _typing(self) -> bool:
        """Whether the list is open for what is being typed, and not to show all there is."""
        return bool(self._offered_for)

    @property
    def _values(self) -> list[Value]:
        found = self.slot.value
        return list(found) if isinstance(found, list) else []

    def stored(self) -> str:
        """Their names."""
        if self.slot.typed:
            return self.slot.typed
        return _BETWEEN.join(self.name_for(str(value)) for value in self._values)

    def put(self, text: str) -> None:
        """The values that are named; where one part names none, the whole text with what is wrong."""
        try:
            self.slot.put(self._read(text))
        except BadInput as error:
            self.slot.put_unread(text, str(error))

    def _read(self, text: str) -> list[str]:
        found: list[str] = []
        for part in filter(str.strip, text.split(";")):
            try:
                values = [self.value_of(part)]
            except BadInput:
                if "," not in part:
                    raise
                values = [self.value_of(piece) for piece in filter(str.strip, part.split(","))]
            found.extend(value for value in values if value not in found)
        return found

    def echo(self) -> str:
        """How many, where the line is too short for them."""
        count = len(self._values)
        if count < 2 or len(self.value) < self.size.width:
            return ""
        return ngettext("%(count)s chosen", "%(count)s chosen", count) % {"count": count}

    def wanted(self, typed: str) -> str:
        """The last part."""
        return re.split(r"[;,]", typed)[-1].strip()

    def is_chosen(self, option: Option) -> bool:
        """Whether it is among them."""
        return option.value in self._values

    def pick(self, value: str) -> None:
        """One more; one that is there already is taken away."""
        kept, wanted = self.value, self.wanted(self.value)
        if self._typing and wanted:
            kept = kept[: kept.rindex(wanted)]
        try:
            values = self._read(kept)
        except BadInput:
            values = [str(one) for one in self._values]
        values = [one for one in values if one != value] if value in values else [*values, value]
        self.slot.put(values)
        self.renew()
        if values:
            self._known = self.value = self.value + _BETWEEN
            self.cursor_position = len(self.value)
        self.edited()

    def on_blur(self) -> None:
        """What was begun is put in order: no semicolon at the end."""
        if not self.slot.typed:
            self.renew()
