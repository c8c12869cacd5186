"""Something long that is read on the registry's thread in slices: what is found shows at once, and no key waits for it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Final, Generic, TypeVar

from registry.store import Store
from tui.session import Session

T = TypeVar("T")

FIRST: Final = 0.01
"""Seconds of the first slice: what is found in a frame shows in the next."""
LONGEST: Final = 0.1
"""Seconds that other work on the thread waits at most."""
PATIENCE: Final = 0.02
"""Seconds without anything found after which the reader looks up."""


class Reading(Generic[T]):
    """What `start` gives, as far as it has been read. None among it is a pause, in which nothing was found."""

    def __init__(self, session: Session, start: Callable[[Store], Iterator[T | None]]) -> None:
        self._session = session
        self._start = start
        self._items: Iterator[T | None] | None = None
        self._slice = FIRST
        self.done = False

    async def more(self) -> list[T]:
        """What is found in the next slice, which may be nothing; there is no more when it is `done`."""

        def reading() -> list[T]:
            if self._items is None:
                self._items = self._start(self._session.store)
            until, page = time.monotonic() + self._slice, list[T]()
            self._slice = min(2 * self._slice, LONGEST)
            for item in self._items:
                if item is not None:
                    page.append(item)
                if (item is None and page) or time.monotonic() >= until:
                    return page
            self.done = True
            return page

        return await self._session.run(reading)

    def close(self) -> None:
        """It is read no further; what it was read with is let go."""

        def closing() -> None:
            items, self._items = self._items, iter(())
            with contextlib.suppress(AttributeError):
                items.close()  # type: ignore[union-attr]  # a generator, or nothing

        self.done = True
        self._session.soon(closing)
