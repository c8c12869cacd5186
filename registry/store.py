"""A registry on disk: opening it, looking at it on any day, and carrying out changes.

The one place where the pure parts (snapshots, changes, merge, messages) meet Git. A save that finds the branch moved
merges onto it field by field and tries again, so that two people who save at once both succeed (DESIGN.md section 3).
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from registry import history as _history
from registry.change import Change, Verdict, combined, judge, require_allowed, require_reason
from registry.checks import known_decision
from registry.errors import Moved, NotFound, Refused
from registry.findings import Finding, worst_first
from registry.git.discard import set_aside
from registry.git.repository import Repository
from registry.git.rows_cache import rows_of_commit
from registry.git.sources import CommitSource, WorktreeSource
from registry.git.worktree import Touched, fingerprint, status
from registry.git.writer import Recovered, Write, commit, recover
from registry.merge import Conflict, merge_record
from registry.messages import compose
from registry.names import RecordNames
from registry.people import Book, PeopleStore
from registry.personal_data import personal_data
from registry.records.entries import with_ids
from registry.records.kinds import FORMAT, kind_of
from registry.records.refs import path_of, ref_of
from registry.records.values import Data, number
from registry.snapshot import Snapshot, row_of
from registry.toml_files import edit, normal, read, same, write
from registry.words import _

TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Saved:
    """What a change came to. `commit` is None where nothing differed and so nothing was committed."""

    commit: str | None
    refs: tuple[str, ...]
    verdict: Verdict

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What to tell the user of: introduced here, and elsewhere."""
        return (*self.verdict.introduced, *self.verdict.elsewhere)


class Conflicted(Refused):
    """Somebody else changed the same fields since; `conflicts` holds both values, and nothing was written."""

    def __init__(self, conflicts: Mapping[str, tuple[Conflict, ...]], lines: Sequence[str]) -> None:
        super().__init__(
            _("Somebody else has changed the same thing meanwhile: %(fields)s.") % {"fields": "; ".join(lines)},
            _("Look at the record as it is now, and decide which value holds."),
        )
        self.conflicts = dict(conflicts)


