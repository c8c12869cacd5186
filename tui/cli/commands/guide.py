"""`vanort guide`."""

from __future__ import annotations

import click

from registry.words import _
from tui.cli import completing
from tui.cli.answers import say, say_json
from tui.cli.columns import aligned
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "guide",
        run,
        summary,
        text=_("Without a page, the pages are listed. In the app, F3 opens the page that helps where you are."),
        params=[
            click.Argument(["page"], required=False, metavar=_("[PAGE]"), shell_complete=completing.pages),
            json_option(),
        ],
        examples=[
            ("vanort guide", _("The pages that there are.")),
            ("vanort guide tutorial", _("Ten minutes with the example.")),
            ("vanort guide sharing --lang en | less", _("A page in English, a screen at a time.")),
        ],
    )


def run(invocation: Invocation, *, page: str | None) -> None:
    """Print a page, or the names of all."""
    from tui.guide.pages import names, read

    if page is not None:
        found = read(page)
        if invocation.wants_json:
            say_json({"page": found.name, "title": found.title, "text": found.text})
        else:
            say(found.text.rstrip("\n"))
        return
    titles = [(name, read(name).title) for name in names()]
    if invocation.wants_json:
        say_json([{"page": name, "title": title} for name, title in titles])
    else:
        for row in aligned(titles):
            say(row)
