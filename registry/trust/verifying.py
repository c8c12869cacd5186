"""Going through a history, a portion at a time, and what came of it (`vanort verify`, docs/en/trust.md).

Every commit is judged by itself: by its own content, its parents', and the file of who may sign as it stood before it
(`judging`, which is imported when there is something to judge). Verdicts are kept by commit, so that another run looks
only at what is new; one that is cut off keeps what it has done.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Final, NamedTuple

from registry.git.as_stored import Copy, as_stored, copy_of
from registry.git.marks import contains
from registry.git.repository import Repository
from registry.git.stored_commits import all_commits
from registry.git.verdict_cache import VerdictCache, Whole
from registry.trust.facts import Verdict, is_final

PORTION: Final = 500
"""Commits that are looked at together: few processes for many commits, and an answer to Ctrl+C in good time."""

_KEPT_EACH: Final = 20
"""Portions after which what was done is written down, whatever may come."""


class Progress(NamedTuple):
    """How far it has come."""

    done: int
    total: int


class Verified(NamedTuple):
    """What came of it: counts of all commits, and those that there is anything to tell of, newest first."""

    tip: str | None
    commits: int
    signed: int
    required: int
    looked_at: int
    """Commits that were judged now, and not known from before."""
    told: tuple[tuple[str, Verdict], ...]
    copy: Copy


class Verification:
    """One run over the history that `tip` builds on; None for a registry without a commit."""

    def __init__(self, repo: Repository, tip: str | None, *, portion: int = PORTION) -> None:
        self._own, self._repo = repo, as_stored(repo)
        self._tip, self._size = tip, portion
        self._cache = VerdictCache(repo, len(tip or "") // 2)
        self._now: dict[str, Verdict] = {}
        self._whole: Whole | None = None
        self._new: list[str] = []

    def steps(self) -> Generator[Progress, None, None]:
        """Do it, a portion at a time. Whoever stops asking has what was done kept."""
        if self._tip is None:
            return
        self._begin(self._tip)
        todo = [commit for commit in reversed(self._new) if self._cache.get(commit) is None]
        if not todo:
            return
        from registry.trust.judging import Judge

        judge = Judge(self._repo)
        try:
            for number, start in enumerate(range(0, len(todo), self._size), 1):
                yield Progress(start, len(todo))
                for commit, verdict in judge.judge(todo[start : start + self._size]).items():
                    self._now[commit] = verdict
                    if is_final(verdict.facts):
                        self._cache.add(commit, verdict)
                if number % _KEPT_EACH == 0:
                    self._cache.keep()
        finally:
            self._cache.keep()

    def _begin(self, tip: str) -> None:
        """Find what is to be looked at: what the history that was gone through last does not have."""
        whole = self._cache.whole
        if whole is not None and (whole.tip == tip or contains(self._repo, tip, whole.tip)):
            self._whole = whole
            self._new = [] if whole.tip == tip else all_commits(self._repo, tip, [whole.tip])
        else:
            self._new = all_commits(self._repo, tip)

    def result(self) -> Verified:
        """What came of it, once `steps` has ended."""
        copy = copy_of(self._own)
        if self._tip is None:
            return Verified(None, 0, 0, 0, 0, (), copy)
        before = self._whole or Whole(self._tip, 0, 0, 0, [])
        verdicts = [(commit, self._now.get(commit) or self._cache.get(commit) or Verdict()) for commit in self._new]
        told = [(commit, verdict) for commit, verdict in verdicts if not verdict.plain]
        whole = Whole(
            self._tip,
            before.commits + len(verdicts),
            before.signed + sum(verdict.signed for _commit, verdict in verdicts),
            before.required + sum(verdict.required for _commit, verdict in verdicts),
            [*(commit for commit, _verdict in told), *before.told],
        )
        if all(is_final(verdict.facts) for _commit, verdict in told):
            self._cache.keep(whole)
        earlier = [(commit, self._cache.get(commit) or Verdict()) for commit in before.told]
        return Verified(*whole[:4], len(self._now), (*told, *earlier), copy)


def verify(repo: Repository, tip: str | None, told: Callable[[Progress], None] | None = None) -> Verified:
    """Go through it all at once; `told` is called as it comes along."""
    run = Verification(repo, tip)
    for progress in run.steps():
        if told is not None:
            told(progress)
    return run.result()
