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
            "COMMIT is one that vanort log shows, whoever made it; without it, the latest of your own that has not been taken back: once more goes a step further back. What was changed since stays; where both touched the same value, you are told."
        ),
        params=[
            click.Argument(["commit"], metavar=_("[COMMIT]"), required=False),
            click.Option(["--redo"], is_flag=True, help=_("Bring back what was undone last, instead.")),
        ],
        changes=True,
        examples=[
            ("vanort undo -m correction", _("Take back your latest change.")),
            ('vanort undo 1f0c9a2 -m "Gällde ett annat projekt."', _("Take back an earlier one.")),
        ],
    )


def run(
    invocation: Invocation,
    *,
    commit: str | None,
    redo: bool,
    asked: Asked,
) -> int:
    """Take back a change."""
    from tui.cli.saving import carry_out

    snapshot = invocation.store.saved()
    change = invocation.store.undoing(_latest(invocation, redo=redo) if commit is None else commit, "")
    return carry_out(invocation, snapshot, change, asked)


def _latest(invocation: Invocation, *, redo: bool) -> str:
    """The change that comes next. Raises `NotFound` where there is none."""
    from registry.errors import NotFound
    from registry.undo_order import next_one

    entry = next_one(invocation.store, redo=redo)
    if entry is None:
        raise NotFound(
            _("You have undone nothing since your last change.")
            if redo
            else _("None of the latest changes is yours to undo; history shows those of others."),
            _("vanort log shows what was changed; vanort undo COMMIT takes back any of it."),
        )
    return entry.commit
