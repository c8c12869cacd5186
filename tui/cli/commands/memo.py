"""`vanort memo REF`."""

from __future__ import annotations

from registry.words import _
from tui.cli.answers import say
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, ref_argument


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "memo",
        run,
        summary,
        text=_(
            "What the registry knows of a project, under the headings of a tjänsteskrivelse, to be pasted into the "
            "municipality's template. In the registry's language, without names of people."
        ),
        params=[ref_argument(), at_option()],
        reads=True,
        examples=[("vanort memo projects/2026/korresa", _("To read, or to be copied."))],
    )


def run(invocation: Invocation, *, ref: str, at: str | None) -> None:
    """Say the text."""
    from registry.exchange.memo import memo

    snapshot, day = invocation.store.as_of(at)
    say(memo(snapshot, invocation.existing(ref, snapshot), day).rstrip("\n"))
