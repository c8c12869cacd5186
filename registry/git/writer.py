"""The one writer of commits.

In this order, so that a crash at any point leaves the old state, the new state, or something that the next start
finishes or undoes by itself (`registry.git.recovery`):

1. a journal is begun; objects: blobs, trees, commit. Nothing refers to them yet. Hooks and signing happen here, and may
   take their time without anybody having to wait.
2. the turn among our own processes; the journal is sealed: contents to come, contents as they were, the index to come.
3. `index.lock`, which is the index to come: from here other Git commands wait.
4. the work tree's files, each in one step.
5. the branch, by compare-and-swap from the commit that the change was based on.
6. the lock renamed to the index; the journal removed.

Where the branch goes on to a commit that is there already, nothing is made, and what the files are to hold is taken out of
the history by Git: it waits in the journal, proved by its ids, and is not brought to the disk first, since whoever
recovers finds it in the history again.

Were the branch moved before the files, a crash would leave a staged reversal, which the next `git commit` silently
carries out.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from registry.errors import BadInput, GitTrouble, Moved
from registry.git import files, trouble
from registry.git.hooks import HookRefused
from registry.git.housekeeping import tidy
from registry.git.index import IndexToCome, finish_index
from registry.git.journal import FilePlan, Journal, Plan, turn
from registry.git.made import CommitInTheMaking, CommitThatIsThere, Says
from registry.git.recovery import BranchMove, Recovered, put_file, recover, settle, settle_all
from registry.git.repository import Repository
from registry.git.taken_out import TakingOut, bring
from registry.git.trees import algorithm_of
from registry.git.versions import Held
from registry.git.worktree import safe_paths
from registry.plain_text import line
from registry.words import _

__all__ = ["STEPS", "BranchMoved", "FileMoved", "HookRefused", "Recovered", "Write", "commit", "recover"]

STEPS: Final = ("journal", "objects", "commit", "sealed", "locked", "file", "files", "branch", "index", "done")
"""What has just been done; "file" comes once for every file of the work tree."""

_MANY: Final = 100
"""Files that are brought to the disk together, rather than one by one, and whose times Git is told of afterwards."""
Made = CommitInTheMaking | CommitThatIsThere
_AUTHOR: Final = re.compile(r"GIT_(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL|DATE)")


@dataclass(frozen=True)
class Write:
    """What a commit is to change.

    `files` has the new content of each path (None: delete it), relative to the commit `base`, where the branch must
    still be (None: there is no commit yet). `parents` is `(base,)` unless given; a merge gives both, the shared tip
    first. `expected` is what the caller saw in the work tree, for paths where that isn't what `base` has: a file that
    holds anything else is not overwritten. `worktree` is what a file is to hold afterwards, where that isn't what is
    committed (hand edits merged with what came); files in `keep_worktree` are not looked at or touched.
    `author` overrides `GIT_AUTHOR_*` and `GIT_COMMITTER_*`. `modes` are Git's, of files that get another than they have.
    With `commit`, one that is there already, nothing is made: the branch and the folder go on to it. `going` then has
    what it changes, as `base` and as it hold each file, in the place of `files`.
    """

    files: Mapping[str, bytes | None]
    message: str
    base: str | None
    parents: tuple[str, ...] | None = None
    expected: Mapping[str, bytes | None] = field(default_factory=dict)
    worktree: Mapping[str, bytes | None] = field(default_factory=dict)
    keep_worktree: frozenset[str] = frozenset()
    author: Mapping[str, str] = field(default_factory=dict)
    modes: Mapping[str, str] = field(default_factory=dict)
    commit: str = ""
    going: Mapping[str, tuple[Held | None, ...]] = field(default_factory=dict)

    def brings(self, path: str) -> bool:
        """Whether something comes of it for this file: new content, or its removal."""
        return path in self.files or path in self.going


class BranchMoved(Moved):
    """Somebody saved meanwhile. `head` is where the branch is now."""

    def __init__(self, head: str | None) -> None:
        super().__init__(
            _("Somebody else has saved a change meanwhile."), _("Look at what has changed, and save again.")
        )
        self.head = head


class FileMoved(Moved):
    """Files on disk (or prepared for a commit with Git) that are not what the change was based on: `paths`."""

    by_hand = True

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(
            _("Edited by hand meanwhile: %(paths)s") % {"paths": ", ".join(map(line, paths))},
            _("Save the hand edit or set it aside (vanort save, vanort discard), then make the change again."),
        )
        self.paths = paths


def commit(repo: Repository, write: Write) -> str:
    """Make the commit, move the branch and the work tree to it; returns the commit's id.

    Raises `BranchMoved` and `FileMoved` (nothing was written; look again and retry), `HookRefused`, and `GitTrouble`
    for a detached HEAD, an unfinished merge, somebody's lock, a full or read-only disk: then everything is as before.
    """
    try:
        return _Commit(repo, write).make()
    except OSError as error:
        raise trouble.from_os_error(repo.folder, error) from error


def _at(step: str) -> None:
    """Called after each of `STEPS`; tests put an end to the process here."""


class _Commit:
    """One save, from contents to branch."""

    def __init__(self, repo: Repository, write: Write) -> None:
        self.repo, self.git, self.write = repo, repo.git, write
        self.places = safe_paths(repo, (*write.files, *write.going, *write.worktree))
        if bad := [name for name in write.author if not _AUTHOR.fullmatch(name)]:
            raise BadInput(_("%(name)s says nothing about who made a change.") % {"name": line(bad[0])})
        self.parents = write.parents if write.parents is not None else (write.base,) if write.base else ()
        self.ref = _branch(repo)

    def make(self) -> str:
        self.require_base()
        made = self.made()
        journal = Journal.begin(self.repo)
        index: IndexToCome | None = None
        try:
            _at("journal")
            index = IndexToCome(self.repo, journal, self.write.base, made.entries)
            plans = self.stage(journal, made, index)
            commit, message = self.made_commit(made, self.to_sync(journal, plans))
            _at("commit")
            with turn(self.repo) as sure:
                settle_all(self.repo, sure=sure, but=journal)
                self.require_base()
                plan = Plan(
                    folder=str(self.repo.folder),
                    work_tree=os.path.relpath(self.repo.git_dir, self.repo.common_dir),
                    ref=self.ref,
                    base=self.write.base,
                    commit=commit,
                    subject=line(message.partition("\n")[0]),
                    how=self.how(),
                    files=tuple(plans),
                    entries=tuple(made.entries),
                )
                self.land(journal, plan, index)
        finally:
            if index is not None:
                index.stop()
            if journal.plan() is None:
                journal.remove()
        self.afterwards(made)
        return commit

    def made(self) -> Made:
        write = self.write
        if write.commit:
            return CommitThatIsThere(self.repo, write.commit, write.going)
        return CommitInTheMaking(self.repo, write.base, write.files, list(write.worktree), write.modes)

    def made_commit(self, made: Made, beside: Sequence[files.StrPath]) -> tuple[str, str]:
        """The commit, with its message; the new files `beside` are brought to the disk."""
        if isinstance(made, CommitThatIsThere):
            for path in beside:
                files.sync(path)
            _at("objects")
            return self.write.commit, self.write.message
        message = self.write.message if self.write.message.endswith("\n") else self.write.message + "\n"
        says = Says(message, self.parents, self.write.author)
        made.store(says, beside)
        _at("objects")
        return made.commit(says)

    def how(self) -> str:
        """As Git's log of the branch's moves says it."""
        if self.write.commit:
            return "merge (fast-forward)"
        return "commit (merge)" if len(self.parents) > 1 else "commit" if self.write.base else "commit (initial)"

    def require_base(self) -> None:
        """The branch is where the change was made from. Raises `BranchMoved`."""
        head = self.repo.at_head()
        if head.branch != self.ref or head.commit != self.write.base:
            raise BranchMoved(head.commit)

    def stage(self, journal: Journal, made: Made, index: IndexToCome) -> list[FilePlan]:
        """Keep each file's content as it is and as it is to be in the journal. Raises `FileMoved`.

        What the history has is taken out of it meanwhile. That need not be brought to the disk: it is to be had again.
        """
        stored = {path for path in self.write.going if path not in self.write.worktree and made.blobs[path]}
        taking = None
        if stored:
            index.wait()
            taking = TakingOut(self.repo, journal, stored)
        try:
            plans = self.looked_at(journal, made, stored)
            if taking is not None:
                taking.finish()
        finally:
            if taking is not None:
                taking.stop()
        bring(self.repo, journal, enumerate(plans))
        for number, plan in enumerate(plans):
            if plan.stored and plan.before is not None:
                files.permit_like(journal.new(number, plan), journal.old(number))
        return plans

    def looked_at(self, journal: Journal, made: Made, stored: Collection[str]) -> list[FilePlan]:
        plans: list[FilePlan] = []
        moved: list[str] = []
        for path, place in self.places.items():
            if path in self.write.keep_worktree:
                continue
            number = len(plans)
            by_hand = path in self.write.worktree
            now = files.content_id(place, made.algorithm)
            content = self.write.worktree[path] if by_hand else self.write.files.get(path)
            after = made.blobs[path] if not by_hand else None if content is None else made.id_of(content)
            if not self.is_expected(path, now, made):
                moved.append(path)
            elif now != after:
                if now is not None:
                    files.link_or_copy(place, journal.old(number))
                plan = FilePlan(path, now, after, path in stored)
                if content is not None:
                    files.write_new(journal.new(number, plan), content, like=place if now else None, sync=False)
                plans.append(plan)
        _require_none(moved)
        return plans

    def to_sync(self, journal: Journal, plans: Sequence[FilePlan]) -> list[files.StrPath]:
        """The contents to come that are to be brought to the disk one by one; of many, the disk is told at once."""
        new: list[files.StrPath] = [
            journal.new(number, plan) for number, plan in enumerate(plans) if plan.after is not None and not plan.stored
        ]
        if len(new) >= _MANY and hasattr(os, "sync"):
            os.sync()
            return []
        return new

    def is_expected(self, path: str, now: str | None, made: Made) -> bool:
        if path in self.write.expected:
            expected = self.write.expected[path]
            return now == (None if expected is None else made.id_of(expected))
        known = made.present[path][1]
        return now == known or files.has_content(self.places[path], known, made.algorithm)

    def land(self, journal: Journal, plan: Plan, index: IndexToCome) -> None:
        """Steps 2 to 6: once the plan is sealed, whatever fails is undone."""
        move = BranchMove(self.git, plan)
        try:
            self.seal_and_land(journal, plan, index, move)
        finally:
            move.stop()

    def seal_and_land(self, journal: Journal, plan: Plan, index: IndexToCome, move: BranchMove) -> None:
        journal.seal(plan)
        try:
            _at("sealed")
            harmless = {entry.path: {entry.old, entry.new} for entry in plan.entries}
            for file in plan.files:  # staging the very hand edit that is saved is no other change
                harmless.setdefault(file.path, set()).update({file.before, file.after})
            _require_none(index.put_lock(harmless))
            _at("locked")
            self.require_base()
            self.require_untouched(journal, plan)
            places = safe_paths(self.repo, (file.path for file in plan.files))
            for number, file in enumerate(plan.files):
                put_file(self.repo, journal, number, file, places[file.path])
                _at("file")
            self.require_kept(journal, plan)
            _at("files")
            self.move_branch(move)
            _at("branch")
            finish_index(self.repo, journal, plan.entries)
            _at("index")
            journal.remove()
            _at("done")
        except BaseException:
            settle(self.repo, journal, plan, onward=False)
            raise

    def require_untouched(self, journal: Journal, plan: Plan) -> None:
        """No file has been replaced since it was looked at. Raises `FileMoved`."""
        _require_none(
            file.path
            for number, file in enumerate(plan.files)
            if not files.is_same(journal.old(number) if file.before else None, self.places[file.path])
        )

    def require_kept(self, journal: Journal, plan: Plan) -> None:
        """No editor wrote into a file that it had open, as it was being replaced: its content is as was looked at."""
        _require_none(
            file.path
            for number, file in enumerate(plan.files)
            if file.before and files.content_id(journal.old(number), algorithm_of(file.before)) != file.before
        )

    def move_branch(self, move: BranchMove) -> None:
        try:
            move.carry_out()
        except GitTrouble:
            self.require_base()  # somebody was faster: that says more than Git's own words
            raise

    def afterwards(self, made: Made) -> None:
        """What Git too does after a commit, and whose failure is none of the commit's."""
        for path, mode in self.write.modes.items():
            files.set_executable(self.places[path], executable=mode.endswith("755"))
        with contextlib.suppress(HookRefused):
            made.hooks.run(*(("post-merge", "0") if self.write.commit else ("post-commit",)), env=self.write.author)
        if len(made.entries) >= _MANY:  # or each look at the state would read all those files again
            self.git.ok("update-index", "-q", "--refresh")
        tidy(self.repo)


def _require_none(moved: Iterable[str]) -> None:
    if paths := tuple(moved):
        raise FileMoved(paths)


def _branch(repo: Repository) -> str:
    """The branch to move, in full. Raises `GitTrouble` if the work tree is in no state for a save."""
    if repo.bare:
        raise GitTrouble(*trouble.bare(repo.folder))
    if (unfinished := repo.unfinished()) is not None:
        raise GitTrouble(*trouble.unfinished(unfinished))
    branch = repo.at_head().branch
    if branch is None:
        raise GitTrouble(
            _("An old version of the registry is checked out (a detached HEAD), and nothing can be saved onto it."),
            _("Go back to the branch in a terminal: git switch main"),
        )
    return branch
