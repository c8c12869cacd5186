"""The coordination committee as of a day: today, or any other that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import work
from textual.widget import Widget

from registry.errors import VanortError
from registry.records.dates import show_date
from registry.words import N_, _
from tui.asking_day import ask_for_day
from tui.commands import Command
from tui.judging import read_through
from tui.notices import tell_error
from tui.screens.place import Place
from tui.session import View
from tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from registry.policy.committee import Committee
    from tui.screens.main import MainScreen


class CommitteeScreen(Place):
    """Who sits, vacancies, projects without a seat, meetings."""

    FOCUSED = "Sheet"
    COMMAND_TABLE = (
        Command(id="committee.mailing", keys="m", label=N_("mailing list"), help=N_("Copy the addresses of the committee, from the people book."), group=N_("Committee"), rank=11),
        Command(id="committee.day", keys="d", label=N_("another day"), help=N_("The committee as of another day, past or to come."), group=N_("Committee"), rank=10),
    )  # fmt: skip

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main)
        self.day = main.session.today

    def body(self) -> Iterator[Widget]:
        """One page."""
        yield Sheet(_("being looked through …"))

    def show_view(self, view: View) -> None:
        """Derive the committee."""
        self.title_is(_("The coordination committee, %(day)s") % {"day": show_date(self.day)})
        self._derive(view)

    @work(exclusive=True, group="look")
    async def _derive(self, view: View) -> None:
        on = self.day

        def derive() -> Committee:
            from registry.policy.committee import committee

            found = committee(view.snapshot, on)
            for member in found.members:
                view.names.person(member.person)  # reads the people book, which the screen must not wait for
            return found

        try:
            await read_through(self.session, view)
            found = await self.session.run(derive)
        except VanortError as error:
            tell_error(self, error)
            return
        from tui.committee_text import committee_lines

        self.query_one(Sheet).show(lambda width: list(committee_lines(found, view.snapshot, view.names, width)))

    async def on_sheet_opened(self, event: Sheet.Opened) -> None:
        """To the department, the registry or the project."""
        event.stop()
        await self.lead_to(event.goal)

    @work(exclusive=True, group="act")
    async def do_mailing(self) -> None:
        """The addresses to the clipboard."""
        from registry.exchange.mailing import COMMITTEE
        from tui.letters import copy_mailing_list

        await copy_mailing_list(self, self.session, self.view, COMMITTEE, self.day)

    @work(exclusive=True, group="act")
    async def do_day(self) -> None:
        """Ask for the day."""
        question = _("The committee as of which day?")
        if (day := await ask_for_day(self, question, self.session.today)) is not None:
            self.day = day
            self.show_view(self.view)
