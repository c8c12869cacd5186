"""`vanort people share` and `merge`: the book alone on its way to the server, and two entries that are one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from registry.words import _, ngettext
from tui.cli import completing
from tui.cli.answers import say, say_json, tell_error
from tui.cli.frame import Asked, Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option
from tui.cli.running import REFUSED
from tui.cli.talking import talking
from tui.erasure_text import forgotten_lines

if TYPE_CHECKING:
    from registry.sharing.people import PeopleShared


def make_share() -> Command:
    """`vanort people share`."""
    return Command(
        "share",
        run_share,
        _("Share the people book alone; vanort sync does so with everything."),
        params=[
            click.Option(
                ["--again"], is_flag=True, help=_("Send it also where somebody has removed it at the server.")
            ),
            json_option(),
        ],
        examples=[("vanort people share --again", _("After somebody emptied the server with push --mirror."))],
    )


def make_merge() -> Command:
    """`vanort people merge`."""
    return Command(
        "merge",
        run_merge,
        _("Make one of two entries that are the same person."),
        text=_(
            "Where both say something, INTO stands. All records name INTO from now on, in one change; versions of the past, "
            "which hold ID, show the same name."
        ),
        params=[
            click.Argument(["person"], metavar="ID", shell_complete=completing.people),
            click.Argument(["into"], metavar="INTO", shell_complete=completing.people),
        ],
        changes=True,
        examples=[
            ('vanort people merge p-4tq8ab p-9d3fk2 -m "Samma person, inlagd två gånger."', _("p-9d3fk2 is kept."))
        ],
    )


def run_share(invocation: Invocation, *, again: bool) -> int:
    """Share the book."""
    from registry.erasing import apply_recorded
    from registry.errors import Refused
    from registry.git.network import Wire
    from registry.sharing.people import share_book

    applied = apply_recorded(invocation.store)
    with talking(invocation) as how:
        shared = share_book(invocation.store, Wire(how["progress"], None, how["ask"]), again=again)
    if shared is None:
        raise Refused(_("The registry is not shared with anybody yet."), _("Say where: vanort remote ADDRESS"))
    if invocation.wants_json:
        say_json(shared.as_json())
    else:
        tell_people(shared, alone=True)
        for text in forgotten_lines(applied.forgotten | shared.forgotten):
            say(text)
    if shared.message:
        tell_error(shared.message, shared.hint, json_wanted=invocation.wants_json)
    return {"shared": 0, "none": 0, "conflicts": 1}.get(shared.state, REFUSED)


def tell_people(shared: PeopleShared, *, alone: bool = False) -> None:
    """Say what became of the book; what went wrong is said elsewhere. Nothing where nothing happened, unless `alone`."""
    if shared.received:
        count = shared.received
        say(ngettext("%(count)s person was received", "%(count)s people were received", count) % {"count": count})
    if shared.sent:
        count = shared.sent
        say(ngettext("%(count)s person was sent", "%(count)s people were sent", count) % {"count": count})
    if alone and shared.state == "shared":
        say(_("The people book is shared."))
    if alone and shared.state == "none":
        say(_("There is no people book, here or there."))
    if count := len(shared.conflicts):
        say(
            ngettext(
                "%(count)s thing in the people book was changed differently on both sides, and is for a person to decide.",
                "%(count)s things in the people book were changed differently on both sides, and are for a person to decide.",
                count,
            )
            % {"count": count}
        )


def run_merge(invocation: Invocation, *, person: str, into: str, asked: Asked) -> int:
    """Merge two entries."""
    from registry.change import Change
    from registry.one_person import renaming
    from tui.cli.saving import carry_out

    old, new = person.strip(), into.strip()
    store = invocation.store
    store.book.with_merged(old, new)  # what cannot be is refused before anything is written
    snapshot = store.saved()
    if edits := renaming(snapshot, old, new):
        code = carry_out(invocation, snapshot, Change(edits, "", base=snapshot.commit), asked)
    else:
        code = 0
    if asked.dry_run:
        if not edits and invocation.wants_json:
            say_json({"commit": None, "records": [], "findings": []})
        elif not edits:
            say(_("No record names %(id)s: only the people book would change.") % {"id": old})
        return code
    store.people.change(lambda book: book.with_merged(old, new))
    if not invocation.wants_json:
        say(_("%(id)s is the same person as %(into)s from now on.") % {"id": old, "into": new})
    elif not edits:
        say_json({"commit": None, "records": [], "findings": []})
    return code
