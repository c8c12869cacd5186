"""`vanort demo`."""

from __future__ import annotations

from pathlib import Path

from registry.words import _
from tui.cli.answers import note
from tui.cli.frame import Command
from tui.cli.invocation import Invocation, Opening


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "demo",
        run,
        summary,
        text=_(
            "A fictional municipality with six departments, eight twin towns and eight years of history. Nothing in it has "
            "happened, and nothing that is changed in it is kept. To keep one: vanort init FOLDER --starter demo."
        ),
        examples=[("vanort demo", _("Look round."))],
    )


def run(invocation: Invocation) -> None:
    """Make the demo in a temporary folder, and have the app opened on it."""
    from tempfile import mkdtemp

    from registry.starters.make import init
    from tui.cli.opening import require_terminal

    require_terminal()
    note(_("The example is being made …"))
    store = init(Path(mkdtemp(prefix="vanort-demo-")) / "demo", "demo")
    invocation.opens_app = Opening(store.folder, demo=True)
