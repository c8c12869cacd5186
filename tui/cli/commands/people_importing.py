"""`vanort people import`."""

from __future__ import annotations

from pathlib import Path

import click

from registry.words import _, ngettext
from tui.cli.answers import say, say_json
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option


def make_import() -> Command:
    """The command."""
    return Command(
        "import",
        run,
        _("Take the people book back from a file that vanort people export has written."),
        text=_(
            "For a copy whose book is missing or damaged. Who is in the book here stays as they are, who was erased stays erased, "
            "and everybody else comes back; what colleagues have in another way is asked about at the next sync."
        ),
        params=[
            click.Argument(["file"], metavar=_("FILE.toml"), type=click.Path(path_type=Path)),
            click.Option(["--replace"], is_flag=True, help=_("Throw a damaged book away first.")),
            json_option(),
        ],
        examples=[("vanort people import ~/people-backup.toml", _("What the backup has and the book has not."))],
    )


def run(invocation: Invocation, *, file: Path, replace: bool) -> None:
    """Take it back."""
    from registry.erasures import as_left, recorded
    from registry.people.importing import read_file, take_back
    from registry.sharing.people import first_commit

    store = invocation.store
    given = read_file(file.expanduser(), first_commit(store.repo))
    gone = {person: as_left(entry) for person, entry in recorded(store.saved().registry).items()}
    taken = take_back(store.people, given, gone, replacing=replace)
    if invocation.wants_json:
        say_json({"added": list(taken.added), "kept": list(taken.kept), "erased": list(taken.erased)})
        return
    for count, words in (
        (len(taken.added), ngettext("%(count)s person came back.", "%(count)s people came back.", len(taken.added))),
        (
            len(taken.kept),
            ngettext("%(count)s was in the book and stays.", "%(count)s were in the book and stay.", len(taken.kept)),
        ),
        (
            len(taken.erased),
            ngettext("%(count)s is erased and stays so.", "%(count)s are erased and stay so.", len(taken.erased)),
        ),
    ):
        if count:
            say(words % {"count": count})
