"""Saying where a registry is shared: at a place that is empty, or that has the same registry already."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from registry.errors import GitTrouble, Refused
from registry.git import exchange, marks, network, remotes, shared_last, trouble
from registry.git.addresses import Address, require_no_password
from registry.git.ancestry import merge_bases
from registry.git.network import Progress, Wire
from registry.git.remotes import USUAL, Remote
from registry.plain_text import line
from registry.sharing.arriving import require_welcome
from registry.sharing.people import PeopleShared, share_people
from registry.words import _

if TYPE_CHECKING:
    from registry.git.repository import Repository
    from registry.store import Store


class Connected(NamedTuple):
    """Where the registry is shared now; `first` where that place was empty, and has got all of it."""

    remote: Remote
    first: bool
    people: PeopleShared | None = None
    """What came of sharing the people book with it, at a place that was empty."""


def connect(
    store: Store,
    url: str,
    *,
    progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
    ask: bool = False,
) -> Connected:
    """Share the registry at `url` from now on; what differs there is for the next `sync`.

    Raises `BadInput` for an address that may not be used, `NetworkTrouble`, and `Refused` for a place that has another
    registry, or something that is none: then everything is as it was.
    """
    repo, address, wire = store.repo, remotes.resolved(store.repo.git, url), Wire(progress, cancel, ask)
    require_no_password(address)
    branch, head = require_something_to_share(repo)
    heads = network.heads(repo.folder, address, wire)
    name = _name(repo, address)
    if not heads.branches:
        remote = Remote(name, address.text, branch)
        exchange.push(repo, remote, head, wire, by_address=True)
        _keep(repo, remote, head)
        shared_last.keep(repo, datetime.now().astimezone())
        return Connected(remote, first=True, people=share_people(store, remote, wire))
    theirs = branch if branch in heads.branches else heads.choice()
    if theirs is None:
        raise Refused(
            _("%(address)s has several branches, and none is called %(branch)s: %(names)s")
            % {"address": address, "branch": line(branch), "names": line(", ".join(sorted(heads.branches)[:10]))},
            _("Have whoever looks after the server set its HEAD to the registry's."),
        )
    remote = Remote(name, address.text, theirs)
    arrived = exchange.fetch(repo, remote, wire, by_address=True)
    try:
        require_welcome(repo, head, arrived)
        _require_related(repo, address, head, arrived)
    except BaseException:
        exchange.forget(repo)
        raise
    _keep(repo, remote, arrived)
    return Connected(remote, first=False)


def require_something_to_share(repo: Repository) -> tuple[str, str]:
    """The branch and its commit. Raises `GitTrouble` where there is none yet, or plain Git is in the middle of something."""
    if (unfinished := repo.unfinished()) is not None:
        raise GitTrouble(*trouble.unfinished(unfinished))
    branch, head = repo.branch(), repo.head()
    if head is None:
        raise GitTrouble(_("Nothing has been saved yet"), _("Save the first version: vanort save -m WHY"))
    if branch is None:
        raise GitTrouble(*trouble.no_branch())
    return branch, head


def _name(repo: Repository, address: Address) -> str:
    """The remote that has this address, else the one that is shared with now, else the usual one."""
    now = None
    with contextlib.suppress(Refused):
        now = remotes.shared_with(repo)
    return remotes.named(repo, address.text) or (now.name if now else USUAL)


def _require_related(repo: Repository, address: Address, ours: str, theirs: str) -> None:
    if merge_bases(repo, ours, theirs):
        return
    raise Refused(
        _("%(address)s has another registry, which has no change in common with this one: they cannot be joined.")
        % {"address": address},
        _(
            "To work with that one, take a copy of it: vanort clone ADDRESS FOLDER. To share this one, choose an empty place."
        ),
    )


def _keep(repo: Repository, remote: Remote, tip: str) -> None:
    remotes.keep(repo, remote)
    remotes.move(repo, remote, tip)
    marks.keep(repo, {**(marks.load(repo) or {}), remotes.tracking(remote): tip})
