"""What two sides come to made the state of the branch and the folder, by the one writer; and a mere going on to what others did.

Hand edits in the folder stay, and stay unsaved: what comes is merged into them. Where both changed the same thing the hand
edit keeps it, and shows as one over what is saved now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from registry.errors import BrokenFile, Refused
from registry.git import hand_bases
from registry.git.objects import read_blob
from registry.git.stored_commits import read_commits
from registry.git.versions import Held, differing
from registry.git.worktree import read_file
from registry.git.writer import BranchMoved, FileMoved, Write, commit
from registry.merge import merge_record
from registry.merge.lines import merge_lines
from registry.merge.record import RecordMerge
from registry.merge.texts import merged_text
from registry.records.kinds import kind_of
from registry.records.refs import path_of, ref_of
from registry.sharing.choices import forget
from registry.sharing.hand_references import following, with_references
from registry.sharing.message import message_of
from registry.sharing.naming import names_to_come
from registry.sharing.ordinary import require_ordinary
from registry.sharing.sides import relation
from registry.toml_files import read
from registry.uncollected import without_collecting
from registry.words import _, ngettext

if TYPE_CHECKING:
    from registry.sharing.joining import Joined
    from registry.store import Store

_TRIES: Final = 4
_NOBODY: Final[Mapping[str, str]] = {}


def land(store: Store, joined: Joined, *, author: Mapping[str, str] = _NOBODY) -> str:
    """Make the merge commit, the shared tip its first parent, and move the branch and the folder to it; returns its id.

    `author` overrides `GIT_AUTHOR_*` and `GIT_COMMITTER_*`. Raises `Refused` while something is left for a person to
    decide, `Moved` where the branch is no longer at `joined.sides.ours`, `HookRefused`, `GitTrouble`; then nothing moved.
    """
    if joined.conflicts:
        count = len(joined.conflicts)
        raise Refused(
            ngettext(
                "%(count)s thing that both sides changed is still to be decided.",
                "%(count)s things that both sides changed are still to be decided.",
                count,
            )
            % {"count": count},
            _("vanort conflicts lists them, vanort settle decides one."),
        )
    ours, theirs = joined.sides.ours, joined.sides.theirs
    before = store.committed(ours)
    store.require_writable(before)
    store.require_writable(before.edited(joined.records))
    made = _written(
        store,
        Write(
            files=joined.files,
            message=message_of(joined),
            base=ours,
            parents=(theirs, ours),
            author=dict(author),
            modes=joined.modes,
        ),
        joined.called_here,
    )
    store.went_on(before, made, _refs(joined.files))
    forget(store.repo)
    return made


def mend(store: Store, base: str, files: Mapping[str, bytes], message: str, *, author: Mapping[str, str]) -> str:
    """Save files in the place of those that `base` has and that cannot be read, as one commit; returns its id.

    Raises `Moved` where something else is saved by now, or lies in the folder; then nothing was written.
    """
    before = store.committed(base)
    made = commit(store.repo, Write(files, message, base=base, author=dict(author)))
    store.went_on(before, made, _refs(files))
    return made


def forward(store: Store, theirs: str) -> None:
    """Move the branch and the folder on to the commit `theirs`, which builds on what is saved here.

    Raises `Moved` where it does not (any more), `Refused` for what a registry cannot hold, `GitTrouble`; then nothing moved.
    """
    ours = store.repo.head()
    if ours == theirs:
        return
    if ours is None or relation(store.repo, ours, theirs) != "behind":
        raise BranchMoved(ours)
    with without_collecting():
        _forward(store, ours, theirs)


def _forward(store: Store, ours: str, theirs: str) -> None:
    changed = differing(store.repo, (ours, theirs))
    for path, held in changed.items():
        require_ordinary(path, *held)
    modes = {
        path: new.mode for path, (old, new) in changed.items() if new is not None and new.mode != (old or _PLAIN).mode
    }
    tip = next(read_commits(store.repo, [theirs]))
    before = store.committed()
    if before.commit != ours:
        raise BranchMoved(before.commit)
    subject = tip.message.partition("\n")[0] if tip is not None else ""
    was = {ref for path, (old, _new) in changed.items() if old is not None and (ref := ref_of(path))}
    now = {ref for path, (_old, new) in changed.items() if new is not None and (ref := ref_of(path))}
    names = names_to_come(store.repo, ours, theirs, was, now) if was and now - was else {}
    _written(store, Write({}, subject, base=ours, commit=theirs, going=changed, modes=modes), names)
    store.went_on(before, theirs, _refs(changed))


_PLAIN: Final = Held("100644", "")


def _refs(paths: Iterable[str]) -> list[str]:
    return [ref for path in paths if (ref := ref_of(path))]


def _written(store: Store, write: Write, names: Mapping[str, str]) -> str:
    """Have it written, round the hand edits that are met. `names`: REF → the other name that it gets."""
    write = with_references(store, write, names)
    for attempt in range(_TRIES):
        try:
            made = commit(store.repo, write)
        except FileMoved as moved:
            around = _around(store, write, moved.paths, names)
            if attempt == _TRIES - 1 or around == write:  # what is in the way is no file's content: it has been staged
                raise
            write = around
        else:
            hand_bases.keep(store.repo, _overtaken(store, write))
            return made
    raise AssertionError("unreachable")


def _around(store: Store, write: Write, paths: Sequence[str], names: Mapping[str, str]) -> Write:
    """The same with hand edits of `paths` kept: merged with what comes, and not saved; under the name that is to come."""
    expected, worktree = dict(write.expected), dict(write.worktree)
    saved = store.committed(write.base or "HEAD").source
    for path in paths:
        ref = ref_of(path) or ""
        expected[path] = hand = _on_disk(store, path)
        if ref and hand is not None:
            hand = following(ref, hand, names)
        new = path_of(names[ref]) if ref in names else path
        coming = _coming(store, write, new)
        if new == path or hand is None or coming is None or new in paths:
            worktree[path] = _with_hand_edit(path, saved.read(path), hand, _coming(store, write, path))
        else:
            worktree[path], worktree[new] = None, _with_hand_edit(new, saved.read(path), hand, coming)
    return replace(write, expected=expected, worktree=worktree)


def _coming(store: Store, write: Write, path: str) -> bytes | None:
    """What comes in a file, None for nothing."""
    held = write.going.get(path)
    if held is None:
        return write.files.get(path)
    return None if held[-1] is None else read_blob(store.repo, held[-1].blob)


def _overtaken(store: Store, write: Write) -> dict[str, str]:
    """The hand edits of what came too, each with the commit that it was made on: what holds is asked when they are saved."""
    if not write.worktree or write.base is None:
        return {}
    saved = store.committed(write.base).source
    pairs = ((path, _coming(store, write, path)) for path in write.worktree if ref_of(path) and write.brings(path))
    return {
        path: write.base
        for path, coming in pairs
        if _both_changed(path, saved.read(path), write.worktree[path], coming)
    }


def _both_changed(path: str, saved: bytes | None, hand: bytes | None, coming: bytes | None) -> bool:
    try:
        versions = [None if content is None else read(content) for content in (saved, hand, coming)]
    except BrokenFile:
        return True
    return bool(merge_record(kind_of(ref_of(path) or ""), *versions).conflicts)


def _on_disk(store: Store, path: str) -> bytes | None:
    try:
        return read_file(store.repo, path)
    except FileNotFoundError:
        return None


def _with_hand_edit(path: str, saved: bytes | None, hand: bytes | None, coming: bytes | None) -> bytes | None:
    """What the folder is to hold: a file edited by hand, with what comes."""
    if hand is None or coming is None or hand == coming:
        return hand
    try:
        mine, other = hand.decode("utf-8"), coming.decode("utf-8")
        base = None if saved is None else saved.decode("utf-8")
    except UnicodeDecodeError:
        return hand
    ref = ref_of(path)
    if ref is None:
        together = merge_lines(base or "", mine, other)
        return hand if together is None else together.encode("utf-8")
    try:
        was = {} if saved is None else read(saved)
        data = RecordMerge(kind_of(ref), {}).record([was], read(hand), read(coming))
    except BrokenFile:
        return hand
    return hand if data is None else merged_text(base, mine, other, data, kind_of(ref).order).encode("utf-8")
