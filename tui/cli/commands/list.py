"""`vanort list KIND`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from registry.records.values import is_absent
from registry.words import _, ngettext
from tui.cli import completing
from tui.cli.answers import note, say, say_json, styled
from tui.cli.columns import aligned
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option

if TYPE_CHECKING:
    from registry.records.field_type import Names
    from registry.records.fields import Kind
    from registry.snapshot import Record


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "list",
        run,
        summary,
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
            at_option(),
            json_option(),
        ],
        examples=[
            ("vanort list twin-towns", _("The twin towns.")),
            (
                "vanort list projects --where stage=planned --where 'start>=2026-01-01'",
                _("What is planned from 2026 on."),
            ),
            ("vanort list projects --at 2024 --json", _("The projects as they stood when 2024 ended, for a program.")),
        ],
    )


def run(invocation: Invocation, *, kind: str, where: tuple[str, ...], at: str | None) -> None:
    """List the records of a kind."""
    from registry.errors import BadInput
    from registry.query import parse_condition
    from registry.records.kinds import LISTED, kind_named

    described = kind_named(kind)
    if described.single:
        raise BadInput(
            _("There is one record %(ref)s: it is shown, not listed.") % {"ref": described.id},
            _("Write vanort show %(ref)s, or list one of %(kinds)s.")
            % {"ref": described.id, "kinds": ", ".join(LISTED)},
        )
    conditions = [parse_condition(described, text) for text in where]
    snapshot = invocation.snapshot(at)
    records = [
        record
        for record in snapshot.records(described.id)
        if all(condition.matches(record.data) for condition in conditions)
    ]
    if invocation.wants_json:
        say_json([{"ref": record.ref, **record.data} for record in records])
    else:
        _say(records, described, invocation.store.names(snapshot))
        total = len(snapshot.refs(described.id))
        say(
            styled(
                ngettext("%(shown)s of %(total)s record", "%(shown)s of %(total)s records", total)
                % {"shown": len(records), "total": total},
                "dim",
            )
        )
    for ref, fault in snapshot.faults().items():
        if ref.startswith(f"{described.id}/"):
            note(f"{ref}: {fault}")


def _say(records: Sequence[Record], kind: Kind, names: Names) -> None:
    """The records in columns: the REF, then what lists of the kind show."""
    from registry.plain_text import line

    fields = [kind.by_key[key] for key in kind.columns]
    rows = [["REF", *(str(field.label) for field in fields)]]
    for record in records:
        values = [(field.type, record.data.get(field.key)) for field in fields]
        rows.append(
            [record.ref, *("" if is_absent(value) else line(shown.show(value, names)) for shown, value in values)]
        )
    heading, *lines = aligned(rows)
    say(styled(heading, "bold"))
    for text in lines:
        say(text)
