"""One record as a page to read, where it has no page of the main screen to stand on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

from registry.words import N_
from tui.card_text import CardText, card_text
from tui.commands import Command
from tui.screens.place import Place
from tui.session import View
from tui.widgets.card import Card

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


class CardScreen(Place):
    """The registry or the policy, to be read."""

    FOCUSED = "Card"
    COMMAND_TABLE = (
        Command(id="card.who", keys="w", label=N_("who decided"), help=N_("Who decided each value, who entered it, when and why."), group=N_("Record"), rank=21),
    )  # fmt: skip

    def __init__(self, main: MainScreen, ref: str) -> None:
        super().__init__(main)
        self._ref = ref
        self._card: CardText | None = None

    def body(self) -> Iterator[Widget]:
        """The card alone."""
        yield Card()

    def show_view(self, view: View) -> None:
        """Draw the card."""
        card = self.query_one(Card)
        self.title_is(view.snapshot.title(self._ref))
        self._card = card_text(view, self._ref, max(30, card.size.width - 3), self.session.today)
        card.show(self._card, same=True)

    def on_resize(self, _event: events.Resize) -> None:
        """The card has another width."""
        self.call_after_refresh(self.show_view, self.view)

    async def on_card_followed(self, event: Card.Followed) -> None:
        """A link was clicked."""
        event.stop()
        await self.lead_to(event.ref)

    def do_who(self) -> None:
        """Who is behind each value."""
        from tui.screens.provenance import ProvenanceScreen

        self.app.push_screen(ProvenanceScreen(self.main, self._ref))
