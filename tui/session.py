"""The bridge between the screens and the registry.

One thread owns Git: everything that reads or writes the registry is handed to it, in turn, so that a slow disk never
blocks a keystroke and two pieces of work never meet (DESIGN.md section 8, Threads). The screens see immutable
snapshots, and are told by messages when there is a new one.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message

from registry.errors import VanortError
from registry.store import Saved, Store
from registry.words import _
from tui.notices import remedy

if TYPE_CHECKING:
    from registry.change import Change, Verdict
    from registry.git.graph import GraphKeeper
    from registry.history import Entry
    from registry.people import Book
    from registry.records.types import Names
    from registry.snapshot import Snapshot
    from registry.summary import Summary

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class View:
    """The registry as the screens show it: one snapshot and what goes with it.

    The first frame shows the summary alone; the snapshot is made, and what it needs imported, when it is asked for.
    """

    commit: str | None
    """The commit that it is as of, or is based on; None before the first."""
    summary: Summary
    make_snapshot: Callable[[], Snapshot]
    make_names: Callable[[Snapshot], Names]
    unsaved: frozenset[str] = frozenset()
    """REFs that were edited by hand and not saved."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """REF → what is wrong with its file."""
    strangers: tuple[str, ...] = ()
    """Files that stand where records stand, under names that no record can have."""
    drafts: Mapping[str, str] = field(default_factory=dict)
    """REF → title, of the drafts of records that are no more under that name."""
    read_only: str = ""
    """Why nothing can be changed in it, a whole sentence; "" where it can."""
    looked: bool = False
    """Whether the folder has been looked at: what goes through all records waits for that."""

    @cached_property
    def snapshot(self) -> Snapshot:
        """Every record, as of `commit` or in the folder."""
        return self.make_snapshot()

    @cached_property
    def names(self) -> Names:
        """What records, people and goals are called."""
        return self.make_names(self.snapshot)

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

    rev = "HEAD"
    """What the history that is shown ends with."""

    def __init__(self, folder: Path, beside: Session | None = None) -> None:
        """`beside` is a session of the same registry, whose thread and store it shares: one thread owns Git."""
        self.folder = folder
        self._thread: ThreadPoolExecutor = (
            beside._thread if beside else ThreadPoolExecutor(1, thread_name_prefix="registry")
        )
        self._store: Store | None = beside._store if beside else None
        self._seen: object = None
        self._graph: GraphKeeper | None = None
        self._graph_of: str | None = None
        """The commit that the graph was last brought up to."""
        self.view: View | None = None
        self.written: str | None = None
        """The commit that was there when something had been written here last: that one came from no other window."""
        self.saved: Change | None = None
        """The change that was saved last here."""
        self.saves = 0
        """How many changes were saved here since it was opened."""

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

    @property
    def read_only(self) -> str:
        """Why nothing can be changed here, a whole sentence; "" where it can."""
        return self.view.read_only if self.view is not None else ""

    @property
    def mark(self) -> str:
        """What every screen begins with where nothing can be changed; "" where it can."""
        return _("TO BE READ ONLY") if self.read_only else ""

    @property
    def book_to_judge_by(self) -> Book | None:
        """The people book, for rules that ask who has been erased; use it only inside `run`."""
        return self.store.book

    async def run(self, work: Callable[[], T]) -> T:
        """Do `work` on the thread that owns Git, in this context's language, and give back what it gives."""
        return await asyncio.wrap_future(self.submit(work))

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Have `work` done on the thread that owns Git, in its turn, in this context's language."""
        return self._thread.submit(copy_context().run, work)

    def soon(self, work: Callable[[], object]) -> None:
        """Do `work` on the thread that owns Git, in its turn; nobody waits for it."""
        with contextlib.suppress(RuntimeError):  # the registry has been closed, and all that was open in it
            self.submit(work)

    def close(self) -> None:
        """Let the thread finish what it is doing, and end it."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._graph is not None:
            self._graph.stop()
        if self._store is not None:
            self._store.close()

    def open_at_once(self) -> View | None:
        """Open the registry if the figures of its last commit were kept: there is next to nothing to read, and no reason
        to show an empty screen meanwhile. None where they were not; then see `open`. Raises as `Store.open`.
        """
        self.view = self._thread.submit(self._kept_view).result()
        return self.view

    async def open(self) -> View:
        """Open the registry: the committed records first, so that the screen can be drawn; see `look`."""

        def opening() -> View:
            if (kept := self._kept_view()) is not None:
                return kept
            snapshot = self.store.at_start()
            return self._first_view(snapshot.commit, snapshot.summary(self.today), lambda: snapshot)

        self.view = await self.run(opening)
        return self.view

    def _kept_view(self) -> View | None:
        if self._store is None:
            self._store = Store.open(self.folder, bare_too=True)
        kept = self._store.kept_summary(self.today)
        return None if kept is None else self._first_view(*kept, partial(self._store.at_start, kept[0]))

    def _first_view(self, commit: str | None, summary: Summary, make: Callable[[], Snapshot]) -> View:
        return View(commit, summary, make, _names_without_people, read_only=self.store.read_only)

    async def look(self) -> View:
        """The registry as it is in the folder now: hand edits, names of people and broken files included."""

        def looking() -> View:
            from registry.records.kinds import LISTED

            store = self.store
            self._seen = store.fingerprint()
            snapshot, unsaved = store.with_hand_edits()
            for kind_id in LISTED:
                snapshot.rows_of(kind_id)  # so that no screen waits for them
            summary = snapshot.summary(self.today)
            strangers = tuple(snapshot.strangers())
            drafts = _drafts_without_record(store, snapshot)
            return View(
                snapshot.commit,
                summary,
                lambda: snapshot,
                store.names,
                unsaved,
                faults_of(snapshot),
                strangers,
                drafts,
                read_only=store.read_only,
                looked=True,
            )

        self.view = await self.run(looking)
        return self.view

    async def changed_outside(self) -> bool:
        """Whether a file was edited or a commit made since `look`; cheap enough for every second."""
        return await self.run(lambda: self.store.fingerprint() != self._seen)

    async def keep_graph(self) -> None:
        """Bring the commit-graph up to the commit that is shown, if it is another than the last time.

        A process of its own does it, and nobody waits: a record's history is found without it as well.
        """
        commit = self.view.commit if self.view is not None else None
        if commit is None or commit == self._graph_of or self.read_only:
            return
        self._graph_of = commit

        def starting() -> None:
            from registry.git.graph import GraphKeeper

            self._graph = self._graph or GraphKeeper(self.store.repo)
            self._graph.start()

        await self.run(starting)

    async def judge(self, change: Change) -> Verdict:
        """What a change would do and what would be found."""

        def judging() -> Verdict:
            self.store.keep_open()
            return self.store.judge(change)

        return await self.run(judging)

    async def save(self, change: Change) -> Saved:
        """Carry out a change as one commit, then look again. Raises as `Store.save`."""
        saved = await self.write(lambda: self.store.save(change))
        self.saves += saved.commit is not None
        self.saved = change
        return saved

    async def write(self, work: Callable[[], T]) -> T:
        """Do what writes to the history or the folder, with no upkeep beside it, then look again. Raises as `work`."""

        def writing() -> T:
            if self._graph is not None:
                self._graph.stop()
            try:
                return work()
            finally:
                self.written = self.store.repo.head()

        try:
            return await self.run(writing)
        finally:
            with contextlib.suppress(VanortError):  # what was saved is saved; the next look tells what is wrong
                await self.look()

    def history(self, ref: str = "") -> Pages:
        """The history, newest first, of one record or of all, a page at a time."""
        return Pages(self, ref)


def faults_of(snapshot: Snapshot) -> dict[str, str]:
    """REF → what is wrong with its file, and what to do about it here in the app."""
    return {ref: f"{fault.message} {remedy(fault)}".strip() for ref, fault in snapshot.faults().items()}


def _names_without_people(snapshot: Snapshot) -> Names:
    """Until the folder has been looked at, people are their ids."""
    from registry.names import RecordNames

    return RecordNames(snapshot)


def _drafts_without_record(store: Store, snapshot: Snapshot) -> dict[str, str]:
    from registry.drafts import Drafts
    from registry.records.kinds import kind_of
    from registry.records.values import text

    drafts = Drafts(store.repo).without_record(snapshot)
    return {draft.key: text(draft.data, kind_of(draft.key).title_key) or draft.key for draft in drafts}


class Pages:
    """A history that is read as far as it is looked at."""

    def __init__(self, session: Session, ref: str) -> None:
        self._session = session
        self._ref = ref
        self._entries: Iterator[Entry] | None = None
        self.done = False

    async def more(self, count: int = 50) -> list[Entry]:
        """The next `count` entries; there are no more when it is `done`."""

        def reading() -> list[Entry]:
            if self._entries is None:
                self._entries = self._session.store.history(self._ref, self._session.rev)
            page = list(islice(self._entries, count))
            self.done = len(page) < count
            return page

        return await self._session.run(reading)
