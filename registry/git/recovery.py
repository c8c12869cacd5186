"""After a crash: what a save left half done is finished or undone, and told.

Nothing here depends on how far the save came, only on what is there now; every step may be interrupted in turn and
done again.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from registry.errors import BadInput, BrokenFile, GitTrouble, NotFound
from registry.git import files, refs, trouble
from registry.git.index import drop_lock, finish_index
from registry.git.journal import Busy, FilePlan, Journal, Plan, left_behind, turn
from registry.git.made import DURABLE
from registry.git.repository import Repository
from registry.git.run import Git, Running
from registry.git.taken_out import bring
from registry.git.trees import algorithm_of
from registry.git.worktree import safe_path
from registry.plain_text import line
from registry.words import _

Outcome = Literal["finished", "undone"]

_PATIENCE: Final = 1.0
"""Seconds to wait for a save that is under way; it puts right itself what it finds."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of an interrupted save. `left` are files that somebody has edited since; they stay as they are."""

    outcome: Outcome
    subject: str
    paths: tuple[str, ...]
    left: tuple[str, ...]
    commit: str | None

    @property
    def message(self) -> str:
        """The whole of it in words, for the user."""
        facts = {"subject": line(self.subject), "paths": ", ".join(self.paths)}
        if self.outcome == "finished":
            told = _("A save that was interrupted has been finished: %(subject)s (%(paths)s)") % facts
        else:
            told = (
                _("A save that was interrupted has been undone, and can be made again: %(subject)s (%(paths)s)") % facts
            )
        if self.left:
            told += "\n" + _("Edited since, and left as they are: %(paths)s") % {"paths": ", ".join(self.left)}
        return told


def recover(repo: Repository) -> Recovered | None:
    """Finish or undo what a crash left in `repo`; None if there was nothing. Cheap when there is nothing.

    A save that is under way in another process is left alone. Raises `GitTrouble` where it can be neither finished
    nor undone (a full or read-only disk); the journal stays, for the next time.
    """
    if not left_behind(repo):
        return None
    try:
        with turn(repo, _PATIENCE) as sure:
            return settle_all(repo, sure=sure)
    except Busy:
        return None
    except OSError as error:
        raise trouble.from_os_error(repo.folder, error) from error


def settle_all(repo: Repository, *, sure: bool, but: Journal | None = None) -> Recovered | None:
    """As `recover`, by one who has the turn, and may have a journal of its own (`but`). Returns the latest outcome.

    `sure`: having the turn means that nobody else has sealed a plan and is still carrying it out.
    """
    latest = None
    for journal in left_behind(repo):
        if journal == but:
            continue
        plan = journal.plan()
        if plan is None:
            if journal.is_orphan():
                journal.remove()
        elif sure or journal.is_orphan():
            latest = _settle_where_it_was(repo, journal, plan) or latest
    return latest


def _settle_where_it_was(repo: Repository, journal: Journal, plan: Plan) -> Recovered | None:
    """Settle it in the work tree that it belongs to: this one, or another of the same repository."""
    if repo.common_dir / plan.work_tree == repo.git_dir:
        return settle(repo, journal, plan)
    try:
        return settle(Repository.open(Path(plan.folder)), journal, plan)
    except (GitTrouble, NotFound):
        if not (repo.common_dir / plan.work_tree).exists():  # that work tree is gone, and its files with it
            journal.remove()
        return None


def settle(repo: Repository, journal: Journal, plan: Plan, *, onward: bool = True) -> Recovered:
    """Finish the save if the branch has it, or (`onward`) if nothing stands in its way; else undo it."""
    for file in plan.files:
        files.beside_of(_place(repo, file)).unlink(missing_ok=True)
    outcome: Outcome
    if not _has_landed(repo, plan) and onward and _can_go_on(repo, journal, plan):
        _go_on(repo, journal, plan)
    left: tuple[str, ...] = ()
    if _has_landed(repo, plan):
        finish_index(repo, journal, plan.entries)
        outcome = "finished"
    else:
        left = undo_files(repo, journal, plan)
        drop_lock(repo, journal)
        outcome = "undone"
    journal.remove()
    return Recovered(
        outcome,
        plan.subject,
        tuple(entry.path for entry in plan.entries),
        left,
        plan.commit if outcome == "finished" else None,
    )


def _tip(repo: Repository, plan: Plan) -> str | None:
    try:
        return refs.read_ref(repo.common_dir, plan.ref)
    except refs.Unreadable:
        code, out, _err = repo.git.start("rev-parse", "--verify", "--quiet", plan.ref).result()
        return out.decode("ascii").strip() if code == 0 else None


