"""What each side has called the records since they parted, by the `Renamed-From:` of its commits.

Git's own guess, by likeness, is never asked: it was seen giving one town another town's budget.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from registry.git.log import Matching, search, walk
from registry.git.repository import Repository
from registry.history import Entry
from registry.records.refs import is_ref, path_of
from registry.renamed import renamings
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
        dict(_renamed(repo, f"{sides.theirs}..{sides.ours}", base, ours)),
        dict(_renamed(repo, f"{sides.ours}..{sides.theirs}", base, theirs)),
    )


def names_to_come(
    repo: Repository, ours: str, theirs: str, base: Container[str], now: Container[str]
) -> dict[str, str]:
    """REF → the name that it has in `theirs`, which builds on `ours`, of what was renamed on the way.

    `base` and `now` tell which REFs there are in each.
    """
    return dict(_renamed(repo, f"{ours}..{theirs}", base, now))


def _renamed(repo: Repository, commits: str, base: Container[str], now: Container[str]) -> Iterator[tuple[str, str]]:
    """(first name, last name) of the records that the commits renamed, one or several times."""
    steps = dict(
        step for raw in search(repo, commits, matching=_RENAMED) if raw for step in renamings(Entry(repo, raw))
    )
    followed = {old: _last(old, steps, now) for old in steps if is_ref(old) and old in base}
    taken = Counter(followed.values())
    for old, new in sorted(followed.items()):
        if new and new not in base and taken[new] == 1:
            yield old, new


def begun_anew(repo: Repository, sides: Sides, refs: Sequence[str]) -> set[str]:
    """Those of `refs` under whose name either side has entered another record, after it removed the one of that name."""
    if not refs:
        return set()
    paths = {path_of(ref): ref for ref in refs}
    found: set[str] = set()
    for commits in (f"{sides.theirs}..{sides.ours}", f"{sides.ours}..{sides.theirs}"):
        for raw in walk(repo, commits, tuple(paths) if len(paths) <= _FEW else ()):
            come = [change.path for change in raw.changes or () if change.old is None and change.path in paths]
            if come and len(raw.parents) == 1 and Entry(repo, raw).act in {"new", "import"}:
                found.update(paths[path] for path in come)
    return found


def _last(name: str, steps: Mapping[str, str], now: Container[str]) -> str:
    """The first name on the way from `name` that there is now; "" where the way leads to none."""
    seen = {name}
    while (name := steps.get(name, "")) and name not in now:
        if name in seen:
            return ""
        seen.add(name)
    return name
