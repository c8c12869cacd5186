"""The one writer of commits.

In this order, so that a crash at any point leaves the old state, the new state, or something that the next start
finishes or undoes by itself (`registry.git.recovery`):

1. objects: blobs, trees, commit. Nothing refers to them yet; hooks and signing happen here.
2. the journal: contents to come, contents as they were, the prepared index; sealed by its plan.
3. `index.lock`, which is the prepared index: from here other Git commands wait.
4. the work tree's files, each in one step.
5. the branch, by compare-and-swap from the commit that the change was based on.
6. the lock renamed to the index; the journal removed.

Were the branch moved before the files, a crash would leave a staged reversal, which the next `git commit` silently
carries out. Objects come before the journal because hooks may take their time, and nobody should have to wait for them.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from registry.errors import BadInput, GitTrouble, Moved
from registry.git import files, trees, trouble
from registry.git.hooks import HookRefused, Hooks
from registry.git.journal import FilePlan, Journal, Plan, turn
from registry.git.objects import read_objects
from registry.git.recovery import (
    Recovered,
    drop_lock,
    finish_index,
    index_info,
    move_branch,
    parse_entries,
    put_file,
    recover,
    settle,
    settle_all,
)
from registry.git.repository import Repository
from registry.git.worktree import safe_path
from registry.plain_text import line
from registry.words import _

__all__ = ["STEPS", "BranchMoved", "FileMoved", "HookRefused", "Recovered", "Write", "commit", "recover"]

STEPS: Final = ("objects", "commit", "journal", "sealed", "locked", "file", "files", "branch", "index", "done")
"""What has just been done; "file" comes once for every file of the work tree."""

_LOCK_PATIENCE: Final = 2.0
"""Seconds to wait for somebody else's `index.lock`."""
_FEW: Final = 100
"""Objects or files that are written one by one; more go into a pack, and to the disk together."""
_AUTHOR: Final = re.compile(r"GIT_(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL|DATE)")
_DURABLE: Final = ("-c", "core.fsync=committed,reference")
_STALE_STAT: Final = 100
_LOOSE_IN_ONE: Final = 27
"""Loose objects in one of the 256 folders beyond which `git gc --auto` thinks of packing (6,700 in all)."""


@dataclass(frozen=True)
class Write:
    """What a commit is to change.

    `files` has the new content of each path (None: delete it), relative to the commit `base`, where the branch must
    still be (None: there is no commit yet). `parents` is `(base,)` unless given; a merge gives both, the shared tip
    first. `expected` is what the caller saw in the work tree, for paths where that isn't what `base` has: a file that
    holds anything else is not overwritten. `worktree` is what a file is to hold afterwards, where that isn't what is
    committed (hand edits merged with what came); files in `keep_worktree` are not looked at or touched.
    `author` overrides `GIT_AUTHOR_*` and `GIT_COMMITTER_*`.
    """

    files: Mapping[str, bytes | None]
    message: str
    base: str | None
    parents: tuple[str, ...] | None = None
    expected: Mapping[str, bytes | None] = field(default_factory=dict)
    worktree: Mapping[str, bytes | None] = field(default_factory=dict)
    keep_worktree: frozenset[str] = frozenset()
    author: Mapping[str, str] = field(default_factory=dict)


class BranchMoved(Moved):
    """Somebody saved meanwhile. `head` is where the branch is now."""

    def __init__(self, head: str | None) -> None:
        super().__init__(
            _("Somebody else has saved a change meanwhile"), _("Look at what has changed, and save again.")
        )
        self.head = head


