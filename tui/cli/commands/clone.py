"""`vanort clone URL DIR`."""

from __future__ import annotations

from pathlib import Path

import click

from registry.words import _
from tui.cli.answers import quoted, say, say_json
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import Folder, address_argument, json_option
from tui.cli.talking import talking


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "clone",
        run,
        summary,
        text=_(
            "The address is a folder, https://HOST/PATH, ssh://USER@HOST/PATH or USER@HOST:PATH. The folder must be "
            "empty, or not there yet. Passwords and keys are Git's own: in a terminal it may ask for them. What is no "
            "registry is refused, and leaves nothing behind."
        ),
        params=[
            address_argument(),
            click.Argument(["folder"], metavar=_("FOLDER"), type=Folder()),
            json_option(),
        ],
        examples=[
            ("vanort clone git@git.example.org:registret.git registret", _("From a server, with a key.")),
            ("vanort clone /mnt/gemensamt/registret.git registret", _("From a shared disk.")),
        ],
    )


def run(invocation: Invocation, *, address: str, folder: Path) -> None:
    """Make the copy."""
    from registry.sharing.cloning import clone

    with talking(invocation) as how:
        store = clone(address, folder.expanduser(), **how)
    saved = store.saved()
    if invocation.wants_json:
        say_json({"commit": saved.commit, "records": saved.refs(), "findings": [], "folder": str(store.folder)})
        return
    say(_("The registry has been copied to %(folder)s") % {"folder": store.folder})
    say(_("Open it: vanort -r %(folder)s") % {"folder": quoted(str(store.folder))})