class Store:
    """One registry, opened."""

    def __init__(self, repo: Repository) -> None:
        self.repo = repo
        self.people = PeopleStore(repo)
        self._saved: Snapshot | None = None

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The registry in `folder`, or the one that contains it. Raises `GitTrouble`, `NotFound`."""
        store = cls(Repository.discover(folder))
        store.recovered = recover(store.repo)
        return store

    recovered: Recovered | None = None
    """What opening found half done by a crash and finished or undid, to be told to the user."""

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.repo.folder

    # looking

    def current(self) -> Snapshot:
        """The registry as it is in the folder now, hand edits included."""
        return Snapshot(WorktreeSource(self.repo, self.repo.head()))

    def saved(self) -> Snapshot:
        """The registry as last saved: what a change is judged against. Before the first save, what is in the folder."""
        head = self.repo.head()
        if head is None:
            return Snapshot(WorktreeSource(self.repo, None))
        if self._saved is None or self._saved.commit != head:
            self._saved = Snapshot(CommitSource(self.repo, head, keep_rows=True))
        return self._saved

    def committed(self, rev: str = "HEAD") -> Snapshot:
        """The registry as of a commit."""
        return Snapshot(CommitSource(self.repo, self.repo.resolve(rev)))

    def at(self, when: str) -> Snapshot:
        """The registry as of a commit, a tag or a day (the last commit before that day's end, local time)."""
        return Snapshot(CommitSource(self.repo, self.repo.at(when)))

    def at_start(self) -> Snapshot:
        """The registry as last saved, lists at once: what the app shows first, while the folder is looked at."""
        head = self.repo.head()
        if head is None:
            return self.current()
        rows = rows_of_commit(self.repo, head)
        return Snapshot(CommitSource(self.repo, head), rows=rows.rows, faults=rows.faults)

    def with_hand_edits(self) -> tuple[Snapshot, frozenset[str]]:
        """The registry as it is in the folder now, lists at once, and the REFs that were edited by hand."""
        head = self.repo.head()
        source = WorktreeSource(self.repo, head)
        if head is None:
            return Snapshot(source), frozenset()
        saved = rows_of_commit(self.repo, head)
        touched = [ref for item in self.hand_edits() if (ref := ref_of(item.path))]
        rows, faults = dict(saved.rows), dict(saved.faults)
        now = Snapshot(source)
        for ref in touched:
            rows.pop(ref, None)
            faults.pop(ref, None)
            if (record := now.record(ref)) is not None:
                rows[ref] = row_of(record)
            elif (fault := now.fault(ref)) is not None:
                faults[ref] = fault
        return Snapshot(source, rows=rows, faults=faults), frozenset(touched)

    def fingerprint(self) -> str:
        """A value that changes when a file is edited or a commit made, here or elsewhere; some 20 ms at 10k records."""
        return fingerprint(self.repo)

    def hand_edits(self) -> list[Touched]:
        """Record files that differ from what was last saved."""
        return [touched for touched in status(self.repo) if ref_of(touched.path)]

    def history(
        self, ref: str = "", rev: str = "HEAD", limit: int | None = None, *, fields: bool = False
    ) -> Iterator[_history.Entry]:
        """Every change, newest first; of one record where `ref` is given; `fields` where all will be asked for theirs."""
        if self.repo.head() is None:
            return iter(())
        return _history.history(self.repo, ref, rev, limit, fields=fields)

    @property
    def book(self) -> Book:
        """The people book as it is now."""
        return self.people.load()

    def names(self, snapshot: Snapshot) -> RecordNames:
        """What ids are called on screen: records by title, people by name."""
        return RecordNames(snapshot, person=self.person)

    def person(self, person_id: str) -> str:
        """What a person's id is called, by the people book, which is read when the first one is asked for."""
        return self.book.name(person_id)

    # changing

    def judge(self, change: Change) -> Verdict:
        """What a change would do and what would be found, without writing anything."""
        before = self.saved()
        return self._judged(before, self._rebased(change, before))

    def save(self, change: Change, *, author: Mapping[str, str] | None = None) -> Saved:
        """Carry out a change as one commit, and say what came of it.

        Raises `Refused` (a finding, a missing reason, hand edits in the way), `Conflicted` (somebody else changed the
        same field), `GitTrouble`; in each case nothing was written.
        """
        for attempt in range(TRIES):
            try:
                return self._save_once(change, author or {})
            except Moved:
                if attempt == TRIES - 1:
                    raise
                time.sleep(random.uniform(0.005, 0.05) * (attempt + 1))  # noqa: S311 - jitter, not a secret
        raise AssertionError("unreachable")

    def _save_once(self, change: Change, author: Mapping[str, str]) -> Saved:
        before = self.saved()
        before.read_ahead(("registry", "policy", *change.edits))
        self.require_writable(before)
        if change.decision:
            change = replace(change, decision=str(known_decision(before.edited(change.edits), change.decision)))
        change = self._rebased(change, before)
        effective = {
            ref: new for ref, new in change.edits.items() if not _equal(before.data(ref), new) or ref in change.texts
        }
        if not effective:
            return Saved(None, (), Verdict((), (), (), needs_words=False))
        change = replace(change, edits=effective)
        verdict = self._judged(before, change)
        require_reason(change, verdict)
        require_allowed(change, verdict)
        if change.act != "hand-edit":
            self._require_no_hand_edits(effective)
        files = {path_of(ref): self._file(before, ref, new, change) for ref, new in effective.items()}
        made = commit(
            self.repo,
            Write(
                files=files,
                message=compose(change, before, before.edited(effective).language),
                base=before.commit,
                expected=self._expected(change, files),
                author=dict(author),
            ),
        )
        return Saved(made, tuple(effective), verdict)

    def _judged(self, before: Snapshot, change: Change) -> Verdict:
        """The verdict of the rules, with what looks like personal data: the people book is needed for that."""
        verdict = judge(before, change, self.names(before))
        found = personal_data(before, change, self.book)
        return replace(verdict, introduced=tuple(worst_first((*verdict.introduced, *found)))) if found else verdict

    def _rebased(self, change: Change, before: Snapshot) -> Change:
        """The change with ids given to new entries, merged onto what has come since it was begun."""
        edits: dict[str, Data | None] = {}
        conflicts: dict[str, tuple[Conflict, ...]] = {}
        base = None if change.base in {None, before.commit} else self.committed(change.base or "")
        for ref, wanted in change.edits.items():
            new: Data | None = None if wanted is None else normal(wanted)
            now = before.data(ref)
            if base is not None and not _equal(base.data(ref), now):
                merged = merge_record(kind_of(ref), base.data(ref), new, now)
                if merged.conflicts:
                    conflicts[ref] = merged.conflicts
                new = merged.data
            if new is not None and ref not in change.texts:
                new = with_ids(kind_of(ref), new, now)
            edits[ref] = new
        if conflicts:
            raise Conflicted(
                conflicts, [line for ref, found in conflicts.items() for line in self._told(before, ref, found)]
            )
        return combined(change, edits, before.commit)

    def _told(self, now: Snapshot, ref: str, conflicts: Sequence[Conflict]) -> list[str]:
        title = now.title(ref)
        return [
            _("%(title)s, %(field)s: here %(ours)s, there %(theirs)s")
            % {
                "title": title,
                "field": conflict.field or _("the whole record"),
                "ours": _told_value(conflict.ours),
                "theirs": _told_value(conflict.theirs),
            }
            for conflict in conflicts
        ]

    def _file(self, before: Snapshot, ref: str, new: Data | None, change: Change) -> bytes | None:
        """The record's file as it is to be: edited in place where there is one; checked to read as intended."""
        if new is None:
            return None
        if ref in change.texts:
            return change.texts[ref].encode("utf-8")
        old = before.text(change.renamed_from.get(ref, ref))
        text = write(new, kind_of(ref).order) if old is None else edit(old, new)
        if not same(read(text.encode("utf-8")), new):
            raise AssertionError(f"{ref}: the file would not read as intended")
        return text.encode("utf-8")

    def _expected(self, change: Change, files: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
        """For hand edits, the very bytes that were looked at: an editor that saves meanwhile is noticed."""
        if change.act != "hand-edit":
            return {}
        return dict(files)

    def require_writable(self, before: Snapshot) -> None:
        """Raises `Refused` where the registry has a newer format than this program writes."""
        found = number(before.registry, "format")
        if found is not None and found > FORMAT:
            raise Refused(
                _("This registry has format %(found)s; this program writes format %(known)s.")
                % {"found": found, "known": FORMAT},
                _("Install a newer Vänort. Until then the registry is read only."),
            )

    def _require_no_hand_edits(self, edits: Mapping[str, Data | None]) -> None:
        touched = {ref_of(item.path) for item in status(self.repo, [path_of(ref) for ref in edits])}
        for ref in edits:
            if ref in touched:
                raise Refused(
                    _("%(ref)s has been edited by hand and not saved.") % {"ref": ref},
                    _("Save it (vanort save %(ref)s) or set it aside (vanort discard %(ref)s) first.") % {"ref": ref},
                )

    # acts that are more than new values

    def saving_by_hand(self, refs: Sequence[str], why: str, decision: str = "") -> Change:
        """The change that commits hand edits to the byte: of `refs`, or of all. Raises `NotFound` where there are none."""
        touched = {ref: item for item in self.hand_edits() if (ref := ref_of(item.path))}
        wanted = list(refs) or sorted(touched)
        missing = [ref for ref in wanted if ref not in touched]
        if missing or not wanted:
            raise NotFound(
                _("There is no hand edit of %(ref)s.") % {"ref": missing[0]}
                if missing
                else _("There are no hand edits to save.")
            )
        now = self.current()
        edits: dict[str, Data | None] = {}
        texts: dict[str, str] = {}
        for ref in wanted:
            fault = now.fault(ref)
            if fault is not None:
                raise fault
            edits[ref] = now.data(ref)
            text = now.text(ref)
            if text is not None:
                texts[ref] = text
        return Change(edits, why, decision, act="hand-edit", base=self.repo.head(), texts=texts)

    def discard(self, ref: str) -> Path | None:
        """Bring back what was last saved of a record edited by hand; where the hand edit is kept now, if it was a file.

        Raises `NotFound` where it was not edited.
        """
        path = path_of(ref)
        return set_aside(self.repo, [path])[path]

    def undoing(self, rev: str, why: str) -> Change:
        """The change that takes back what a commit did, merged into what came after. Raises `Conflicted`, `NotFound`."""
        target = self.repo.resolve(rev)
        entry = next(self.history(rev=target, limit=1), None)
        if entry is None or not entry.refs:
            raise NotFound(_("The change %(commit)s touched no record.") % {"commit": target[:10]})
        now = self.saved()
        edits: dict[str, Data | None] = {}
        conflicts: dict[str, tuple[Conflict, ...]] = {}
        for ref, (old, new) in entry.versions.items():
            merged = merge_record(kind_of(ref), new, old, now.data(ref))
            edits[ref] = merged.data
            if merged.conflicts:
                conflicts[ref] = merged.conflicts
        if conflicts:
            raise Conflicted(
                conflicts, [line for ref, found in conflicts.items() for line in self._told(now, ref, found)]
            )
        return Change(edits, why, act="undo", base=now.commit, reverts=target)


def _equal(old: Data | None, new: Data | None) -> bool:
    return (old is None and new is None) or (old is not None and new is not None and same(normal(old), normal(new)))


def _told_value(value: object) -> str:
    return "–" if value is None else value.isoformat() if isinstance(value, (date, datetime)) else str(value)
