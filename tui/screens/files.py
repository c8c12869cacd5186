"""How one gets to files, out and in, from the main screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from registry.words import N_
from tui.commands import Command, HasCommands

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

_FILES: Final = N_("Files")


class LeadsToFiles(HasCommands):
    """Mixed into the main screen."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (
        Command(id="files.report", keys="O", label=N_("report"), help=N_("A report for the board, the committee or an auditor: to read, and to write as Word, HTML or Markdown."), group=_FILES, rank=58),
        Command(id="files.export", keys="X", label=N_("export"), help=N_("Write the registry to a file: Excel, CSV, JSON or a calendar."), group=_FILES, show=False),
        Command(id="files.import", keys="L", label=N_("import"), help=N_("Take in a file; you see what would come of it before anything is saved."), group=_FILES, writes=True, show=False),
    )  # fmt: skip

    @work(exclusive=True, group="act")
    async def do_report(self) -> None:
        """A report, of the registry or of the record in sight."""
        from tui.reporting import report

        main: MainScreen = self  # type: ignore[assignment]
        await report(main, getattr(main.page, "ref", ""))

    @work(exclusive=True, group="act")
    async def do_export(self) -> None:
        """A file out."""
        from tui.exchange import export

        main: MainScreen = self  # type: ignore[assignment]
        await export(main)

    @work(exclusive=True, group="act")
    async def do_import(self) -> None:
        """A file in."""
        from tui.exchange import take_in

        main: MainScreen = self  # type: ignore[assignment]
        await take_in(main)
