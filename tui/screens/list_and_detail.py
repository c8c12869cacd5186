"""What a page with a list does alike: a line to search in, the list, and what it says of the chosen row beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from registry.words import _
from tui.widgets.inputs import LineInput
from tui.widgets.record_list import RecordList

if TYPE_CHECKING:
    _Widget = Widget
else:  # as in `tui.commands`: the style sheet comes from the first DOM base, which must stay the page
    _Widget = object


class ListAndDetail(_Widget):
    """Mixed into a widget that holds one `RecordList` and, to read, one detail."""

    DETAIL: ClassVar[str]
    """The selector of what is read beside the list."""
    SIDE_BY_SIDE: ClassVar[int] = 110
    """Cells from which the detail stands beside the list; in a narrower window it stands below."""

    def filter_line(self) -> Iterator[Widget]:
        """The line above the list: how many, and where to type."""
        with Horizontal(classes="filter-line"):
            yield Static(classes="count")
            yield LineInput(placeholder=_("words to search for"), classes="filter")

    @property
    def list(self) -> RecordList[Any]:
        """The list."""
        return self.query_one(RecordList)

    def show_row(self, key: str) -> bool:
        """Put the cursor on a row, clearing a search that hides it; whether there is such a row."""
        if self.list.move_to(key):
            return True
        self.query_one(Input).value = ""
        self.list.set_filter("")
        return self.list.move_to(key)

    def do_filter(self) -> None:
        """Type the words."""
        self.query_one(Input).focus()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: into what is read, to scroll it."""
        event.stop()
        self.query_one(self.DETAIL).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Beside each other, or one above the other."""
        self.set_class(event.size.width < self.SIDE_BY_SIDE, "-stacked")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        event.stop()
        self.list.set_filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: to what was found."""
        event.stop()
        self.list.focus()

    def on_key(self, event: events.Key) -> None:
        """Esc leaves what is read, then the search; the arrow goes from the search into the list."""
        filter_line = self.query_one(Input)
        if event.key == "escape" and (filter_line.value or not self.list.has_focus):
            event.stop()
            if self.list.has_focus or filter_line.has_focus:
                filter_line.value = ""
            self.list.focus()
        elif event.key == "down" and filter_line.has_focus:
            event.stop()
            self.list.focus()
