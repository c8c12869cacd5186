"""The card beside a list of records: shown at once, looked into soon, and the ways that lead from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import work
from textual.timer import Timer

from registry.errors import VanortError
from registry.words import _
from tui.card_text import card_text
from tui.cards.sheet import Jump
from tui.screens.leads_on import LeadsOn
from tui.widgets.card import Card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.closer_look import CloserLook
    from registry.sharing.exchanged import Exchanged

PAUSE_BEFORE_LOOKING: Final = 0.15
"""Seconds that the cursor rests on a record before more is found out than stands in it."""


class RecordCard(LeadsOn):
    """Mixed into a page with a list of records and a `Card`, named before it."""

    stale: bool
    """Whether the list has not caught up with the view, so that there is no record to show."""
    _shown = ""
    _pause: Timer | None = None
    _looks: dict[str, CloserLook]
    """REF → what a closer look found, in the view that is shown."""
    _new: dict[str, tuple[Exchanged, ...]]
    """REF → what others did to it, of the records that were new to the user when their card came up."""
    _pointed = ("", "")
    """The record and the field that somebody was led here for."""
    _brought: int | None = None
    """The line of the card that was brought into sight for it."""

    @property
    def jumps(self) -> tuple[Jump, ...]:
        """The fields that the card points out."""
        return self.card.jumps if self.card else ()

    def forget_looks(self) -> None:
        """The registry is another: what was found may no longer hold."""
        self._looks, self._new = {}, {}
        self._pointed = ("", "")

    def point_out(self, ref: str, field: str) -> None:
        """Mark a field on the card of the record `ref` as long as the cursor stays on it."""
        self._pointed, self._brought = (ref, field), None

    def show_card(self) -> None:
        """The card of the record under the cursor: at once what stands in it, and soon what a closer look finds."""
        if self.stale:
            return
        card, ref = self.query_one(Card), self.ref
        look = self._looks.get(ref)
        if ref != self._pointed[0]:
            self._pointed = ("", "")
        width, pointed = max(30, card.size.width - 3), self._pointed[1]
        self.card = (
            card_text(self.view, ref, width, self.session.today, look, pointed=pointed, new=self._new.get(ref, ()))
            if ref
            else None
        )
        card.show(self.card, same=ref == self._shown)
        marked = self.card.marked if self.card else None
        if marked is not None and marked != self._brought:  # what is found out later may push it down
            card.bring(marked)
            self._brought = marked
        self._shown = ref
        self.screen.refresh_bindings()
        self.resume()

    def resume(self) -> None:
        """Before the card is looked into, or counts as seen, it stands still for a moment."""
        if self._pause is not None:
            self._pause.stop()
        if self.ref and not self.stale:
            self._pause = self.set_timer(PAUSE_BEFORE_LOOKING, self._rests)

    def _rests(self) -> None:
        commits = self.main.visits.unseen.get(self.ref, ()) if self.screen.is_current else ()
        if commits:
            self.main.visits.seen(self.ref)
        if commits or self.ref not in self._looks:
            self._look_closer(commits)

    @work(exclusive=True, group="detail")
    async def _look_closer(self, commits: Sequence[str]) -> None:
        """On the registry's thread, once the cursor rests: moving on in the list waits for nothing."""
        view, ref, session = self.view, self.ref, self.session

        def look() -> tuple[CloserLook, tuple[Exchanged, ...]]:
            from registry.closer_look import look_closer
            from registry.sharing.exchanged import unseen

            new = unseen(session.store, {ref: commits}) if commits else ()
            return look_closer(session.store, view.snapshot, ref, session.today, session.book_to_judge_by), new

        try:
            found, new = await self.session.run(look)
        except VanortError:  # the card says what it can; the list tells of a folder that cannot be read
            return
        if view is self.view:
            self._looks[ref] = found
            self._new |= {ref: new} if new else {}
            if ref == self.ref:
                self.show_card()

    @work(exclusive=True, group="follow")
    async def do_mend(self) -> None:
        """Choose among the fields that the card points out, or go straight where there is one."""
        from tui.screens.choose import ChooseScreen

        ref, field = self.ref, self.jumps[0].field
        if len(self.jumps) > 1:
            first = {jump.field: jump.words for jump in reversed(self.jumps)}
            options = [(field, first[field]) for field in dict.fromkeys(jump.field for jump in self.jumps)]
            chosen = await self.app.push_screen_wait(ChooseScreen(_("Go to"), options))
            if chosen is None:
                return
            field = chosen
        self.main.edit(ref, field)

    def on_card_jumped(self, event: Card.Jumped) -> None:
        """A field was clicked: into the form, there."""
        event.stop()
        if self.card and event.index < len(self.card.jumps):
            self.main.edit(self.ref, self.card.jumps[event.index].field)
