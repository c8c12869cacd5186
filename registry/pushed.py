"""What is wrong with what a push brings in, for a server's hook: the commits between two, judged as one change.

What stands in the way of a save stands in the way here: violations, broken references, and exceptions, unless a commit
that touched the record says by its trailers that it knew. Both sides are judged on the day of the newer one, and so
nothing is brought in by the mere passing of time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from registry.checks import check
from registry.findings import REFERENCES, SCHEMA, Finding, introduced, worst_first
from registry.policy import is_past, judge, weigh
from registry.records.refs import folder_of, ref_of
from registry.snapshot import Snapshot

if TYPE_CHECKING:
    from registry.history import Entry
    from registry.store import Store


@dataclass(frozen=True)
class Told:
    """What one commit did, and the departures from the policy that it owns up to."""

    refs: frozenset[str]
    overrides: frozenset[str] = frozenset()
    breaches: frozenset[str] = frozenset()
    renamed: tuple[str, str] | None = None
    """The old and the new REF of a record that was given another name."""

    @classmethod
    def by(cls, entry: Entry) -> Told:
        """What an entry of the history tells."""
        said = entry.message
        return cls(
            frozenset(entry.refs),
            frozenset(said.all("Policy-Override")),
            frozenset(said.all("Policy-Breach")),
            _renamed(said.one("Renamed-From"), entry.raw.changed),
        )


def _renamed(old: str, changed: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """A rename, where it is plain which record it is: the only new one of its kind."""
    added = [ref for status, path in changed if status == "A" and (ref := ref_of(path))]
    new = [ref for ref in added if old and folder_of(ref) == folder_of(old)]
    return (old, new[0]) if len(new) == 1 else None


@dataclass(frozen=True)
class Push:
    """Several commits, oldest first."""

    commits: Sequence[Told]

    @cached_property
    def names(self) -> Mapping[str, Sequence[str]]:
        """REF → every name that the record had meanwhile, the oldest first; of renamed records alone."""
        found: dict[str, list[str]] = {}
        for commit in self.commits:
            if commit.renamed:
                old, new = commit.renamed
                found[new] = [*found.pop(old, [old]), new]
        return found

    def covers(self, finding: Finding, *, past: bool) -> bool:
        """Whether a commit that touched the record, or feeds the total, owns up to the finding.

        A breach may be recorded only of what is `past`: a trailer written by hand opens no gate.
        """
        names = {*self.names.get(finding.ref, ()), finding.ref}
        if finding.clause in {SCHEMA, REFERENCES} or (finding.severity == "violation" and not past):
            return False
        return any(
            finding.clause in (commit.breaches if finding.severity == "violation" else commit.overrides)
            and (finding.measure is not None or not names.isdisjoint(commit.refs))
            for commit in self.commits
        )


def uncovered(
    before: Snapshot | None, after: Snapshot, refs: Iterable[str], commits: Sequence[Told], day: date
) -> list[Finding]:
    """The violations and exceptions that are new in `after`, and that no commit owns up to, worst first.

    `refs` are the records in which the two differ, `commits` what lies between them, oldest first. Without a `before`
    everything is new; no step is taken then, and so the gates that judge a step are not asked.
    """
    push = Push(commits)
    if before is None:
        found = [*check(after), *judge(after, day)]
    else:
        found = introduced(check(before), check(after))  # first, since it reads all records at once
        renamed = {new: names[0] for new, names in push.names.items() if new in after and names[0] in before}
        found += weigh(before, after, refs, day, renamed=renamed).here
    grave = [finding for finding in found if finding.severity in {"violation", "exception"}]
    return worst_first(f for f in grave if not push.covers(f, past=is_past(f, after, day)))


def brought_in(store: Store, old: str, new: str) -> list[Finding]:
    """What a push that moves a branch from `old` to `new` would bring in; all zeros, as Git says it, stand for nothing.

    Raises `NotFound` for a commit that is not there.
    """
    from registry.git.log import changed_paths
    from registry.history import history

    if _nothing(new):
        return []
    tip = store.repo.resolve(new)
    day = min(store.day_of(tip), date.today())  # a clock that is ahead makes nothing past
    if _nothing(old):
        commits = [Told.by(entry) for entry in history(store.repo, rev=tip)]
        return uncovered(None, store.committed(tip), (), commits[::-1], day)
    base = store.repo.resolve(old)
    commits = [Told.by(entry) for entry in history(store.repo, rev=f"{base}..{tip}")]
    refs = [ref for _status, path in changed_paths(store.repo, base, tip) if (ref := ref_of(path))]
    return uncovered(store.committed(base), store.committed(tip), refs, commits[::-1], day)


def _nothing(rev: str) -> bool:
    """Whether Git means that there is no commit: the branch is new, or is removed."""
    return len(rev) in {40, 64} and not rev.strip("0")
