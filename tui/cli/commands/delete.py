"""`vanort delete REF -m WHY`."""

from __future__ import annotations

from registry.words import _
from tui.cli.frame import Asked, Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import ref_argument


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "delete",
        run,
        summary,
        text=_(
            "A record that others refer to cannot be removed. What did not come about is better kept, as cancelled or declined."
        ),
        params=[ref_argument()],
        changes=True,
        examples=[
            ('vanort delete projects/2026/provpost -m "Lades in av misstag."', _("Remove a record entered by mistake."))
        ],
    )


def run(
    invocation: Invocation,
    *,
    ref: str,
    asked: Asked,
) -> int:
    """Remove a record."""
    from registry.change import Change, deletion
    from tui.cli.saving import carry_out

    snapshot = invocation.store.saved()
    name = invocation.existing(ref, snapshot, readable=False)
    change = Change(deletion(snapshot, name), "", act="delete", base=snapshot.commit)
    return carry_out(invocation, snapshot, change, asked)
