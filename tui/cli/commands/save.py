"""`vanort save [REF…] -m WHY`."""

from __future__ import annotations

from dataclasses import replace

import click

from registry.words import _
from tui.cli.frame import Asked, Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import refs_argument


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "save",
        run,
        summary,
        text=_(
            "Without a REF, all that was edited. The files are saved to the byte, after the same checks as any change."
        ),
        params=[
            refs_argument(),
            click.Option(
                ["--ours"],
                is_flag=True,
                help=_("What was edited here holds, where others have changed the same since."),
            ),
        ],
        changes=True,
        examples=[
            ("vanort save twin-towns/skjern -m correction", _("Save what was edited in one file.")),
            ('vanort save -m "Uppdaterat efter kommitténs möte."', _("Save all of it.")),
        ],
    )


def run(
    invocation: Invocation,
    *,
    refs: tuple[str, ...],
    ours: bool,
    asked: Asked,
) -> int:
    """Save hand edits."""
    from registry.records.refs import parse_ref
    from tui.cli.saving import carry_out

    store = invocation.store
    snapshot = store.saved()
    change = store.saving_by_hand([parse_ref(ref) for ref in refs], "")
    if ours:
        change = replace(change, begun={})
    return carry_out(invocation, snapshot, change, asked)
