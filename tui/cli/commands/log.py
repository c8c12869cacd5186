"""`vanort log [REF]`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from registry.words import _
from tui.cli.answers import beginning, say, say_json_list, styled
from tui.cli.filtering import filter_from, filter_options
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option, ref_argument

if TYPE_CHECKING:
    from registry.history import Entry
    from registry.records.types import Names


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "log",
        run,
        summary,
        reads=True,
        text=_("Newest first. Who decided stands under the decision; who entered it, beside the day."),
        params=[
            ref_argument(required=False),
            *filter_options(),
            click.Option(
                ["--overrides"], is_flag=True, help=_("Only changes that depart from the policy, or breach it.")
            ),
            click.Option(
                ["-n", "--count"], type=click.IntRange(0), metavar=_("N"), help=_("No more than the N latest.")
            ),
            click.Option(["--fields"], is_flag=True, help=_("Every field that was changed, too.")),
            at_option(),
            json_option(),
        ],
        examples=[
            ("vanort log -n 10", _("The ten latest changes.")),
            ("vanort log projects/2026/korresa --fields", _("All that happened to one project, field by field.")),
            (
                "vanort log --filter 'by:anna decision:KS field:budget 2025'",
                _("Who entered which change of money, that year."),
            ),
            ("vanort log --decision 'KS 2026-03-10 § 31'", _("All that was done under one decision.")),
            ("vanort log --overrides --json", _("The departures from the policy, for a program.")),
        ],
    )


def run(
    invocation: Invocation,
    *,
    ref: str | None,
    overrides: bool,
    count: int | None,
    fields: bool,
    at: str | None,
    **options: Any,
) -> None:
    """Tell the history, as it comes."""
    from registry.records.refs import parse_ref
    from registry.searching import found, only_entries
    from registry.timeline import history_of

    store = invocation.store
    invocation.tell_where_it_begins()
    name = parse_ref(ref) if ref else ""
    wanted = filter_from(options)
    rev = "HEAD" if at is None else store.repo.at(at)
    told = fields or invocation.wants_json
    several = history_of(store.repo, name, rev, fields=told) if name else found(store.repo, wanted, rev, fields=told)
    entries = only_entries(several)
    if name:
        entries = filter(wanted.matches, entries if invocation.wants_json else _some(entries, name))
    if overrides:
        entries = (entry for entry in entries if entry.overrides)
    entries = islice(entries, count)
    if invocation.wants_json:
        say_json_list(entry.as_json() for entry in entries)
        return
    names = store.names(store.current())
    number = -1
    for number, entry in enumerate(entries):
        if number:
            say()
        _say(entry)
        if fields:
            for text in _fields(entry, names):
                say(f"    {text}")
    if number < 0 and wanted:
        say(_("No change is like that.") + f" ({wanted.in_words()})")


def _some(entries: Iterator[Entry], name: str) -> Iterator[Entry]:
    """The entries; where there is none, the record never was, and that is an error. Raises `NotFound`."""
    from registry.errors import NotFound

    first = next(entries, None)
    if first is None:
        raise NotFound(
            _("Nothing was ever saved under the name %(ref)s.") % {"ref": name},
            _("vanort list shows what there is."),
        )
    yield first
    yield from entries


def _fields(entry: Entry, names: Names) -> Iterator[str]:
    """Each field that a change gave another value: of the record that was asked for, or of all."""
    from registry.sentences import sentences

    of = (entry.of,) if entry.of else ()
    if of and (entry.begins or any(entry.unreadable(entry.of))):
        yield from (told.words for told in sentences(entry, entry.of, names))
        return
    yield from (
        f"{ref}: " + _("The file could not be read") for ref in entry.refs if not of and entry.unreadable(ref)[1]
    )
    for new, old in entry.renamed.items():
        if not of or new in of:
            yield _("New name in the registry: %(old)s → %(new)s") % {"old": old, "new": new}
    yield from (change.line(names, width=100) for change in entry.fields(names, of))


def _say(entry: Entry) -> None:
    from registry.differences import NOTHING
    from registry.plain_text import line
    from registry.records.dates import show_date

    when = entry.date.astimezone()
    head = _("%(day)s %(time)s  entered by %(author)s") % {
        "day": show_date(when.date()),
        "time": f"{when:%H:%M}",
        "author": line(entry.author) or NOTHING,
    }
    say(f"{styled(entry.commit[:10], 'yellow')}  {head}")
    say(f"    {styled(line(entry.subject) or NOTHING, 'bold')}")
    for text in beginning(entry.why):
        say(f"    {text}")
    if entry.begins:
        say("    " + _("The history in this copy begins here: what this change did is not known."))
    if entry.correction:
        say("    " + _("A correction of the record, not an event."))
    for decision in entry.decisions:
        say("    " + _("Decision: %(decision)s") % {"decision": line(decision)})
    for clause in entry.overrides:
        said = (
            _("Breach of the policy: %(clause)s")
            if clause in entry.breaches
            else _("Departs from the policy: %(clause)s")
        )
        say("    " + said % {"clause": line(clause)})
