"""`vanort set REF KEY=VALUE… -m WHY`."""

from __future__ import annotations

from registry.words import _
from tui.cli.frame import Asked, Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import assignments_argument, ref_argument


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "set",
        run,
        summary,
        text=_(
            "Values are written as in the app: 4 maj, 12 500, Danmark; KEY= clears. A list of tables is changed entry by "
            "entry: budget+={year=2026,planned=45000} adds one, budget[ID].granted=45000 changes one, budget[ID]-= "
            "removes it. In a table: evaluation.date=2026-08-25."
        ),
        params=[
            ref_argument(),
            assignments_argument(required=True),
        ],
        changes=True,
        examples=[
            (
                'vanort set twin-towns/skjern last_contact="4 maj" -m new-information',
                _("One value, with a choice for a reason."),
            ),
            (
                'vanort set projects/2026/korresa stage=decided -m "Nämnden sa ja." --decision "KS 2026-03-10 § 31"',
                _("A status, under a decision."),
            ),
            (
                "vanort set projects/2026/korresa 'budget+={year=2026,source=central,planned=45000}' -m \"Ny post.\"",
                _("A new line of the budget."),
            ),
        ],
    )


def run(
    invocation: Invocation,
    *,
    ref: str,
    assignments: tuple[str, ...],
    asked: Asked,
) -> int:
    """Change values of a record."""
    from registry.change import Change
    from registry.records.assign import assign
    from registry.records.kinds import kind_of
    from tui.cli.saving import carry_out

    snapshot = invocation.store.saved()
    name = invocation.existing(ref, snapshot)
    data = assign(kind_of(name), snapshot.data(name) or {}, assignments, invocation.resolver(snapshot))
    change = Change({name: data}, "", base=snapshot.commit)
    return carry_out(invocation, snapshot, change, asked)
