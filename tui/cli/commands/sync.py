"""`vanort sync`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.words import _, ngettext
from tui.cli.answers import finding_lines, note, say, say_json, tell_error
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option
from tui.cli.running import REFUSED
from tui.cli.talking import talking
from tui.erasure_text import forgotten_lines

if TYPE_CHECKING:
    from registry.sharing.syncing import Synced


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "sync",
        run,
        summary,
        text=_(
            "What others have shared is brought together with what was saved here, record by record and field by field; then "
            "all of it is sent. What both sides changed differently is left to a person: nothing has changed here then, and "
            "vanort conflicts lists it. What is edited by hand and not saved stays so."
        )
        + "\n\n"
        + _(
            "The exit code is 0 where it is shared, 1 where a person has to decide or to mend what came, 2 where the server "
            "could not be reached or something was refused. With --json: state (shared, conflicts, offline, refused), ahead, "
            "behind, received, sent (changes), conflicts, unreadable (records that came so that they cannot be read: ref, "
            "message, remedy), overtaken (hand edits of what came with another value, a line each), and people: state "
            "(shared, none, conflicts, offline, refused), received and sent (people)."
        ),
        params=[json_option()],
        examples=[("vanort sync", _("Take in and share."))],
    )


def run(invocation: Invocation) -> int:
    """Share, and say what came of it."""
    from registry.health.shared import no_driver
    from registry.sharing.syncing import sync

    store = invocation.store
    with talking(invocation) as how:
        synced = sync(store, **how)
    if invocation.wants_json:
        say_json(synced.as_json())
    else:
        _tell(synced)
    if synced.people is not None and synced.people.message:
        note(f"{synced.people.message} {synced.people.hint}".rstrip())
    for each in synced.unreadable:
        note(f"{each.came} {each.remedy}")
    for told in synced.overtaken:
        note(_("%(what)s. What holds is asked when it is saved.") % {"what": told})
    if synced.lost_driver:
        note("{}. {}".format(*no_driver()))
    if synced.message:
        tell_error(synced.message, synced.hint, json_wanted=invocation.wants_json)
    return {"shared": int(bool(synced.unreadable)), "conflicts": 1}.get(synced.state, REFUSED)


def _tell(synced: Synced) -> None:
    for text, count in (
        (
            ngettext("%(count)s change was received", "%(count)s changes were received", synced.received),
            synced.received,
        ),
        (ngettext("%(count)s change was sent", "%(count)s changes were sent", synced.sent), synced.sent),
    ):
        if count:
            say(text % {"count": count})
    people = synced.people
    for text, count in (
        (
            (
                ngettext("%(count)s person was received", "%(count)s people were received", people.received),
                people.received,
            ),
            (ngettext("%(count)s person was sent", "%(count)s people were sent", people.sent), people.sent),
        )
        if people
        else ()
    ):
        if count:
            say(text % {"count": count})
    if synced.state == "shared" and not (
        synced.received or synced.sent or (people and (people.received or people.sent or people.message))
    ):
        say(_("Everything is shared: there is nothing new, here or there."))
    for told in (*forgotten_lines(synced.forgotten), *finding_lines(synced.findings)):
        say(told)
    if synced.findings:
        say(_("The policy finds this of both sides together, and of neither alone: it is for both to mend."))
    if count := len(synced.conflicts):
        say(
            ngettext(
                "%(count)s thing was changed differently on both sides, and is for a person to decide.",
                "%(count)s things were changed differently on both sides, and are for a person to decide.",
                count,
            )
            % {"count": count}
        )
        say(_("vanort conflicts lists them; vanort settle decides; vanort sync then shares. Nothing has changed here."))
