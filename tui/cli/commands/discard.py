"""`vanort discard REF…`."""

from __future__ import annotations

import click

from registry.words import _
from tui.cli import completing
from tui.cli.answers import say, say_json
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "discard",
        run,
        summary,
        text=_(
            "The version last saved comes back. What was edited is kept in .git/vanort/set-aside, and where is told."
        ),
        params=[
            click.Argument(["refs"], metavar="REF...", nargs=-1, required=True, shell_complete=completing.refs),
            json_option(),
        ],
        examples=[("vanort discard twin-towns/skjern", _("Bring back the saved version of one record."))],
    )


def run(invocation: Invocation, *, refs: tuple[str, ...]) -> None:
    """Set hand edits aside."""
    from registry.git.discard import set_aside
    from registry.records.refs import parse_ref, path_of

    paths = [path_of(parse_ref(ref)) for ref in refs]
    kept = set_aside(invocation.store.repo, paths)
    if invocation.wants_json:
        records = {path.removesuffix(".toml"): None if file is None else str(file) for path, file in kept.items()}
        say_json({"commit": None, "records": list(records), "kept": records, "findings": []})
        return
    for path, file in kept.items():
        said = {"ref": path.removesuffix(".toml"), "file": str(file)}
        say(
            _("%(ref)s is as it was last saved.") % said
            if file is None
            else _("%(ref)s is as it was last saved; what was edited is kept in %(file)s") % said
        )
