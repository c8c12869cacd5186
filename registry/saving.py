"""Carrying out changes: checked, merged onto what has come meanwhile, and written as one commit.

A save that finds the branch moved merges onto it field by field and tries again, so that two people who save at once
both succeed (DESIGN.md section 3).
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from registry.change import Change, Verdict, combined, judge, require_savable
from registry.checks import known_decision
from registry.deciding import with_its_decision
from registry.errors import HandEdited, Moved, NotFound, Refused, VanortError
from registry.findings import REFERENCES, worst_first
from registry.git import hand_bases
from registry.git.journal import turn
from registry.git.worktree import read_file, status
from registry.git.writer import BranchMoved, Write, commit
from registry.last_readable import with_last_readable
from registry.merge import Conflict, merge_record
from registry.messages import compose
from registry.outcomes import Conflicted, Saved
from registry.personal_data import personal_data
from registry.policy.whole import went_on
from registry.records.entries import with_ids
from registry.records.kinds import kind_of
from registry.records.refs import path_of, ref_of
from registry.records.values import Data
from registry.snapshot import Snapshot
from registry.toml_files import edit, normal, read, same, write
from registry.words import _

if TYPE_CHECKING:
    from registry.store import Store

TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Saving:
    """What writes to one registry."""

    store: Store

    def judge(self, change: Change) -> Verdict:
        """What a change would do and what would be found, without writing anything."""
        before = self.store.saved()
        return self._judged(before, self._rebased(change, before))

    def save(self, change: Change, author: Mapping[str, str]) -> Saved:
        """Carry out a change as one commit, and say what came of it.

        Raises `Refused` (a finding, a missing reason, hand edits in the way), `Conflicted` (somebody else changed the
        same field), `GitTrouble`; in each case nothing was written.
        """
        for attempt in range(TRIES):
            try:
                return self._save_once(change, author)
            except Moved:
                if attempt == TRIES - 1:
                    raise
                time.sleep(random.uniform(0.005, 0.05) * (attempt + 1))  # noqa: S311 - jitter, not a secret
        raise AssertionError("unreachable")

    def _save_once(self, change: Change, author: Mapping[str, str]) -> Saved:
        before = self.store.saved()
        before.read_ahead(("registry", "policy", *change.edits))
        self.store.require_writable(before)
        if change.decision:
            change = replace(change, decision=str(known_decision(before.edited(change.edits), change.decision)))
        change = self._rebased(change, before)
        effective = {ref: new for ref, new in change.edits.items() if self._changes(before, ref, new, change)}
        self.store.require_writable(before.edited(effective))
        if not effective:
            return Saved(None, (), Verdict((), (), (), needs_words=False))
        change = replace(change, edits=effective)
        verdict = self._judged(before, change)
        change = require_savable(change, verdict)
        if change.act != "hand-edit":
            self._require_no_hand_edits(before, effective)
        files = {path_of(ref): self._file(before, ref, new, change) for ref, new in effective.items()}
        told_from = with_last_readable(self.store.repo, before, effective)
        made = commit(
            self.store.repo,
            Write(
                files=files,
                message=compose(change, told_from, before.edited(effective).language),
                base=before.commit,
                expected=self._expected(change, files),
                author=dict(author),
            ),
        )
        if change.act == "hand-edit":
            hand_bases.forget(self.store.repo, files)
        self.store.went_on(before, made, effective)
        went_on(before, self.store.saved(), effective)
        return Saved(made, tuple(effective), verdict)

    def _changes(self, before: Snapshot, ref: str, new: Data | None, change: Change) -> bool:
        """Whether a record's file is to be another; a file that cannot be read is there all the same, and can be removed."""
        if ref in change.texts:
            unsaved = before.commit is None  # then `before` is what is in the folder
            return unsaved or self._file(before, ref, new, change) != before.source.read(path_of(ref))
        return not _equal(before.data(ref), new) or (new is None and ref in before)

    def _judged(self, before: Snapshot, change: Change) -> Verdict:
        """The verdict of the rules, with what looks like personal data: the people book is needed for that."""
        book, today = self.store.book, date.today()
        verdict = judge(before, change, self.store.names(before), today=today, book=book)
        found = personal_data(before, change, self.store.people.to_search_with(), today)
        if any(finding.clause == REFERENCES for finding in verdict.introduced):
            from registry.named_since import with_new_names

            named = with_new_names(self.store, before.edited(change.edits), verdict.introduced)
            verdict = replace(verdict, introduced=named)
        return replace(verdict, introduced=tuple(worst_first((*verdict.introduced, *found)))) if found else verdict

    def _rebased(self, change: Change, before: Snapshot) -> Change:
        """The change merged onto what has come since it was begun, with all that it enters by itself: the decision that it
        decides a project under, and the ids of new entries.
        """
        edits: dict[str, Data | None] = {}
        conflicts: dict[str, tuple[Conflict, ...]] = {}
        base = self.store.base_of(change, before)
        for ref, wanted in change.edits.items():
            new: Data | None = None if wanted is None else normal(wanted)
            now = before.data(ref)
            if base is not None and not _equal(was := base(ref), now):
                if change.act == "new" and was is None and not _equal(new, now):
                    raise Refused(  # two records that happen to be called alike are not one
                        _("There already is a record %(ref)s.") % {"ref": ref},
                        _("Choose another name, or change that one."),
                    )
                merged = merge_record(kind_of(ref), was, new, now)
                if merged.conflicts:
                    conflicts[ref] = merged.conflicts
                new = merged.data
            if new is not None:
                new = with_its_decision(change.act, ref, now, new, change.decision)
            if new is not None and ref not in change.texts:
                new = with_ids(kind_of(ref), new, now)
            edits[ref] = new
        if conflicts and change.begun:
            self._require_chosen(change, conflicts)
        self._require_agreed(before, conflicts)
        return replace(combined(change, edits, before.commit), texts=self._texts_still(change, before))

    def _texts_still(self, change: Change, before: Snapshot) -> Mapping[str, str]:
        """The files that are to be so to the byte: what an undo brings back no longer is, where the file has changed since."""
        if change.act == "hand-edit" or change.base in {None, before.commit}:
            return change.texts
        try:
            then = self.store.committed(change.base or "").source
        except NotFound:
            return {}
        return {
            ref: text
            for ref, text in change.texts.items()
            if then.read(path_of(ref)) == before.source.read(path_of(ref))
        }

    def _require_chosen(self, change: Change, conflicts: Mapping[str, tuple[Conflict, ...]]) -> None:
        """Raises `Conflicted` where a hand edit was overtaken, telling by whom."""
        from registry.sharing.overtaken import overtaken, told

        lines = [told(self.store, meeting) for meeting in overtaken(self.store, change.begun, conflicts)]
        if lines:
            raise Conflicted(
                conflicts,
                lines,
                _("Enter their value in the file, or save yours over it: vanort save %(ref)s --ours -m WHY")
                % {"ref": next(iter(conflicts))},
            )

    def _require_agreed(self, now: Snapshot, conflicts: Mapping[str, tuple[Conflict, ...]]) -> None:
        """Raises `Conflicted` where there is anything that only a person can decide."""
        if conflicts:
            raise Conflicted(
                conflicts, [line for ref, found in conflicts.items() for line in self._told(now, ref, found)]
            )

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
            by_hand = _with_our_line_ends(change.texts[ref])
            return by_hand if same(read(by_hand), new) else edit(by_hand.decode("utf-8"), new).encode("utf-8")
        old = before.text(change.renamed_from.get(ref, ref))
        text = write(new, kind_of(ref).order) if old is None else edit(old, new)
        if not same(read(text.encode("utf-8")), new):
            raise AssertionError(f"{ref}: the file would not read as intended")
        return text.encode("utf-8")

    def _expected(self, change: Change, files: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
        """For hand edits, the very bytes that were looked at: an editor that saves meanwhile is noticed."""
        if change.act != "hand-edit":
            return {}
        seen = {path_of(ref): text.encode("utf-8") for ref, text in change.texts.items()}
        return {path: seen.get(path, content) for path, content in files.items()}

    def _require_no_hand_edits(self, before: Snapshot, edits: Mapping[str, Data | None]) -> None:
        """Raises `Refused` where one of the records has unsaved hand edits, `Moved` where it only seemed so."""
        doubtful = [ref for ref in edits if not self._as_saved(before, ref)]
        if not doubtful or not (touched := self._touched(doubtful)):
            return
        with turn(
            self.store.repo
        ):  # a save that another process has half done looks the same: let it finish, and look again
            touched = self._touched(edits)
        if (head := self.store.repo.head()) != before.commit:
            raise BranchMoved(head)
        for ref in touched:
            raise HandEdited(
                _("%(ref)s has been edited by hand and not saved.") % {"ref": ref},
                _("Save it (vanort save %(ref)s) or set it aside (vanort discard %(ref)s) first.") % {"ref": ref},
            )

    def _as_saved(self, before: Snapshot, ref: str) -> bool:
        """Whether the record's file holds the very bytes that were last saved: most do, and then Git need not be asked."""
        try:
            return read_file(self.store.repo, path_of(ref)) == before.source.read(path_of(ref))
        except FileNotFoundError:
            return before.source.read(path_of(ref)) is None
        except VanortError:
            return False

    def _touched(self, refs: Iterable[str]) -> list[str]:
        """Those of the records whose files are not as they were last saved, by what Git knows of them."""
        return [ref for item in status(self.store.repo, [path_of(ref) for ref in refs]) if (ref := ref_of(item.path))]

    # acts that are more than new values

    def by_hand(self, refs: Sequence[str], why: str, decision: str = "") -> Change:
        """The change that commits hand edits to the byte: of `refs`, or of all. Raises `NotFound` where there are none."""
        touched = {ref: item for item in self.store.hand_edits() if (ref := ref_of(item.path))}
        wanted = list(refs) or sorted(touched)
        missing = [ref for ref in wanted if ref not in touched]
        if missing or not wanted:
            raise NotFound(
                _("There is no hand edit of %(ref)s.") % {"ref": missing[0]}
                if missing
                else _("There are no hand edits to save.")
            )
        from registry.sharing.overtaken import begun

        now = self.store.current()
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
        on = {ref: commit for ref, commit in begun(self.store).items() if ref in edits}
        return Change(edits, why, decision, act="hand-edit", base=self.store.repo.head(), begun=on, texts=texts)


def _equal(old: Data | None, new: Data | None) -> bool:
    return (old is None and new is None) or (old is not None and new is not None and same(normal(old), normal(new)))


def _with_our_line_ends(text: str) -> bytes:
    """A file written by hand as the registry keeps it: with LF, which Git would make of it anyway, and no mark before."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").encode("utf-8")


def _told_value(value: object) -> str:
    return "–" if value is None else value.isoformat() if isinstance(value, (date, datetime)) else str(value)
