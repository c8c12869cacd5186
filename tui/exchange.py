"""Files out and in, as dialogues: which file, what its columns are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from registry.errors import VanortError
from registry.words import _
from tui.asking_file import ask_for_file, may_write
from tui.notices import tell, tell_error

if TYPE_CHECKING:
    from registry.exchange.importing import Asked
    from registry.exchange.plans import Plan
    from registry.exchange.recognising import Unmapped
    from registry.store import Store
    from tui.screens.main import MainScreen

_LEFT_OUT = "-"
"""Chosen for a column that is not to be read: "" cannot be told from nothing."""


async def export(main: MainScreen) -> None:
    """Ask for a file until the registry could be written to it, or the user thinks better of it. From a worker."""
    from registry.exchange.exporting import FORMATS

    question = _("Write the registry to which file? .xlsx for Excel, .csv, .json, or .ics for a calendar.")
    target = Path(_("~/registry.xlsx"))
    while (chosen := await ask_for_file(main, question, str(target), FORMATS)) is not None:
        target = chosen
        try:
            if await _written(main, target.expanduser()):
                tell(main, _("Written: %(file)s") % {"file": str(target.expanduser().absolute())})
                return
        except VanortError as error:
            tell_error(main, error)


async def _written(main: MainScreen, target: Path) -> bool:
    """Whether the registry was written there; not where the user thinks of another name. Raises `VanortError`."""
    from registry.exchange.exporting import Wanted, making
    from registry.exchange.target import write_whole
    from registry.progress import Making
    from tui.screens.working import carried_through

    if (overwrite := await may_write(main, main.session, target)) is None:
        return False
    sheet = ""
    if target.suffix.lower() == ".csv" and not (sheet := await _which_sheet(main)):
        return False
    snapshot, wanted = main.view.snapshot, Wanted(sheet, for_excel=True, today=main.session.today)

    def begin(_store: Store) -> Making:
        return making(snapshot, target, wanted)

    title = _("Writing %(file)s") % {"file": target.name}
    content: bytes = await carried_through(main, main.session, title, begin)
    await main.session.run(lambda: write_whole(target, content, overwrite=overwrite))
    return True


async def _which_sheet(main: MainScreen) -> str:
    from registry.exchange.layout import SHEETS
    from tui.screens.choose import ChooseScreen

    options = [(sheet.id, str(sheet.words)) for sheet in SHEETS.values()]
    return await main.app.push_screen_wait(ChooseScreen(_("Which rows?"), options, guide="files")) or ""


async def take_in(main: MainScreen) -> None:
    """Ask for a file and, if need be, what its columns are; then show what would come of it. From a worker."""
    from registry.exchange.importing import PROGRAMS
    from tui.screens.importing import ImportScreen

    question = _("Take in which file? Excel, CSV or JSON; you see what would come of it before anything is saved.")
    file: Path | None = Path()
    while (
        file := await ask_for_file(main, question, "" if file == Path() else str(file), PROGRAMS, "~/gamla.xlsx")
    ) is not None:
        try:
            found = await _understood(main, file.expanduser())
        except VanortError as error:
            tell_error(main, error)
            continue
        if found is not None and await main.app.push_screen_wait(ImportScreen(main, *found)):
            tell(main, _("Saved."))
        return


async def _understood(main: MainScreen, file: Path) -> tuple[Plan, Asked] | None:
    """What the file comes to, once its columns are known; None where the user does not say. Raises `VanortError`."""
    from registry.exchange.importing import Asked
    from registry.exchange.recognising import Unmapped

    asked = Asked(exceptions_are_asked=True)
    while True:
        try:
            return await _planned(main, file, asked), asked
        except Unmapped as unmapped:
            if (said := await _columns(main, unmapped)) is None:
                return None
            asked = replace(asked, mapped={**asked.mapped, **said})


async def _planned(main: MainScreen, file: Path, asked: Asked) -> Plan:
    from registry.exchange.importing import planning
    from tui.screens.working import carried_through

    today = main.session.today
    title = _("Looking at %(file)s") % {"file": file.name}
    return await carried_through(main, main.session, title, lambda store: planning(store, file, asked, today))


async def _columns(main: MainScreen, unmapped: Unmapped) -> dict[str, str] | None:
    """What the columns are that nobody knows, one after the other; None for Esc."""
    from registry.exchange.recognising import fields_of
    from tui.screens.choose import ChooseScreen

    fields = fields_of(unmapped.recognised.sheet)
    options = [(_LEFT_OUT, _("is not to be read")), *fields.items()]
    said: dict[str, str] = {}
    for heading in unmapped.recognised.unknown:
        question = _("What is the column “%(heading)s”?") % {"heading": heading}
        chosen = await main.app.push_screen_wait(ChooseScreen(question, options, guide="files"))
        if chosen is None:
            return None
        said[heading] = "" if chosen == _LEFT_OUT else chosen
    return said
