"""`vanort import FILE -m WHY`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from registry.errors import BadInput
from registry.words import _
from tui.cli import completing
from tui.cli.answers import finding_lines, say, say_json, styled
from tui.cli.frame import Asked, Command
from tui.cli.invocation import Invocation

if TYPE_CHECKING:
    from registry.exchange.plans import Plan
    from registry.exchange.recognising import Recognised
    from registry.store import Saved


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "import",
        run,
        summary,
        text=_(
            "FILE is what vanort export writes (.xlsx, .csv, .json), changed or not, or any sheet with a heading over "
            "each column. Rows that name a record by its REF change it; others are found by what they are called, or "
            "are new. Nothing is ever removed. Where a row cannot be taken, nothing is saved, unless --keep-rest says "
            "where such rows are to be kept. --dry-run shows what would come of it."
        ),
        params=[
            click.Argument(["file"], metavar=_("FILE"), type=click.Path(path_type=Path)),
            click.Option(
                ["--keep-rest", "rest"],
                metavar=_("FILE"),
                type=click.Path(path_type=Path),
                help=_("Save what is good, and write the other rows here, each with what is wrong, to mend."),
            ),
            click.Option(
                ["--map", "mapped"],
                metavar=_("HEADING=KEY"),
                multiple=True,
                help=_(
                    "The field that a column is, such as “Aktivitet=title”; “Anm=” leaves it out. It is remembered."
                ),
            ),
            click.Option(
                ["--sheet"],
                metavar=_("SHEET"),
                default="",
                shell_complete=completing.sheets,
                help=_("What the rows are, where their headings do not tell: projects, twin-towns, projects.budget …"),
            ),
            click.Option(
                ["--only"], metavar=_("NAME"), default="", help=_("Only this sheet of the workbook, as it is called.")
            ),
        ],
        changes=True,
        examples=[
            ("vanort import registret.xlsx --dry-run", _("Show what was changed in the sheets, and save nothing.")),
            (
                'vanort import gamla.xlsx --map "Aktivitet=title" --keep-rest rest.xlsx -m "Gamla projekt ur Excel."',
                _("Projects out of an old sheet; what cannot be taken is left in rest.xlsx."),
            ),
        ],
    )


def run(
    invocation: Invocation,
    *,
    file: Path,
    rest: Path | None,
    mapped: tuple[str, ...],
    sheet: str,
    only: str,
    asked: Asked,
) -> int:
    """Take the file in, or show what would come of it."""
    from datetime import date

    from registry.exchange import importing
    from registry.exchange.rest import check_rest
    from registry.exchange.target import check_target
    from registry.outcomes import Saved
    from registry.progress import all_of
    from tui.cli.saving import reason

    store = invocation.store
    source = file.expanduser()
    importing.check_file(source)
    kept = rest.expanduser() if rest is not None else None
    if kept is not None:
        check_rest(source, kept)
        check_target(kept)
    why, correction = ("", False) if asked.dry_run else reason(asked.why, store.saved().language)
    said = importing.Asked(sheet, only, _mapped(mapped), asked.decision, asked.overrides)
    plan = all_of(importing.planning(store, source, said, date.today()))
    refused = plan.bad and kept is None
    if refused or asked.dry_run:
        saved = Saved(None, tuple(plan.change.edits), plan.verdict)
    else:
        saved = importing.carry_out(store, plan, said, why=why, correction=correction, rest=kept)
    if invocation.wants_json:
        _say_json(plan, saved)
    else:
        _say(invocation, plan, saved, dry_run=asked.dry_run)
    if refused and not asked.dry_run:
        raise importing.nothing_saved(plan)
    if plan.bad and kept is not None and not asked.dry_run and not invocation.wants_json:
        say(_("The rows that could not be taken are in %(file)s, to mend.") % {"file": str(kept)})
    return 1 if plan.bad and asked.dry_run else 0


def _mapped(given: tuple[str, ...]) -> dict[str, str]:
    made: dict[str, str] = {}
    for one in given:
        heading, found, path = one.rpartition("=")
        if not found or not heading.strip():
            raise BadInput(
                _("“%(text)s” says no column and field.") % {"text": one}, _("Write it like “Aktivitet=title”.")
            )
        made[heading.strip()] = path.strip()
    return made


def _say_json(plan: Plan, saved: Saved) -> None:
    say_json(
        {
            "commit": saved.commit,
            "records": list(saved.refs),
            "added": sorted(plan.added),
            "changed": sorted(plan.changed),
            "unchanged": plan.unchanged,
            "fields": [item.as_json() for item in plan.verdict.fields if item.ref not in plan.added],
            "bad": [bad.as_json() for bad in plan.bad],
            "findings": [finding.as_json() for finding in saved.findings],
        }
    )


def _columns(recognised: Sequence[Recognised]) -> Iterator[str]:
    """What each column was taken for; of sheets of ours, that all are what they are called."""
    ours = [str(one.sheet.words) for one in recognised if one.as_exported]
    if ours:
        yield _("As exported, every column read as what it is called: %(sheets)s.") % {"sheets": "; ".join(ours)}
    for one in recognised:
        for heading, path in one.mapping().items() if not one.as_exported else ():
            yield f"{heading} = {path or _('left out')}"


def _say(invocation: Invocation, plan: Plan, saved: Saved, *, dry_run: bool) -> None:
    from registry.names import RecordNames
    from registry.plain_text import line

    store = invocation.store
    for remark in plan.source.remarks:
        say(styled(line(remark), "dim"))
    for column in _columns(plan.source.recognised):
        say(styled(line(column), "dim"))
    before = store.saved() if saved.commit is None else store.committed(plan.change.base or "HEAD")
    names = RecordNames(before.edited(plan.change.edits), before, person=store.person)
    shown = ""
    for item in plan.verdict.fields:
        if item.ref != shown:
            shown = item.ref
            mark = styled("+", "green") if item.ref in plan.added else styled("~", "yellow")
            place = plan.places[item.ref][0]
            say(f"{mark} {styled(item.ref, 'bold')}  {styled(line(str(place)), 'dim')}")
        say(f"    {item.line(names, width=100)}")
    for told in finding_lines(saved.findings):
        say(told)
    for bad in plan.bad:
        say(f"{styled('!', 'red')} {line(str(bad))}")
    counts = _("%(added)s added, %(changed)s changed, %(unchanged)s as before, %(bad)s rows that cannot be taken.") % {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "unchanged": plan.unchanged,
        "bad": len({bad.place for bad in plan.bad}),
    }
    say(counts)
    if dry_run:
        say(_("Nothing has been saved: this was a dry run."))
    elif saved.commit is not None:
        say(_("Saved: %(commit)s") % {"commit": saved.commit[:10]})
    elif not plan.bad:
        say(_("Nothing differs, so nothing was saved."))