def _has_landed(repo: Repository, plan: Plan) -> bool:
    tip = _tip(repo, plan)
    if tip is None or tip == plan.base:
        return False
    return tip == plan.commit or repo.git.ok("merge-base", "--is-ancestor", plan.commit, tip)


def _place(repo: Repository, file: FilePlan) -> Path:
    return safe_path(repo, file.path)


def _now(repo: Repository, file: FilePlan, plan: Plan) -> str | None:
    """What the file holds now; "" for something that is no file."""
    try:
        return files.content_id(_place(repo, file), algorithm_of(plan.commit))
    except (BrokenFile, BadInput):
        return ""


def _can_go_on(repo: Repository, journal: Journal, plan: Plan) -> bool:
    """Whether everything is as the save left it: the branch, the lock, and every file as before or as intended."""
    waiting = [(number, file) for number, file in enumerate(plan.files) if _now(repo, file, plan) == file.before]
    with contextlib.suppress(GitTrouble):
        bring(repo, journal, waiting)
    return (
        _tip(repo, plan) == plan.base
        and repo.at_head().branch == plan.ref
        and repo.unfinished() is None
        and journal.owns(repo.git_dir / "index.lock")
        and all(
            (now := _now(repo, file, plan)) == file.after
            or (now == file.before and (file.after is None or os.path.lexists(journal.new(number, file))))
            for number, file in enumerate(plan.files)
        )
        and repo.git.ok("cat-file", "-e", f"{plan.commit}^{{tree}}")
    )


def _go_on(repo: Repository, journal: Journal, plan: Plan) -> None:
    for number, file in enumerate(plan.files):
        if _now(repo, file, plan) == file.before != file.after:
            put_file(repo, journal, number, file, _place(repo, file))
    with contextlib.suppress(GitTrouble):  # then the branch has not moved, and the save is undone
        BranchMove(repo.git, plan).carry_out()


def put_file(repo: Repository, journal: Journal, number: int, file: FilePlan, place: files.StrPath) -> None:
    """Give one file of the work tree, which lies at `place`, its content to come."""
    if file.after is None:
        Path(place).unlink(missing_ok=True)
        files.remove_empty(Path(place).parent, repo.folder)
        return
    try:
        files.move(journal.new(number, file), place)
    except FileNotFoundError:  # its folder is new
        Path(place).parent.mkdir(parents=True, exist_ok=True)
        files.move(journal.new(number, file), place)


class BranchMove:
    """The branch from a plan's base to its commit, by compare-and-swap (git-update-ref(1), ``--stdin``).

    The process is started before it is needed: it waits for `carry_out`, and moves nothing where that never comes.
    """

    def __init__(self, git: Git, plan: Plan) -> None:
        self._plan = plan
        message = f"{plan.how}: {plan.subject}"
        timeout = "core.filesRefLockTimeout=2000"  # milliseconds: another Git may just be done with it
        self._process: Running | None = git.waiting(*DURABLE, "-c", timeout, "update-ref", "-m", message, "--stdin")

    def carry_out(self) -> None:
        """Move it. Raises `GitTrouble`."""
        if self._process is not None:
            process, self._process = self._process, None
            plan = self._plan
            base = plan.base or "0" * len(plan.commit)
            process.give(f"update {plan.ref} {plan.commit} {base}\n".encode("utf-8", "surrogateescape"))

    def stop(self) -> None:
        """End the process, where it still waits."""
        if self._process is not None:
            self._process.stop()
            self._process = None


def undo_files(repo: Repository, journal: Journal, plan: Plan) -> tuple[str, ...]:
    """Give the files that the save had written their former content; returns those that are neither, left alone."""
    left = []
    tip = _tip(repo, plan)
    for number, file in enumerate(plan.files):
        now = _now(repo, file, plan)
        if file.before in {now, file.after}:
            continue
        if now != file.after or (tip != plan.base and _saved_since(repo, file, tip)):
            left.append(file.path)
            continue
        place = _place(repo, file)
        if file.before is None:
            place.unlink(missing_ok=True)
            files.remove_empty(place.parent, repo.folder)
        elif os.path.lexists(journal.old(number)):
            place.parent.mkdir(parents=True, exist_ok=True)
            files.move(journal.old(number), place)
    return tuple(left)


def _saved_since(repo: Repository, file: FilePlan, tip: str | None) -> bool:
    """Whether somebody has since saved just what the interrupted save had put there."""
    code, out, _err = repo.git.start("rev-parse", "--verify", "--quiet", f"{tip}:{file.path}").result()
    return (out.decode("ascii").strip() if code == 0 else None) == file.after
