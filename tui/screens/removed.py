"""The records that once were and are not now; Enter opens the life of one, and j brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from textual import work
from textual.widget import Widget

from registry.errors import VanortError
from registry.health.whole import none_removed
from registry.removed import Removed, removed
from registry.words import N_, _
from tui.commands import Command, Verdict
from tui.notices import tell_error
from tui.reading import PATIENCE, Reading
from tui.screens.place import Place
from tui.screens.record_history import RecordHistoryScreen
from tui.session import View
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


def _chosen(screen: RemovedScreen) -> Verdict:
    return True if screen.chosen else _("There is no record here.")


class RemovedScreen(Place):
    """The list, the last removed first."""

    FOCUSED = "RecordList"
    COMMAND_TABLE = (
        Command(id="removed.bring-back", keys="j", label=N_("bring back"), help=N_("Bring the record back as it was before it was removed."), group=N_("Removed"), enabled=_chosen, writes=True, rank=8),
    )  # fmt: skip

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main)
        self._found: dict[str, Removed] = {}

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
        self.query_one(RecordList).empty = none_removed(self.session.store.repo, _("No record is removed now."))
        self._show(found)

    @property
    def chosen(self) -> Removed | None:
        """The record under the cursor."""
        return self._found.get(str(self.query_one(RecordList).key))

    def _show(self, found: list[Removed]) -> None:
        self._found = {one.ref: one for one in found}
        cells = [
            (one.title, one.ref, f"{one.entry.date.astimezone():%Y-%m-%d}", one.entry.author, one.entry.why)
            for one in found
        ]
        self.query_one(RecordList).set_rows(Rows([one.ref for one in found], cells))
        self.refresh_bindings()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Its life."""
        event.stop()
        if event.key:
            self.app.push_screen(RecordHistoryScreen(self.session, self.view, event.key))

    @work(exclusive=True, group="act")
    async def do_bring_back(self) -> None:
        """The record as it last was, through the ordinary dialogue."""
        from tui.bring_back import bring_back

        if (chosen := self.chosen) is not None:
            await bring_back(self.main, chosen.ref, f"{chosen.entry.commit}^")
