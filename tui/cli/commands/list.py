"""`vanort list KIND`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from registry.records.values import is_absent
from registry.words import _, ngettext
from tui.cli import completing
from tui.cli.answers import note, say, say_json_list, styled
from tui.cli.columns import aligned
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option

if TYPE_CHECKING:
    from datetime import date

    from registry.query import Condition
    from registry.records.field_type import Names
    from registry.records.fields import Kind
    from registry.rows import Row
    from registry.snapshot import Snapshot


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "list",
        run,
        summary,
        reads=True,
        text=_(
            "KIND is departments, twin-towns or projects. A condition is KEY=VALUE; != >= <= compare as well, and ~= "
            "is “contains”. KEY= is “has no value”, and budget.year=2026 looks into a list. Several must all hold."
        )
        + "\n\n"
        + _(
            "Projects and twin towns come with what the policy prioritises first, departments by REF, unless --sort "
            "names another key: one that the list shows, or ref."
        ),
        params=[
            click.Argument(["kind"], metavar=_("KIND"), shell_complete=completing.kinds),
            click.Option(
                ["--where"],
                metavar=_("CONDITION"),
                multiple=True,
                shell_complete=completing.assignments,
                help=_("Only records of which this holds."),
            ),
            click.Option(
                ["--sort"],
                metavar=_("KEY"),
                shell_complete=completing.sort_keys,
                help=_("What the list is sorted by; -KEY for the other way round."),
            ),
            click.Option(
                ["--removed"], is_flag=True, help=_("Those that once were and have been removed since, instead.")
            ),
            at_option(),
            json_option(),
        ],
        examples=[
            ("vanort list twin-towns", _("The twin towns.")),
            (
                "vanort list projects --where stage=planned --where 'start>=2026-01-01'",
                _("What is planned from 2026 on."),
            ),
            ("vanort list projects --sort -start", _("The projects, the latest first.")),
            ("vanort list projects --removed", _("The projects that have been removed.")),
            ("vanort list projects --at 2024 --json", _("The projects as they stood when 2024 ended, for a program.")),
        ],
    )


def run(
    invocation: Invocation, *, kind: str, where: tuple[str, ...], sort: str | None, removed: bool, at: str | None
) -> None:
    """List the records of a kind."""
    from registry.errors import BadInput
    from registry.query import parse_condition
    from registry.records.kinds import LISTED, kind_named
    from tui.cli.sorting import in_order, parse_order

    described = kind_named(kind)
    if described.single:
        raise BadInput(
            _("There is one record %(ref)s: it is shown, not listed.") % {"ref": described.id},
            _("Write vanort show %(ref)s, or list one of %(kinds)s.")
            % {"ref": described.id, "kinds": ", ".join(LISTED)},
        )
    conditions = [parse_condition(described, text) for text in where]
    if removed:
        _removed(invocation, described, conditions, at)
        return
    order = parse_order(described, sort)
    snapshot, day = _looked_at(invocation, at)
    names = invocation.store.names(snapshot)
    rows = in_order(described, order, snapshot, names, day)
    if conditions or invocation.wants_json:  # what lists show is known without a record being read
        by_ref = {record.ref: record.data for record in snapshot.records(described.id)}
        rows = [row for row in rows if row.ref in by_ref and all(one.matches(by_ref[row.ref]) for one in conditions)]
    if invocation.wants_json:
        say_json_list({"ref": row.ref, **by_ref[row.ref]} for row in rows)
    else:
        _say(rows, described, names)
        total = len(snapshot.refs(described.id))
        told = ngettext("%(shown)s of %(total)s record", "%(shown)s of %(total)s records", total)
        say(styled(told % {"shown": len(rows), "total": total}, "dim"))
    for ref, fault in snapshot.faults().items():
        if ref.startswith(f"{described.id}/"):
            note(f"{ref}: {fault}")


def _looked_at(invocation: Invocation, at: str | None) -> tuple[Snapshot, date]:
    """The registry as it is in the folder, today; or as it was, on that day."""
    if at is not None:
        return invocation.store.as_of(at)
    from datetime import date

    return invocation.store.with_hand_edits()[0], date.today()


def _removed(invocation: Invocation, kind: Kind, conditions: Sequence[Condition], at: str | None) -> None:
    """List the records that are no more, the last removed first."""
    from registry.health.whole import none_removed
    from registry.plain_text import line
    from registry.removed import removed

    store = invocation.store
    invocation.tell_where_it_begins()
    rev = "HEAD" if at is None else store.repo.at(at)
    found = filter(None, removed(store.repo, invocation.snapshot(at), kind.id, rev))
    wanted = (one for one in found if all(condition.matches(one.data) for condition in conditions))
    if invocation.wants_json:
        say_json_list(one.as_json() for one in wanted)
        return
    rows = [["REF", _("Title"), _("Removed"), _("By"), _("Decision"), _("Why")]]
    for one in wanted:
        entry = one.entry
        day = entry.date.astimezone().date().isoformat()
        rows.append([one.ref, *map(line, (one.title, day, entry.author, entry.decision, entry.why))])
    if len(rows) == 1:
        say(none_removed(store.repo, _("No record of this kind is removed now.")))
        return
    heading, *told = aligned(rows)
    say(styled(heading, "bold"))
    for text in told:
        say(text)


def _say(rows: Iterable[Row], kind: Kind, names: Names) -> None:
    """The records in columns, the REF and then what lists of the kind show."""
    from registry.plain_text import line
    from registry.rows import values_of

    fields = [kind.by_key[key] for key in kind.columns]
    lines = [["REF", *(str(field.label) for field in fields)]]
    for row in rows:
        shown = [
            "" if is_absent(told) else field.type.show(told, names)
            for field, value in zip(fields, values_of(kind, row), strict=True)
            for told in (field.implied if is_absent(value) else value,)
        ]
        lines.append([row.ref, *map(line, shown)])
    heading, *told = aligned(lines)
    say(styled(heading, "bold"))
    for text in told:
        say(text)
