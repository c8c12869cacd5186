"""What sharing came to, told in one line; what cannot be passed over, in a dialogue; what is to be decided, on its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.plain_text import line
from registry.words import _, ngettext
from tui.erasure_text import forgotten_lines
from tui.notices import tell
from tui.widgets.dialogs import Told

if TYPE_CHECKING:
    from registry.sharing.syncing import Synced
    from tui.screens.main import MainScreen

_NAMED: Final = 3
"""People who are named; more are counted."""


async def tell_synced(main: MainScreen, synced: Synced, *, unasked: bool) -> None:
    """Tell it. What nobody asked for gets in nobody's way, and says nothing where nothing came of it."""
    told, amiss = await _exchanged(main, synced), synced.people is not None and synced.people.message
    if told or (synced.state == "shared" and not unasked and not amiss):
        tell(main, told or _("Everything is shared: there is nothing new, here or there."))
    if synced.people is not None and synced.people.message:
        tell(main, f"{synced.people.message}\n{synced.people.hint}".strip(), severity="warning")
    if wants_a_look := list(forgotten_lines(synced.forgotten)):
        await main.app.push_screen_wait(Told(_("Somebody was erased elsewhere"), detail="\n\n".join(wants_a_look)))
    if synced.findings:
        tell(main, _findings(synced), severity="warning")
    if synced.unreadable:
        await main.app.push_screen_wait(Told(_("A record came that cannot be read"), detail=_unreadable(synced)))
    for told in synced.overtaken:
        tell(main, _("%(what)s. What holds is asked when it is saved.") % {"what": told}, severity="warning")
    if synced.lost_driver:
        from registry.health.shared import no_driver

        tell(main, "\n".join(no_driver()), severity="warning")
    if synced.state == "conflicts":
        await _settle(main, synced, unasked=unasked)
    elif synced.rewritten:
        from tui.screens.rewritten import tell_of_rewriting

        await tell_of_rewriting(main, f"{synced.message}\n\n{synced.hint}")
    elif synced.kind == "cancelled" or (synced.state == "offline" and not unasked):
        tell(main, f"{synced.message}\n{synced.hint}".strip(), severity="warning")
    elif synced.state == "refused" and not unasked:
        await main.app.push_screen_wait(
            Told(_("It was not shared"), detail=f"{synced.message}\n\n{synced.hint}".strip())
        )


async def _exchanged(main: MainScreen, synced: Synced) -> str:
    """``Received 3 changes by Erik and Siv, sent 2 changes.``; "" where there was nothing."""
    from registry.sharing.exchanged import senders

    received = ngettext(
        "received %(count)s change by %(names)s", "received %(count)s changes by %(names)s", synced.received
    )
    sent = ngettext("sent %(count)s change", "sent %(count)s changes", synced.sent)
    told = []
    if synced.received:
        names = await main.session.run(lambda: senders(main.session.store, synced.before))
        told.append(received % {"count": synced.received, "names": _listed(names)})
    if synced.sent:
        told.append(sent % {"count": synced.sent})
    if (people := synced.people) is not None:
        for count, some in (
            (people.received, ngettext("received %(count)s person", "received %(count)s people", people.received)),
            (people.sent, ngettext("sent %(count)s person", "sent %(count)s people", people.sent)),
        ):
            told += [some % {"count": count}] if count else []
    said = ", ".join(told)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _listed(names: tuple[str, ...]) -> str:
    shown = [line(name) for name in names[:_NAMED]] or [_("yourself")]
    if (more := len(names) - _NAMED) > 0:
        shown.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": more})
    return ", ".join(shown)


def _findings(synced: Synced) -> str:
    first, more = synced.findings[0], len(synced.findings) - 1
    said = _("The policy finds this of both sides together, and of neither alone: it is for both to mend.")
    rest = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more} if more else ""
    return "\n".join(filter(None, (said, first.message, rest)))


def _unreadable(synced: Synced) -> str:
    return "\n\n".join(f"{each.came} {each.remedy}" for each in synced.unreadable)


async def _settle(main: MainScreen, synced: Synced, *, unasked: bool) -> None:
    """Have the user decide, and share what came of it."""
    if unasked or main.app.screen is not main:
        count = len(synced.conflicts)
        said = ngettext(
            "%(count)s thing was changed differently on both sides: F decides.",
            "%(count)s things were changed differently on both sides: F decides.",
            count,
        )
        tell(main, said % {"count": count}, severity="warning")
        return
    from tui.screens.settling import settle_and_share

    await settle_and_share(main)
