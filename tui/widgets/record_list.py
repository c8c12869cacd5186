"""The list of records: any number of rows, of which only those in sight are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final, Generic

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from registry.plain_text import Search
from registry.words import N_, _
from tui.commands import Command, HasCommands, Verdict
from tui.widgets.columns import Column
from tui.widgets.record_rows import K, Mark, Rows, RowView
from tui.widgets.row_painter import RowPainter
from tui.widgets.tones import toned

_ROWS_FOLDED_AT_ONCE: Final = 2_000
_PAUSE_BEFORE_FOLDING: Final = 0.2
_PAUSE_WHILE_FOLDING: Final = 0.01


def _has_rows(node: RecordList[Any]) -> Verdict:
    return True if node.shown else _("The list is empty.")


class RecordList(HasCommands, ScrollView, Generic[K], can_focus=True):
    """Rows in columns, with a cursor. Give it `Column`s once and `Rows` as often as they change."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"record-list--cursor", "record-list--bar"}

    _GROUP = N_("In a list")
    COMMAND_TABLE = (
        Command(
            id="list.down",
            keys="down",
            key_text="↑↓",
            label=N_("choose"),
            help=N_("To the next row."),
            group=_GROUP,
            rank=70,
            enabled=_has_rows,
            when_usable=True,
        ),
        Command(id="list.up", keys="up", label=N_("up"), help=N_("To the row above."), group=_GROUP, show=False),
        Command(
            id="list.open",
            keys="enter",
            label=N_("open"),
            help=N_("Open the row under the cursor."),
            group=_GROUP,
            rank=20,
            enabled=_has_rows,
            when_usable=True,
        ),
        Command(
            id="list.page-down",
            keys="pagedown",
            label=N_("page down"),
            help=N_("A page down."),
            group=_GROUP,
            show=False,
        ),
        Command(id="list.page-up", keys="pageup", label=N_("page up"), help=N_("A page up."), group=_GROUP, show=False),
        Command(
            id="list.first", keys="home", label=N_("first"), help=N_("To the first row."), group=_GROUP, show=False
        ),
        Command(id="list.last", keys="end", label=N_("last"), help=N_("To the last row."), group=_GROUP, show=False),
        Command(
            id="list.sort",
            keys="t",
            label=N_("order"),
            help=N_("Sort by the next column; after the last one, as the list came."),
            group=_GROUP,
            rank=80,
            enabled=_has_rows,
            when_usable=True,
        ),
        Command(
            id="list.reverse",
            keys="T",
            label=N_("reverse order"),
            help=N_("Sort by the same column the other way round."),
            group=_GROUP,
            show=False,
        ),
    )

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row that the cursor is on, counted among the shown ones."""

    @dataclass
    class Highlighted(Message):
        """The cursor is on another record, or on none (`key` is None)."""

        list: RecordList[Any]
        key: Any

        @property
        def control(self) -> RecordList[Any]:
            """The list that it happened in."""
            return self.list

    @dataclass
    class Opened(Message):
        """The record under the cursor is to be opened: Enter, or a double click."""

        list: RecordList[Any]
        key: Any

        @property
        def control(self) -> RecordList[Any]:
            """The list that it happened in."""
            return self.list

    @dataclass
    class Changed(Message):
        """Other rows are shown, or in another order: `shown` of `total`."""

        list: RecordList[Any]
        shown: int
        total: int

        @property
        def control(self) -> RecordList[Any]:
            """The list that it happened in."""
            return self.list

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        show_header: bool = True,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`empty` is what an empty list says, over several lines if it has them."""
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.empty = empty
        self._header = 1 if show_header else 0
        self._view: RowView[K] = RowView()
        self._painter = RowPainter(columns, self._tone)
        self._last_key: K | None = None
        self._folding: Timer | None = None

    # --- what screens use -------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._view.total

    @property
    def shown(self) -> int:
        """How many of them the search lets through."""
        return len(self._view.shown)

    @property
    def count_text(self) -> str:
        """``64``, or ``17 of 64`` in the language spoken now."""
        if self._view.search:
            return _("%(shown)s of %(total)s") % {"shown": self.shown, "total": self.total}
        return str(self.total)

    @property
    def key(self) -> K | None:
        """The key of the row under the cursor, or None in an empty list."""
        return self._view.key_at(self.cursor)

    @property
    def keys_shown(self) -> list[K]:
        """The keys of all rows that the search lets through, in the order of the screen."""
        keys = self._view.rows.keys
        return [keys[position] for position in self._view.shown]

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """The key of the column that the rows are sorted by ("" for none), and whether it is the other way round."""
        return self._view.sorted_by, self._view.descending

    def set_rows(self, rows: Rows[K]) -> None:
        """Show other rows. The cursor stays on its record, and that record on its line of the screen.

        If the record is gone, the cursor stays where it is, on what now stands there.
        """
        key, offset = self.key, self.cursor - self.scroll_offset.y
        self._view.replace(rows, self._index_of(self._view.sorted_by))
        self._after_change(key, offset)
        self._fold_soon()

    def set_marks(self, marks: Mapping[K, Mark]) -> None:
        """The same rows, of which others are out of the ordinary."""
        if marks != self._view.rows.marks:
            self._view.rows = replace(self._view.rows, marks=marks)
            self.refresh()

    def set_filter(self, typed: str) -> None:
        """Show only the rows that have all the words of `typed`; "" shows all again."""
        search = Search.of(typed)
        if search == self._view.search:
            return
        key, offset = self.key, self.cursor - self.scroll_offset.y
        self._view.filter(search)
        self._after_change(key, offset, otherwise_first=True)

    def sort(self, column: str, *, descending: bool = False) -> None:
        """Sort by the column with that key; "" gives the rows in the order they came."""
        key, offset = self.key, self.cursor - self.scroll_offset.y
        self._view.sort(column, self._index_of(column), descending=descending)
        self._after_change(key, offset)

    def move_to(self, key: K) -> bool:
        """Put the cursor on the row of `key`; False if it is not shown."""
        row = self._view.row_of(key)
        if row is None:
            return False
        self._go(row)
        return True

    # --- commands ---------------------------------------------------------------------------------------------------

    def do_down(self) -> None:
        """One row down."""
        self._go(self.cursor + 1)

    def do_up(self) -> None:
        """One row up."""
        self._go(self.cursor - 1)

    def do_page_down(self) -> None:
        """A page down."""
        self._go(self.cursor + self._page)

    def do_page_up(self) -> None:
        """A page up."""
        self._go(self.cursor - self._page)

    def do_first(self) -> None:
        """To the first row."""
        self._go(0)

    def do_last(self) -> None:
        """To the last row."""
        self._go(self.shown - 1)

    def do_open(self) -> None:
        """Tell the screen that the record under the cursor is to be opened."""
        self.post_message(self.Opened(self, self.key))

    def do_sort(self) -> None:
        """By the next column."""
        keys = [column.key for column in self.columns] + [""]
        self.sort(keys[(keys.index(self._view.sorted_by) + 1) % len(keys)] if self._view.sorted_by in keys else keys[0])

    def do_reverse(self) -> None:
        """By the same column, the other way round."""
        self.sort(self._view.sorted_by or self.columns[0].key, descending=not self._view.descending)

    # --- events -----------------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there, a double click opens; on a heading it sorts, and again the other way round."""
        at = event.get_content_offset(self)
        if at is None:
            return
        if at.y < self._header:
            if column := self._painter.column_at(at.x, self.scrollable_content_region.width):
                self.sort(column.key, descending=column.key == self._view.sorted_by and not self._view.descending)
            return
        row = at.y - self._header + self.scroll_offset.y
        if row < self.shown:
            self._go(row)
            if event.chain == 2:
                self.do_open()

    def on_mount(self) -> None:
        """Rows may have been given before the list was on the screen."""
        self._fold_soon()

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._show_cursor()

    def watch_cursor(self, before: int, now: int) -> None:
        """Only the two rows are drawn again."""
        self.refresh_line(before + self._header)
        self.refresh_line(now + self._header)

    # --- inside -----------------------------------------------------------------------------------------------------

    @property
    def _page(self) -> int:
        return max(1, self.size.height - self._header - 1)

    def _index_of(self, key: str) -> int:
        return next((i for i, column in enumerate(self.columns) if column.key == key), -1)

    def _go(self, row: int) -> None:
        self.cursor = max(0, min(row, self.shown - 1))
        self._show_cursor()
        self._tell_cursor()

    def _tell_cursor(self) -> None:
        if self.key != self._last_key:
            self._last_key = self.key
            self.post_message(self.Highlighted(self, self.key))

    def _show_cursor(self) -> None:
        height = self.size.height - self._header
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif height > 0 and self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False)

    def _after_change(self, key: K | None, offset: int, *, otherwise_first: bool = False) -> None:
        row = self._view.row_of(key)
        if row is None:
            row = 0 if otherwise_first else max(0, min(self.cursor, self.shown - 1))
        self.virtual_size = Size(0, self.shown + self._header)
        self.set_reactive(RecordList.cursor, row)
        self.scroll_to(y=max(0, row - offset), animate=False)
        self._show_cursor()
        self.refresh()
        self.post_message(self.Changed(self, self.shown, self.total))
        self._tell_cursor()
        self.refresh_bindings()

    def _fold_soon(self) -> None:
        """Make the rows searchable bit by bit, while nothing else happens, so that the first search is quick."""
        if self._folding is None and self.is_attached:
            self._folding = self.set_timer(_PAUSE_BEFORE_FOLDING, self._fold_ahead)

    def _fold_ahead(self) -> None:
        self._folding = None
        if not self._view.prepare(_ROWS_FOLDED_AT_ONCE):
            self._folding = self.set_timer(_PAUSE_WHILE_FOLDING, self._fold_ahead)

    # --- drawing ----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the heading, a row, or nothing."""
        width, base, view = self.scrollable_content_region.width, self.rich_style, self._view
        if y < self._header:
            return self._painter.heading(width, base, view.sorted_by, descending=view.descending)
        row = y - self._header + self.scroll_offset.y
        if row < self.shown:
            position = view.shown[row]
            mark = view.rows.marks.get(view.rows.keys[position])
            return self._painter.row(width, base, view.rows.cells[position], mark, cursor=row == self.cursor)
        message = (_("Nothing here has all these words.") if self.total else self.empty).split("\n")
        line = y - self._header - 1
        if not self.shown and 0 <= line < len(message):
            return self._painter.message(width, base, message[line])
        return Strip.blank(width, base)

    def _tone(self, name: str) -> Style:
        component = f"record-list--{name}"
        if component in self.COMPONENT_CLASSES:
            return self.get_component_rich_style(component, partial=True)
        return toned(name)
