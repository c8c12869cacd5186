"""`vanort mailing committee|REF`."""

from __future__ import annotations

from pathlib import Path

import click

from registry.words import _
from tui.cli import completing
from tui.cli.answers import note, say, say_json
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "mailing",
        run,
        summary,
        text=_(
            "WHOM is committee, or a project: whoever is responsible, the exchange officers of its departments, the "
            "coordinator and the contacts in its twin towns. Addresses come from the people book, else from the office's "
            "mailbox; of whom there is none is said beside."
        ),
        params=[
            click.Argument(["whom"], metavar=_("WHOM"), shell_complete=completing.refs),
            click.Option(
                ["-o", "--output", "file"],
                metavar=_("FILE"),
                type=click.Path(path_type=Path),
                help=_("Into a file outside the registry's folder, and not on the screen."),
            ),
            click.Option(["--comma"], is_flag=True, help=_("Commas between the addresses, and not semicolons.")),
            json_option(),
        ],
        examples=[
            ("vanort mailing committee", _("The addresses of the coordination committee today.")),
            ("vanort mailing projects/2026/korresa --comma", _("Those around a project.")),
        ],
    )


def run(invocation: Invocation, *, whom: str, file: Path | None, comma: bool) -> None:
    """Say or write the addresses."""
    from datetime import date

    from registry.exchange.mailing import COMMITTEE, mailing_list
    from registry.exchange.target import check_target, require_outside, write_whole

    store, snapshot = invocation.store, invocation.snapshot()
    ref = whom if whom == COMMITTEE else invocation.existing(whom, snapshot)
    found = mailing_list(snapshot, store.book, ref, date.today())
    text = found.as_text(", " if comma else "; ")
    if file is not None:
        target = file.expanduser()
        check_target(target)
        require_outside(target, store.folder)
        write_whole(target, f"{text}\n".encode(), private=True)
    if invocation.wants_json:
        say_json({"addressees": [one._asdict() for one in found.addressees], "without": list(found.without)})
    elif file is None:
        say(text)
    else:
        say(_("Written: %(file)s") % {"file": str(target)})
    if found.without and not invocation.wants_json:
        note(_("No address is known of %(names)s.") % {"names": ", ".join(found.without)})
