"""`vanort new REF KEY=VALUE… -m WHY`."""

from __future__ import annotations

import click

from registry.words import _
from tui.cli import completing
from tui.cli.frame import Asked, Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import assignments_argument


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "new",
        run,
        summary,
        text=_(
            "REF is the record's name, such as departments/bun or projects/2026/korresa; or only its kind, and the name "
            "is made of the title. KEY=VALUE is as for vanort set."
        ),
        params=[
            click.Argument(["ref"], metavar="REF", shell_complete=completing.new_refs),
            assignments_argument(),
            click.Option(
                ["--like"],
                metavar="REF",
                shell_complete=completing.refs,
                help=_("Take over from this record what is not about that one occasion."),
            ),
        ],
        changes=True,
        examples=[
            (
                'vanort new departments/bun name="Barn- och utbildningsförvaltningen" board_short=BUN -m "Ny förvaltning."',
                _("A department."),
            ),
            (
                'vanort new projects title="Körresa till Rautalampi" start=2027-05-04 -m new-information',
                _("A project, named after its title."),
            ),
            (
                'vanort new projects title="Körresa 2027" --like projects/2026/korresa -m new-information',
                _("The same trip, a year later."),
            ),
        ],
    )


def run(
    invocation: Invocation,
    *,
    ref: str,
    assignments: tuple[str, ...],
    like: str | None,
    asked: Asked,
) -> int:
    """Add a record."""
    from datetime import date

    from registry.change import Change
    from registry.creation import new_record
    from registry.records.assign import assign
    from registry.records.kinds import KINDS, kind_of
    from registry.records.refs import parse_ref
    from tui.cli.saving import carry_out

    named = ref not in KINDS
    wanted = parse_ref(ref) if named else ""
    kind = kind_of(wanted) if named else KINDS[ref]
    snapshot = invocation.store.saved()
    model = None if like is None else invocation.existing(like, snapshot)
    data = assign(kind, {}, assignments, invocation.resolver(snapshot))
    made, record = new_record(kind, data, snapshot, date.today(), ref=wanted, like=model)
    change = Change({made: record}, "", act="new", base=snapshot.commit)
    return carry_out(invocation, snapshot, change, asked)
