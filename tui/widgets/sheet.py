"""A page to read of which most lines lead somewhere: tables of different shapes under one another, and one cursor.

A list has the same columns from top to bottom; a page about money or a committee has not. The lines are made for the
width that there is, once, and only those in sight are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from registry.words import N_, _
from tui.commands import Command, HasCommands, Verdict
from tui.text import line

GUTTER: Final = 2
"""Cells to the left of the text: the cursor's bar and a blank."""
_BAR: Final = "▌"
_GROUP: Final = N_("On a page")


class Item(NamedTuple):
    """What the cursor stands on: one line or several, and where it leads ("" for nowhere)."""

    content: Content
    goal: str = ""
    skipped: bool = False
    """Whether the cursor passes over it: headings and blank lines."""


def heading(text: str) -> list[Item]:
    """A blank line and a heading."""
    return [Item(Content(""), skipped=True), Item(Content.styled(text, "$accent bold"), skipped=True)]


def flow(parts: Sequence[Content], width: int, indent: str = "  ") -> Content:
    """Parts beside each other with a point between, as many to a line as there is room for."""
    lines: list[Content] = []
    for part in parts:
        longer = Content.assemble(lines[-1], " · ", part) if lines else None
        if longer is not None and longer.cell_length + len(indent) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return Content("\n").join([Content.assemble(indent, told) for told in lines])


Making = Callable[[int], Sequence[Item]]
"""The width of the text in cells → the items."""


def _leads(sheet: Sheet) -> Verdict:
    return True if sheet.goal else _("This line leads nowhere.")


class Sheet(HasCommands, ScrollView, can_focus=True, inherit_bindings=False):
    """Shows items; Enter on one that leads somewhere tells the screen.

    Without the keys that Textual scrolls by: left and right are for the screen to use.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"sheet--cursor", "sheet--bar"}
    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (
        Command(id="sheet.down", keys="down", key_text="↑↓", label=N_("choose"), help=N_("To the next line."), group=_GROUP, rank=70),
        Command(id="sheet.up", keys="up", label=N_("up"), help=N_("To the line above."), group=_GROUP, show=False),
        Command(id="sheet.open", keys="enter", label=N_("open"), help=N_("Go where this line leads."), group=_GROUP, rank=20, enabled=_leads),
        Command(id="sheet.page-down", keys="pagedown", label=N_("page down"), help=N_("A page down."), group=_GROUP, show=False),
        Command(id="sheet.page-up", keys="pageup", label=N_("page up"), help=N_("A page up."), group=_GROUP, show=False),
        Command(id="sheet.first", keys="home", label=N_("first"), help=N_("To the first line."), group=_GROUP, show=False),
        Command(id="sheet.last", keys="end", label=N_("last"), help=N_("To the last line."), group=_GROUP, show=False),
    )  # fmt: skip

    @dataclass
    class Opened(Message):
        """The line under the cursor was opened: Enter, or a double click."""

        goal: str

    def __init__(self, waiting: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        """`waiting` is what it says until there is something to show."""
        super().__init__(id=id, classes=classes)
        self._make: Making = lambda _width: [Item(line(waiting, style="$text-muted"), skipped=True)]
        self._items: list[Item] = []
        self._lines: list[tuple[int, Content]] = []
        """Every line, and the item that it belongs to."""
        self._made_for = -1
        self.cursor = 0

    def show(self, make: Making) -> None:
        """Show other items. The cursor stays on what leads to the same place, else on the same item."""
        goal, ordinal = self.goal, self._ordinal()
        self._make = make
        self._lay_out()
        among = [at for at, item in enumerate(self._items) if goal and item.goal == goal]
        self.cursor = among[min(ordinal, len(among) - 1)] if among else self._near(self.cursor, 1)
        self._show_cursor()
        if self.is_attached:
            self.screen.refresh_bindings()

    def _ordinal(self) -> int:
        """Which one of the items that lead to the same place the cursor is on."""
        return sum(item.goal == self.goal for item in self._items[: self.cursor])

    @property
    def goal(self) -> str:
        """Where the item under the cursor leads; "" for nowhere."""
        return self._items[self.cursor].goal if self.cursor < len(self._items) else ""

    # commands

    def do_down(self) -> None:
        """One item down."""
        self._go(self._near(self.cursor + 1, 1))

    def do_up(self) -> None:
        """One item up."""
        self._go(self._near(self.cursor - 1, -1))

    def do_page_down(self) -> None:
        """A page down."""
        self._go_to_line(self._first_line(self.cursor) + self._page)

    def do_page_up(self) -> None:
        """A page up."""
        self._go_to_line(self._first_line(self.cursor) - self._page)

    def do_first(self) -> None:
        """To the first item."""
        self._go(self._near(0, 1))

    def do_last(self) -> None:
        """To the last item."""
        self._go(self._near(len(self._items) - 1, -1))

    def do_open(self) -> None:
        """Tell the screen."""
        self.post_message(self.Opened(self.goal))

    # events

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there, a double click opens."""
        at = event.get_content_offset(self)
        row = -1 if at is None else at.y + self.scroll_offset.y
        if 0 <= row < len(self._lines) and not self._items[self._lines[row][0]].skipped:
            self._go(self._lines[row][0])
            if event.chain == 2 and self.goal:
                self.do_open()

    def on_resize(self) -> None:
        """Lines are made for their width."""
        if self._width != self._made_for:
            self._lay_out()
        self._show_cursor()

    # inside

    @property
    def _width(self) -> int:
        return max(1, self.scrollable_content_region.width - GUTTER)

    @property
    def _page(self) -> int:
        return max(1, self.size.height - 2)

    def _lay_out(self) -> None:
        self._made_for = self._width
        self._items = list(self._make(self._width))
        self._lines = [(at, text) for at, item in enumerate(self._items) for text in item.content.split("\n")]
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

    def _near(self, wanted: int, step: int) -> int:
        """The item at `wanted` or the next one in that direction that is not skipped; where it was if there is none."""
        at = wanted
        while 0 <= at < len(self._items):
            if not self._items[at].skipped:
                return at
            at += step
        return min(self.cursor, max(0, len(self._items) - 1))

    def _go(self, item: int) -> None:
        self.cursor = item
        self._show_cursor()
        self.refresh()
        self.screen.refresh_bindings()

    def _go_to_line(self, row: int) -> None:
        if self._lines:
            item = self._lines[max(0, min(row, len(self._lines) - 1))][0]
            self._go(self._near(item, -1 if row > self._first_line(self.cursor) else 1))

    def _first_line(self, item: int) -> int:
        return next((row for row, (at, _text) in enumerate(self._lines) if at == item), 0)

    def _show_cursor(self) -> None:
        """The whole item in sight, and the headings above the first one too."""
        first = self._first_line(self.cursor)
        last = first + sum(at == self.cursor for at, _text in self._lines) - 1
        if self._near(0, 1) == self.cursor:
            first = 0
        top, height = self.scroll_offset.y, self.size.height
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif height and last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width, row = self.scrollable_content_region.width, y + self.scroll_offset.y
        if row >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        item, text = self._lines[row]
        here = item == self.cursor and not self._items[item].skipped
        style = self.get_visual_style("sheet--cursor") if here else self.visual_style
        bar = Content.styled(_BAR, ".sheet--bar") if here else Content(" ")
        told = Content.assemble(bar, " ", text).truncate(width, ellipsis=True)
        strips = Visual.to_strips(self, told, width, 1, style, pad=True)
        return strips[0].adjust_cell_length(width, style.rich_style) if strips else Strip.blank(width, style.rich_style)
