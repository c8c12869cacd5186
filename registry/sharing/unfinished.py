"""What plain Git left half done in the folder: finished by our own merge, field by field, or taken back (DESIGN.md section 4).

Whatever it was, it is seen as two sides to be joined. Finishing takes Git's attempt back first, so that what comes is
written by the one writer: a merge or rebase becomes one merge commit, a change carried over or taken back is saved as a
change, and what was not saved to begin with stays an unsaved hand edit. A record that was saved with marks in it is saved
without, as one commit that tells what was chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from registry.change import Act, Change, Verdict, judge, require_savable
from registry.errors import NotFound, Refused, VanortError
from registry.git import backing_out
from registry.git.objects import read_path
from registry.git.unfinished import Begun, begun, versions_left
from registry.git.worktree import read_file
from registry.last_readable import with_last_readable
from registry.records.refs import ref_of
from registry.sharing import choices as kept_choices
from registry.sharing.joining import Joined, join
from registry.sharing.landing import forward, land, mend
from registry.sharing.marked import is_same_but_for_line_ends, last_whole, marked_sides
from registry.sharing.message import SAVED_WITH_MARKS, message_of_mending
from registry.sharing.sides import Pieces, Sides, sides_of
from registry.toml_files import read
from registry.words import N_, _

if TYPE_CHECKING:
    from registry.git.repository import Repository
    from registry.records.values import Data
    from registry.sharing.meetings import Meeting
    from registry.snapshot import Snapshot
    from registry.store import Store

_SAID: Final = {
    "merge": N_("A merge was begun here with Git (git merge or git pull), and not finished."),
    "rebase": N_("Changes were being moved here with Git (git rebase or git pull --rebase), and not all have arrived."),
    "am": N_("Changes from a file were being entered here with Git (git am), and not all have been."),
    "cherry-pick": N_("A change was being carried over here with Git (git cherry-pick), and that was not finished."),
    "revert": N_("A change was being taken back here with Git (git revert), and that was not finished."),
    "bisect": N_("Somebody is looking for a fault in the history here with Git (git bisect), and has not ended it."),
    "versions": N_("Git could not bring together what was put away and what is saved, and left both versions."),
    "marks": N_("Git left two versions of a record in one file, and lines with <<<<<<< and >>>>>>> between them."),
}


@dataclass(frozen=True)
class Unfinished:
    """Something that was begun and not ended. `joined` is what finishing it comes to; None: it can only be taken back."""

    begun: Begun
    joined: Joined | None
    why_not: str = ""
    """Why it cannot be finished here."""
    files: tuple[str, ...] = ()
    """The files with marks in them, or of which several versions are left."""

    @property
    def kind(self) -> str:
        """`merge`, `rebase`, `am`, `cherry-pick`, `revert`, `bisect`, `versions` (in Git's index) or `marks` (in files)."""
        return self.begun.kind

    @property
    def message(self) -> str:
        """What it is, in a sentence."""
        return _(_SAID[self.kind])

    @property
    def brings(self) -> tuple[str, ...]:
        """The records that finishing it would change."""
        return tuple(sorted(self.joined.records)) if self.joined else ()

    @property
    def conflicts(self) -> tuple[Meeting, ...]:
        """What a person has to decide before it can be finished."""
        return self.joined.conflicts if self.joined else ()


class Unsettled(Refused):
    """It cannot be finished before a person has decided about the `conflicts`; nothing was changed."""

    def __init__(self, conflicts: tuple[Meeting, ...]) -> None:
        super().__init__(
            _("Something has to be decided first."), _("vanort conflicts shows what, vanort settle decides it.")
        )
        self.conflicts = conflicts


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of it. `commit` is what was saved, None for nothing; `unsaved` are files that wait to be saved.

    `kept` is the folder with copies of what lay in the folder and went, None where nothing did.
    """

    commit: str | None = None
    unsaved: tuple[str, ...] = ()
    kept: Path | None = None


def unfinished(store: Store, now: Snapshot | None = None) -> Unfinished | None:
    """What was begun with Git and not ended, with what was chosen about it before; None for nothing.

    `now` is what lies in the folder, where that has been looked at. Writes nothing that anybody sees.
    """
    repo = store.repo
    if repo.bare or repo.head() is None:
        return None
    found = begun(repo)
    if found is None:
        marked = marked_sides(repo, now or store.current())
        if marked is None:
            return None
        sides, files = marked
        found = Begun("marks", sides.ours, sides.theirs, sides.bases)
    elif why_not := _why_not(repo, found):
        return Unfinished(found, None, why_not)
    else:
        sides = _sides(repo, found)
        files = tuple(sorted(versions_left(repo))) if found.kind == "versions" else ()
    try:
        joined = join(store, sides, kept_choices.load(repo))
    except VanortError as error:
        return Unfinished(found, None, str(error))
    if found.kind in {"cherry-pick", "revert"} and any(ref_of(path) is None for path in joined.files):
        return Unfinished(found, None, _("It is about more than records, and only Git itself can go on with that."))
    return Unfinished(found, joined, files=files)


def back_out(store: Store) -> Ended:
    """Take back what was begun; nothing that stood in the folder is lost. Raises `NotFound`, `GitTrouble`."""
    found = _required(store)
    if found.kind == "marks":
        return _without_marks(store, found)
    return Ended(kept=backing_out.back_out(store.repo, found.begun))


def finish(store: Store, *, author: Mapping[str, str] | None = None) -> Ended:
    """End what was begun, as it was meant. Raises `NotFound`, `Unsettled`, `Refused` for what cannot be finished here.

    Where the registry's rules refuse what it comes to, or somebody edited a file by hand that it has to write, it is
    refused before anything is touched.
    """
    head = store.repo.head() or ""
    found = _required(store)
    if found.joined is None:
        raise Refused(found.why_not, _("Take it back (vanort doctor --back-out), or go on with Git."))
    if found.conflicts:
        raise Unsettled(found.conflicts)
    if found.kind in {"cherry-pick", "revert"}:
        return _finish_change(store, found, found.joined, author or {})
    if found.kind in {"versions", "marks"}:
        return _finish_files(store, head, found, found.joined, author or {})
    kept = backing_out.back_out(store.repo, found.begun)
    relation = found.joined.sides.relation
    if relation == "behind":
        forward(store, found.begun.theirs)
    commit = land(store, found.joined, author=author or {}) if relation == "diverged" else store.repo.head()
    return Ended(commit, kept=kept)


def _required(store: Store) -> Unfinished:
    if (found := unfinished(store)) is None:
        raise NotFound(_("Nothing here was begun with Git and left unfinished."))
    return found


def _why_not(repo: Repository, found: Begun) -> str:
    if found.more:
        return _("Several changes were to come one after the other, and only Git itself can go on with that.")
    if not found.theirs:
        return _("There is nothing in it that could be finished here.")
    if found.kind == "rebase" and sides_of(repo, found.ours, found.theirs).relation == "ahead":
        return _("It would rewrite what is saved already, and the registry's history is never rewritten.")
    return ""


def _sides(repo: Repository, found: Begun) -> Sides:
    if found.bases is None:
        return sides_of(repo, found.ours, found.theirs)
    pieces = Pieces() if found.kind == "versions" else None  # nobody saved what was put away under their name
    return Sides(found.ours, found.theirs, found.bases, pieces)


# ---------------------------------------------------------------- a change carried over, or taken back


def _finish_change(store: Store, found: Unfinished, joined: Joined, author: Mapping[str, str]) -> Ended:
    change = _change(store, found, joined)
    if change.edits:  # what would be refused is refused while all is as it was
        require_savable(change, store.judge(change))
    kept = backing_out.back_out(store.repo, found.begun)
    return Ended(store.save(change, author=author).commit if change.edits else None, kept=kept)


def _change(store: Store, found: Unfinished, joined: Joined) -> Change:
    source = next(store.history(rev=found.begun.source, limit=1))
    act: Act = "undo" if found.kind == "revert" else "set"
    if act == "set" and all(data is None for data in joined.records.values()):
        act = "delete"
    said = source.why or source.subject
    why = _("Taken back: %(what)s") % {"what": said} if act == "undo" else said
    return Change(
        joined.records,
        why,
        "" if act == "undo" else source.decision,
        act,
        base=joined.sides.ours,
        overrides=tuple(source.overrides),
        reverts=found.begun.source if act == "undo" else "",
    )


# ---------------------------------------------------------------- what is no more than files


def _finish_files(store: Store, head: str, found: Unfinished, joined: Joined, author: Mapping[str, str]) -> Ended:
    """The merged files: as a change where what came together had been saved, with its marks; else as hand edits."""
    repo = store.repo
    merged = {path: joined.files.get(path, read_path(repo, joined.sides.ours, path)) for path in found.files}
    saved = {path: merged.pop(path) for path in found.files if found.kind == "marks" and _is_saved(store, head, path)}
    commit = _save_mended(store, head, joined, saved, author) if saved else None
    kept = backing_out.replace_by_hand(repo, merged) if merged else None
    kept_choices.forget(repo, [settled.meeting.key for settled in joined.settled])
    return Ended(commit, unsaved=tuple(merged), kept=kept)


def _is_saved(store: Store, head: str, path: str) -> bool:
    saved = read_path(store.repo, head, path)
    return saved is not None and is_same_but_for_line_ends(read_file(store.repo, path), saved)


def _save_mended(
    store: Store, head: str, joined: Joined, files: Mapping[str, bytes | None], author: Mapping[str, str]
) -> str:
    """Save records without marks that were saved with them: told by what they held when they could last be read."""
    texts = {path: content for path, content in files.items() if content is not None}
    records = {ref: read(content, where=path) for path, content in texts.items() if (ref := ref_of(path))}
    before = with_last_readable(store.repo, store.committed(head), records)
    _require_allowed(store, before, records, joined.sides)
    return mend(store, head, texts, message_of_mending(joined, before, records), author=author)


def _require_allowed(store: Store, before: Snapshot, records: Mapping[str, Data], sides: Sides) -> None:
    """Raises `Refused` where the rules find something in the records that neither version brings, as a server would."""

    def verdict(versions: Mapping[str, Data | None]) -> Verdict:
        there = {ref: data for ref, data in versions.items() if data is not None}
        change = Change(there, SAVED_WITH_MARKS, act="merge")
        return judge(before, change, store.names(before), today=date.today(), book=store.book)

    known = {
        finding.key
        for side in map(store.committed, (sides.ours, sides.theirs))
        for finding in verdict({ref: side.data(ref) for ref in records}).introduced
    }
    found = verdict(records)
    new = tuple(finding for finding in found.introduced if finding.key not in known)
    try:
        require_savable(Change(records, SAVED_WITH_MARKS, act="merge"), replace(found, introduced=new))
    except Refused as refused:
        hint = _(
            "Decide otherwise (vanort settle), or take it back (vanort doctor --back-out) and enter by hand what holds."
        )
        raise Refused(refused.message, hint, more=refused.more) from None


def _without_marks(store: Store, found: Unfinished) -> Ended:
    """Of each file what was last saved without marks, along the first parents; where it was never saved so, what is called ours in it."""
    repo = store.repo
    wanted = {path: last_whole(repo, path) or read_path(repo, found.begun.ours, path) for path in found.files}
    kept = backing_out.replace_by_hand(repo, wanted)
    return Ended(unsaved=tuple(path for path in wanted if wanted[path] != read_path(repo, "HEAD", path)), kept=kept)
