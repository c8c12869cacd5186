"""Which input each type of value gets: one table. A new type of field gets its input here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.app import ComposeResult
from textual.widget import Widget

from registry.records.fields import Field
from registry.records.types import (
    Country,
    Date,
    DecisionText,
    FieldType,
    Goal,
    MapOf,
    Money,
    Number,
    OneOf,
    Pattern,
    Person,
    Ref,
    SetOf,
    Table,
    Tables,
    Text,
    YesNo,
)
from registry.words import _, lowered
from tui.forms.choices import FEW, CheckField, ChoiceField
from tui.forms.dates import DateField
from tui.forms.desk import Desk
from tui.forms.entry_list import EntryList
from tui.forms.group import Group, goals_wanted
from tui.forms.lines import DecisionField, LineField, MoneyField, NumberField
from tui.forms.long_text import LongField
from tui.forms.page import FieldList, FixedField, Maker
from tui.forms.picking import PickField, SetField
from tui.forms.slots import Slot

Made = Callable[[Slot, Desk, str], Widget]


def _text(slot: Slot, desk: Desk, label: str) -> Widget:
    long = isinstance(slot.type, Text) and slot.type.long
    return (LongField if long else LineField)(slot, desk, label)


def _one_of(slot: Slot, desk: Desk, label: str) -> Widget:
    few = isinstance(slot.type, OneOf) and len(slot.type.options) <= FEW
    return (ChoiceField if few else PickField)(slot, desk, label)


def _set_of(slot: Slot, desk: Desk, label: str) -> Widget:
    kind = slot.type
    few = isinstance(kind, SetOf) and isinstance(kind.item, (OneOf, Goal)) and 0 < len(desk.options(kind).all) <= FEW
    return (CheckField if few else SetField)(slot, desk, label)


INPUTS: Final[dict[type[FieldType], Made]] = {
    Text: _text,
    Pattern: LineField,
    Number: NumberField,
    Money: MoneyField,
    Date: DateField,
    YesNo: ChoiceField,
    OneOf: _one_of,
    DecisionText: DecisionField,
    Ref: PickField,
    Person: PickField,
    Country: PickField,
    Goal: PickField,
    SetOf: _set_of,
}
"""Type → its input. Tables, lists of tables and maps are made of the inputs of what is in them."""


class FormMaker:
    """Makes the inputs of one form; `root` is the record that is being edited."""

    def __init__(self, desk: Desk, root: Group) -> None:
        self.desk = desk
        self.root = root

    def inputs(self, field: Field, group: Group, before: str = "") -> list[Widget]:
        """The widgets for one field of `group`; a table gives those of its own fields."""
        label = f"{before}: {lowered(str(field.label))}" if before else str(field.label)
        slot = Slot(group, field)
        if field.automatic:
            return [FixedField(slot, self.desk, label)]
        if isinstance(field.type, Table) and field.key in group.inner:
            inside = group.inner[field.key]
            return [widget for item in field.fields for widget in self.inputs(item, inside)]
        if isinstance(field.type, Tables) and field.key in group.lists:
            return [EntryList(slot, self, label)]
        if isinstance(field.type, MapOf):
            return [GoalList(field, group, self)]
        if made := INPUTS.get(type(field.type)):
            return [made(slot, self.desk, label)]
        return [FixedField(slot, self.desk, label, _("cannot be edited here; press Esc, then o, to open the file"))]


class GoalList(FieldList):
    """A value for each of several keys: one choice a goal of the record."""

    def __init__(self, field: Field, group: Group, maker: Maker) -> None:
        super().__init__((field,), group, maker)
        self.field = field
        self._shown = self._wanted()

    def holds(self, group: Group, key: str) -> bool:
        """Whether it is the map `key` of `group`."""
        return self._group is group and self.field.key == key

    def _wanted(self) -> list[str]:
        return goals_wanted(self._maker.root, self.field.key, self._group)

    def compose(self) -> ComposeResult:
        """A choice for each."""
        yield from self._made()

    def _made(self) -> list[Widget]:
        kind, desk = self.field.type, self._maker.desk
        if not self._shown or not isinstance(kind, MapOf):
            return [FixedField(Slot(self._group, self.field), desk, "", _("the record has no goals"))]
        return [
            ChoiceField(
                Slot(self._group, self.field, goal), desk, f"{self.field.label}: {kind.key.show(goal, desk.names)}"
            )
            for goal in self._shown
        ]

    def resync(self) -> None:
        """The record has other goals now."""
        wanted = self._wanted()
        if wanted != self._shown:
            self._shown = wanted
            self.remove_children()
            self.mount(*self._made())
            self.call_after_refresh(self.note_all)
