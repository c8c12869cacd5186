"""`vanort people accept`."""

from __future__ import annotations

from dataclasses import replace

import click

from registry.words import _
from tui.cli.frame import Asked, Command
from tui.cli.invocation import Invocation


def make_accept() -> Command:
    """The command."""
    return Command(
        "accept",
        run,
        _("Say of a text that it only looks like personal data, so that it is not asked about again."),
        text=_("It stands in the registry with the reason, for everybody."),
        params=[click.Argument(["text"], metavar=_("TEXT"))],
        changes=True,
        examples=[('vanort people accept "0560-160 00" -m "Växelns nummer."', _("Accepted once, for everybody."))],
    )


def run(invocation: Invocation, *, text: str, asked: Asked) -> int:
    """Accept the text."""
    from registry.accepting import accepting
    from tui.cli.saving import carry_out, reason

    store = invocation.store
    snapshot = store.saved()
    why, _correction = reason(asked.why, snapshot.language)
    return carry_out(invocation, snapshot, accepting(snapshot, store.book, text, why), replace(asked, why=why))
