"""What a page with a card does alike, be it of a record or of a person: it leads on to the records that the card names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from registry.words import _
from tui.card_text import CardText
from tui.screens.page import Page
from tui.widgets.card import Card

if TYPE_CHECKING:
    _Page = Page
else:  # as in `tui.commands`: the style sheet comes from the first DOM base, which must stay the page
    _Page = object


class LeadsOn(_Page):
    """Mixed into a page with a `Card`, named before it."""

    card: CardText | None = None
    """What the card says now."""

    @property
    def ref(self) -> str:
        """The record or person that the card is of; "" for none."""
        raise NotImplementedError

    @property
    def links(self) -> tuple[str, ...]:
        """The records that the card leads to."""
        return self.card.links if self.card else ()

    @work(exclusive=True, group="follow")
    async def do_follow(self) -> None:
        """Choose among the card's links, or go straight where there is one."""
        from tui.screens.choose import ChooseScreen

        ref: str | None = self.links[0]
        if len(self.links) > 1:
            options = [(ref, self.view.snapshot.title(ref)) for ref in self.links]
            ref = await self.app.push_screen_wait(ChooseScreen(_("Go to"), options))
        if ref:
            await self.main.follow(self.ref, ref)

    async def on_card_followed(self, event: Card.Followed) -> None:
        """A link was clicked."""
        event.stop()
        if event.ref in self.view.snapshot:
            await self.main.follow(self.ref, event.ref)