class FileMoved(Moved):
    """Files on disk (or prepared for a commit with Git) that are not what the change was based on: `paths`."""

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
        self.places = {path: safe_path(repo, path) for path in (*write.files, *write.worktree)}
        if bad := [name for name in write.author if not _AUTHOR.fullmatch(name)]:
            raise BadInput(_("%(name)s says nothing about who made a change") % {"name": bad[0]})
        self.message = write.message if write.message.endswith("\n") else write.message + "\n"

    # 1. objects

    def make(self) -> str:
        ref = self._branch()
        asked = self.git.start(
            "config", "--null", "--get-regexp", r"^(commit\.gpgsign|core\.hookspath|extensions\.objectformat|hook\..*)$"
        )
        base = self.write.base
        folders = trees.folders_of(self.places)
        found = list(read_objects(self.repo, [f"{base}:{folder}" for folder in folders])) if base else []
        settings = _settings(asked.result()[1])
        self.algorithm: trees.Algorithm = (
            trees.algorithm_of(base)
            if base
            else "sha256"
            if settings.get("extensions.objectformat", [""])[-1] == "sha256"
            else "sha1"
        )
        before = {
            folder: trees.parse_tree(content, self.algorithm)
            for folder, answer in zip(folders, found, strict=False)
            if answer is not None and answer[0] == "tree"
            for content in [answer[1]]
        }
        self.before = {path: _node(before, path) for path in self.places}
        objects: trees.Objects = {}
        self.blobs: dict[str, str | None] = {}
        for path, content in self.write.files.items():
            self.blobs[path] = None if content is None else self._id(content)
            if content is not None:
                objects[self._id(content)] = ("blob", content)
        tree, made = trees.edited(before, self.blobs, self.algorithm)
        self._store({**objects, **made})
        _at("objects")
        made_commit = self._commit_object(tree, settings)
        _at("commit")
        with turn(self.repo) as sure:
            settle_all(self.repo, sure=sure)
            self._require_base(ref)
            self._land(ref, made_commit)
        self._afterwards(settings)
        return made_commit

    def _branch(self) -> str:
        """The branch to move, in full. Raises `GitTrouble` if the work tree is in no state for a save."""
        if self.repo.bare:
            raise GitTrouble(
                _("%(folder)s is a bare repository: a history without the files beside it")
                % {"folder": str(self.repo.folder)}
            )
        if (unfinished := self.repo.unfinished()) is not None:
            raise GitTrouble(
                _("Someone began a %(what)s here with Git and hasn't finished it") % {"what": unfinished},
                _("Finish it or call it off in a terminal: git %(what)s --continue, or git %(what)s --abort")
                % {"what": unfinished}
                if unfinished != "bisect"
                else _("End it in a terminal: git bisect reset"),
            )
        branch = self.repo.at_head().branch
        if branch is None:
            raise GitTrouble(
                _("An old version of the registry is checked out (a detached HEAD), and nothing can be saved onto it"),
                _("Go back to the branch in a terminal: git switch main"),
            )
        return branch

    def _require_base(self, ref: str) -> None:
        head = self.repo.at_head()
        if head.branch != ref or head.commit != self.write.base:
            raise BranchMoved(head.commit)

    def _id(self, content: bytes) -> str:
        return trees.object_id("blob", content, self.algorithm)

    def _store(self, objects: trees.Objects) -> None:
        """Hand the objects to Git as a pack, as a push would: one process, and Git makes the ids out for itself."""
        how = ("unpack-objects", "-q") if len(objects) < _FEW else ("index-pack", "--stdin")
        self.git.bytes(*_DURABLE, *how, input=trees.pack(objects, self.algorithm))

    def _commit_object(self, tree: str, settings: Mapping[str, list[str]]) -> str:
        hooks = Hooks(self.repo, settings)
        names = ("pre-commit", "prepare-commit-msg", "commit-msg")
        if any(map(hooks.has, names)):
            self._ask(hooks, tree)
        parents = self.write.parents
        if parents is None:
            parents = (self.write.base,) if self.write.base else ()
        signed = settings.get("commit.gpgsign", ["false"])[-1].lower() in {"", "true", "yes", "on", "1"}
        return self.git.text(
            *_DURABLE,
            "-c",
            "i18n.commitEncoding=UTF-8",
            "-c",
            "user.useConfigOnly=true",
            "commit-tree",
            *(["-S"] if signed else []),
            *(part for parent in parents for part in ("-p", parent)),
            tree,
            input=self.message,
            env=self.write.author,
        )

    def _ask(self, hooks: Hooks, tree: str) -> None:
        """Run the hooks on an index of what is to be committed, no more; a commit-msg may change the message."""
        with tempfile.TemporaryDirectory(dir=self.repo.make_local_dir("hooks")) as folder:
            message = Path(folder) / "COMMIT_EDITMSG"
            message.write_text(self.message, encoding="utf-8")
            env = {**self.write.author, "GIT_INDEX_FILE": f"{folder}/index"}
            self.git.bytes("read-tree", tree, env=env)
            hooks.run("pre-commit", env=env)
            if hooks.has("pre-commit") and self.git.text("write-tree", env=env) != tree:
                raise HookRefused(
                    _("The save was refused: the hook pre-commit changed what was to be saved"),
                    _("A hook may accept or refuse a change of the registry, but not alter it."),
                    output="",
                )
            hooks.run("prepare-commit-msg", str(message), "message", env=env)
            hooks.run("commit-msg", str(message), env=env)
            self.message = message.read_text(encoding="utf-8", errors="replace")

    # 2 to 6: the journal, the lock, the files, the branch, the index

    def _land(self, ref: str, made: str) -> None:
        journal = Journal.begin(self.repo)
        plan: Plan | None = None
        try:
            plan = self._journal(journal, ref, made)
            self._lock(journal, plan)
            _at("locked")
            self._require_base(ref)
            for number, file in enumerate(plan.files):
                put_file(self.repo, journal, number, file)
                _at("file")
            self._require_untouched(journal, plan)
            _at("files")
            self._move_branch(plan)
            _at("branch")
            finish_index(self.repo, journal, plan)
            _at("index")
            journal.remove()
            _at("done")
        except BaseException:
            if plan is not None and journal.plan() is not None:
                settle(self.repo, journal, plan, onward=False)
            else:
                drop_lock(self.repo, journal)
                journal.remove()
            raise

    def _move_branch(self, plan: Plan) -> None:
        try:
            move_branch(self.git, plan)
        except GitTrouble:
            self._require_base(plan.ref)  # somebody was faster: that says more than Git's own words
            raise

    def _journal(self, journal: Journal, ref: str, made: str) -> Plan:
        plans: list[FilePlan] = []
        moved: list[str] = []
        few = len(self.places) < _FEW
        for path, place in self.places.items():
            if path in self.write.keep_worktree:
                continue
            after = self._content_after(path)
            now = files.content_id(place, self.algorithm)
            if not self._is_expected(path, place, now):
                moved.append(path)
                continue
            after_id = None if after is None else self._id(after)
            if now == after_id:
                continue
            number = len(plans)
            if now is not None:
                files.link_or_copy(place, journal.old(number))
            if after is not None:
                files.write_new(journal.new(number), after, like=place if now else None, sync=few)
            plans.append(FilePlan(path, now, after_id))
        if moved:
            raise FileMoved(tuple(moved))
        if not few and hasattr(os, "sync"):
            os.sync()
        _at("journal")
        subject = line(self.message.partition("\n")[0])
        entries = tuple(
            (path, self.before[path][1], oid, self.before[path][0])
            for path, oid in self.blobs.items()
            if self.before[path][1] != oid
        )
        return Plan(
            str(self.repo.folder),
            os.path.relpath(self.repo.git_dir, self.repo.common_dir),
            ref,
            self.write.base,
            made,
            subject,
            tuple(plans),
            entries,
        )

    def _content_after(self, path: str) -> bytes | None:
        return self.write.worktree[path] if path in self.write.worktree else self.write.files[path]

    def _is_expected(self, path: str, place: Path, now: str | None) -> bool:
        if path in self.write.expected:
            expected = self.write.expected[path]
            return now == (None if expected is None else self._id(expected))
        return files.has_content(place, self.before[path][1], self.algorithm)

    def _lock(self, journal: Journal, plan: Plan) -> None:
        """Prepare the index and put it in place as `index.lock`, waiting a little for somebody else's lock."""
        index, lock = self.repo.git_dir / "index", self.repo.git_dir / "index.lock"
        deadline = time.monotonic() + _LOCK_PATIENCE
        while True:
            if not lock.exists():
                seen = _signature(index)
                self._prepare_index(journal, plan)
                if journal.plan() is None:
                    journal.seal(plan)
                    _at("sealed")
                with contextlib.suppress(FileExistsError):
                    journal.put_lock(lock)
                    if _signature(index) == seen:
                        return
                    drop_lock(self.repo, journal)  # the index changed while we prepared its successor
                    continue
            if time.monotonic() > deadline:
                raise GitTrouble(*trouble.locked(self.repo.folder))
            time.sleep(0.02)

    def _prepare_index(self, journal: Journal, plan: Plan) -> None:
        """The index as it is, what the user has staged included, with the new entries.

        They are given by id, not by path: what an editor writes at this moment must not be staged.
        """
        index = self.repo.git_dir / "index"
        env = {"GIT_INDEX_FILE": str(journal.index)}
        journal.index.unlink(missing_ok=True)
        if index.exists():
            files.link_or_copy(index, journal.index)  # Git never writes into an index, it replaces it
        elif plan.base:
            self.git.bytes("read-tree", plan.base, env=env)
        few = [path for path, *_facts in plan.entries] if len(plan.entries) < _FEW else []
        asked = self.git.start("--literal-pathspecs", "ls-files", "--stage", "-z", "--", *few)
        self.git.bytes(
            "update-index", "-z", "--index-info", input=index_info(list(plan.entries), len(plan.commit)), env=env
        )
        staged = parse_entries(asked.finish())
        known = {path: {file.before, file.after} for path, file in ((file.path, file) for file in plan.files)}
        if other := tuple(
            path
            for path, old, new, _mode in plan.entries
            if index.exists() and staged.get(path) not in {old, new, *known.get(path, ())}
        ):
            raise FileMoved(other)

    def _require_untouched(self, journal: Journal, plan: Plan) -> None:
        """An editor may have written into a file that it had open as it was being replaced: `old` has that now."""
        changed = tuple(
            file.path
            for number, file in enumerate(plan.files)
            if file.before is not None and files.content_id(journal.old(number), self.algorithm) != file.before
        )
        if changed:
            raise FileMoved(changed)

    def _afterwards(self, settings: Mapping[str, list[str]]) -> None:
        """What Git too does after a commit, and whose failure is none of the commit's."""
        with contextlib.suppress(HookRefused):
            Hooks(self.repo, settings).run("post-commit", env=self.write.author)
        if len(self.blobs) >= _STALE_STAT:  # or each look at the state would read all those files again
            self.git.ok("update-index", "-q", "--refresh")
        with contextlib.suppress(OSError):
            if len(os.listdir(self.repo.common_dir / "objects" / "17")) > _LOOSE_IN_ONE:  # noqa: PTH208
                self.git.ok("maintenance", "run", "--auto", "--quiet")


def _settings(out: bytes) -> dict[str, list[str]]:
    """What `git config --null --get-regexp` says: name → values. A name alone is true, and so ""."""
    found: dict[str, list[str]] = {}
    for entry in filter(None, out.decode("utf-8", "replace").split("\0")):
        name, _break, value = entry.partition("\n")
        found.setdefault(name, []).append(value)
    return found


def _node(folders: Mapping[str, trees.Tree], path: str) -> tuple[str, str | None]:
    """Mode and blob id that a path has now; an ordinary file's mode if it isn't there."""
    folder, _slash, name = path.rpartition("/")
    node = folders.get(folder, {}).get(os.fsencode(name))
    if node is None or node.mode == trees.FOLDER:
        return "100644", None
    return node.mode.decode("ascii") if node.mode.startswith(b"100") else "100644", node.oid.hex()


def _signature(place: Path) -> tuple[int, int, int] | None:
    try:
        facts = place.stat()
    except FileNotFoundError:
        return None
    return facts.st_ino, facts.st_mtime_ns, facts.st_size
