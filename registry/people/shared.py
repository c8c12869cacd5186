"""What of the people book has been shared: the version that was shared last, and what colleagues have made of it since.

Both are kept in the book's own repository, and no longer than they are needed: `shared` is what two versions of the
book are merged against, `theirs` is there only while a person has to decide between the two. Whoever is erased is
erased from both at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from registry.errors import NotFound, Refused
from registry.git.book_repository import BookRepository
from registry.merge.outcome import WHOLE_RECORD, Conflict
from registry.people.book import REGISTRY, Book, is_erased, is_left
from registry.people.book_text import parse_book, write_book
from registry.people.merging import merge_books
from registry.people.storage import PeopleStore
from registry.records.entries import same
from registry.records.values import Data, Value, is_absent
from registry.words import _

SHARED: Final = "shared"
THEIRS: Final = "theirs"
_GIVEN_UP: Final = "given_up"
"""In `shared`: the ids that a person has agreed to take out of the book for everybody."""
_NOT_AS_SHARED: Final = "erased_since"
"""In `shared`: somebody was erased in it who is not yet erased at the server."""


class Edited(NamedTuple):
    """A third value, chosen in place of ours and theirs; None for no value."""

    value: Value | None


Holds = Literal["ours", "theirs"] | Edited
"""What is to hold."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of merging a colleague's book. In the fields of `conflicts` the `book` has our value.

    `received` and `sent` count the people who changed here, and those who differ from what was merged.
    """

    book: Book
    received: int
    sent: int
    conflicts: tuple[Conflict, ...] = ()


class Met(NamedTuple):
    """Two books, merged."""

    book: Book
    conflicts: tuple[Conflict, ...]


def meet(base: Book, ours: Book, theirs: Book) -> Met:
    """As `merge_books`; but nobody drops out of the book because one side lacks them: that is for a person to say."""
    given_up = base.extra.get(_GIVEN_UP, ())
    merged = merge_books(_plain(base), ours, theirs)
    people = dict(merged.book.people)
    conflicts = [found for found in merged.conflicts if found.field != WHOLE_RECORD]
    for person in sorted((ours.people.keys() ^ theirs.people.keys()) & base.people.keys()):
        mine, other = ours.people.get(person), theirs.people.get(person)
        if is_erased(mine or other or {}):
            continue
        people.pop(person, None)
        if mine is not None:
            people[person] = mine
        elif person in given_up:
            continue
        conflicts.append(Conflict(WHOLE_RECORD, dict(base.people[person]), mine, other, person))
    return Met(replace(merged.book, people=people), tuple(conflicts))


def base_of(store: PeopleStore) -> Book:
    """The version that was shared last; an empty book where none was. Raises `BrokenFile`, `GitTrouble`."""
    content = store.repository.kept(SHARED)
    return Book() if content is None else parse_book(content)


def is_shared(store: PeopleStore) -> bool:
    """Whether the book is as it was last shared, or there is none. A look at two files. Raises `GitTrouble`."""
    return store.repository.version() == store.repository.kept_version(SHARED)


def take_in(store: PeopleStore, theirs: Book, registry: str) -> TakenIn:
    """Merge the book that colleagues have shared into ours, and store it. Nothing is sent.

    `registry` is the commit that the registry began with, "" where that is not known. Where a person has to decide,
    their book is kept until it is decided. Raises the fault of a book that cannot be used, and `GitTrouble`.
    """
    met = Met(Book(), ())
    before = Book()

    def merged(current: Book) -> Book:
        nonlocal met, before
        before = current
        # A book that is not there any more was not emptied by anybody.
        base = base_of(store) if current.state == "ready" else Book()
        met = meet(base, replace(current, state="ready", fault=None), theirs)
        if registry and REGISTRY not in met.book.extra:
            met = met._replace(book=replace(met.book, extra={**met.book.extra, REGISTRY: registry}))
        return met.book

    stored = store.change(merged)
    if met.conflicts:
        with store.repository.locked():
            store.repository.keep({THEIRS: write_book(theirs)})
    else:
        nothing_left(store)
    return TakenIn(stored, _differing(before, stored), _differing(theirs, stored), met.conflicts)


def forget_shared(store: PeopleStore) -> None:
    """Nothing is known of what was shared: the book that was is lost, and what is taken in its place may be older."""
    if store.repository.exists:
        with store.repository.locked():
            store.repository.keep({SHARED: None, THEIRS: None})


def was_shared(store: PeopleStore, content: bytes) -> None:
    """The server now has the book `content`. Whoever has been erased here meanwhile is not brought back by that."""
    with store.repository.locked():
        store.repository.keep({SHARED: content, THEIRS: None})
        erase(store.repository, store.load())


def nothing_left(store: PeopleStore) -> None:
    """What colleagues had is not kept any more: nobody has to decide between it and ours. Raises `GitTrouble`."""
    if store.repository.kept_version(THEIRS) is not None:
        with store.repository.locked():
            store.repository.keep({THEIRS: None})


def erase(repository: BookRepository, book: Book) -> None:
    """Take those who are erased in `book` out of what is kept beside it. To be called `locked`."""
    erased = {person: entry for person, entry in book.people.items() if book.erased(person)}
    kept: dict[str, bytes | None] = {}
    for name in (SHARED, THEIRS):
        content = repository.kept(name) if erased else None
        if content is None:
            continue
        old = parse_book(content)
        gone = {who: erased[who] for who, entry in old.people.items() if who in erased and not is_left(entry)}
        if gone:
            people, extra = {**old.people, **gone}, {**old.extra, _NOT_AS_SHARED: True}
            kept[name] = write_book(replace(old, people=people, extra=extra))
    if kept:
        repository.keep(kept)


# ---------------------------------------------------------------- what a person decides


def conflicts_left(store: PeopleStore) -> tuple[Conflict, ...]:
    """What a person has to decide before the book can be shared; `ref` is the id of whom it is about."""
    content = store.repository.kept(THEIRS)
    if content is None:
        return ()
    return meet(base_of(store), store.load(), _plain(parse_book(content))).conflicts


def settle(store: PeopleStore, person: str, field: str, holds: Holds) -> Book:
    """Decide a conflict; the book is shared with that the next time. Raises `NotFound`, `Refused`, `BadPerson`.

    Whoever decides for ours has seen theirs: what was last shared is taken to have had that value.
    """
    found = next((each for each in conflicts_left(store) if (each.ref, each.field) == (person, field)), None)
    if found is None:
        raise NotFound(
            _("Nothing has to be decided about %(person)s, %(field)s.")
            % {"person": person, "field": field or _("the whole entry")},
            _("vanort conflicts shows what has."),
        )
    if field == WHOLE_RECORD:
        return _settle_whole(store, found, holds)
    if holds != "theirs":
        _see(store, found)
    if holds == "ours":
        return store.load()
    value = found.theirs if holds == "theirs" else holds.value
    return store.change(lambda book: _with_value(book, person, field, value))


def _settle_whole(store: PeopleStore, found: Conflict, holds: Holds) -> Book:
    if isinstance(holds, Edited):
        raise Refused(
            _("%(person)s is either in the book or not.") % {"person": found.ref}, _("Choose ours or theirs.")
        )
    if holds == "theirs" and found.theirs is None:
        return store.change(lambda book: book.without(found.ref))
    base = base_of(store)
    if holds == "ours" and found.ours is None:
        given_up = sorted({*base.extra.get(_GIVEN_UP, ()), found.ref})
        base = replace(base, extra={**base.extra, _GIVEN_UP: given_up})
    else:  # as if it had come in since: then it stays
        base = base.without(found.ref)
        base = replace(base, extra={**base.extra, _NOT_AS_SHARED: True})
    with store.repository.locked():
        store.repository.keep({SHARED: write_book(base)})
    if holds == "ours" or found.theirs is None:
        return store.load()
    back: Data = found.theirs
    return store.change(lambda book: replace(book, people={**book.people, found.ref: back}))


def _see(store: PeopleStore, found: Conflict) -> None:
    """Have what was last shared hold the value that they have now."""
    base = base_of(store)
    entry = _filled({**base.people.get(found.ref, {}), found.field: found.theirs})
    extra = {**base.extra, _NOT_AS_SHARED: True}
    with store.repository.locked():
        store.repository.keep(
            {SHARED: write_book(replace(base, people={**base.people, found.ref: entry}, extra=extra))}
        )


def _with_value(book: Book, person: str, field: str, value: Value | None) -> Book:
    return book.with_person(person, _filled({**book.entry(person), field: value}))


def _filled(entry: Mapping[str, Value | None]) -> dict[str, Value]:
    return {key: value for key, value in entry.items() if not is_absent(value)}


def _plain(book: Book) -> Book:
    """The book without what only stands in the versions kept beside it."""
    extra = {key: value for key, value in book.extra.items() if key not in {_GIVEN_UP, _NOT_AS_SHARED}}
    return replace(book, extra=extra)


def _differing(one: Book, other: Book) -> int:
    """How many people are not the same in both."""
    return sum(
        not same(dict(one.people.get(person, {})), dict(other.people.get(person, {})))
        for person in one.people.keys() | other.people.keys()
    )
