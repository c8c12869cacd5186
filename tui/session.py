"""The bridge between the screens and the registry.

One thread owns Git: everything that reads or writes the registry is handed to it, in turn, so that a slow disk never
blocks a keystroke and two pieces of work never meet (DESIGN.md section 8, Threads). The screens see immutable
snapshots, and are told by messages when there is a new one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message

from registry.names import RecordNames
from registry.records.kinds import LISTED
from registry.records.types import BARE, Names
from registry.snapshot import Snapshot
from registry.store import Saved, Store
from registry.summary import Summary

if TYPE_CHECKING:
    from registry.change import Change, Verdict
    from registry.history import Entry

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class View:
    """The registry as the screens show it: one snapshot and what goes with it."""

    summary: Summary
    snapshot: Snapshot
    names: Names
    unsaved: frozenset[str]
    """REFs that were edited by hand and not saved."""
    faults: dict[str, str]
    """REF → what is wrong with its file."""

    @property
    def municipality(self) -> str:
        """The municipality's name."""
        return self.summary.municipality

    @property
    def fictional(self) -> bool:
        """Whether this is the demo, which every screen says."""
        return self.summary.fictional


class Session:
    """One opened registry, as long as the app shows it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="registry")
        self._store: Store | None = None
        self._seen: object = None
        self.view: View | None = None

    class Refreshed(Message):
        """There is a new view: something was saved, here or elsewhere, or edited by hand."""

        def __init__(self, view: View, *, outside: bool) -> None:
            super().__init__()
            self.view = view
            self.outside = outside
            """Whether it came from outside the app."""

    @property
    def store(self) -> Store:
        """The registry's store; use it only inside `run`."""
        if self._store is None:
            raise AssertionError("the session has not been opened")
        return self._store

    @property
    def today(self) -> date:
        """The day that the screens speak of."""
        return date.today()

    async def run(self, work: Callable[[], T]) -> T:
        """Do `work` on the thread that owns Git, in this context's language, and give back what it gives."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, copy_context().run, work)

    def close(self) -> None:
        """Let the thread finish what it is doing, and end it."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._store is not None:
            self._store.close()

    async def open(self) -> View:
        """Open the registry: the committed records first, so that the screen can be drawn; see `look`."""

        def opening() -> View:
            self._store = Store.open(self.folder)
            snapshot = self._store.at_start()
            names = RecordNames(snapshot, person=BARE.person)
            return View(snapshot.summary(self.today), snapshot, names, frozenset(), {})

        self.view = await self.run(opening)
        return self.view

    async def look(self) -> View:
        """The registry as it is in the folder now: hand edits, names of people and broken files included."""

        def looking() -> View:
            store = self.store
            self._seen = store.fingerprint()
            snapshot, unsaved = store.with_hand_edits()
            faults = {ref: str(fault) for ref, fault in snapshot.faults().items()}
            for kind_id in LISTED:
                snapshot.rows_of(kind_id)  # so that no screen waits for them
            return View(snapshot.summary(self.today), snapshot, store.names(snapshot), unsaved, faults)

        self.view = await self.run(looking)
        return self.view

    async def changed_outside(self) -> bool:
        """Whether a file was edited or a commit made since `look`; cheap enough for every second."""
        return await self.run(lambda: self.store.fingerprint() != self._seen)

    async def judge(self, change: Change) -> Verdict:
        """What a change would do and what would be found."""

        def judging() -> Verdict:
            self.store.keep_open()
            return self.store.judge(change)

        return await self.run(judging)

    async def save(self, change: Change) -> Saved:
        """Carry out a change as one commit, then look again. Raises as `Store.save`."""
        try:
            return await self.run(lambda: self.store.save(change))
        finally:
            await self.look()

    async def undo(self, rev: str, why: str) -> Saved:
        """Take back what a commit did, as a change of its own."""
        change = await self.run(lambda: self.store.undoing(rev, why))
        return await self.save(change)

    def history(self, ref: str = "") -> Pages:
        """The history, newest first, of one record or of all, a page at a time."""
        return Pages(self, ref)


class Pages:
    """A history that is read as far as it is looked at."""

    def __init__(self, session: Session, ref: str) -> None:
        self._session = session
        self._ref = ref
        self._entries: Iterator[Entry] | None = None
        self.done = False

    async def more(self, count: int = 50) -> list[Entry]:
        """The next entries, at most `count`; fewer, and `done`, at the end."""

        def reading() -> list[Entry]:
            if self._entries is None:
                self._entries = self._session.store.history(self._ref)
            return list(islice(self._entries, count))

        page = await self._session.run(reading)
        self.done = len(page) < count
        return page
