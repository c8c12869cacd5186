"""`vanort rename REF NEW-ID -m WHY`."""

from __future__ import annotations

import click

from registry.words import _
from tui.cli.frame import Asked, Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import ref_argument


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "rename",
        run,
        summary,
        text=_("NEW-ID is the last part of the name alone: a record never moves to another folder."),
        params=[
            ref_argument(),
            click.Argument(["new_id"], metavar=_("NEW-ID")),
        ],
        changes=True,
        examples=[
            (
                "vanort rename departments/bun barn-utbildning -m correction",
                _("departments/bun becomes departments/barn-utbildning."),
            )
        ],
    )


def run(
    invocation: Invocation,
    *,
    ref: str,
    new_id: str,
    asked: Asked,
) -> int:
    """Give a record another name."""
    from registry.change import Change, renaming
    from registry.errors import Refused
    from registry.records.kinds import kind_of
    from registry.records.refs import parse_id
    from tui.cli.saving import carry_out

    snapshot = invocation.store.saved()
    old = invocation.existing(ref, snapshot)
    if kind_of(old).single:
        raise Refused(_("%(ref)s is always called so.") % {"ref": old})
    new = f"{old.rpartition('/')[0]}/{parse_id(new_id)}"
    edits = {} if new == old else renaming(snapshot, old, new)
    change = Change(edits, "", act="rename", base=snapshot.commit, renamed_from={new: old} if edits else {})
    return carry_out(invocation, snapshot, change, asked)
