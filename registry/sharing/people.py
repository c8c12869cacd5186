"""Sharing the people book beside the records: one version at the server, merged by person and field (DESIGN.md section 5)."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from registry.errors import BrokenFile, Moved, Refused, VanortError
from registry.git import ancestry, refs
from registry.git.book_travel import Travel, travelling
from registry.git.network import QUIET_WIRE, NetworkTrouble, Wire
from registry.people import shared
from registry.people.book import REGISTRY, Book
from registry.people.book_text import parse_book, write_book
from registry.people.shared import Edited
from registry.records.values import text
from registry.sharing.meetings import Meeting
from registry.words import _

if TYPE_CHECKING:
    from registry.git.exchange import Tips
    from registry.git.remotes import Remote
    from registry.git.repository import Repository
    from registry.merge.outcome import Conflict
    from registry.sharing.choices import Choice
    from registry.store import Store

State = Literal["shared", "none", "conflicts", "offline", "refused"]

_TRIES: Final = 8


@dataclass(frozen=True, slots=True)
class PeopleShared:
    """What came of sharing the book.

    `none`: nobody has one. `conflicts`: nothing was sent, since a person has to decide about fields of people (`ref` is
    the id); all else is merged here. `offline` and `refused` say why in `message` and `hint`; the book stays here.
    `received` and `sent` count people.
    """

    state: State
    received: int = 0
    sent: int = 0
    conflicts: tuple[Meeting, ...] = ()
    message: str = ""
    hint: str = ""

    def as_json(self) -> dict[str, str | int]:
        """As in `vanort sync --json`, under `people`."""
        return {"state": self.state, "received": self.received, "sent": self.sent}


def share_people(store: Store, remote: Remote, wire: Wire = QUIET_WIRE, *, seen: Tips | None = None) -> PeopleShared:
    """Bring the book together with the one at the server. What goes wrong on the way is an answer, not an error.

    `seen` is what the server was just found to have, so that it need not be asked again.
    Raises `NetworkTrouble` where it was called off, and `GitTrouble` where this copy's own folder is in trouble.
    """
    own = store.book
    if not own.writable and own.fault is not None:
        return _told("refused", own.fault)
    for attempt in range(_TRIES):
        try:
            return _share_once(store, remote, wire, seen if attempt == 0 else None)
        except _NotOurs as error:
            return _told("refused", error)
        except NetworkTrouble as error:
            if error.kind == "cancelled":
                raise
            if error.kind != "rejected" or attempt == _TRIES - 1:
                return _told("offline" if error.kind in {"offline", "hung"} else "refused", error)
        except Moved:
            if attempt == _TRIES - 1:
                raise
        time.sleep(random.uniform(0.01, 0.1) * (attempt + 1))  # noqa: S311 - jitter, not a secret
    raise AssertionError("unreachable")


def people_in_question(store: Store) -> tuple[Meeting, ...]:
    """What a person has to decide before the book can be shared; `Meeting.ref` is the id of whom it is about.

    As of the last time that the server was asked. Nothing tells who wrote what: the book has no past.
    """
    return _meetings(store, shared.conflicts_left(store.people))


def decide(store: Store, meeting: Meeting, choice: Choice) -> None:
    """Settle one of them, at once: the book is shared so the next time.

    Raises `NotFound` where it is settled already, `Refused`, `BadPerson`.
    """
    if choice.chosen == "both":
        raise Refused(_("A person has one entry, and each field of it one value."), _("Choose ours or theirs."))
    holds = Edited(choice.value) if choice.chosen == "edited" else choice.chosen
    shared.settle(store.people, meeting.ref, meeting.field, holds)


def _meetings(store: Store, conflicts: Iterable[Conflict]) -> tuple[Meeting, ...]:
    book = store.book
    return tuple(
        Meeting(found.ref, found.field, found.base, found.ours, found.theirs, book.name(found.ref), found.ref)
        for found in conflicts
    )


class _NotOurs(Refused):
    """What the server has cannot be taken in."""


def _share_once(store: Store, remote: Remote, wire: Wire, seen: Tips | None) -> PeopleShared:
    people = store.people
    if seen is not None and (nothing_new := _nothing_new(store, seen.people)):
        return nothing_new
    with travelling(store.repo, remote.address, wire) as travel:
        there = travel.version() if seen is None else seen.people
        if nothing_new := _nothing_new(store, there):
            return nothing_new
        content = None if there is None else _content(store, travel, there)
        theirs = Book() if content is None else _book(store.repo, content)
        taken = shared.take_in(people, theirs, first_commit(store.repo))
        if taken.conflicts:
            return PeopleShared("conflicts", taken.received, conflicts=_meetings(store, taken.conflicts))
        wanted = write_book(taken.book)
        if wanted != content:
            travel.push(wanted, there)
        shared.was_shared(people, wanted)
    return PeopleShared("shared", taken.received, taken.sent)


def _nothing_new(store: Store, there: str | None) -> PeopleShared | None:
    """The answer where there is nothing to send or take in: the server has what was shared last, and so have we."""
    repository = store.people.repository
    here = repository.version()
    if there is None and here is None:
        return PeopleShared("none")
    return PeopleShared("shared") if there == here == repository.kept_version(shared.SHARED) else None


def _content(store: Store, travel: Travel, there: str) -> bytes:
    """What the server has; it need not be sent for where it is what was shared last."""
    repository = store.people.repository
    if there == repository.kept_version(shared.SHARED) and (kept := repository.kept(shared.SHARED)) is not None:
        return kept
    try:
        return travel.fetch(there)
    except BrokenFile as error:
        raise _NotOurs(error.message, error.hint) from error


def _book(repo: Repository, content: bytes) -> Book:
    """The server's book. Raises `_NotOurs` for one that cannot be read or is of another registry."""
    try:
        theirs = parse_book(content)
    except BrokenFile as error:
        raise _NotOurs(
            _("The people book at the server cannot be read. %(reason)s") % {"reason": error.message},
            _("Nothing of it was taken in. Tell whoever looks after the server."),
        ) from error
    if theirs.fault is not None:
        raise _NotOurs(theirs.fault.message, theirs.fault.hint)
    began = text(theirs.extra, REGISTRY)
    if began and not repo.shallow_at() and not (refs.is_id(began) and ancestry.is_ancestor(repo, began, "HEAD")):
        raise _NotOurs(
            _("The people book at the server belongs to another registry."),
            _("Share each registry at an address of its own; nothing was taken in or sent."),
        )
    return theirs


def _told(state: State, error: VanortError) -> PeopleShared:
    said = _("The people book was not shared: %(reason)s") % {"reason": error.message}
    hint = error.hint
    if isinstance(error, NetworkTrouble) and error.kind == "refused":
        hint = _(
            "It stays here and is not shared. Ask whoever looks after the server to let in refs/vanort/people; not every server does."
        )
    return PeopleShared(state, message=said, hint=hint)


def first_commit(repo: Repository) -> str:
    """The commit that the registry began with; "" in a copy that does not reach back to it."""
    return "" if repo.shallow_at() or repo.head() is None else ancestry.first_commit(repo)
