"""The card: a record as a page to read, with links that can be followed."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.card_text import CardText

_ABOVE: Final = 3
"""Lines above the one that is brought into sight."""


class Card(VerticalScroll, can_focus=True):
    """Shows one record. The screen follows the links; a click on one asks it to."""

    class Followed(Message):
        """A link was clicked: `ref` is a REF."""

        def __init__(self, ref: str) -> None:
            super().__init__()
            self.ref = ref

    class Jumped(Message):
        """A way into the form was clicked: the number `index` of the card's jumps."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def compose(self) -> ComposeResult:
        yield _Page(id="card-text")

    def show(self, text: CardText | None, *, same: bool = False) -> None:
        """Show a record's page, or an empty one; where it is the `same` record, what is read stays in sight."""
        self.query_one("#card-text", Static).update(text.content if text else Content(""))
        if not same:
            self.scroll_home(animate=False)

    def bring(self, row: int) -> None:
        """Bring a line of the page into sight, with a little of what stands above it."""
        self.call_after_refresh(self._bring, row)

    def _bring(self, row: int) -> None:
        if not self.scroll_y <= row < self.scroll_y + self.scrollable_content_region.height:
            self.scroll_to(y=max(0, row - _ABOVE), animate=False)


class _Page(Static):
    """The text itself: Textual looks for a link's action where the link stands."""

    def action_follow(self, ref: str) -> None:
        """What a click on a link does; REFs are slugs, so nothing else can come here."""
        self.post_message(Card.Followed(ref))

    def action_jump(self, index: int) -> None:
        """What a click on a way into the form does."""
        self.post_message(Card.Jumped(index))
