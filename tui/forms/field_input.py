"""What every input of a form has in common: the slot that it fills, its label, and what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual import events
from textual.message import Message
from textual.widget import Widget

from registry.words import _
from tui.forms.desk import Desk
from tui.forms.slots import Slot

Tone = Literal["muted", "good", "warning", "bad"]

if TYPE_CHECKING:
    _Widget = Widget
else:
    _Widget = object

WIDEST = 64
"""Cells of an input that takes all there is: longer lines are hard to read."""


class FieldInput(_Widget):
    """Mixed into a widget, named before it. The list of fields that it stands in draws its label and its note."""

    slot: Slot
    desk: Desk
    label: str = ""
    label_beside: bool = True
    """Whether the list of fields draws the label, to its left."""
    echo_below: bool = True
    """Whether the echo may take a line of its own where there is no room beside."""
    found: tuple[str, Tone] | None = None
    """What the form has to say of the value, and how grave it is; set by the form."""

    class Edited(Message):
        """What stands in the input, or in the list of entries, is another now."""

        def __init__(self, source: Widget) -> None:
            super().__init__()
            self.source = source

    class Noted(Message):
        """The note beside it is another now, though the value is not."""

        def __init__(self, source: Widget) -> None:
            super().__init__()
            self.source = source

    def attach(self, slot: Slot, desk: Desk, label: str = "") -> None:
        """Say what it is for; called by every input when it is made."""
        self.slot = slot
        self.desk = desk
        self.label = label or str(slot.field.label)

    def echo(self) -> str:
        """What the value means, in words, where the input does not say it itself."""
        units = self.slot.field.units
        return str(units) if units and self.slot.value is not None else ""

    @property
    def note(self) -> tuple[str, Tone]:
        """What stands beside or below: what is wrong, else what was found, else the echo."""
        if problem := self.slot.problem:
            return problem, "bad"
        return self.found or (self.echo(), "muted")

    @property
    def absent(self) -> str:
        """What it means that nothing stands here."""
        return _("needed") if self.slot.field.required else str(self.slot.field.absent)

    def edited(self) -> None:
        """Tell the form."""
        self.post_message(self.Edited(self))

    def renew(self) -> None:
        """Show what stands in the slot, which something else has changed."""

    def leave_by(self, event: events.Key) -> bool:
        """Enter and the arrows lead to the next field and the one before; whether `event` was one of them."""
        if event.key not in {"up", "down", "enter"}:
            return False
        event.stop()
        event.prevent_default()
        (self.screen.focus_previous if event.key == "up" else self.screen.focus_next)()
        return True
