"""Who runs at the same time as whom: the neighbours of projects that have something in common.

Neighbours overlap and share no department. Of many the first to start (then the first by REF) are named.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from heapq import nsmallest
from typing import Final, NamedTuple, Protocol

from registry.policy.digests import Digest

NAMED: Final = 5
"""Neighbours of one project that are named."""
_Team = frozenset[str]
"""The departments that run a project together."""
_Start = tuple[date, str]


class Digests(Protocol):
    """REF → digest."""

    def __getitem__(self, ref: str, /) -> Digest: ...


class Neighbours(NamedTuple):
    """Of one project."""

    named: tuple[str, ...]
    """REFs, the first to start first, at most `NAMED`."""
    of: int
    """How many there are in all."""


def neighbours_of(ref: str, refs: Iterable[str], projects: Digests) -> Neighbours | None:
    """The neighbours of one project among `refs`, by looking at each of them; None where it has none."""
    own = projects[ref]
    end, mine = _end(own), set(own.departments)
    found = [
        (their.start, other)
        for other in refs
        if (their := projects[other]).start <= end and own.start <= _end(their) and mine.isdisjoint(their.departments)
    ]
    return Neighbours(tuple(other for _start, other in nsmallest(NAMED, found)), len(found)) if found else None


def neighbours(refs: Iterable[str], projects: Digests) -> dict[str, Neighbours]:
    """The neighbours of every one of `refs` that has any, by sweeps through their dates; as `neighbours_of` has it."""
    order = sorted((projects[ref].start, ref) for ref in refs)
    teams = {ref: frozenset(projects[ref].departments) for _start, ref in order}
    apart = _apart(set(teams.values()))
    if not any(apart.values()):
        return {}
    counts = _counts(order, teams, apart, projects)
    earlier, later = _earlier(order, teams, apart, projects), _later(order, teams, apart, projects)
    found: dict[str, Neighbours] = {}
    for _start, ref in order:
        if count := counts[ref]:
            named = nsmallest(NAMED, {*earlier[ref], *later[ref]})
            found[ref] = Neighbours(tuple(other for _start, other in named), count)
    return found


def _counts(
    order: Iterable[_Start], teams: Mapping[str, _Team], apart: Mapping[_Team, list[_Team]], projects: Digests
) -> dict[str, int]:
    """How many run at the same time: all of a team but those that start after it and those that end before it."""
    starts: dict[_Team, list[date]] = {team: [] for team in apart}
    ends: dict[_Team, list[date]] = {team: [] for team in apart}
    for start, ref in order:
        starts[teams[ref]].append(start)
        ends[teams[ref]].append(_end(projects[ref]))
    for several in ends.values():
        several.sort()
    return {
        ref: sum(
            bisect_right(starts[team], _end(projects[ref])) - bisect_left(ends[team], start)
            for team in apart[teams[ref]]
        )
        for start, ref in order
    }


def _earlier(
    order: Iterable[_Start], teams: Mapping[str, _Team], apart: Mapping[_Team, list[_Team]], projects: Digests
) -> dict[str, list[_Start]]:
    """The first of each other team that are under way when a project starts."""
    running: dict[_Team, list[_Start]] = {team: [] for team in apart}
    found: dict[str, list[_Start]] = {}
    for start, ref in order:
        found[ref] = [one for team in apart[teams[ref]] for one in _under_way(running[team], start, projects)]
        running[teams[ref]].append((start, ref))
    return found


def _under_way(running: list[_Start], on: date, projects: Digests) -> Iterator[_Start]:
    """The first of a team; those that are over are taken off, since they are so for all that start later."""
    at = 0
    while at < min(NAMED, len(running)):
        if _end(projects[running[at][1]]) < on:
            del running[at]
        else:
            yield running[at]
            at += 1


def _later(
    order: list[_Start], teams: Mapping[str, _Team], apart: Mapping[_Team, list[_Team]], projects: Digests
) -> dict[str, list[_Start]]:
    """The first of each other team that start while a project is under way."""
    coming: dict[_Team, list[_Start]] = {team: [] for team in apart}
    found: dict[str, list[_Start]] = {}
    for start, ref in reversed(order):
        end = _end(projects[ref])
        found[ref] = [one for team in apart[teams[ref]] for one in coming[team][-NAMED:] if one[0] <= end]
        coming[teams[ref]].append((start, ref))
    return found


def _end(project: Digest) -> date:
    """Its last day; of one that ends before it starts the day that it starts."""
    return max(project.start, project.end)


def _apart(teams: set[_Team]) -> dict[_Team, list[_Team]]:
    """Departments that act together → those that act together without any of them."""
    return {team: [other for other in teams if team.isdisjoint(other)] for team in teams}
