"""One change, to read: what, who decided, who entered it, why, and every field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events, work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from registry.errors import VanortError
from registry.history import Entry
from registry.policy import Terms
from registry.words import N_, _
from tui.commands import Command, Verdict
from tui.notices import tell_error
from tui.screens.history import detail
from tui.screens.place import Place
from tui.session import View

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


def _touched(screen: OneChangeScreen) -> Verdict:
    return True if screen.there else _("This change touched no record.")


class OneChangeScreen(Place):
    """The change `commit`."""

    FOCUSED = ".detail"
    COMMAND_TABLE = (
        Command(id="change.record", keys="f", label=N_("to the record"), help=N_("Go to the record that was changed."), group=N_("History"), enabled=_touched, rank=20),
    )  # fmt: skip

    def __init__(self, main: MainScreen, commit: str) -> None:
        super().__init__(main)
        self._commit = commit
        self._entry: Entry | None = None

    @property
    def there(self) -> list[str]:
        """The records that it changed, those that still are."""
        refs = self._entry.refs if self._entry else ()
        return [ref for ref in refs if ref in self.view.snapshot]

    def body(self) -> Iterator[Widget]:
        """One text."""
        with VerticalScroll(classes="detail", can_focus=True):
            yield Static(classes="detail-text")

    def show_view(self, view: View) -> None:
        """Read it."""
        self.title_is(_("Change %(commit)s") % {"commit": self._commit[:10]})
        self._read(view)

    @work(exclusive=True, group="detail")
    async def _read(self, view: View) -> None:
        width = self.query_one(".detail").scrollable_content_region.width
        quotes = Terms.of(view.snapshot.policy).quotes

        def reading() -> tuple[Entry | None, list[Content]]:
            entry = next(self.session.store.history(rev=self._commit, limit=1), None)
            return entry, list(detail(entry, view.names, width=width, quotes=quotes)) if entry else []

        try:
            self._entry, told = await self.session.run(reading)
        except VanortError as error:
            tell_error(self, error)
            return
        self.query_one(".detail-text", Static).update(Content("\n").join(told))
        self.refresh_bindings()

    def on_resize(self, _event: events.Resize) -> None:
        """It is wrapped elsewhere."""
        self.call_after_refresh(self._read, self.view)

    async def do_record(self) -> None:
        """Go to the record."""
        await self.lead_to(self.there[0])
