"""The records that once were and are not now; Enter opens the life of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from textual import work
from textual.widget import Widget

from registry.errors import VanortError
from registry.removed import Removed, removed
from registry.words import _
from tui.notices import tell_error
from tui.reading import PATIENCE, Reading
from tui.screens.place import Place
from tui.screens.record_history import RecordHistoryScreen
from tui.session import View
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows


class RemovedScreen(Place):
    """The list, the last removed first."""

    FOCUSED = "RecordList"

    def body(self) -> Iterator[Widget]:
        """What each was called, and who removed it when and why."""
        yield RecordList(
            [
                Column("title", _("Title"), flex=1, min=24),
                Column("ref", "REF", flex=1, min=20, drop=3, style="muted"),
                Column("day", _("Removed"), width=10),
                Column("author", _("By"), width=16, drop=2),
                Column("why", _("Why"), flex=1, min=16, drop=1),
            ],
            empty=_("being looked through …"),
        )

    def show_view(self, view: View) -> None:
        """Look through the history, if it is another one."""
        self.title_is(_("Removed records …"))
        self._read(view)

    @work(exclusive=True, group="look")
    async def _read(self, view: View) -> None:
        found: list[Removed] = []
        reading = Reading(
            self.session, lambda store: removed(store.repo, view.snapshot, rev=self.session.rev, patience=PATIENCE)
        )
        try:
            with closing(reading):
                while not reading.done:
                    if page := await reading.more():
                        found += page
                        self._show(found)
        except VanortError as error:
            tell_error(self, error)
        self.title_is(_("Removed records"))
        self.query_one(RecordList).empty = _("No record has ever been removed.")
        self._show(found)

    def _show(self, found: list[Removed]) -> None:
        cells = [
            (one.title, one.ref, f"{one.entry.date.astimezone():%Y-%m-%d}", one.entry.author, one.entry.why)
            for one in found
        ]
        self.query_one(RecordList).set_rows(Rows([one.ref for one in found], cells))

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Its life."""
        event.stop()
        if event.key:
            self.app.push_screen(RecordHistoryScreen(self.session, self.view, event.key))
