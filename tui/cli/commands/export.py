"""`vanort export FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from registry.words import _
from tui.cli import completing
from tui.cli.answers import say, say_json
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "export",
        run,
        summary,
        text=_(
            "FILE ends in .xlsx (a sheet for each kind, and for each list in a record), .csv (one sheet: the projects, "
            "or the one that --sheet names), .json (complete, also for programs) or .ics (deadlines and dates for a "
            "calendar). People are their ids. Nothing in a file is a formula. vanort import takes all but .ics back."
        ),
        params=[
            click.Argument(["file"], metavar=_("FILE"), type=click.Path(path_type=Path)),
            click.Option(
                ["--sheet"],
                metavar=_("SHEET"),
                default="",
                shell_complete=completing.sheets,
                help=_("Only this sheet: projects, projects.budget, twin-towns, departments.officers …"),
            ),
            click.Option(
                ["--excel", "for_excel"],
                is_flag=True,
                help=_("CSV with semicolons and a mark at its start, as a Swedish Excel opens it with a double click."),
            ),
            click.Option(
                ["--names", "named"],
                is_flag=True,
                help=_("Names of people beside their ids, from the people book; never inside the registry's folder."),
            ),
            click.Option(["--overwrite"], is_flag=True, help=_("Also where the file exists already.")),
            at_option(),
            json_option(),
        ],
        reads=True,
        examples=[
            ("vanort export registret.xlsx", _("All of it, for Excel or LibreOffice.")),
            ("vanort export budget.csv --sheet projects.budget --excel", _("The budget lines of all projects.")),
            ("vanort export frister.ics", _("Deadlines, project dates and evaluations, for a calendar.")),
        ],
    )


def run(
    invocation: Invocation,
    *,
    file: Path,
    sheet: str,
    for_excel: bool,
    named: bool,
    overwrite: bool,
    at: str | None,
) -> None:
    """Write the file."""
    from registry.exchange.exporting import Wanted, making
    from registry.exchange.target import check_target, require_not_own, require_outside, write_whole
    from registry.progress import all_of

    target = file.expanduser()
    snapshot, day = invocation.store.as_of(at)
    names = invocation.store.names(snapshot) if named else None
    steps = making(snapshot, target, Wanted(sheet, for_excel, names, day))
    require_not_own(target, invocation.store.repo)
    check_target(target, overwrite=overwrite)
    if named:
        require_outside(target, invocation.store.folder)
    write_whole(target, all_of(steps), overwrite=overwrite, private=named)
    if invocation.wants_json:
        say_json({"file": str(target), "commit": snapshot.commit})
    else:
        say(_("Written: %(file)s") % {"file": str(target)})
        if named:
            say(_("It holds names of people: keep it where nobody else reads."))
