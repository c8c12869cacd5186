"""One change, whole: what, who decided, who entered it, why, and every value before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from textual import events, work
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from registry.errors import VanortError
from registry.words import N_, _
from tui.commands import Command, Verdict
from tui.notices import tell_error
from tui.screens.place import Place
from tui.session import View

if TYPE_CHECKING:
    from registry.history import Entry
    from tui.screens.main import MainScreen

_GROUP: Final = N_("History")


def _of_records(screen: ChangeScreen) -> Verdict:
    return True if screen.entry is not None and screen.entry.refs else _("This change touched no record.")


class ChangeScreen(Place):
    """The change with that commit id."""

    FOCUSED = ".detail"
    COMMAND_TABLE = (
        Command(id="change.as-of", keys="v", label=N_("that day"), help=N_("Open the whole registry as it was after this change."), group=_GROUP, rank=21),
        Command(id="change.record", keys="f", label=N_("to the record"), help=N_("Go to the record that was changed."), group=_GROUP, enabled=_of_records, rank=22),
        Command(id="change.bring-back", keys="j", label=N_("bring back"), help=N_("Bring a record back as it was before this change."), group=_GROUP, enabled=_of_records, writes=True, rank=23),
        Command(id="change.take-back", keys="z", label=N_("take back"), help=N_("Undo this change; what came after stays."), group=_GROUP, enabled=_of_records, writes=True, rank=8),
        Command(id="change.copy", keys="ctrl+y", label=N_("copy"), help=N_("Copy the change as text."), group=_GROUP, show=False),
    )  # fmt: skip

    def __init__(self, main: MainScreen, commit: str) -> None:
        super().__init__(main)
        self._commit = commit
        self.entry: Entry | None = None
        self._told: list[Content] = []

    def body(self) -> Iterator[Widget]:
        """A page to scroll."""
        with VerticalScroll(classes="detail", can_focus=True):
            yield Static(classes="detail-text")

    def show_view(self, view: View) -> None:
        """Read the change."""
        self.title_is(_("Change %(commit)s") % {"commit": self._commit[:10]})
        self._read(view)

    def on_resize(self, _event: events.Resize) -> None:
        """What is told is wrapped elsewhere."""
        self.call_after_refresh(self._read, self.view)

    @work(exclusive=True, group="look")
    async def _read(self, view: View) -> None:
        from registry.policy import Terms
        from tui.screens.history import detail

        store, commit = self.session.store, self._commit
        width = self.query_one(".detail").scrollable_content_region.width

        def reading() -> tuple[Entry, list[Content]]:
            entry = next(store.history(rev=commit, limit=1))
            return entry, list(detail(entry, view.names, "", width, Terms.of(view.snapshot.policy).quotes))

        try:
            self.entry, self._told = await self.session.run(reading)
        except VanortError as error:
            tell_error(self, error)
            return
        self.query_one(".detail-text", Static).update(Content("\n").join(self._told))
        self.refresh_bindings()

    @work(exclusive=True, group="act")
    async def do_as_of(self) -> None:
        """The registry as it was after the change."""
        from tui.screens.past import show_past

        await show_past(self.main, self._commit, next(iter(self._refs), ""))

    @work(exclusive=True, group="act")
    async def do_record(self) -> None:
        """To the record, where it still is."""
        if ref := await self._choose([ref for ref in self._refs if ref in self.view.snapshot]):
            await self.lead_to(ref)

    @work(exclusive=True, group="act")
    async def do_bring_back(self) -> None:
        """A record as it was before the change."""
        from tui.bring_back import bring_back

        if ref := await self._choose(self._refs):
            await bring_back(self.main, ref, f"{self._commit}^")

    @work(exclusive=True, group="act")
    async def do_take_back(self) -> None:
        """All that the change did."""
        from tui.screens.undo import take_back

        if self.entry is not None:
            await take_back(self.main, self.entry)

    async def do_copy(self) -> None:
        """The change to the clipboard."""
        from tui.clipboard import copy_and_tell

        await copy_and_tell(self, "\n".join(part.plain for part in self._told))

    @property
    def _refs(self) -> list[str]:
        return list(self.entry.refs) if self.entry else []

    async def _choose(self, refs: list[str]) -> str | None:
        from tui.screens.choose import ChooseScreen

        if len(refs) < 2:
            return next(iter(refs), None)
        options = [(ref, self.view.names.record(ref)) for ref in refs]
        return await self.app.push_screen_wait(ChooseScreen(_("Which record?"), options))
