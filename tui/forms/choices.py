"""Inputs that show all their choices: one of a few, yes, no or unknown, and any of a few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from registry.plain_text import fold
from registry.records.types import OneOf, SetOf, YesNo
from registry.records.values import Value
from registry.words import _
from tui.forms.desk import Desk
from tui.forms.field_input import FieldInput
from tui.forms.slots import Slot
from tui.text import fit, one_line

_GAP: Final = 2
FEW: Final = 9
"""Choices that are all shown; of more, one is picked by typing."""


class Choice(NamedTuple):
    """One of the choices: its value (None for no value) and its word."""

    value: Value
    name: str


class ChoiceLine(Widget, can_focus=True):
    """The choices beside each other, over as many lines as they need. The arrows, a first letter or a click choose."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--chosen", "choice--here", "choice--other"}
    MARKS: ClassVar[tuple[str, str]] = ("● ", "○ ")
    """Before what is chosen, and before what is not."""

    class Chosen(Message):
        """Another choice was made."""

        def __init__(self, line: ChoiceLine) -> None:
            super().__init__()
            self.line = line

        @property
        def control(self) -> ChoiceLine:
            """Where it was made."""
            return self.line

    def __init__(self, choices: Sequence[Choice], *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.choices = tuple(choices)
        self.at = 0
        """The choice that the keys are on."""
        self.chosen: set[int] = set()

    # where they stand

    def _places(self, width: int) -> list[tuple[int, int, int]]:
        """For each choice its line, its column and its width."""
        places: list[tuple[int, int, int]] = []
        x = y = 0
        for choice in self.choices:
            cells = min(width, cell_len(self.MARKS[0]) + cell_len(one_line(choice.name)))
            if x and x + cells > width:
                x, y = 0, y + 1
            places.append((y, x, cells))
            x += cells + _GAP
        return places

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the choices need."""
        return self._places(max(1, width))[-1][0] + 1 if self.choices else 1

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """All of them on one line, if there is room."""
        return sum(cell_len(self.MARKS[0] + one_line(choice.name)) + _GAP for choice in self.choices) - _GAP

    def render_line(self, y: int) -> Strip:
        """One line of them."""
        base, width = self.rich_style, self.size.width
        styles = {
            name: base + self.get_component_rich_style(f"choice--{name}", partial=True)
            for name in ("chosen", "here", "other")
        }
        segments: list[Segment] = []
        x = 0
        for index, (line, column, cells) in enumerate(self._places(max(1, width))):
            if line != y:
                continue
            chosen = index in self.chosen
            style = styles["chosen" if chosen else "other"]
            if self.has_focus and index == self.at:
                style += styles["here"]
            text = fit(self.MARKS[0 if chosen else 1] + one_line(self.choices[index].name), cells)
            segments += [Segment(" " * (column - x), base), Segment(text, style)]
            x = column + cells
        return Strip(segments).adjust_cell_length(width, base)

    # choosing

    def choose(self, index: int) -> None:
        """Make a choice."""
        self.at = index
        if self.chosen != {index}:
            self.chosen = {index}
            self.changed()
        self.refresh()

    def clear(self) -> None:
        """Choose nothing."""
        none = next((i for i, choice in enumerate(self.choices) if choice.value is None), None)
        if none is not None:
            self.choose(none)
        elif self.chosen:
            self.chosen = set()
            self.changed()
            self.refresh()

    def changed(self) -> None:
        """Tell whoever asks."""
        self.post_message(self.Chosen(self))

    def step(self, by: int) -> None:
        """To the choice beside; it is made at once."""
        if self.chosen or by < 0:
            self.choose((self.at + by) % len(self.choices))
        else:
            self.choose(self.at)

    def on_key(self, event: events.Key) -> None:
        """Left and right, a first letter, Delete for none. No letter gets past: it would do something elsewhere."""
        if event.key in {"left", "right"}:
            self.step(-1 if event.key == "left" else 1)
        elif event.key in {"delete", "backspace"}:
            self.clear()
        elif event.key == "space":
            self.press()
        elif event.character and event.is_printable and event.character.isalnum():
            self._letter(event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def press(self) -> None:
        """The space bar: the choice that the keys are on."""
        self.choose(self.at)

    def _letter(self, letter: str) -> None:
        wanted = fold(letter)
        after = [*range(self.at + 1, len(self.choices)), *range(self.at + 1)]
        if not self.chosen and self.choices:
            after = [self.at, *after]
        found = next((i for i in after if fold(self.choices[i].name).startswith(wanted)), None)
        if found is not None:
            self.letter_chose(found)

    def letter_chose(self, index: int) -> None:
        """A first letter leads to this choice."""
        self.choose(index)

    def on_click(self, event: events.Click) -> None:
        """A click on one chooses it."""
        event.stop()
        for index, (line, column, cells) in enumerate(self._places(max(1, self.size.width))):
            if line == event.y and column <= event.x < column + cells:
                self.at = index
                self.press()


class ChoiceField(FieldInput, ChoiceLine):
    """One of a few, all in sight. Where one of them says the same as no value, it stands for that."""

    echo_below = False

    def __init__(self, slot: Slot, desk: Desk, label: str = "") -> None:
        self.attach(slot, desk, label)
        ChoiceLine.__init__(self, self._choices(), classes="field")
        self._show()

    def _choices(self) -> list[Choice]:
        kind, absent = self.slot.type, str(self.slot.field.absent)
        options: list[Choice] = []
        if isinstance(kind, YesNo):
            options = [Choice(True, _("yes")), Choice(False, _("no"))]
        elif isinstance(kind, OneOf):
            options = [Choice(choice.value, str(choice.label)) for choice in kind.options]
        same = next((i for i, choice in enumerate(options) if fold(choice.name) == fold(absent)), None)
        if same is not None and self.slot.value != options[same].value:
            options[same] = options[same]._replace(value=None)
        elif same is None and isinstance(kind, YesNo):
            options.append(Choice(None, absent))
        return options

    def _show(self) -> None:
        value = self.slot.value
        found = next((i for i, choice in enumerate(self.choices) if choice.value == value), None)
        self.chosen = set() if found is None else {found}
        self.at = found or 0

    def renew(self) -> None:
        """Show what the slot has now."""
        self._show()
        self.refresh()

    def changed(self) -> None:
        """Put it into the slot."""
        self.slot.put(self.choices[self.at].value if self.chosen else None)
        self.edited()

    def echo(self) -> str:
        """What it means that nothing is chosen; a value that is no choice is named."""
        if self.chosen:
            return super().echo()
        value = self.slot.value
        return self.absent if value is None else str(value)

    def on_key(self, event: events.Key) -> None:
        """As the line's; the arrows up and down, and Enter, go on."""
        self.leave_by(event)


class CheckField(FieldInput, ChoiceLine):
    """Any of a few, all in sight: the arrows go from one to the next, the space bar or its first letter ticks it."""

    MARKS = ("✓ ", "· ")
    echo_below = False

    def __init__(self, slot: Slot, desk: Desk, label: str = "") -> None:
        self.attach(slot, desk, label)
        kind = slot.type
        options = desk.options(kind.item if isinstance(kind, SetOf) else kind).all
        strange = [str(value) for value in self._values if all(option.value != value for option in options)]
        choices = [*(Choice(o.value, o.name) for o in options), *(Choice(value, value) for value in strange)]
        ChoiceLine.__init__(self, choices, classes="field")
        self._show()

    @property
    def _values(self) -> list[Value]:
        found = self.slot.value
        return list(found) if isinstance(found, list) else []

    def _show(self) -> None:
        self.chosen = {i for i, choice in enumerate(self.choices) if choice.value in self._values}

    def renew(self) -> None:
        """Show what the slot has now."""
        self._show()
        self.refresh()

    def step(self, by: int) -> None:
        """To the one beside, which is not ticked by that."""
        self.at = (self.at + by) % len(self.choices) if self.choices else 0
        self.refresh()

    def press(self) -> None:
        """Tick it, or take the tick away."""
        self.chosen ^= {self.at}
        kept = [value for value in self._values if any(self.choices[i].value == value for i in self.chosen)]
        new = [self.choices[i].value for i in sorted(self.chosen) if self.choices[i].value not in kept]
        self.slot.put([*kept, *new])
        self.edited()
        self.refresh()

    def letter_chose(self, index: int) -> None:
        """A first letter goes there and ticks it."""
        self.at = index
        self.press()

    def clear(self) -> None:
        """No ticks."""
        self.chosen = set()
        self.slot.put(None)
        self.edited()
        self.refresh()

    def echo(self) -> str:
        """What it means that nothing is ticked."""
        return "" if self.chosen else self.absent

    def on_key(self, event: events.Key) -> None:
        """As the line's; the arrows up and down, and Enter, go on."""
        self.leave_by(event)
