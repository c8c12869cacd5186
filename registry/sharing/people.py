"""Sharing the people book beside the records: one version at the server, merged by person and field (DESIGN.md section 5)."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from registry.erasing import apply_recorded, telling_values
from registry.errors import BrokenFile, Moved, Refused, VanortError
from registry.git import ancestry, local_json, refs
from registry.git.book_travel import Travel, travelling
from registry.git.forgetting import forget
from registry.git.network import QUIET_WIRE, NetworkTrouble, Wire
from registry.git.traces import Sought
from registry.people import shared
from registry.people.book import REGISTRY, Book
from registry.people.book_text import parse_book, write_book
from registry.people.copies import own, with_report
from registry.records.values import text
from registry.words import _

if TYPE_CHECKING:
    from registry.git.remotes import Remote
    from registry.git.repository import Repository
    from registry.merge.outcome import Conflict
    from registry.store import Store

State = Literal["shared", "none", "conflicts", "offline", "refused", "gone"]

_TRIES: Final = 8
_AT: Final = "people-shared.json"


@dataclass(frozen=True, slots=True)
class PeopleShared:
    """What came of sharing the book.

    `none`: nobody has one. `conflicts`: nothing was sent, since a person has to decide about fields of people (`ref` is
    the id); all else is merged here. `offline` and `refused` say why in `message` and `hint`; the book stays here. `gone`:
    somebody removed it at the server, where it was shared before. `received` and `sent` count people.
    """

    state: State
    received: int = 0
    sent: int = 0
    conflicts: tuple[Conflict, ...] = ()
    message: str = ""
    hint: str = ""

    def as_json(self) -> dict[str, Any]:
        """`state`, `received`, `sent`, `conflicts`, as in `vanort sync --json`."""
        conflicts = [found.as_json() for found in self.conflicts]
        return {"state": self.state, "received": self.received, "sent": self.sent, "conflicts": conflicts}


def share_people(store: Store, remote: Remote, wire: Wire = QUIET_WIRE, *, again: bool = False) -> PeopleShared:
    """Bring the book together with the one at the server. What goes wrong on the way is an answer, not an error.

    Where the book was removed there, it is sent `again` if that is asked for. Whoever the registry says was erased is
    erased here before. Raises `NetworkTrouble` where it was called off, and `GitTrouble` where this copy's own folder is in trouble.
    """
    own = store.book
    if not own.writable and own.fault is not None:
        return _told("refused", own.fault)
    apply_recorded(store)
    for attempt in range(_TRIES):
        try:
            return _share_once(store, remote, wire, again=again)
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


def is_shared(store: Store) -> bool:
    """Whether nothing in the book here waits to be shared: a look at two files."""
    return shared.is_shared(store.people)


class _NotOurs(Refused):
    """What the server has cannot be taken in."""


def _share_once(store: Store, remote: Remote, wire: Wire, *, again: bool) -> PeopleShared:
    people = store.people
    with travelling(store.repo, remote.address, wire) as travel:
        there, here = travel.version(), people.repository.version()
        before = people.repository.kept_version(shared.SHARED)
        if there is None and here is None:
            return PeopleShared("none")
        if there is None and before is not None and _shared_at(store.repo) == remote.address.text and not again:
            return _gone()
        if there == here == before and with_report(store.book, own(store.repo), date.today()) is store.book:
            return PeopleShared("shared")
        content = None if there is None else _content(store, travel, there)
        theirs = Book() if content is None else _book(store.repo, content)
        known = store.book
        if there is None and before is not None:  # the place is empty, and takes nobody out of the book by being so
            taken = shared.TakenIn(known, 0, len(known.people))
        else:
            taken = shared.take_in(people, theirs, first_commit(store.repo))
        _forget_erased(store.repo, known, taken.book)
        if taken.conflicts:
            return PeopleShared("conflicts", taken.received, conflicts=taken.conflicts)
        wanted = write_book(_reported(store, taken.book))
        if wanted != content:
            travel.push(wanted, there)
        shared.was_shared(people, wanted)
        local_json.keep(store.repo, _AT, {"address": remote.address.text})
    return PeopleShared("shared", taken.received, taken.sent)


def _gone() -> PeopleShared:
    return PeopleShared(
        "gone",
        message=_("The people book is not at the server any more: somebody has removed it there."),
        hint=_("It is whole here. Send it again: vanort people share --again"),
    )


def _shared_at(repo: Repository) -> str:
    """The address where the book was last shared; "" where that is not known."""
    try:
        return str(local_json.load(repo, _AT)["address"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _forget_erased(repo: Repository, before: Book, after: Book) -> None:
    """Whoever was erased by a colleague is forgotten in what lies about here as well."""
    gone = [person for person in before.living() if after.erased(person)]
    if gone:
        forget(repo, Sought.of(telling_values(before, gone)))


def _reported(store: Store, book: Book) -> Book:
    """The book, in which this copy says whom it has forgotten; not while something of that is still to be pruned."""
    if store.people.repository.untidy:
        return book
    copy, today = own(store.repo), date.today()
    return store.people.change(lambda current: with_report(current, copy, today))


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
