"""`vanort list KIND`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from registry.records.values import Value, is_absent
from registry.words import _, ngettext
from tui.cli import completing
from tui.cli.answers import note, say, say_json_list, styled
from tui.cli.columns import aligned
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option

if TYPE_CHECKING:
    from registry.query import Condition
    from registry.records.field_type import Names
    from registry.records.fields import Kind


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
            ("vanort list projects --removed", _("The projects that have been removed.")),
            ("vanort list projects --at 2024 --json", _("The projects as they stood when 2024 ended, for a program.")),
        ],
    )


def run(invocation: Invocation, *, kind: str, where: tuple[str, ...], removed: bool, at: str | None) -> None:
    """List the records of a kind."""
    from registry.errors import BadInput
    from registry.query import parse_condition
    from registry.records.kinds import LISTED, kind_named
    from registry.rows import values_of

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
    whole = bool(conditions) or invocation.wants_json or at is not None
    snapshot = invocation.snapshot(at) if whole else invocation.store.with_hand_edits()[0]
    if whole:
        records = [
            record for record in snapshot.records(described.id) if all(one.matches(record.data) for one in conditions)
        ]
        lines = ((record.ref, [record.data.get(key) for key in described.columns]) for record in records)
    else:  # what lists show is known without a record being read
        lines = ((row.ref, values_of(described, row)) for row in snapshot.rows_of(described.id))
    if invocation.wants_json:
        say_json_list({"ref": record.ref, **record.data} for record in records)
    else:
        count = _say(lines, described, invocation.store.names(snapshot))
        total = len(snapshot.refs(described.id))
        told = ngettext("%(shown)s of %(total)s record", "%(shown)s of %(total)s records", total)
        say(styled(told % {"shown": count, "total": total}, "dim"))
    for ref, fault in snapshot.faults().items():
        if ref.startswith(f"{described.id}/"):
            note(f"{ref}: {fault}")


def _removed(invocation: Invocation, kind: Kind, conditions: Sequence[Condition], at: str | None) -> None:
    """List the records that are no more, the last removed first."""
    from registry.plain_text import line
    from registry.removed import removed

    store = invocation.store
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
        say(_("No record of this kind has ever been removed."))
        return
    heading, *told = aligned(rows)
    say(styled(heading, "bold"))
    for text in told:
        say(text)


def _say(lines: Iterable[tuple[str, Sequence[Value]]], kind: Kind, names: Names) -> int:
    """The records in columns, the REF and then what lists of the kind show; gives how many there were."""
    from registry.plain_text import line

    fields = [kind.by_key[key] for key in kind.columns]
    rows = [["REF", *(str(field.label) for field in fields)]]
    for ref, values in lines:
        shown = [
            "" if is_absent(told) else field.type.show(told, names)
            for field, value in zip(fields, values, strict=True)
            for told in (field.implied if is_absent(value) else value,)
        ]
        rows.append([ref, *map(line, shown)])
    heading, *told = aligned(rows)
    say(styled(heading, "bold"))
    for text in told:
        say(text)
    return len(told)
