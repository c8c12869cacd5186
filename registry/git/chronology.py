"""The latest commit of the history as of a moment, also where a computer's clock was wrong.

Along first parents dates should never go back. Where they do, as few clocks as possible are taken for wrong: the longest
line of commits whose dates are in order is believed, and any other counts for no earlier moment than what came before
it, nor has it what comes after wait (the earlier one is believed where it may be either). That the dates are in order
as far as a commit is kept, so that Git alone is asked then.
"""

from __future__ import annotations

import contextlib
import json
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from registry.errors import GitTrouble

if TYPE_CHECKING:
    from registry.git.repository import Repository
    from registry.git.run import Git

_NAME: Final = "clocks.json"
_VERSION: Final = 1


class _Dated(NamedTuple):
    when: int
    """Seconds since 1970, by the committer's clock."""
    commit: str
    parent: str


class _Known(NamedTuple):
    """That the dates are in order as far as `commit`, which is of the moment `when`."""

    commit: str
    when: int


def as_of(repo: Repository, head: str, end: int) -> str:
    """The last commit of the first parents of `head` by the moment `end`, in seconds since 1970; "" for none."""
    if _in_order(repo, head):
        # Git takes what it cannot count, days before 1970, for now
        asked = ("rev-list", "-1", "--first-parent", f"--min-age={end}", head, "--")
        return repo.git.text(*asked) if end > 0 else ""
    moments, commits = _believed(repo.git, head)
    at = bisect_right(moments, end)
    return commits[at - 1] if at else ""


def _in_order(repo: Repository, head: str) -> bool:
    """Whether no date goes back as far as `head`; only what is new since it was last asked is looked at."""
    known = _load(repo)
    if known is not None and known.commit == head:
        return True
    line: list[_Dated] = []
    if known is not None:
        with contextlib.suppress(GitTrouble):  # the history was rewritten, and that commit is no more
            line = _line(repo.git, head, known.commit)
    if known is None or not line or line[0].parent != known.commit:
        known, line = None, _line(repo.git, head)
    moments = [*([known.when] if known else []), *(one.when for one in line)]
    if any(later < earlier for earlier, later in pairwise(moments)):
        return False
    _keep(repo, _Known(head, moments[-1]))
    return True


@lru_cache(maxsize=2)
def _believed(git: Git, head: str) -> tuple[list[int], list[str]]:
    """When each commit counts from, oldest first, and the commits."""
    line = _line(git, head)
    kept = _longest_in_order([one.when for one in line])
    right = set(kept)
    moments = [line[kept[0]].when]
    for at, one in enumerate(line):
        moments.append(one.when if at in right else moments[-1])
    del moments[0]
    return moments, [one.commit for one in line]


def _longest_in_order(moments: Sequence[int]) -> list[int]:
    """The places of the longest line of moments that never go back, first to last; of two as long, the earlier."""
    ends: list[int] = []
    """By length, where the best line of that length begins, as a moment counted backwards."""
    places: list[int] = []
    following: list[int | None] = [None] * len(moments)
    for at in range(len(moments) - 1, -1, -1):
        length = bisect_right(ends, -moments[at])
        following[at] = places[length - 1] if length else None
        ends[length : length + 1] = [-moments[at]]
        places[length : length + 1] = [at]
    kept: list[int] = []
    nearest: int | None = places[-1]
    while nearest is not None:
        kept.append(nearest)
        nearest = following[nearest]
    return kept


def _line(git: Git, head: str, known: str = "") -> list[_Dated]:
    """The first parents of `head`, oldest first; those alone that `known` does not come from."""
    asked = (head, f"^{known}") if known else (head,)
    out = git.text("rev-list", "--first-parent", "--parents", "--timestamp", "--reverse", *asked, "--")
    found = []
    for listed in out.splitlines():
        when, commit, *parents = listed.split()
        found.append(_Dated(int(when), commit, parents[0] if parents else ""))
    return found


def _load(repo: Repository) -> _Known | None:
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        found = json.loads((repo.local_dir / "cache" / _NAME).read_bytes())
        if found["version"] == _VERSION and isinstance(found["commit"], str) and isinstance(found["when"], int):
            return _Known(found["commit"], found["when"])
    return None


def _keep(repo: Repository, known: _Known) -> None:
    from registry.git.summary_cache import keep_whole

    keep_whole(repo, _NAME, json.dumps({"version": _VERSION, **known._asdict()}).encode("ascii"))
