"""Where the people book is kept: loading it, and changing it beside others who do the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from registry.errors import BrokenFile, Moved, NotFound, VanortError
from registry.git.book_repository import BookRepository
from registry.git.repository import Repository
from registry.git.trouble import GitFailed
from registry.people.book import Book, is_left, written_too_late
from registry.people.book_text import parse_book, rescue, write_book
from registry.records.values import Data, Value, is_absent
from registry.words import _

FOLDER: Final = "people.git"
_TRIES: Final = 20


class PeopleStore:
    """The people book of one registry, in `people.git` of its local folder. May be shared by threads."""

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self.repository = BookRepository(repo.local_dir / FOLDER)
        self._kept: tuple[str, Book] | None = None
        self._left: dict[str, Data] = {}

    # ---------------------------------------------------------------- reading

    def load(self) -> Book:
        """The book as it is stored now. Never raises: what cannot be read is a book with a `fault`, and empty.

        Costs a look at a file where nothing has changed since the last time.
        """
        try:
            return self._read()[1]
        except VanortError as error:
            return Book(state="broken", fault=error)

    def erased_since(self) -> Book:
        """Those who have been erased since this was opened, as the book last had them: for texts that are still open.

        In memory alone, and gone with the program: a name that stands in a form must not go out because nobody knows
        it any more.
        """
        book = self.load()
        return Book({person: entry for person, entry in self._left.items() if book.erased(person)})

    def to_search_with(self) -> Book:
        """The book, with those who were erased since as they were: what is looked for in what is to be saved."""
        book = self.load()
        gone = {person: entry for person, entry in self._left.items() if book.erased(person)}
        return replace(book, people={**book.people, **gone}) if gone else book

    def _hold(self, version: str, book: Book) -> tuple[str, Book]:
        """From now on it is the book that is known; what an entry said that is only a notice now stays in mind."""
        if self._kept is not None:
            was = self._kept[1]
            for person in was.living():
                if is_left(book.people.get(person, {})):
                    self._left[person] = was.people[person]
        self._kept = (version, book)
        return self._kept

    def _read(self) -> tuple[str | None, Book]:
        """The stored version and its book. Raises `GitTrouble` and `BrokenFile`."""
        self.repository.tidy()
        for _try in range(_TRIES):
            try:
                version = self.repository.version()
                if version is None:
                    return None, _missing()
                if (kept := self._kept) is not None and kept[0] == version:
                    return kept
                raw = self.repository.read(version)
            except Moved:
                continue
            except (GitFailed, NotFound) as error:
                raise self._damaged() from error
            return self._hold(version, parse_book(raw))
        raise Moved(_("The people book is being changed all the time."), _("Try again in a moment."))

    def _damaged(self) -> BrokenFile:
        return BrokenFile(
            _("The people book cannot be read: its store %(folder)s is damaged, or not yours to read.")
            % {"folder": str(self.repository.folder)},
            rescue(),
        )

    def stamp(self) -> str:
        """A value that changes when the book does; a look at a file. Never raises: `load` says what is wrong."""
        try:
            return self.repository.version() or "none"
        except VanortError as error:
            return str(error)

    # ---------------------------------------------------------------- changing

    def save(self, base: Book, wanted: Book) -> Book:
        """Store what `wanted` changes compared with `base`, the book it was made from, and give the book as stored.

        What others have stored meanwhile is merged by person and field. Raises `PersonClash` where they changed the
        same field to something else (nothing is written then), the book's `fault` where it cannot be changed, and
        `GitTrouble`. Whoever was erased meanwhile stays erased.
        """
        from registry.people.merging import PersonClash, merge_books  # reading must not wait for it

        def merged(current: Book) -> Book:
            found = merge_books(base, wanted, current)
            if found.conflicts:
                raise PersonClash(found.conflicts, wanted)
            return found.book

        return self.change(merged)

    def add(self, data: Data, rng: random.Random | None = None) -> str:
        """Put somebody new into the book and give their id. Raises `BadPerson` with all that is wrong with `data`."""
        given = ""

        def added(current: Book) -> Book:
            nonlocal given
            given = current.new_id(rng)
            return current.with_person(given, data)

        self.change(added)
        return given

    def set(self, person: str, changes: Mapping[str, Value], base: Book | None = None) -> Book:
        """Change the fields `changes` of `person` (None or "" clears one) and give the book as stored.

        `base` is the book in which the user saw the person, by default the one stored now; a field that somebody
        else has changed since then is a `PersonClash`. Raises also `Refused` for an id nobody has, and `BadPerson`.
        """
        base = self.load() if base is None else base
        entry = {**base.entry(person), **changes}
        kept = {key: value for key, value in entry.items() if not is_absent(value)}
        stored = self.save(base, base.with_person(person, kept))
        if stored.erased(person) and not base.erased(person):
            raise written_too_late(person, stored)
        return stored

    def change(self, make: Callable[[Book], Book]) -> Book:
        """Store what `make` gives from the book as it is, unless that is the same; alone with the repository.

        The text is read back before it is stored, and must hold what was meant. Whoever is erased in it is erased
        before from what is kept of the version last shared. Gives the book as stored; raises as `save`.
        """
        from registry.git import book_travel  # reading must not wait for them
        from registry.people import shared

        self._repo.make_local_dir()
        with self.repository.locked():
            version, current = self._read()
            current.require_writable()
            wanted = make(current)
            if wanted.people == current.people and wanted.extra == current.extra:
                return current
            content = write_book(wanted)
            stored = parse_book(content)
            if stored.people != _with_values(wanted.people):
                raise RuntimeError("the people book would not be read back as it was meant; nothing was written")
            if not self.repository.exists:  # of the registry's kind of hashes: it is pushed to the registry's server
                self.repository.make(self._repo.git.text("rev-parse", "--show-object-format"))
            shared.erase(self.repository, stored)
            book_travel.tidy(self._repo)
            self._hold(self.repository.replace(content, version), stored)
            return stored

    def throw_away(self) -> None:
        """Remove the store with all that is in it: a damaged one, for a backup to take its place. Raises `GitTrouble`."""
        with self.repository.locked():
            self.repository.throw_away()
        self._kept = None

    # ---------------------------------------------------------------- taking it elsewhere

    def export(self, target: Path, *, overwrite: bool = False) -> None:
        """Write the whole book to the file `target`: ``.toml`` as stored, ``.json``, or ``.csv`` for spreadsheets.

        The whole file or nothing. Raises `Refused` for an existing file unless told to `overwrite`, and for a file
        inside the registry's folder, from where it could enter the history; `BadInput` for another suffix.
        """
        from registry.exchange.target import write_whole
        from registry.people.exporting import check_target, text_of

        check_target(target, self._repo.folder, overwrite=overwrite)
        content = self._stored() if target.suffix.lower() == ".toml" else text_of(self._readable(), target.suffix)
        write_whole(target, content, overwrite=overwrite, private=True)

    def _stored(self) -> bytes:
        """The bytes as they are stored, readable as a book or not."""
        version = self.repository.version()
        return write_book(Book()) if version is None else self.repository.read(version)

    def _readable(self) -> Book:
        book = self.load()
        if book.state == "broken" and book.fault is not None:
            raise book.fault
        return book


def _with_values(people: Mapping[str, Data]) -> dict[str, dict[str, Value]]:
    """The entries without the keys that have no value, as they are written."""
    return {
        person: {key: value for key, value in entry.items() if not is_absent(value)} for person, entry in people.items()
    }


def _missing() -> Book:
    return Book(
        state="missing",
        fault=BrokenFile(
            _("This copy of the registry has no people book; ids stand in place of names."),
            _(
                "It is kept beside the records. Adding somebody begins one; where there is one at the server, vanort sync brings it."
            ),
        ),
    )
