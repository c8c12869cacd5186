"""Inputs of one line: text, numbers, money, and whatever else is typed and read as it is typed."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from registry.errors import BadInput
from registry.records.types import Money
from registry.words import _
from tui.forms.desk import Desk
from tui.forms.field_input import FieldInput, Tone
from tui.forms.slots import Slot
from tui.forms.suggestions import Suggestion, Suggestions
from tui.widgets.inputs import LineInput


class LineField(FieldInput, LineInput):
    """A field of one line. What is typed is read at every keystroke; what cannot be read stays, and says why."""

    replaces = False
    """Whether what stands there is selected on arrival, so that typing replaces it."""

    def __init__(self, slot: Slot, desk: Desk, label: str = "") -> None:
        self.attach(slot, desk, label)
        if slot.typed:
            self.put(slot.typed)
        self._known = self.stored()
        super().__init__(self._known, placeholder=self.absent, select_on_focus=self.replaces, classes="field")

    def hint(self) -> str:
        """How to write here; said in the empty field while somebody is in it."""
        return ""

    def on_focus(self) -> None:
        """Say how to write here."""
        self.placeholder = " · ".join(filter(None, (self.absent, self.hint())))

    def on_blur(self) -> None:
        """Say what it means that nothing stands here."""
        self.placeholder = self.absent

    def stored(self) -> str:
        """The text for what stands in the slot."""
        if self.slot.typed:
            return self.slot.typed
        value = self.slot.value
        return "" if value is None else self.slot.type.typed(value)

    def put(self, text: str) -> None:
        """Read the text and put it into the slot."""
        self.slot.put_text(text)

    def renew(self) -> None:
        """Show what the slot has now."""
        self._known = self.stored()
        self.value = self._known
        self.cursor_position = len(self._known)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A keystroke. What counts is what stands there now: the field itself may have written since."""
        event.stop()
        event.prevent_default()  # a class that calls this as its base's has done it all
        if self.value != self._known:
            self._known = self.value
            self.put(self.value)
            self.edited()

    def on_key(self, event: events.Key) -> None:
        """Enter and the arrows go on; everything else is typing."""
        self.leave_by(event)


class NumberField(LineField):
    """A number, or a year; its unit stands beside it."""


class MoneyField(LineField):
    """An amount, said again as amounts are written."""

    def echo(self) -> str:
        """``45 000 kr``."""
        value = self.slot.value
        return "" if value is None else Money().show(value)


class SuggestingField(LineField):
    """A line with a list under it that narrows as one types."""

    _offered_for: str = ""
    """What was typed when the list was opened; "" where it shows all."""

    def offered(self, typed: str) -> tuple[list[Suggestion], str]:
        """What to suggest for what stands in the field, and a line of words under it."""
        raise NotImplementedError

    def take(self, suggestion: Suggestion) -> None:
        """A suggestion was chosen."""
        raise NotImplementedError

    @property
    def suggestion_anchor(self) -> SuggestingField:
        """The list opens under the field."""
        return self

    @property
    def _list(self) -> Suggestions:
        return self.screen.query_one(Suggestions)

    @property
    def _is_open(self) -> bool:
        return self._list.owner is self

    def offer(self, typed: str | None = None) -> None:
        """Open the list for what stands in the field, or for `typed`."""
        self._offered_for = self.value if typed is None else typed
        rows, more = self.offered(self._offered_for)
        self._list.open(self, rows, more)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A keystroke: read it, and narrow the list."""
        typed = self.value != self._known
        super().on_input_changed(event)
        if typed and self.has_focus:
            if self.value or self._is_open:
                self.offer()
            else:
                self._list.close()

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list, Enter takes what is under its cursor, Esc closes it."""
        if self._is_open and event.key in {"up", "down", "enter", "escape", "tab"}:
            current = self._list.current
            if event.key in {"up", "down"}:
                self._list.move(-1 if event.key == "up" else 1)
            elif event.key == "tab":
                if len(self._list.rows) == 1 and current is not None and not current.key.startswith("+"):
                    self.take(current)
                self._list.close()
                return
            elif event.key == "enter" and current is not None:
                self.take(current)
            else:
                self._list.close()
            event.stop()
            event.prevent_default()
        elif event.key in {"down", "f4"}:
            event.stop()
            event.prevent_default()
            self.offer("")

    def on_blur(self) -> None:
        """The list goes when the focus does."""
        if self._is_open:
            self._list.close()


class DecisionField(SuggestingField):
    """A decision, parsed as it is typed; bodies and the decisions in use are offered."""

    def hint(self) -> str:
        """An example."""
        return self.slot.type.example

    @property
    def note(self) -> tuple[str, Tone]:
        """The body's name and the day in words, or what is wrong; a body nobody knows is pointed out."""
        if self.slot.problem or self.found or not self.value.strip():
            return super().note
        try:
            return self.desk.in_words(self.value), "good"
        except BadInput as error:
            return str(error), "warning"

    def offered(self, typed: str) -> tuple[list[Suggestion], str]:
        """Decisions that are in use, and while the first word is typed the bodies that decide."""
        folded = typed.strip().casefold()
        used = [Suggestion(one, one) for one in self.desk.decisions if folded in one.casefold() and one != typed]
        bodies = [
            Suggestion(f"{short} ", f"{short} · {name}")
            for short, name in sorted(self.desk.bodies.items())
            if " " not in typed and (short.casefold().startswith(folded) or folded in name.casefold())
        ]
        rows = [*bodies[: 4 if used else None], *used]
        return ([] if self.slot.value and not self.slot.problem and folded else rows), ""

    def take(self, suggestion: Suggestion) -> None:
        """A whole decision, or the body that one begins with."""
        self.value = suggestion.key
        self.cursor_position = len(self.value)
        if not suggestion.key.endswith(" "):
            self._list.close()


def nothing_called(text: str) -> str:
    """What is said of a text that names none of the options."""
    return _("Nothing here is called “%(text)s”. Choose from the list.") % {"text": text}
