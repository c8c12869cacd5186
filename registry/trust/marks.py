"""Whether anything that was once seen has disappeared: a rewritten history is noticed at the next look."""

from __future__ import annotations

from typing import NamedTuple

from registry.git import marks
from registry.git.as_stored import as_stored, copy_of
from registry.git.repository import Repository
from registry.words import _, ngettext


class Lost(NamedTuple):
    """A branch that no longer holds what was last seen there."""

    branch: str
    """As people call it: ``main``, ``origin/main``."""
    seen: str
    """The commit that was last seen there."""
    changes: int
    """How many changes have disappeared from it; 0 where that cannot be known."""
    removed: bool = False
    """The branch itself is no more, and no other has what it held."""
    unknowable: bool = False
    """This copy's history is cut off, so that it may be there all the same."""

    def __str__(self) -> str:
        where = {"branch": self.branch, "commit": self.seen[:12]}
        if self.unknowable:
            return (
                _("%(branch)s: whether %(commit)s, seen last, is still in it cannot be known in a shallow copy") % where
            )
        if self.removed:
            return _("The branch %(branch)s is gone, and no other has what was seen there, %(commit)s") % where
        if not self.changes:
            return _("%(branch)s has been rewritten: what was seen there last, %(commit)s, is no longer in it") % where
        return ngettext(
            "%(branch)s has been rewritten: %(count)s change that was seen there has disappeared, up to %(commit)s",
            "%(branch)s has been rewritten: %(count)s changes that were seen there have disappeared, up to %(commit)s",
            self.changes,
        ) % {**where, "count": self.changes}


class Look(NamedTuple):
    """What a look came to."""

    lost: tuple[Lost, ...] = ()
    damaged: bool = False
    """The marks could not be read, and begin anew."""
    first: bool = False
    """There was no mark yet: what disappeared before cannot be told."""


def look(repo: Repository, *, accept: bool = False) -> Look:
    """See whether every branch still holds what was seen there last, and remember where it is now.

    A branch that does not keeps its mark, so that it is told each time, until somebody `accept`s it as it is.
    """
    plain = as_stored(repo)
    known, now = marks.load(repo), marks.tips(plain)
    held = {} if known is None else known
    lost = [] if accept else [found for name, seen in held.items() if (found := _lost(plain, name, seen, now))]
    kept = {found.name: found.lost.seen for found in lost}
    if (new := {**now, **kept}) != known:
        marks.keep(repo, new)
    return Look(tuple(found.lost for found in lost), known is None, known == {})


class _Named(NamedTuple):
    name: str
    lost: Lost


def _lost(repo: Repository, name: str, seen: str, now: dict[str, str]) -> _Named | None:
    tip = now.get(name)
    if tip is None and any(marks.contains(repo, other, seen) for other in set(now.values())):
        return None  # it was merged, and tidied away
    if tip is not None and (tip == seen or marks.contains(repo, tip, seen)):
        return None
    called = name.removeprefix("refs/heads/").removeprefix("refs/remotes/")
    return _Named(name, Lost(called, seen, _count(repo, seen, tip), tip is None, copy_of(repo).shallow))


def _count(repo: Repository, seen: str, tip: str | None) -> int:
    """How many changes lead to `seen` and not to `tip`, where the copy still has them."""
    if tip is None:
        return 0
    code, out, _err = repo.git.start("rev-list", "--count", seen, f"^{tip}", "--").result()
    return int(out) if code == 0 else 0
