"""A report in the app: which one, how it is made with its progress in sight, and the file that it is written to."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from registry.errors import VanortError
from registry.records.refs import is_person
from registry.reports.reports_known import REPORTS, Report
from registry.words import _, language, speaking
from tui.asking_file import ask_for_file, may_write
from tui.notices import tell, tell_error

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from registry.progress import Progress
    from registry.reports.asked import Making
    from registry.reports.document import Document
    from registry.store import Store
    from tui.screens.main import MainScreen


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asks for."""

    report: Report
    language: str
    year: int
    year_given: bool = False
    """Whether the user turned to that year; otherwise it is the one of today."""
    meeting: date | None = None
    ref: str = ""
    named: bool = False


async def report(main: MainScreen, ref: str = "") -> None:
    """Ask which report, show it, and have it written. From a worker. `ref` is the record in sight, if there is one."""
    from tui.screens.choose import ChooseScreen

    own = REPORTS["record"]
    of_this = ref if ref in main.view.snapshot and not is_person(ref) else ""
    options = [(known.name, f"{known.words} · {_(known.about)}") for known in REPORTS.values()]
    if of_this:  # it is what somebody wants who looks at a record
        options = [("", f"{own.words} · {main.view.snapshot.title(of_this)}"), *options]
    chosen = await main.app.push_screen_wait(ChooseScreen(_("Which report?"), options, guide="reports"))
    if chosen is None:
        return
    if not chosen:
        await report_of_record(main, of_this)
    elif REPORTS[chosen].of_record:
        if (asked := await _which_record(main)) is not None:
            await report_of_record(main, asked)
    else:
        await _preview(main, _usual(main, REPORTS[chosen]))


async def report_of_record(main: MainScreen, ref: str) -> None:
    """Show the report of one record, and have it written. From a worker."""
    await _preview(main, _usual(main, REPORTS["record"], ref))


def _usual(main: MainScreen, of: Report, ref: str = "") -> Wanted:
    """As the screen speaks, of this year, without names."""
    return Wanted(of, language(), main.session.today.year, ref=ref)


async def _which_record(main: MainScreen) -> str | None:
    from tui.screens.choose import ChooseScreen

    rows = main.view.snapshot.rows
    options = [(ref, f"{main.view.snapshot.title(ref)} · {ref}") for ref in rows]
    return await main.app.push_screen_wait(ChooseScreen(_("The report of which record?"), options, guide="reports"))


async def _preview(main: MainScreen, wanted: Wanted) -> None:
    from tui.screens.report import ReportScreen

    if (document := await made(main, main, wanted)) is not None:
        await main.app.push_screen(ReportScreen(main, wanted, document))


async def made(node: DOMNode, main: MainScreen, wanted: Wanted) -> Document | None:
    """The report, made while its progress is in sight; None where it was called off or cannot be made, which is said."""
    from tui.screens.working import carried_through

    view, session = main.view, main.session

    def begin(store: Store) -> Making:
        from registry.names import RecordNames
        from registry.reports.asked import Asked
        from registry.reports.making import spoken

        asked = Asked(
            store,
            view.snapshot,
            session.today,
            wanted.year,
            store.names(view.snapshot) if wanted.named else RecordNames(view.snapshot),
            book=session.book_to_judge_by,
            named=wanted.named,
            year_given=wanted.year_given,
            meeting=wanted.meeting,
            ref=wanted.ref,
        )
        return spoken(wanted.language, wanted.report.making(asked))

    try:
        return await carried_through(node, session, str(wanted.report.words), begin)
    except VanortError as error:
        tell_error(node, error)
        return None


async def write(node: DOMNode, main: MainScreen, wanted: Wanted, document: Document) -> None:
    """Ask for a file until the report could be written to it, or the user thinks better of it. From a worker."""
    from registry.reports.drawing.formats import suffixes
    from registry.reports.making import file_stem

    with speaking(wanted.language):
        stem = file_stem(wanted.report, year=wanted.year, meeting=wanted.meeting, ref=wanted.ref)
    target = Path("~") / f"{stem}.docx"
    question = _("Write the report to which file? .docx for Word, .html to print or to send, or .md.")
    while (chosen := await ask_for_file(node, question, str(target), suffixes())) is not None:
        target = chosen
        try:
            if await _written(node, main, wanted, document, target.expanduser()):
                tell(node, _("Written: %(file)s") % {"file": str(target.expanduser().absolute())})
                return
        except VanortError as error:
            tell_error(node, error)


async def _written(node: DOMNode, main: MainScreen, wanted: Wanted, document: Document, target: Path) -> bool:
    """Whether the report was written there; not where the user thinks of another name. Raises `VanortError`."""
    from registry.exchange.target import require_outside, write_whole
    from tui.screens.working import carried_through

    session = main.session
    if wanted.named:
        require_outside(target, session.folder)
    if (overwrite := await may_write(node, session, target)) is None:
        return False

    def begin(_store: Store) -> Generator[Progress, None, bytes]:
        return _drawn(document, target, session.today)

    title = _("Writing %(file)s") % {"file": target.name}
    content: bytes = await carried_through(node, session, title, begin)
    await session.run(lambda: write_whole(target, content, overwrite=overwrite, private=wanted.named))
    return True


def _drawn(document: Document, target: Path, day: date) -> Generator[Progress, None, bytes]:
    from registry.progress import Progress
    from registry.reports.drawing.formats import format_of

    drawn_as = format_of(target)
    yield Progress(document.title, 0)
    return drawn_as.draw(document, day)
