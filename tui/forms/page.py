"""Fields below each other, with their labels to the left and what is said of them beside or below.

The list draws labels and notes itself, so that a field is one widget: a form of fifty fields opens at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final, NamedTuple, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from registry.records.fields import Field
from tui.forms.desk import Desk
from tui.forms.field_input import FieldInput, Tone
from tui.forms.group import Group
from tui.forms.slots import Slot
from tui.text import fit, line, one_line

LABELS: Final = 24
"""Cells for the labels."""
_BESIDE: Final = 2
_MOST_LINES: Final = 4


class Maker(Protocol):
    """Makes the inputs of a form."""

    desk: Desk
    root: Group

    def inputs(self, field: Field, group: Group, before: str = "") -> list[Widget]:
        """The widgets for one field of `group`; `before` stands before the label."""


class Told(NamedTuple):
    """A note as it stands: its lines, and whether they stand beside the input or below it."""

    lines: tuple[str, ...]
    tone: Tone
    beside: bool


class FixedField(FieldInput, Widget):
    """A value that is shown and not asked for."""

    def __init__(self, slot: Slot, desk: Desk, label: str = "", words: str = "") -> None:
        self.attach(slot, desk, label)
        super().__init__(classes="field")
        self._words = words

    def render(self) -> Content:
        """The value in words."""
        value = self.slot.value
        return line(self._words or ("" if value is None else self.slot.type.show(value, self.desk.names)))


class FieldList(Widget):
    """The fields of one group."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "fields--label",
        "fields--label-focused",
        "fields--muted",
        "fields--good",
        "fields--warning",
        "fields--bad",
    }

    def __init__(self, fields: Sequence[Field], group: Group, maker: Maker, *, heading: str = "") -> None:
        """`heading` is what stands above; a field of the same name needs no label of its own."""
        super().__init__()
        self._fields = [field for field in fields if not (field.key == "id" and field.automatic)]
        self._group = group
        self._maker = maker
        self._heading = heading
        self._told: dict[Widget, Told] = {}

    def compose(self) -> ComposeResult:
        """The inputs, field by field."""
        for field in self._fields:
            for widget in self._maker.inputs(field, self._group):
                if isinstance(widget, FieldInput) and widget.label == self._heading:
                    widget.label = ""
                widget.display = self.matters(widget)
                yield widget

    def on_mount(self) -> None:
        """Say what there is to say."""
        self.call_after_refresh(self.note_all)

    def on_resize(self) -> None:
        """Notes stand elsewhere in a wider window."""
        self.call_after_refresh(self.note_all)

    @property
    def inputs(self) -> Iterator[FieldInput]:
        """The inputs in sight."""
        return (child for child in self.displayed_children if isinstance(child, FieldInput))

    def lists(self) -> Iterator[FieldList]:
        """This list, and those of the tables and open entries inside it."""
        yield self
        for child in self.children:
            inside = [child] if isinstance(child, FieldList) else child.children
            for found in inside:
                if isinstance(found, FieldList):
                    yield from found.lists()

    # what matters

    @staticmethod
    def matters(widget: Widget) -> bool:
        """Whether a field is shown: always, while its condition holds, or while something stands there."""
        if not isinstance(widget, FieldInput):
            return True
        field, group = widget.slot.field, widget.slot.group
        if field.automatic and not group.holds(field.key):
            return False
        return field.matters is None or field.matters(group.data()) or group.holds(field.key)

    def sync(self) -> None:
        """Show and hide fields as it matters now; a field that somebody is in stays."""
        for widget in list(self.children):
            if isinstance(widget, FieldList):
                widget.resync()
            matters = self.matters(widget)
            if matters != widget.display and (matters or not widget.has_focus_within):
                widget.display = matters
                self.call_after_refresh(self.note_all)

    def resync(self) -> None:
        """For lists whose fields depend on the record: it has changed."""

    # notes

    def on_field_input_edited(self, event: FieldInput.Edited) -> None:
        """Say what is to be said of it now."""
        self.renote(event.source)

    def on_field_input_noted(self, event: FieldInput.Noted) -> None:
        """Likewise."""
        self.renote(event.source)

    def note_all(self) -> None:
        """Put all notes where they belong."""
        for child in self.displayed_children:
            self.renote(child)

    def renote(self, child: Widget) -> None:
        """Put the note of one of the inputs where it belongs."""
        if child.parent is not self or not isinstance(child, FieldInput) or not isinstance(child, Widget):
            return
        text, tone = child.note
        region = child.virtual_region
        if not region.width:
            return
        words = one_line(text)
        room = self.size.width - region.right - _BESIDE
        beside = cell_len(words) <= room
        if not beside and tone == "muted" and not child.echo_below:
            words = ""
        below = max(10, self.size.width - LABELS - 1)
        lines = () if not words else (words,) if beside else tuple(wrapped(words, below)[:_MOST_LINES])
        self._told[child] = Told(lines, tone, beside)
        label_lines = len(self._label(child))
        bottom = max(0 if beside else len(lines), label_lines - region.height)
        if child.styles.margin.bottom != bottom:
            child.styles.margin = (0, 0, bottom, child.styles.margin.left)
            self.call_after_refresh(self.refresh)
        self.refresh()

    # drawing

    def render_line(self, y: int) -> Strip:
        """The label and the note of the input that stands there; the input draws itself over it."""
        width, base = self.size.width, self.rich_style
        child = next((c for c in self.displayed_children if self._top(c) <= y < self._bottom(c)), None)
        if child is None or not isinstance(child, FieldInput):
            return Strip.blank(width, base)
        region = child.virtual_region
        row = y - region.y
        focused = child.has_focus_within
        labels = self._label(child)
        label = labels[row] if row < len(labels) else ""
        style = base + self._style("label-focused" if focused else "label")
        segments = [Segment(" ", base), Segment(fit(label, LABELS - 1), style)]
        told = self._told.get(child)
        if told is not None:
            at = row if told.beside else row - region.height
            if 0 <= at < len(told.lines):
                x = region.right + _BESIDE if told.beside else LABELS + 1
                segments += [Segment(" " * (x - LABELS), base), Segment(told.lines[at], base + self._style(told.tone))]
        return Strip(segments).adjust_cell_length(width, base)

    @staticmethod
    def _label(child: FieldInput) -> list[str]:
        return wrapped(one_line(child.label), LABELS - 2) if child.label_beside else []

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"fields--{name}", partial=True)

    @staticmethod
    def _top(child: Widget) -> int:
        return child.virtual_region.y

    @staticmethod
    def _bottom(child: Widget) -> int:
        return child.virtual_region.bottom + child.styles.margin.bottom

    def on_descendant_focus(self) -> None:
        """The label stands out."""
        self.refresh()

    def on_descendant_blur(self) -> None:
        """No longer."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click on a label goes to its input."""
        if event.widget is not self:
            return
        child = next((c for c in self.displayed_children if self._top(c) <= event.y < self._bottom(c)), None)
        if child is not None:
            first = first_focusable(child)
            if first is not None:
                event.stop()
                first.focus()


def wrapped(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken between words where that is possible."""
    if cell_len(text) <= width:
        return [text] if text else []
    return [part.plain.rstrip() for part in Content(text).wrap(width)]


def first_focusable(widget: Widget) -> Widget | None:
    """The widget itself, or the first inside it, that can have the focus now."""
    if widget.focusable:
        return widget
    return next((child for child in widget.walk_children(Widget) if child.focusable and child.display), None)
