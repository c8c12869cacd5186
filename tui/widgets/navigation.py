"""The line of pages under the title: their numbers, their names, and which one is in sight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Tab(NamedTuple):
    """A page: its id, the key that leads to it, its name in the user's language."""

    page: str
    key: str
    name: str


class Navigation(Widget):
    """Shows the pages; a click on a name goes there. The keys are the screen's commands."""

    ALLOW_SELECT = False
    current: reactive[str] = reactive("overview")

    class Chosen(Message):
        """A page's name was clicked."""

        def __init__(self, page: str) -> None:
            super().__init__()
            self.page = page

    def __init__(self, tabs: Sequence[Tab]) -> None:
        super().__init__()
        self._tabs = tabs

    def render(self) -> Content:
        """``1 Översikt   2 Förvaltningar``, as many as there is room for, the one in sight underlined."""
        parts = [Content(" ")]
        for tab in self._tabs:
            chosen = tab.page == self.current
            parts.append(Content.styled(f"{tab.key} ", "$accent bold" if chosen else "$text-muted"))
            parts.append(Content.styled(tab.name, "$accent bold underline" if chosen else "$foreground"))
            parts.append(Content(self._gap))
        return Content.assemble(*parts)

    @property
    def _gap(self) -> str:
        room = self.size.width - 1 - sum(len(tab.name) + 2 for tab in self._tabs)
        return " " * max(1, min(3, room // max(1, len(self._tabs))))

    def on_click(self, event: events.Click) -> None:
        """Go to the page whose name was clicked."""
        x = 1
        for tab in self._tabs:
            width = len(tab.key) + 1 + len(tab.name) + len(self._gap)
            if x <= event.x < x + width:
                self.post_message(self.Chosen(tab.page))
                return
            x += width
