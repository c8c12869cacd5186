"""`vanort decisions`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from registry.words import _
from tui.cli.answers import say, say_json_list, styled
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option

if TYPE_CHECKING:
    from registry.decisions_cited import Cases


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "decisions",
        run,
        summary,
        reads=True,
        text=_(
            "The latest first; the same decision is one, however it was written. Under each stand the changes that were "
            "made under it, and the records that cite it. With --without the changes of status, money, commitments or "
            "agreements that rest on none: neither the commit's, nor one beside the value in the same entry."
        ),
        params=[
            click.Option(["--year"], type=click.IntRange(1, 9999), metavar=_("YEAR"), help=_("Only that year's.")),
            click.Option(["--body"], default="", metavar=_("BODY"), help=_("Only what this body decided, such as KS.")),
            click.Option(["--without"], is_flag=True, help=_("What was changed without a decision, instead.")),
            at_option(),
            json_option(),
        ],
        examples=[
            ("vanort decisions --body KS --year 2025", _("What the Executive Committee decided that year.")),
            ("vanort decisions --without", _("What was changed without a decision.")),
            ("vanort decisions --json", _("All of them, with changes and citations, for a program.")),
        ],
    )


def run(invocation: Invocation, *, year: int | None, body: str, without: bool, at: str | None) -> None:
    """Tell the decisions, or what was changed without one."""
    store = invocation.store
    invocation.tell_where_it_begins()
    rev = "HEAD" if at is None else store.repo.at(at)
    if without:
        _without(invocation, rev, year)
        return
    from registry.decisions_read import collect

    snapshot = invocation.snapshot(at)
    collection = list(filter(None, collect(store.repo, snapshot, rev)))[-1]
    cases = collection.all(body, year)
    if invocation.wants_json:
        say_json_list(case.as_json() for case in cases)
        return
    for number, case in enumerate(cases):
        if number:
            say()
        for text in _lines(case):
            say(text)
    if not cases:
        say(_("No decision is cited."))


def _lines(case: Cases) -> Iterator[str]:
    from registry.plain_text import line

    yield styled(line(case.words), "bold")
    for done in case.changes:
        day = done.when.astimezone().date().isoformat()
        yield f"    {day}  {styled(done.commit[:10], 'yellow')}  {line(done.subject)}"
    for cited in case.cited:
        said = _("expected in %(ref)s  %(field)s") if cited.expected else _("cited in %(ref)s  %(field)s")
        yield "    " + said % {"ref": cited.ref, "field": line(cited.field)}


def _without(invocation: Invocation, rev: str, year: int | None) -> None:
    from registry.decisions_read import without_decision
    from registry.plain_text import line

    store = invocation.store
    found = filter(None, without_decision(store.repo, rev))
    wanted = ((entry, changes) for entry, changes in found if year in {None, entry.date.astimezone().year})
    if invocation.wants_json:
        say_json_list({**_head(entry), **change.as_json()} for entry, changes in wanted for change in changes)
        return
    nothing = True
    for entry, changes in wanted:
        nothing = False
        day = entry.date.astimezone().date().isoformat()
        say(f"{day}  {styled(entry.commit[:10], 'yellow')}  {styled(line(entry.subject), 'bold')}")
        say(f"    {line(entry.author)}")
        for change in changes:
            say(f"    {change.line(width=100)}")
    if nothing:
        say(_("Every such change rests on a decision."))


def _head(entry: Any) -> dict[str, Any]:
    told = entry.as_json(fields=False)
    return {key: told[key] for key in ("commit", "author", "date", "subject")}
