"""How it is shared: where, whether the server answers, and whether plain Git merges as Vänort does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.errors import VanortError
from registry.git import exchange, merge_driver, remotes
from registry.health.check import Check, wrong
from registry.words import _

if TYPE_CHECKING:
    from registry.git.repository import Repository
    from registry.store import Store


def no_driver() -> tuple[str, str]:
    """What is told, with its remedy, where `.gitattributes` does not name the merge driver."""
    return (
        _("Plain Git merges records line by line: .gitattributes does not say otherwise"),
        _("Add the line “%(line)s” to .gitattributes, and commit it with Git") % {"line": merge_driver.ATTRIBUTE},
    )


def driver(repo: Repository) -> Check:
    """Whether plain Git merges records as Vänort does; that it is to is set here and now, for this copy."""
    try:
        merge_driver.install(repo)
    except VanortError as error:
        return wrong("merge-driver", error)
    if not merge_driver.is_named(repo):
        return Check("merge-driver", False, *no_driver(), mend=lambda: merge_driver.name_here(repo))
    return Check("merge-driver", True, _("Plain Git merges records field by field here"))


def sharing(store: Store) -> Check:
    """Where it is shared, without asking the server."""
    from registry.sharing.standing import standing

    try:
        now = standing(store)
        if now.remote is None:
            return Check("sharing", True, _("The registry is not shared with anybody"))
        address = str(now.remote.address)
    except VanortError as error:
        return wrong("sharing", error)
    said = _("Shared at %(address)s: %(ahead)s to send and %(behind)s to take in, as last seen")
    return Check("sharing", True, said % {"address": address, "ahead": now.ahead, "behind": now.behind})


def server(repo: Repository) -> Check | None:
    """Whether the server answers, which it is asked; None where the registry is not shared."""
    try:
        remote = remotes.shared_with(repo)
        if remote is None:
            return None
        tips = exchange.look(repo, remote)
    except VanortError as error:
        return wrong("server", error)
    if tips.branch is None:
        return Check("server", False, _("The server answers, and has no registry yet"), _("Send it: vanort sync"))
    return Check("server", True, _("The server answers, and has the registry"))
