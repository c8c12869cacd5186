"""`vanort report NAME`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from registry.errors import BadInput
from registry.words import _
from tui.cli import completing
from tui.cli.answers import note, say, say_json
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option

if TYPE_CHECKING:
    from registry.reports.asked import Asked
    from registry.reports.drawing.formats import Format


def make(summary: str) -> Command:
    """The command."""
    from registry.reports.reports_known import REPORTS

    known = ", ".join(f"{report.name} ({report.words})" for report in REPORTS.values())
    return Command(
        "report",
        run,
        summary,
        text=_("NAME is one of: %(reports)s.") % {"reports": known}
        + "\n\n"
        + _(
            "Without -o the report goes to the screen as Markdown, or as HTML where that is asked for. FILE ends in .md, "
            ".html or .docx. It is written in the language spoken (--lang), and names the version that it was made from. "
            "People are their ids. The report record is of one record, named after it."
        ),
        params=[
            click.Argument(
                ["name"], metavar=_("NAME"), type=click.Choice([*REPORTS]), shell_complete=completing.reports
            ),
            click.Argument(["ref"], metavar="[REF]", required=False, default="", shell_complete=completing.refs),
            click.Option(
                ["--year"],
                type=click.IntRange(1, 9999),
                metavar=_("YEAR"),
                help=_("The year that it tells of; without, this year or that of --at."),
            ),
            click.Option(
                ["--meeting"], metavar=_("DATE"), default="", help=_("The committee's meeting that an agenda is for.")
            ),
            click.Option(
                ["--since"],
                metavar=_("DATE"),
                default="",
                help=_("An agenda tells what changed after this day; without, after the last meeting."),
            ),
            click.Option(
                ["--format", "kind"],
                type=click.Choice(["md", "html", "docx"]),
                help=_("Markdown, HTML or Word; without, what the end of FILE says."),
            ),
            click.Option(
                ["-o", "--output", "file"],
                metavar=_("FILE"),
                type=click.Path(path_type=Path),
                help=_("Into this file, and not on the screen."),
            ),
            click.Option(
                ["--names", "named"],
                is_flag=True,
                help=_("People by their names, from the people book; never inside the registry's folder."),
            ),
            click.Option(["--overwrite"], is_flag=True, help=_("Also where the file exists already.")),
            at_option(),
            json_option(),
        ],
        reads=True,
        examples=[
            ("vanort report annual -o arsrapport.docx", _("This year's report for the board, as Word.")),
            ("vanort report annual --year 2025 --format html", _("Another year's, as a page to print.")),
            ("vanort report agenda --meeting 2026-12-08", _("What the committee has before it on that day.")),
            ("vanort report budget --year 2025 --at 2025-06-30", _("A year's money, as it stood at midsummer.")),
            ("vanort report record projects/2026/korresa", _("One record with its whole history, to hand out.")),
        ],
    )


def run(
    invocation: Invocation,
    *,
    name: str,
    ref: str,
    year: int | None,
    meeting: str,
    since: str,
    kind: str | None,
    file: Path | None,
    named: bool,
    overwrite: bool,
    at: str | None,
) -> None:
    """Make the report, and say or write it."""
    from registry.exchange.target import check_target, require_not_own, require_outside, write_whole
    from registry.progress import all_of
    from registry.reports.making import require_fitting
    from registry.reports.noticing import on_one_line
    from registry.reports.reports_known import REPORTS

    report = REPORTS[name]
    require_fitting(report, ref=ref, year=year, meeting=bool(meeting or since))
    target = None if file is None else file.expanduser()
    drawn_as = _format(kind, target, to_json=invocation.wants_json)
    asked = _asked(invocation, ref=ref, year=year, meeting=meeting, since=since, named=named, at=at)
    if target is not None:
        require_not_own(target, invocation.store.repo)
        check_target(target, overwrite=overwrite)
        if named:
            require_outside(target, invocation.store.folder)
    if named and not invocation.store.book.people:
        note(_("There is no people book here that names anybody: people are their ids."))
    document = all_of(report.making(asked))
    for told in on_one_line(document):
        note(told)
    if target is not None:
        write_whole(target, drawn_as.draw(document, asked.day), overwrite=overwrite, private=named)
        _tell_written(invocation, target, asked)
    elif invocation.wants_json:
        from registry.reports.drawing.json_text import as_json

        say_json({**as_json(document), "commit": asked.snapshot.commit})
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(drawn_as.draw(document, asked.day))  # UTF-8, as the page says of itself


def _format(kind: str | None, target: Path | None, *, to_json: bool) -> Format:
    """What it is drawn as. Raises `BadInput` where nothing says it, or where it cannot be shown."""
    from registry.reports.drawing.formats import FORMATS, format_of, require_fitting

    if kind is None:
        return FORMATS["md"] if target is None else format_of(target)
    chosen = FORMATS[kind]
    if target is not None:
        require_fitting(chosen, target)
    if target is None and not chosen.is_text and not to_json:
        raise BadInput(_("A Word file cannot be shown on the screen."), _("Say which file it is to be: -o FILE."))
    return chosen


def _asked(
    invocation: Invocation, *, ref: str, year: int | None, meeting: str, since: str, named: bool, at: str | None
) -> Asked:
    """What the report is made from. Raises `BadInput` for what is no day or REF."""
    from registry.git.days import as_day
    from registry.names import RecordNames
    from registry.records.dates import parse_date, show_date
    from registry.records.refs import parse_ref
    from registry.reports.asked import Asked

    snapshot, day, book = invocation.judged(at)
    if at is not None and as_day(at) == day and day > date.today():
        raise BadInput(
            _("%(day)s has not come yet.") % {"day": show_date(day)},
            _("Leave --at out for the registry as it is, or name a day that has been."),
        )

    def a_day(typed: str) -> date | None:
        return parse_date(typed, day) if typed else None

    return Asked(
        invocation.store,
        snapshot,
        day,
        day.year if year is None else year,
        invocation.store.names(snapshot) if named else RecordNames(snapshot),
        book=book,
        named=named,
        year_given=year is not None,
        meeting=a_day(meeting),
        since=a_day(since),
        ref=parse_ref(ref) if ref else "",
    )


def _tell_written(invocation: Invocation, target: Path, asked: Asked) -> None:
    if invocation.wants_json:
        say_json({"file": str(target), "commit": asked.snapshot.commit})
        return
    say(_("Written: %(file)s") % {"file": str(target)})
    if asked.named:
        say(_("It holds names of people: keep it where nobody else reads."))
