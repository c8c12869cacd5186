"""The people book: read when it is asked for, and somebody picked as one types."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import rtoml

from bench.measure import A_FRAME, Figure, Took, taking_turns
from registry.people import Book, PeopleStore
from registry.store import Store

_FIRST = [
    "Anna",
    "Björn",
    "Cecilia",
    "David",
    "Eva",
    "Fredrik",
    "Gunilla",
    "Håkan",
    "Ingrid",
    "Jörgen",
    "Karin",
    "Lars",
    "Maja",
    "Nils",
    "Åsa",
    "Örjan",
]
_LAST = [
    "Andersson",
    "Berg",
    "Carlsson",
    "Dahl",
    "Ek",
    "Falk",
    "Grön",
    "Hjort",
    "Isaksson",
    "Lindqvist",
    "Norén",
    "Åberg",
    "Öström",
]
_TYPED = ("a", "ma", "maja l", "lindqvist maja", "rektor", "berg 7", "0560-12", "xyz")


def people(folder: Path, size: int) -> Iterator[Figure]:
    """A book of as many people as the registry has records: read, and searched for somebody."""
    store = Store.open(folder)
    shutil.rmtree(store.people.repository.folder, ignore_errors=True)
    store.people.change(lambda _none: Book(dict(_somebody(size))))
    text = store.people.repository.read(store.people.repository.version() or "").decode("utf-8")
    ours, theirs = taking_turns(lambda: PeopleStore(store.repo).load().people, lambda: rtoml.loads(text), runs=15)
    yield Figure("read the people book", size, ours, "rtoml parse of its text", theirs, 1.2)
    book = store.book
    slowest = max(taking_turns(lambda words=words: book.find(words, 50))[0] for words in _TYPED)  # type: ignore[misc]
    yield Figure("pick somebody by typing, the slowest", size, slowest, "a frame", Took(A_FRAME), 1.0)
    shutil.rmtree(store.people.repository.folder)


def _somebody(size: int) -> Iterator[tuple[str, dict[str, str]]]:
    rng, book = random.Random(1), Book()
    taken: set[str] = set()
    for number in range(size):
        person = book.new_id(rng, taken)
        taken.add(person)
        first, last = rng.choice(_FIRST), rng.choice(_LAST)
        yield (
            person,
            {
                "name": f"{first} {last} {number}",
                "title": rng.choice(["Rektor", "Handläggare", "Kurator"]),
                "organisation": f"Skola {number % 50}",
                "email": f"{number}@example.org",
                "telephone": f"0560-{number % 900 + 100} {number % 90 + 10}",
            },
        )
