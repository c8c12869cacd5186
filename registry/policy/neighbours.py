"""Who runs at the same time as whom: the neighbours of projects that have something in common.

A neighbour is the first to start (then the first by REF) of those that overlap and share no department.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Protocol

from registry.policy.digests import Digest


class Digests(Protocol):
    """REF → digest."""

    def __getitem__(self, ref: str, /) -> Digest: ...


def neighbour(ref: str, refs: Iterable[str], projects: Digests) -> str | None:
    """The neighbour of one project among `refs`, by looking at each of them."""
    own = projects[ref]
    start, end, mine = own.start, own.end, set(own.departments)
    found = [
        (their.start, other)
        for other in refs
        if (their := projects[other]).start <= end and start <= their.end and mine.isdisjoint(their.departments)
    ]
    return min(found)[1] if found else None


def neighbours(refs: Iterable[str], projects: Digests) -> dict[str, str]:
    """The neighbour of every one of `refs` that has one, by one sweep through their dates; as `neighbour` has it."""
    order = sorted((projects[ref].start, ref) for ref in refs)
    teams = {ref: frozenset(projects[ref].departments) for _start, ref in order}
    apart = _apart(set(teams.values()))
    if not any(apart.values()):
        return {}
    found: dict[str, str] = {}
    running: dict[frozenset[str], deque[str]] = {}
    for start, ref in order:
        first: str | None = None
        for team in apart[teams[ref]]:
            queue = running.get(team)
            while queue and projects[queue[0]].end < start:
                queue.popleft()  # over, and so for all that start later
            if queue and (first is None or (projects[queue[0]].start, queue[0]) < (projects[first].start, first)):
                first = queue[0]
        if first is not None:
            found[ref] = first
        running.setdefault(teams[ref], deque()).append(ref)
    coming: dict[frozenset[str], str] = {}
    for _start, ref in reversed(order):
        if ref not in found:
            later = [(projects[coming[team]].start, coming[team]) for team in apart[teams[ref]] if team in coming]
            if later and min(later)[0] <= projects[ref].end:
                found[ref] = min(later)[1]
        coming[teams[ref]] = ref
    return found


def _apart(teams: set[frozenset[str]]) -> dict[frozenset[str], list[frozenset[str]]]:
    """Departments that act together → those that act together without any of them."""
    return {team: [other for other in teams if team.isdisjoint(other)] for team in teams}
