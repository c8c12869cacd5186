"""Beside the matters: the year's projects across its months, its money, and what others have changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from registry.words import _
from tui.text import line

if TYPE_CHECKING:
    from registry.policy.outlook import Outlook
    from registry.visits import News


class OutlookPanel(Widget):
    """Draws for the width that it has; empty until there is something to show."""

    DEFAULT_CSS = "OutlookPanel { height: auto; }"

    class Followed(Message):
        """A project's name was clicked."""

        def __init__(self, ref: str) -> None:
            super().__init__()
            self.ref = ref

    def __init__(self) -> None:
        super().__init__()
        self._outlook: Outlook | None = None
        self._news: News | None = None
        self._today = date.min

    def show(self, outlook: Outlook | None, news: News | None, today: date) -> None:
        """Show these instead."""
        self._outlook, self._news, self._today = outlook, news, today
        self.refresh(layout=True)

    def render(self) -> Content:
        """The lines, one under another."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's own
        """As many cells as there are lines: none of them is wrapped."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        if (self._outlook is None and self._news is None) or width <= 0:
            return []
        from tui.screens.outlook_aside import money, news

        lines: list[Content] = []
        if self._outlook is not None:
            if self._outlook.bars:
                from tui.widgets.timeline import timeline

                lines += [line(_("This year"), style="$accent"), *timeline(self._outlook.bars, self._today, width)]
                lines.append(Content(""))
            lines += [*money(self._outlook.money, width), Content("")]
        if self._news is not None:
            lines += [*news(self._news, self._today), Content("")]
        return [each.truncate(width, ellipsis=True) for each in lines]

    def action_follow(self, ref: str) -> None:
        """What a click on a title does; REFs are slugs, so nothing else can come here."""
        self.post_message(self.Followed(ref))
