"""How a registry is shared, in the few words that the line at the top has room for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from registry.words import _, ngettext
from tui.when import when_exactly

if TYPE_CHECKING:
    from registry.sharing.standing import Standing
    from registry.sharing.syncing import Synced


def words(standing: Standing, last: Synced | None, today: date) -> Iterator[str]:
    """What matters most first. `last` is what sharing came to the last time, where it was tried since the app opened."""
    if standing.remote is None:
        yield _("not shared")
        return
    if last is not None and (trouble := _trouble(last)):
        yield trouble
    if standing.ahead:
        yield _("%(count)s to share") % {"count": standing.ahead}
    if standing.behind:
        yield _("%(count)s to receive") % {"count": standing.behind}
    if standing.people_unshared:
        yield _("people book not shared")
    if standing.last_shared is None:
        yield _("never shared")
    else:
        yield _("shared %(when)s") % {"when": when_exactly(standing.last_shared, today)}


def _trouble(last: Synced) -> str:
    if last.state == "offline":
        return _("offline")
    if last.state == "conflicts":
        count = len(last.conflicts)
        return ngettext("%(count)s question to settle", "%(count)s questions to settle", count) % {"count": count}
    if last.rewritten:
        return _("shared history rewritten")
    if last.state == "refused" and last.kind != "cancelled":
        return _("sharing refused") if last.kind is None or last.kind == "refused" else _("sharing failed")
    return ""
