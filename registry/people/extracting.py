"""All that is held on one person (registerutdrag): the book's entry, the records that name them, and the changes that did.

Of a change only what is about the person is told. Who hands it out reads it first: reasons and texts are others' words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from registry.free_text import free_texts, path_of
from registry.git.log import Matching, search, telling
from registry.history import Entry
from registry.people.book import Book, kind_of_entry
from registry.people.exporting import plain
from registry.people.mentions import mentions
from registry.people.named_before import named_before, searched_for
from registry.records.display import rows
from registry.records.kinds import kind_of
from registry.records.refs import folder_of
from registry.records.values import Value, text
from registry.roles import Role, formerly, roles

if TYPE_CHECKING:
    from registry.records.types import Names
    from registry.snapshot import Snapshot
    from registry.store import Store


@dataclass(frozen=True, slots=True)
class Written:
    """A text of a record in which the person is named in words."""

    ref: str
    title: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A change that is about the person, or that they entered (`authored`); `lines` is what it did of them."""

    commit: str
    date: datetime
    subject: str
    why: str
    decision: str
    lines: tuple[str, ...]
    authored: bool

    def as_json(self) -> dict[str, Any]:
        """The keys that programs rely on."""
        return {
            "commit": self.commit,
            "date": self.date.isoformat(),
            "subject": self.subject,
            "why": self.why,
            "decision": self.decision,
            "lines": list(self.lines),
            "authored": self.authored,
        }


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything, as of a day."""

    person: str
    name: str
    municipality: str
    day: date
    entry: tuple[tuple[str, str], ...]
    """What the book says: labels and values."""
    data: dict[str, Value]
    """The same, by keys."""
    now: tuple[Role, ...]
    before: tuple[Role, ...]
    written: tuple[Written, ...]
    changes: tuple[Told, ...]
    named: tuple[Told, ...]
    """Those that name the person in words, also where the words are gone since."""
    searched: tuple[str, ...]
    """The words that all texts and changes were searched for."""

    def as_json(self) -> dict[str, Any]:
        """The keys that programs rely on."""
        return {
            "id": self.person,
            "made": self.day.isoformat(),
            "municipality": self.municipality,
            "book": self.data,
            "roles": [role.as_json() for role in (*self.now, *self.before)],
            "written": [
                {"ref": each.ref, "title": each.title, "field": each.field, "text": each.text} for each in self.written
            ],
            "changes": [each.as_json() for each in self.changes],
            "named": [each.as_json() for each in self.named],
            "searched": list(self.searched),
        }


def extract(store: Store, person: str, day: date | None = None) -> Extract:
    """All that is held on `person`. Raises `Refused` for an id that nobody has."""
    day, book, snapshot = day or date.today(), store.book, store.current()
    entry = book.entry(person)
    ids = [each for each in book.people if book.whose(each) == book.whose(person)]
    held = [role for each in ids for role in roles(snapshot, each, day)]
    past = [role for each in ids for role in formerly(store, each, snapshot) if role is not None]
    names = store.names(snapshot)
    return Extract(
        person=person,
        name=book.name(person),
        municipality=text(snapshot.registry, "municipality"),
        day=day,
        entry=tuple((row.label, row.value) for group in rows(kind_of_entry(entry), entry, names) for row in group.rows),
        data=plain(book, person),
        now=tuple(role for role in held if role.now),
        before=(*(role for role in held if not role.now), *past),
        written=tuple(_written(snapshot, book, ids)),
        changes=tuple(_changes(store, snapshot, ids, text(entry, "email"))),
        named=tuple(_named(store, book, ids, names, text(entry, "email"))),
        searched=searched_for(book, ids),
    )


def _written(snapshot: Snapshot, book: Book, ids: list[str]) -> Iterator[Written]:
    alone = Book({person: book.people[person] for person in ids})
    if not alone.living():
        return
    snapshot.read_ahead(snapshot.refs())
    for ref in snapshot.refs():
        data = snapshot.data(ref) or {}
        for way, words in free_texts(folder_of(ref), data):
            if mentions(words, alone):
                yield Written(ref, snapshot.title(ref), _label(ref, path_of(data, way)), words)


def _label(ref: str, path: str) -> str:
    field = kind_of(ref).by_key.get(path.partition("[")[0].partition(".")[0])
    return str(field.label) if field else path


def _changes(store: Store, snapshot: Snapshot, ids: list[str], email: str) -> list[Told]:
    found: dict[str, Told] = {}
    names = store.names(snapshot)
    searches = [telling(store.repo, person) for person in ids]
    searches += [search(store.repo, matching=Matching(greps=(person,))) for person in ids]
    own = Matching.by_address(email) if email else None
    for raw in (raw for each in searches for raw in each):
        if raw is not None and raw.commit not in found:
            entry = Entry(store.repo, raw, complete=False)
            told = (change for change in entry.fields(names) if _is_about(change.old, change.new, ids))
            lines = tuple(f"{change.ref}: {change.line(names)}" for change in told)
            found[raw.commit] = _told(entry, lines, authored=bool(email) and raw.email == email)
    for raw in search(store.repo, matching=own, changes=False) if own else ():
        if raw is not None and raw.commit not in found:
            found[raw.commit] = _told(Entry(store.repo, raw), (), authored=True)
    return sorted(found.values(), key=lambda told: told.date, reverse=True)


def _named(store: Store, book: Book, ids: list[str], names: Names, email: str) -> list[Told]:
    found = [
        _told(
            each.entry,
            tuple(f"{change.ref}: {change.line(names)}" for change in each.fields),
            authored=bool(email) and each.entry.email == email,
        )
        for each in named_before(store, book, ids, names)
    ]
    return sorted(found, key=lambda told: told.date, reverse=True)


def _told(entry: Entry, lines: tuple[str, ...], *, authored: bool) -> Told:
    return Told(entry.commit, entry.date, entry.subject, entry.why, entry.decision, lines, authored)


def _is_about(old: Value, new: Value, ids: list[str]) -> bool:
    return any(person in str(value) for person in ids for value in (old, new))
