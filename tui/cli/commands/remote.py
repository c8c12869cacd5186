"""`vanort remote [URL]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.words import _, ngettext
from tui.cli.answers import note, say, say_json
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import address_argument, json_option
from tui.cli.talking import talking

if TYPE_CHECKING:
    from registry.sharing.standing import Standing


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "remote",
        run,
        summary,
        text=_(
            "With an address, the registry is shared there from now on. The place must be empty, or have this very "
            "registry; another registry is never joined with it. Nothing is asked of the server where no address is given."
        )
        + "\n\n"
        + _(
            "With --json: address (null where it is not shared), name and branch, ahead and behind as last seen, "
            "last_shared, and people_unshared: whether the people book has names that are not shared."
        ),
        params=[address_argument(required=False), json_option()],
        examples=[
            ("vanort remote", _("Where it is shared, and how this copy stands.")),
            ("vanort remote git@git.example.org:registret.git", _("Share it there from now on.")),
        ],
    )


def run(invocation: Invocation, *, address: str | None) -> None:
    """Show where the registry is shared, or say where."""
    from registry.sharing.standing import standing

    store = invocation.store
    if address is not None:
        from registry.sharing.connecting import connect

        with talking(invocation) as how:
            connected = connect(store, address, **how)
        if connected.people is not None and connected.people.message:
            note(f"{connected.people.message} {connected.people.hint}".rstrip())
        if not invocation.wants_json:
            _tell_connected(first=connected.first)
    now = standing(store)
    if invocation.wants_json:
        say_json(
            {
                "address": now.remote.shown if now.remote else None,
                "name": now.remote.name if now.remote else None,
                "branch": now.remote.branch if now.remote else None,
                "ahead": now.ahead,
                "behind": now.behind,
                "last_shared": now.last_shared,
                "people_unshared": now.people_unshared,
            }
        )
        return
    _tell(now)


def _tell_connected(*, first: bool) -> None:
    if first:
        say(_("All of it has been sent to the empty place; from now on it is shared there."))
    else:
        say(_("The same registry is there, and is shared from now on. Take part in what is new: vanort sync"))
    say(
        _(
            "Names are kept beside the history, and can be erased. Some forges keep what was erased for a while: see "
            "vanort guide server."
        )
    )


def _tell(now: Standing) -> None:
    if now.remote is None:
        say(_("The registry is not shared. Say where: vanort remote ADDRESS"))
        return
    said = {"address": now.remote.shown, "branch": now.remote.branch}
    say(_("Shared at %(address)s, in the branch %(branch)s") % said)
    if now.last_shared is not None:
        when = f"{now.last_shared.astimezone():%Y-%m-%d %H:%M}"
        say(_("Last shared %(when)s") % {"when": when})
    ahead = ngettext("%(count)s change of yours to share", "%(count)s changes of yours to share", now.ahead)
    behind = ngettext("%(count)s change of others to take in", "%(count)s changes of others to take in", now.behind)
    for text, count in ((ahead, now.ahead), (behind, now.behind)):
        if count:
            say(text % {"count": count})
    if now.people_unshared:
        say(_("The people book is not shared."))
