"""`vanort people extract`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from registry.words import _
from tui.cli import completing
from tui.cli.answers import say, say_json
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option

if TYPE_CHECKING:
    from registry.people.extracting import Extract


def make_extract() -> Command:
    """The command."""
    return Command(
        "extract",
        run,
        _("All that is held on somebody, as a document for that person."),
        text=_(
            "What the book says, every record that names the person now or did before, and every change that is about them. "
            "Read it before you hand it out: reasons and texts are others' words."
        ),
        params=[
            click.Argument(["person"], metavar="ID", shell_complete=completing.people),
            click.Option(
                ["--format", "form"], type=click.Choice(["md", "html", "json"]), help=_("md unless the file says.")
            ),
            click.Option(
                ["-o", "--output"],
                metavar=_("FILE"),
                type=click.Path(path_type=Path),
                help=_("A file outside the registry; else it is printed."),
            ),
            click.Option(["--overwrite"], is_flag=True, help=_("Also where the file exists already.")),
            json_option(),
        ],
        examples=[("vanort people extract p-7k2m9x -o ~/utdrag.html", _("A page to print or to send."))],
    )


def run(invocation: Invocation, *, person: str, form: str | None, output: Path | None, overwrite: bool) -> None:
    """Make the extract, and print or write it."""
    from registry.people.extract_text import text_of, write
    from registry.people.extracting import extract

    found: Extract = extract(invocation.store, person.strip())
    if output is None:
        say(text_of(found, "json" if invocation.wants_json else form or "md").rstrip("\n"))
        return
    target = output.expanduser()
    write(found, target, invocation.store.folder, form or "", overwrite=overwrite)
    if invocation.wants_json:
        say_json({"file": str(target)})
    else:
        say(
            _("The extract was written to %(file)s. It holds personal data: keep it where nobody else reads.")
            % {"file": str(target)}
        )
