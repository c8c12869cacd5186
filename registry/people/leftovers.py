"""What lies about in this copy alone, and names somebody who was erased: thrown away, or told, where only a look can tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from registry.git.forgetting import forget
from registry.git.repository import Repository
from registry.git.traces import Sought
from registry.people.book import Book
from registry.people.loosely import Loosely, as_words
from registry.people.mentions import telling_values


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of it, by the names of the files in `.git/vanort`: thrown away, or with a last name in it, and kept."""

    removed: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    def __or__(self, other: Forgotten) -> Forgotten:
        gone = {*self.removed, *other.removed}
        return Forgotten(tuple(sorted(gone)), tuple(sorted({*self.doubtful, *other.doubtful} - gone)))


def forget_people(repo: Repository, before: Book, ids: Iterable[str]) -> Forgotten:
    """Throw away what names those with `ids`, who are known by `before`; what may name them by the last name is told."""
    people = [*ids]
    sought = Sought.of(telling_values(before, people))
    loosely = Loosely.of(before.people[person] for person in people if person in before.people)

    def holds(content: bytes) -> bool:
        return bool(sought.in_bytes(content)) or loosely.named_in(as_words(content))

    found = forget(repo, holds, lambda content: loosely.hinted_at_in(as_words(content)))
    return Forgotten(*found)
