"""What is asked when something is saved: why, as a choice or in words, and under which decision."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from registry.records.fields import Field
from tui.forms.choices import CheckField, ChoiceField
from tui.forms.desk import Desk
from tui.forms.group import Group
from tui.forms.lines import DecisionField, LineField
from tui.forms.page import Maker
from tui.forms.slots import Slot


class ReasonField(ChoiceField):
    """Why, as a choice. One letter chooses; more of them are words, and go to the line that takes words."""

    def attach(self, slot: Slot, desk: Desk, label: str = "") -> None:
        """With no letter typed yet."""
        super().attach(slot, desk, label)
        self._begun = ""
        self._before: int | None = None

    def on_key(self, event: events.Key) -> None:
        """A second letter takes back what the first chose, and both are the beginning of the words."""
        letter = event.character if event.character and event.is_printable else ""
        if not letter or (letter == " " and not self._begun):
            self._begun = ""
        elif not self._begun:
            self._begun, self._before = letter, self.at if self.chosen else None
        else:
            event.stop()
            event.prevent_default()
            self.clear() if self._before is None else self.choose(self._before)
            self._write(self._begun + letter)

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted is words."""
        event.stop()
        self._write(" ".join(event.text.split()))

    def _write(self, text: str) -> None:
        """Go on in the line that takes words."""
        words = self.screen.query_one("#save-words", LineField)
        words.value += text
        words.focus()
        words.cursor_position = len(words.value)
        self._begun = ""

    def on_blur(self) -> None:
        """What is typed next time is another word."""
        self._begun = ""


class AskedMaker(Maker):
    """The inputs of the questions."""

    def __init__(self, desk: Desk, root: Group) -> None:
        self.desk = desk
        self.root = root

    def inputs(self, field: Field, group: Group, before: str = "") -> list[Widget]:  # noqa: ARG002
        """One each."""
        slot = Slot(group, field)
        if field.key == "override":
            return [CheckField(slot, self.desk)]
        if field.key == "reason":
            return [ReasonField(slot, self.desk)]
        if field.key == "decision":
            return [DecisionField(slot, self.desk)]
        words = LineField(slot, self.desk)
        words.id = "save-words"
        return [words]
