"""Sharing the people book beside the records: one version at the server, merged by person and field (DESIGN.md section 5)."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from registry.errors import BrokenFile, Moved, Refused, VanortError
from registry.git import ancestry, local_json, refs
from registry.git.book_travel import Travel, travelling
from registry.git.network import QUIET_WIRE, NetworkTrouble, Wire
from registry.git.remotes import shared_with
from registry.people import shared
from registry.people.book import REGISTRY, Book
from registry.people.book_text import parse_book, write_book
from registry.people.copies import own, with_report
from registry.people.leftovers import Forgotten, forget_people
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

State = Literal["shared", "none", "conflicts", "offline", "refused", "gone"]

_TRIES: Final = 8
_AT: Final = "people-shared.json"


@dataclass(frozen=True, slots=True)
class PeopleShared:
    """What came of sharing the book.

    `none`: nobody has one. `conflicts`: nothing was sent, since a person has to decide about fields of people (`ref` is
    the id); all else is merged here. `offline` and `refused` say why in `message` and `hint`; the book stays here.
    `gone`: somebody removed it at the server, where it was shared before. `received` and `sent` count people.
    """

    state: State
    received: int = 0
    sent: int = 0
    conflicts: tuple[Meeting, ...] = ()
    message: str = ""
    hint: str = ""
    forgotten: Forgotten = field(default_factory=Forgotten)
    """What of those whom a colleague erased lay about here."""

    def as_json(self) -> dict[str, str | int]:
        """As in `vanort sync --json`, under `people`."""
        return {"state": self.state, "received": self.received, "sent": self.sent}


def share_people(
    store: Store, remote: Remote, wire: Wire = QUIET_WIRE, *, seen: Tips | None = None, again: bool = False
) -> PeopleShared:
    """Bring the book together with the one at the server. What goes wrong on the way is an answer, not an error.

    `seen` is what the server was just found to have, so that it need not be asked again. Where the book was removed there,
    it is sent `again` if that is asked for.
    Raises `NetworkTrouble` where it was called off, and `GitTrouble` where this copy's own folder is in trouble.
    """
    book = store.book
    if not book.writable and book.fault is not None:
        return _told("refused", book.fault)
    for attempt in range(_TRIES):
        try:
            return _Once(store, remote, wire, again=again).share(seen if attempt == 0 else None)
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


def share_book(store: Store, wire: Wire = QUIET_WIRE, *, again: bool = False) -> PeopleShared | None:
    """As `share_people`, with whomever the registry is shared; None where that is nobody.

    Beside the thread that owns the registry: the book is a repository of its own. What is in the way is in the answer.
    """
    try:
        remote = shared_with(store.repo)
        return None if remote is None else share_people(store, remote, wire, again=again)
    except VanortError as error:
        return PeopleShared("refused", message=error.message, hint=error.hint)


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


@dataclass(frozen=True, slots=True)
class _Once:
    """One try."""

    store: Store
    remote: Remote
    wire: Wire
    again: bool

    def share(self, seen: Tips | None) -> PeopleShared:
        if seen is not None and (nothing_new := self._nothing_to_do(seen.people)):
            return nothing_new
        with travelling(self.store.repo, self.remote.address, self.wire) as travel:
            there = travel.version() if seen is None else seen.people
            return self._nothing_to_do(there) or self._brought_together(travel, there)

    def _nothing_to_do(self, there: str | None) -> PeopleShared | None:
        """The answer where nothing is to be sent or taken in, or where it has to be asked for."""
        before = self.store.people.repository.kept_version(shared.SHARED)
        missed = there is None and before is not None and _shared_at(self.store.repo) == self.remote.address.text
        answer = _gone() if missed and not self.again else _nothing_new(self.store, there)
        if answer is not None:
            shared.nothing_left(self.store.people)
        return answer

    def _brought_together(self, travel: Travel, there: str | None) -> PeopleShared:
        store, people = self.store, self.store.people
        content = None if there is None else _content(store, travel, there)
        theirs = Book() if content is None else _book(store.repo, content)
        known = store.book
        if there is None and people.repository.kept_version(shared.SHARED) is not None:
            taken = shared.TakenIn(known, 0, len(known.people))  # an empty place takes nobody out of the book
        else:
            taken = shared.take_in(people, theirs, first_commit(store.repo))
        forgotten = _forget_erased(store.repo, known, taken.book)
        if taken.conflicts:
            met = _meetings(store, taken.conflicts)
            return PeopleShared("conflicts", taken.received, conflicts=met, forgotten=forgotten)
        wanted = write_book(_reported(store, taken.book))
        if wanted != content:
            travel.push(wanted, there)
        shared.was_shared(people, wanted)
        local_json.keep(store.repo, _AT, {"address": self.remote.address.text})
        return PeopleShared("shared", taken.received, taken.sent, forgotten=forgotten)


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


def _forget_erased(repo: Repository, before: Book, after: Book) -> Forgotten:
    """Whoever was erased by a colleague is forgotten in what lies about here as well."""
    gone = [person for person in before.living() if after.erased(person)]
    return forget_people(repo, before, gone) if gone else Forgotten()


def _reported(store: Store, book: Book) -> Book:
    """The book, in which this copy says whom it has forgotten; not while something of that is still to be pruned."""
    if store.people.repository.untidy:
        return book
    copy, today = own(store.repo), date.today()
    return store.people.change(lambda current: with_report(current, copy, today))


def _nothing_new(store: Store, there: str | None) -> PeopleShared | None:
    """The answer where there is nothing to send or take in: the server has what was shared last, and so have we."""
    repository = store.people.repository
    here = repository.version()
    if there is None and here is None:
        return PeopleShared("none")
    if not there == here == repository.kept_version(shared.SHARED):
        return None
    book = store.book
    return PeopleShared("shared") if with_report(book, own(store.repo), date.today()) is book else None


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
