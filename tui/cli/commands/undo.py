"""`vanort undo [COMMIT] -m WHY`."""

from __future__ import annotations

import click

from registry.words import _
from tui.cli.frame import Asked, Command
from tui.cli.invocation import Invocation


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "undo",
        run,
        summary,
        text=_(
            "COMMIT is one that vanort log shows; without it, the latest. What was changed since stays; where both touched the same value, you are told."
        ),
        params=[
            click.Argument(["commit"], metavar=_("[COMMIT]"), required=False, default="HEAD"),
        ],
        changes=True,
        examples=[
            ("vanort undo -m correction", _("Take back the latest change.")),
            ('vanort undo 1f0c9a2 -m "Gällde ett annat projekt."', _("Take back an earlier one.")),
        ],
    )


def run(
    invocation: Invocation,
    *,
    commit: str,
    asked: Asked,
) -> int:
    """Take back a change."""
    from tui.cli.saving import carry_out

    snapshot = invocation.store.saved()
    change = invocation.store.undoing(commit, "")
    return carry_out(invocation, snapshot, change, asked)
