"""`vanort init DIR`."""

from __future__ import annotations

from pathlib import Path

import click

from registry.words import LANGUAGES, _
from tui.cli.answers import quoted, say, say_json
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import Folder, json_option


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "init",
        run,
        summary,
        text=_(
            "The folder must be empty, or not there yet. The starter torsby has the policy and the twin towns of Torsby "
            "kommun; blank has an empty policy; demo is a fictional municipality with eight years of history."
        ),
        params=[
            click.Argument(["folder"], metavar=_("FOLDER"), type=Folder()),
            click.Option(
                ["--starter"],
                type=click.Choice(("torsby", "blank", "demo")),
                default="torsby",
                help=_("What it begins with; torsby unless told otherwise."),
            ),
            click.Option(["--municipality"], metavar=_("NAME"), default="", help=_("Whose a blank registry is.")),
            click.Option(
                ["--language"],
                type=click.Choice(LANGUAGES),
                help=_("The language of its history and reports."),
            ),
            click.Option(
                ["--identity"],
                nargs=2,
                metavar=_("NAME ADDRESS"),
                help=_("Who you are, where Git does not know it; kept in this registry alone."),
            ),
            json_option(),
        ],
        examples=[
            ("vanort init internationellt", _("Torsby's registry in a new folder.")),
            ('vanort init register --starter blank --municipality "Granhult kommun"', _("Another municipality's.")),
        ],
    )


def run(
    invocation: Invocation,
    *,
    folder: Path,
    starter: str,
    municipality: str,
    language: str | None,
    identity: tuple[str, str] | None,
) -> None:
    """Make a registry."""
    from registry.starters.make import init

    store = init(folder.expanduser(), starter, municipality=municipality, language=language or "", identity=identity)
    if invocation.wants_json:
        saved = store.saved()
        say_json({"commit": saved.commit, "records": saved.refs(), "findings": [], "folder": str(store.folder)})
        return
    say(_("The registry has been made in %(folder)s") % {"folder": store.folder})
    say(_("Open it: vanort -r %(folder)s") % {"folder": quoted(str(store.folder))})
