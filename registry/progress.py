"""How far something long has come, told between two portions, so that it is seen and can be called off."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Final, NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")

PORTION: Final = 250
"""Rows or records between two looks around."""


class Progress(NamedTuple):
    """How far something long has come."""

    what: str
    """The sheet, file or part that is being done, in words for people."""
    done: int
    """Rows or records of it; 0 where they are not counted."""


Making: TypeAlias = Generator[Progress, None, bytes]
"""A file's content that is made a portion at a time; what the generator returns is the content."""


def all_of(steps: Generator[object, None, T]) -> T:
    """What comes of the steps, done one after the other, where nobody waits between."""
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            found: T = ended.value
            return found


def each(what: str, items: Iterable[T], take: Callable[[T], object]) -> Generator[Progress, None, None]:
    """Give the items to `take`, one after the other, with a look around after each portion."""
    for number, item in enumerate(items, 1):
        take(item)
        if number % PORTION == 0:
            yield Progress(what, number)
