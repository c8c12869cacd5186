"""`vanort restore REF --to REV -m WHY`."""

from __future__ import annotations

import click

from registry.words import _
from tui.cli.frame import Asked, Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import ref_argument


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "restore",
        run,
        summary,
        text=_(
            "Also a record that was removed. It is a change like any other: the policy judges it, and what others saved meanwhile is merged in. A whole change is taken back with vanort undo."
        ),
        params=[
            ref_argument(),
            click.Option(
                ["--to"],
                metavar=_("VERSION|DATE"),
                required=True,
                help=_("What it is to be as it was: a version or a day (2024-05-17, 2024, yesterday)."),
            ),
            click.Option(
                ["--field"],
                metavar=_("FIELD"),
                default="",
                help=_(
                    "This value alone, like “purpose” or “budget[b3k9x].granted”; an entry that is gone comes back."
                ),
            ),
        ],
        changes=True,
        examples=[
            (
                "vanort restore twin-towns/skjern --to 2026-03-01 -m correction",
                _("Skjern as it was on the first of March."),
            ),
            (
                'vanort restore projects/2026/korresa --to HEAD~1 --field purpose -m "Fel text inklistrad."',
                _("One field as it was before the latest change."),
            ),
        ],
    )


def run(invocation: Invocation, *, ref: str, to: str, field: str, asked: Asked) -> int:
    """Bring it back."""
    from registry.records.refs import parse_ref
    from tui.cli.saving import carry_out

    snapshot = invocation.store.saved()
    change = invocation.store.bringing_back(parse_ref(ref), to, "", field)
    return carry_out(invocation, snapshot, change, asked)
