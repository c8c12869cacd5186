"""A report as it would be written, to be read first; what it is asked for can be changed here, and it is written from here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual import work
from textual.widget import Widget

from registry.words import LANGUAGES, N_, _
from tui.asking_day import ask_for_day
from tui.commands import Command, Verdict
from tui.reporting import Wanted, made, write
from tui.screens.place import Place
from tui.session import View
from tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from registry.reports.document import Document
    from tui.screens.main import MainScreen

_GROUP: Final = N_("Report")
_FIRST_YEAR, _LAST_YEAR = 1, 9999


def _of_year(screen: ReportScreen) -> Verdict:
    return True if screen.wanted.report.of_year else _("This report is of no year.")


def _has_earlier(screen: ReportScreen) -> Verdict:
    if screen.wanted.year <= _FIRST_YEAR:
        return _("There is no earlier year.")
    return _of_year(screen)


def _has_later(screen: ReportScreen) -> Verdict:
    if screen.wanted.year >= _LAST_YEAR:
        return _("There is no later year.")
    return _of_year(screen)


def _of_meeting(screen: ReportScreen) -> Verdict:
    return True if screen.wanted.report.of_meeting else _("This report is made for no meeting.")


class Reading(Sheet):
    """A sheet of which no line leads anywhere."""

    COMMAND_TABLE = (
        replace(Sheet.commands["sheet.down"], label=N_("read on")),
        replace(Sheet.commands["sheet.open"], show=False),
    )


class ReportScreen(Place):
    """The report from top to bottom. It stays as it was made while the registry goes on: it names its version."""

    FOCUSED = "Sheet"
    COMMAND_TABLE = (
        Command(id="report.write", keys="w", label=N_("write to a file"), help=N_("Write the report as Word, HTML or Markdown, where you say."), group=_GROUP, rank=6),
        Command(id="report.earlier", keys="left", label=N_("earlier year"), help=N_("The year before."), group=_GROUP, enabled=_has_earlier, when_usable=True, rank=10),
        Command(id="report.later", keys="right", label=N_("later year"), help=N_("The year after."), group=_GROUP, enabled=_has_later, when_usable=True, rank=11),
        Command(id="report.meeting", keys="d", label=N_("meeting"), help=N_("The day of the meeting that the agenda is for."), group=_GROUP, enabled=_of_meeting, when_usable=True, rank=12),
        Command(id="report.language", keys="l", label=N_("language"), help=N_("The same report in Swedish or in English."), group=_GROUP, rank=13),
        Command(id="report.names", keys="n", label=N_("names"), help=N_("With the names of people, from the people book, or without."), group=_GROUP, rank=14),
    )  # fmt: skip

    def __init__(self, main: MainScreen, wanted: Wanted, document: Document) -> None:
        super().__init__(main)
        self.wanted = wanted
        self.document = document

    def body(self) -> Iterator[Widget]:
        """One page."""
        yield Reading()

    def show_view(self, _view: View) -> None:
        """Show the report as it was made."""
        from tui.report_text import report_lines

        document = self.document
        named = _("with names") if self.wanted.named else _("without names")
        language = _("in Swedish") if self.wanted.language == "sv" else _("in English")
        self.title_is(f"{self.wanted.report.words} · {language} · {named}")
        self.query_one(Sheet).show(lambda width: list(report_lines(document, width)))

    def do_earlier(self) -> None:
        """The year before."""
        self._ask_for(replace(self.wanted, year=self.wanted.year - 1, year_given=True))

    def do_later(self) -> None:
        """The year after."""
        self._ask_for(replace(self.wanted, year=self.wanted.year + 1, year_given=True))

    def do_language(self) -> None:
        """The other language."""
        other = next(language for language in LANGUAGES if language != self.wanted.language)
        self._ask_for(replace(self.wanted, language=other))

    def do_names(self) -> None:
        """With names, or without."""
        self._ask_for(replace(self.wanted, named=not self.wanted.named))

    @work(exclusive=True, group="act")
    async def do_meeting(self) -> None:
        """Ask for the day."""
        if (day := await ask_for_day(self, _("Which day is the meeting?"), self.session.today)) is not None:
            await self._make(replace(self.wanted, meeting=day))

    @work(exclusive=True, group="act")
    async def do_write(self) -> None:
        """Where to, and write it."""
        await write(self, self.main, self.wanted, self.document)

    @work(exclusive=True, group="act")
    async def _ask_for(self, wanted: Wanted) -> None:
        await self._make(wanted)

    async def _make(self, wanted: Wanted) -> None:
        """Make another report, and show it; where that does not succeed this one stays."""
        if (document := await made(self, self.main, wanted)) is not None:
            self.wanted, self.document = wanted, document
            self.show_view(self.view)
            self.refresh_bindings()
