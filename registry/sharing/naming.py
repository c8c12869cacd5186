"""What each side has called the records since they parted, by the `Renamed-From:` of its commits.

Git's own guess, by likeness, is never asked: it was seen giving one town another town's budget.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from registry.git.ancestry import is_ancestor
from registry.git.log import Matching, RawCommit, search, walk
from registry.git.objects import read_paths
from registry.git.repository import Repository
from registry.history import Entry, readable
from registry.records.refs import is_ref, path_of
from registry.renamed import in_common, renamings
from registry.sharing.sides import Sides

_FEW = 200
"""Paths that Git is told to look for; of more it tells all."""
_RENAMED = Matching(greps=("^Renamed-From: ",))


@dataclass(frozen=True, slots=True)
class Names:
    """What the records that were given another name are called: the REF they had when the sides parted → the new one."""

    ours: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)

    @property
    def origins(self) -> list[str]:
        """The records that either side has renamed, by their first names."""
        return sorted({*self.ours, *self.theirs})


def names(repo: Repository, sides: Sides, base: Container[str], ours: Container[str], theirs: Container[str]) -> Names:
    """The records that either side has renamed; `base`, `ours`, `theirs` tell which REFs there are in each."""
    return Names(
        dict(_renamed(repo, _Way(sides.theirs, sides.ours, sides.bases[0]), base, ours)),
        dict(_renamed(repo, _Way(sides.ours, sides.theirs, sides.bases[0]), base, theirs)),
    )


def names_to_come(
    repo: Repository, ours: str, theirs: str, base: Container[str], now: Container[str]
) -> dict[str, str]:
    """REF → the name that it has in `theirs`, which builds on `ours`, of what was renamed on the way.

    `base` and `now` tell which REFs there are in each.
    """
    return dict(_renamed(repo, _Way(ours, theirs, ours), base, now))


def steps_of(repo: Repository, commits: str) -> Iterator[tuple[str, str]]:
    """(old name, new name) of every record that one of the commits, newest first, has given another name."""
    return ((old, new) for _raw, old, new in _renames(repo, commits))


def _renames(repo: Repository, commits: str) -> Iterator[tuple[RawCommit, str, str]]:
    """The same, each with the commit."""
    for raw in search(repo, commits, matching=_RENAMED):
        if raw is not None:
            yield from ((raw, old, new) for old, new in renamings(Entry(repo, raw)))


class _Way(NamedTuple):
    """The commits after `since` up to `until`; `then` is the one in which records have their first names."""

    since: str
    until: str
    then: str


def _renamed(repo: Repository, way: _Way, base: Container[str], now: Container[str]) -> Iterator[tuple[str, str]]:
    """(first name, last name) of the records that were renamed on the way, one or several times.

    Where there is a record of the first name again, or still, the one with more of what it held is the same.
    """
    steps = _steps(repo, way, base)
    followed = {old: _followed(repo, way, old, steps, now) for old in steps if is_ref(old) and old in base}
    taken = Counter(followed.values())
    for old, new in sorted(followed.items()):
        if not new or new in base or taken[new] > 1:
            continue
        if old not in now or _more_like(repo, (way.then, old), (way.until, new), (way.until, old)):
            yield old, new


def _steps(repo: Repository, way: _Way, base: Container[str]) -> dict[str, list[str]]:
    """Name → the names that its record was given on the way, the first first; of a name in `base` only what was that record.

    Another record may have been entered under the same name where the one of `base` was not known or was removed, and
    may have been renamed too: what the record held just before it was renamed tells which of them it was.
    """
    commits = f"{way.since}..{way.until}"
    renames = list(_renames(repo, commits))
    entered = _entered(repo, commits, {old for _raw, old, _new in renames if old in base})
    steps: dict[str, list[str]] = {}
    for raw, old, new in reversed(renames):
        if new not in steps.setdefault(old, []) and (
            old not in entered or _is_the_first(repo, old, raw.parents, way.then, entered[old])
        ):
            steps[old].append(new)
    return steps


def _is_the_first(repo: Repository, ref: str, before: Sequence[str], then: str, entered: Sequence[str]) -> bool:
    """Whether what was called `ref` in the commits `before` is what was so in `then`, rather than what was `entered`.

    It is what more of what was there at first is left of.
    """
    entered = [commit for commit in entered if any(is_ancestor(repo, commit, parent) for parent in before)]
    if not entered:
        return True
    places = [(commit, path_of(ref)) for commit in (then, *entered, *before)]
    first, *rest = (readable(content) or {} for content in read_paths(repo, places))
    others, held = rest[: len(entered)], next(filter(None, rest[len(entered) :]), {})
    return all(in_common(first, held) * len(other) > in_common(other, held) * len(first) for other in others)


def _followed(repo: Repository, way: _Way, old: str, steps: Mapping[str, Sequence[str]], now: Container[str]) -> str:
    """The name that there is now of the record that was called `old`; "" where nothing leads to one.

    Where the ways part, the record that has the most of what it held is the same.
    """
    ends = list(_ends(old, steps, now, {old}))
    if len(ends) < 2:
        return ends[0] if ends else ""
    places = [(way.then, path_of(old)), *((way.until, path_of(end)) for end in ends)]
    before, *after = (readable(content) or {} for content in read_paths(repo, places))
    return max(zip(ends, after, strict=True), key=lambda one: in_common(before, one[1]))[0]


def _more_like(repo: Repository, then: tuple[str, str], one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether a record (commit and REF) has more in common with the one than with the other."""
    before, new, still = (
        readable(content) or {}
        for content in read_paths(repo, [(commit, path_of(ref)) for commit, ref in (then, one, other)])
    )
    return in_common(before, new) > in_common(before, still)


def begun_anew(repo: Repository, sides: Sides, refs: Sequence[str]) -> tuple[set[str], set[str]]:
    """Those of `refs` under whose name we have entered another record after removing the one of that name; and they."""
    return (
        {*_entered(repo, f"{sides.theirs}..{sides.ours}", refs)},
        {*_entered(repo, f"{sides.ours}..{sides.theirs}", refs)},
    )


def _entered(repo: Repository, commits: str, refs: Collection[str]) -> dict[str, list[str]]:
    """Of `refs` those under whose name one of the commits has entered a record, and the commits that have."""
    paths = {path_of(ref): ref for ref in refs}
    found: dict[str, list[str]] = {}
    for raw in walk(repo, commits, tuple(paths) if len(paths) <= _FEW else ()) if paths else ():
        come = [change.path for change in raw.changes or () if change.old is None and change.path in paths]
        if come and len(raw.parents) == 1 and Entry(repo, raw).act in {"new", "import"}:
            for path in come:
                found.setdefault(paths[path], []).append(raw.commit)
    return found


def _ends(name: str, steps: Mapping[str, Sequence[str]], now: Container[str], seen: set[str]) -> Iterator[str]:
    """The first names on the ways from `name` that there are now."""
    for new in steps.get(name, ()):
        if new not in seen:
            seen.add(new)
            if new in now:
                yield new
            else:
                yield from _ends(new, steps, now, seen)
