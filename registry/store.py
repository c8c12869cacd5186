"""A registry on disk: opening it, looking at it on any day, and carrying out changes.

What is only needed to write, or to look at the history or the people, is imported when it is asked for: the app's
first frame and the commands that read do not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from registry.errors import BrokenFile, NotFound, Refused
from registry.git.repository import Repository
from registry.outcomes import Conflicted, Saved
from registry.records.refs import path_of, ref_of
from registry.words import _

if TYPE_CHECKING:
    from registry.change import Change, Verdict
    from registry.git.recovery import Recovered
    from registry.git.rows_cache import RowsCache
    from registry.git.worktree import Touched
    from registry.history import Entry
    from registry.names import RecordNames
    from registry.people import Book, PeopleStore
    from registry.provenance import Origin
    from registry.records.values import Data
    from registry.rows import Row, RowTable
    from registry.saving import Saving
    from registry.snapshot import Snapshot
    from registry.summary import Summary

__all__ = ["Conflicted", "Saved", "Store"]


class Store:
    """One registry, opened."""

    def __init__(self, repo: Repository) -> None:
        self.repo = repo
        self._saved: Snapshot | None = None

    @classmethod
    def open(cls, folder: Path, *, bare_too: bool = False) -> Store:
        """The registry in `folder`, or the one that contains it; `bare_too` for what only reads, on a server for one.

        Raises `GitTrouble` or `NotFound`, with what is wrong about that very folder: bare, without a history …
        """
        try:
            store = cls(Repository.discover(folder, allow_bare=bare_too))
        except NotFound as error:
            try:
                Repository.open(folder, allow_bare=bare_too)
            except NotFound:
                raise error from None
            raise
        store.recovered = store._recover()
        return store

    def _recover(self) -> Recovered | None:
        if not self.repo.has_journal():
            return None
        from registry.git.recovery import recover

        return recover(self.repo)

    recovered: Recovered | None = None
    """What opening found half done by a crash and finished or undid, to be told to the user."""

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.repo.folder

    @property
    def read_only(self) -> str:
        """Why nothing can be saved here, and what to do about it; "" where it can."""
        if not self.repo.bare:
            return ""
        from registry.git import trouble

        return " ".join(trouble.bare(self.folder))

    @cached_property
    def _rows(self) -> RowsCache:
        from registry.git.rows_cache import RowsCache  # importing it costs as much as showing a record

        return RowsCache(self.repo)

    def keep_open(self) -> None:
        """Read through one process that stays, as an app does that saves again and again. `close` ends it."""
        if self.repo.reader is None:
            from registry.git.objects import ObjectReader

            self.repo.reader = ObjectReader(self.repo)

    def close(self) -> None:
        """End what `keep_open` began."""
        reader, self.repo.reader = self.repo.reader, None
        if reader is not None:
            reader.close()

    # looking

    def current(self) -> Snapshot:
        """The registry as it is in the folder now, hand edits included; in a bare repository as last saved."""
        if self.repo.bare:
            if self.repo.head() is None:
                raise NotFound(_("Nothing has been saved in this registry yet."))
            return self.committed()
        from registry.git.sources import WorktreeSource
        from registry.snapshot import Snapshot

        return Snapshot(WorktreeSource(self.repo, self.repo.head()))

    def saved(self) -> Snapshot:
        """The registry as last saved: what a change is judged against. Before the first save, what is in the folder."""
        from registry.git.sources import CommitSource
        from registry.snapshot import Snapshot

        head = self.repo.head()
        if head is None:
            return self.current()
        if self._saved is None or self._saved.commit != head:
            self._saved = Snapshot(CommitSource(self.repo, head, cache=lambda: self._rows))
        return self._saved

    def went_on(self, before: Snapshot, commit: str, refs: Iterable[str]) -> None:
        """A save has made `commit` of `before`, and changed `refs`: what was read of the others need not be read again."""
        from registry.git.sources import CommitSource

        if before.commit is not None:
            self._saved = before.followed_by(CommitSource(self.repo, commit, cache=lambda: self._rows), refs)

    def committed(self, rev: str = "HEAD") -> Snapshot:
        """The registry as of a commit."""
        head = self.repo.head() if rev == "HEAD" else None  # a look at two small files instead of a process
        return self._as_of(head or self.repo.resolve(rev))

    def at(self, when: str) -> Snapshot:
        """The registry as of a commit, a tag or a day (the last commit before that day's end, local time)."""
        return self._as_of(self.repo.at(when))

    def as_of(self, when: str | None) -> tuple[Snapshot, date]:
        """The registry at a revision or on a day, and the day that rules judge it on; None: the folder, today.

        A past day is judged on that very day; a revision on the day that it entered the history, since that is the day
        on which the registry stood so.
        """
        if when is None:
            return self.current(), date.today()
        commit = self.repo.at(when)
        return self._as_of(commit), self._judged_on(when, commit)

    def past(self, when: str) -> tuple[Snapshot, date]:
        """As `as_of`, lists at once where their records stand today as they did then: to be walked about in."""
        commit = self.repo.at(when)
        return self._as_of(commit, self._rows.of_past(commit)), self._judged_on(when, commit)

    def _judged_on(self, when: str, commit: str) -> date:
        from registry.git.days import as_day

        return as_day(when) or self.day_of(commit)

    def day_of(self, commit: str) -> date:
        """The day that a commit entered the history, local time."""
        from registry.git.log import walk

        return next(walk(self.repo, commit, limit=1)).committed.astimezone().date()

    def _as_of(self, commit: str, table: RowTable | None = None) -> Snapshot:
        from registry.git.sources import CommitSource
        from registry.snapshot import Snapshot

        return Snapshot(CommitSource(self.repo, commit), table=table)

    def at_start(self, commit: str | None = None) -> Snapshot:
        """The registry as last saved, or of a `commit`, lists at once: what is shown while the folder is looked at."""
        head = commit or self.repo.head()
        return self.current() if head is None else self._as_of(head, self._rows.of(head))

    def kept_summary(self, day: date) -> tuple[str, Summary] | None:
        """The last commit and its figures on that day, where they were kept: the app's first frame needs no more."""
        from registry.git import summary_cache

        head = self.repo.head()
        top = summary_cache.load(self.repo, head) if head else None
        return (top.commit, top.summary) if top is not None and top.summary.day <= day.isoformat() else None

    def with_hand_edits(self) -> tuple[Snapshot, frozenset[str]]:
        """The registry as it is in the folder now, lists at once, and the REFs that were edited by hand."""
        from registry.git.sources import WorktreeSource
        from registry.rows import Found, row_of
        from registry.snapshot import Snapshot

        head = self.repo.head()
        source = WorktreeSource(self.repo, head)
        if self.repo.bare:
            return self.at_start(head), frozenset()
        if head is None:
            return self.current(), frozenset()
        touched = frozenset(ref for item in self.hand_edits() if (ref := ref_of(item.path)))
        now = Snapshot(source)
        rows: dict[str, Row] = {}
        faults: dict[str, BrokenFile] = {}
        for ref in touched:
            if (record := now.record(ref)) is not None:
                rows[ref] = row_of(ref, record.kind, record.data)
            elif (fault := now.fault(ref)) is not None:
                faults[ref] = fault
        return Snapshot(source, table=self._rows.of(head).changed(Found(rows, faults), touched)), touched

    def fingerprint(self) -> str:
        """A value that changes when a file is edited, a commit made or the people book changed, here or elsewhere.

        Some 20 ms at 10k records, a look at a file for the book.
        """
        from registry.git.worktree import fingerprint

        return f"{fingerprint(self.repo)} {self.people.stamp()}"

    def hand_edits(self) -> list[Touched]:
        """Record files that differ from what was last saved."""
        from registry.git.worktree import status

        return [touched for touched in status(self.repo) if ref_of(touched.path)]

    def history(
        self, ref: str = "", rev: str = "HEAD", limit: int | None = None, *, fields: bool = False
    ) -> Iterator[Entry]:
        """Every change, newest first; of one record where `ref` is given; `fields` where all will be asked for theirs."""
        if self.repo.head() is None:
            return iter(())
        from registry.history import history

        return history(self.repo, ref, rev, limit, fields=fields)

    def origins(self, ref: str, snapshot: Snapshot) -> dict[str, Origin]:
        """Path → who decided, who entered, when and why, of every value that the record has in the snapshot.

        Nothing where there is no such record; raises `BrokenFile` where it cannot be read.
        """
        from registry.provenance import origins

        if (fault := snapshot.fault(ref)) is not None:
            raise fault
        return origins(self.repo, ref, snapshot.data(ref) or {}, snapshot.commit)

    @cached_property
    def people(self) -> PeopleStore:
        """Where the people book is kept."""
        from registry.people import PeopleStore

        return PeopleStore(self.repo)

    @property
    def book(self) -> Book:
        """The people book as it is now."""
        return self.people.load()

    def names(self, snapshot: Snapshot) -> RecordNames:
        """What ids are called on screen: records by title, people by name."""
        from registry.names import RecordNames

        return RecordNames(snapshot, person=self.person)

    def person(self, person_id: str) -> str:
        """What a person's id is called, by the people book, which is read when the first one is asked for."""
        return self.book.name(person_id)

    # changing

    def require_writable(self, before: Snapshot) -> None:
        """Raises `Refused` where the registry has, or would have, a newer format than this program writes."""
        from registry.records.kinds import FORMAT
        from registry.records.values import number

        found = number(before.registry, "format")
        if found is not None and found > FORMAT:
            raise Refused(
                _("This registry has format %(found)s; this program writes format %(known)s.")
                % {"found": found, "known": FORMAT},
                _("Install a newer Vänort. Until then the registry is read only."),
            )

    def base_of(self, change: Change, before: Snapshot) -> Callable[[str], Data | None] | None:
        """The records that the change was made on, also under the names they had then; None where they are those of `before`.

        Where that commit is no more (the history was rewritten under an open form or a draft) nothing is known of
        them, and so whatever differs from what is saved now is a person's to decide.
        """
        if change.base in {None, before.commit}:
            return None
        from registry.renamed import called_then

        try:
            then = self.committed(change.base or "")
        except NotFound:
            return lambda _ref: None
        if change.act == "new":
            return then.data
        return lambda ref: then.data(ref if ref in then or ref not in before else called_then(self, ref, then))

    def judge(self, change: Change) -> Verdict:
        """What a change would do and what would be found, without writing anything."""
        return self._saving.judge(change)

    def save(self, change: Change, *, author: Mapping[str, str] | None = None) -> Saved:
        """Carry out a change as one commit, and say what came of it.

        Raises `Refused` (a finding, a missing reason, hand edits in the way), `Conflicted` (somebody else changed the
        same field), `GitTrouble`; in each case nothing was written.
        """
        return self._saving.save(change, author or {})

    def saving_by_hand(self, refs: Sequence[str], why: str, decision: str = "") -> Change:
        """The change that commits hand edits to the byte: of `refs`, or of all. Raises `NotFound` where there are none.

        A record whose file was moved is one with a new name: both names are saved together.
        """
        from dataclasses import replace

        from registry.renamed_by_hand import renamed_by_hand

        touched = [ref for item in self.hand_edits() if (ref := ref_of(item.path))]
        named = renamed_by_hand(self.saved(), self.current(), touched)
        other = {**named, **{old: new for new, old in named.items()}}
        wanted = dict.fromkeys(each for ref in refs for each in (ref, other.get(ref, ref)))
        change = self._saving.by_hand([*wanted], why, decision)
        return replace(change, renamed_from={new: old for new, old in named.items() if new in change.edits})

    def discard(self, ref: str) -> Path | None:
        """Bring back what was last saved of a record edited by hand; where the hand edit is kept now, if it was a file.

        Raises `NotFound` where it was not edited.
        """
        from registry.git.discard import set_aside

        path = path_of(ref)
        return set_aside(self.repo, [path])[path]

    def undoing(self, rev: str, why: str) -> Change:
        """The change that takes back what a commit did, merged into what came after. Raises `Conflicted`, `NotFound`."""
        from registry.undoing import take_back

        return take_back(self, rev, why)

    def bringing_back(self, ref: str, when: str, why: str, field: str = "") -> Change:
        """The change that makes a record, or one field of it, what it was at a revision or on a day.

        Raises `NotFound`, `Refused`, `BadInput`, `BrokenFile`.
        """
        from registry.bringing_back import bringing_back

        return bringing_back(self, ref, when, why, field)

    @cached_property
    def _saving(self) -> Saving:
        from registry.saving import Saving

        return Saving(self)
