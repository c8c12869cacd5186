"""What `vanort doctor` says, in the app: each thing looked at, and Enter sees to what can be seen to from here."""

from __future__ import annotations

from collections.abc import Iterator
from os import environ
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from registry.errors import VanortError
from registry.words import _, ngettext
from tui.notices import tell, tell_error
from tui.screens.place import Place
from tui.session import View
from tui.text import line, plain
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows

if TYPE_CHECKING:
    from registry.health.check import Check
    from tui.screens.main import MainScreen


class DoctorScreen(Place):
    """The list of checks, what needs attention first; the one under the cursor in full, with its remedy."""

    FOCUSED = "RecordList"

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main)
        self._found: list[Check] = []

    def body(self) -> Iterator[Widget]:
        """How much needs attention, the list, and the line under the cursor in full."""
        yield Static(classes="policy--about")
        yield RecordList(
            [Column("ok", "", width=2), Column("message", _("What was looked at"), flex=1, min=30)],
            empty=_("Nothing here needs anything."),
        )
        yield Static(classes="policy--finding")

    def show_view(self, view: View) -> None:  # noqa: ARG002 - a place's signature
        """Look at everything anew."""
        self.title_is(_("Is all well?"))
        self._look()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        from registry.health.computer import git
        from registry.health.looking import checks
        from tui import terminal_health

        store = self.session.store
        try:
            found = await self.session.run(lambda: [git(), *checks(store)])
        except VanortError as error:
            tell_error(self, error)
            return
        found += terminal_health.checks(environ, "utf-8", (self.app.size.width, self.app.size.height))
        self._found = sorted(found, key=lambda check: (check.ok, not check.remedy))
        amiss = sum(not check.ok for check in found)
        said = ngettext("%(count)s thing needs attention.", "%(count)s things need attention.", amiss)
        told = said % {"count": amiss} if amiss else _("Nothing here needs anything.")
        self.query_one(".policy--about", Static).update(line(told, style="bold"))
        cells = [("✓" if check.ok else "✗", check.message) for check in self._found]
        self.query_one(RecordList).set_rows(Rows(list(range(len(cells))), cells))
        self._show_row()

    def _show_row(self) -> None:
        key = self.query_one(RecordList).key
        lines: list[Content] = []
        if key is not None and key < len(self._found):
            check = self._found[key]
            lines = [line(check.message, style="bold")]
            lines += [plain(check.remedy)] if check.remedy else []
            lines += [plain(_("Enter sees to it."))] if self._can_mend(check) else []
        self.query_one(".policy--finding", Static).update(Content("\n").join(lines))

    def _can_mend(self, check: Check) -> bool:
        if self.session.read_only:
            return False
        return check.mend is not None or (check.id == "identity" and not check.ok)

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another line."""
        event.stop()
        self._show_row()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """See to it, if that can be done from here."""
        event.stop()
        check = self._found[event.key]
        if self._can_mend(check):
            self._mend(check)
        else:
            tell(self, check.remedy or _("Nothing to see to from here."))

    @work(exclusive=True, group="act")
    async def _mend(self, check: Check) -> None:
        try:
            if check.mend is None:
                from tui.screens.saving import someone_acts

                if not await someone_acts(self.main):
                    return
            else:
                await self.session.run(check.mend)
        except VanortError as error:
            tell_error(self, error)
            return
        tell(self, _("Seen to: %(what)s.") % {"what": check.message})
        self._look()
