"""What is wrong with what a push brings in, for a server's hook: the commits between two, judged as one change.

What stands in the way of a save stands in the way here: violations, broken references, and exceptions, unless a commit
that touched the record says by its trailers that it knew. Both sides are judged on the day of the newer one, and so
nothing is brought in by the mere passing of time. What nobody brought in, but a merge of two innocent sides, is told and
stands in no way (`registry.coming_together`). Of personal data each commit is asked (`registry.slipped_in`).

A branch that is new at a server goes on from the nearest that another branch there has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from registry.change import is_its_own_reason
from registry.checks import check
from registry.coming_together import ComingTogether
from registry.findings import REFERENCES, SCHEMA, Finding, introduced, worst_first
from registry.git.ancestry import nearest_on_a_branch
from registry.git.log import changed_refs
from registry.history import Entry, history
from registry.policy import is_past, judge, weigh
from registry.records.refs import folder_of, ref_of
from registry.sharing.naming import steps_of
from registry.slipped_in import slipped_in

if TYPE_CHECKING:
    from registry.store import Store


@dataclass(frozen=True)
class Told:
    """What one commit did, and the departures from the policy that it owns up to."""

    refs: frozenset[str]
    overrides: frozenset[str] = frozenset()
    breaches: frozenset[str] = frozenset()
    renamed: tuple[str, str] | None = None
    """The old and the new REF of a record that was given another name."""
    act: str = ""
    """`Change:`, "" where it was made without Vänort."""

    @classmethod
    def by(cls, entry: Entry) -> Told:
        """What an entry of the history tells."""
        said = entry.message
        return cls(
            frozenset(entry.refs),
            frozenset(said.all("Policy-Override")),
            frozenset(said.all("Policy-Breach")),
            _renamed(said.one("Renamed-From"), entry.raw.changed),
            entry.act,
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
    beside: Sequence[tuple[str, str]] = ()
    """The renames, oldest first, that those who pushed met where they pushed to: their changes were carried along."""

    @cached_property
    def names(self) -> Mapping[str, Sequence[str]]:
        """REF → every name that the record had meanwhile, the oldest first; of renamed records alone."""
        found: dict[str, list[str]] = {}
        for old, new in (*filter(None, (commit.renamed for commit in self.commits)), *self.beside):
            found[new] = [*found.pop(old, [old]), new]
        return found

    def covers(self, finding: Finding, *, past: bool) -> bool:
        """Whether a commit that touched the record, or feeds the total, owns up to the finding.

        A breach may be recorded only of what is `past`: a trailer written by hand opens no gate.
        """
        names = {*self.names.get(finding.ref, ()), finding.ref}
        if any(is_its_own_reason(commit.act, finding) and not names.isdisjoint(commit.refs) for commit in self.commits):
            return True
        if finding.clause in {SCHEMA, REFERENCES} or (finding.severity == "violation" and not past):
            return False
        return any(
            finding.clause in (commit.breaches if finding.severity == "violation" else commit.overrides)
            and (finding.measure is not None or not names.isdisjoint(commit.refs))
            for commit in self.commits
        )


@dataclass(frozen=True)
class Brought:
    """What a push brings in, each worst first."""

    refused: tuple[Finding, ...] = ()
    """Violations and exceptions that no commit owns up to."""
    together: tuple[Finding, ...] = ()
    """Those that a merge alone brought about, of two sides that each are without: told, and not in the way."""


def brought_in(store: Store, old: str, new: str) -> Brought:
    """What a push that moves a branch from `old` to `new` would bring in; all zeros, as Git says it, stand for nothing.

    Raises `NotFound` for a commit that is not there.
    """
    if _nothing(new):
        return Brought()
    tip = store.repo.resolve(new)
    base = (
        store.repo.resolve(old)
        if not _nothing(old)
        else nearest_on_a_branch(store.repo, tip)
        if store.repo.bare
        else None
    )
    day = min(store.day_of(tip), date.today())  # a clock that is ahead makes nothing past
    push, after = _push(store, base, tip), store.committed(tip)
    found = [
        finding
        for finding in _new(store, push, base, tip, day)
        if finding.severity in {"violation", "exception"}
        and not push.covers(finding, past=is_past(finding, after, day))
    ]

    def judged(earlier: str | None, later: str) -> list[Finding]:
        return _new(store, _push(store, earlier, later), earlier, later, day)

    together = ComingTogether(store, base, judged, day).innocent(found, tip)
    known = {(finding.clause, finding.ref) for finding in found}
    slipped = [finding for finding in slipped_in(store, base, tip, day) if (finding.clause, finding.ref) not in known]
    refused = [*(finding for finding in found if finding not in together), *slipped]
    return Brought(tuple(worst_first(refused)), tuple(worst_first(together)))


def _push(store: Store, old: str | None, new: str) -> Push:
    entries = list(history(store.repo, rev=new if old is None else f"{old}..{new}"))
    return Push([Told.by(entry) for entry in entries][::-1], _met(store, entries, old) if old is not None else ())


def _met(store: Store, entries: Sequence[Entry], old: str) -> list[tuple[str, str]]:
    """The renames that lead to `old` and that the merges among the entries brought together with what is pushed."""
    pushed = {entry.commit for entry in entries}
    sides = [
        entry.raw.parents for entry in entries if not pushed.issuperset(entry.raw.parents) and entry.raw.parents[1:]
    ]
    own = {parent for parents in sides for parent in parents if parent in pushed}
    return [step for parent in sorted(own) for step in list(steps_of(store.repo, f"{parent}..{old}"))[::-1]]


def _new(store: Store, push: Push, old: str | None, new: str, day: date) -> list[Finding]:
    """What is new from one commit to another, as one change. From nothing everything is new; no step is taken then, and
    so the gates that judge a step are not asked.
    """
    after = store.committed(new)
    if old is None:
        return [*check(after), *judge(after, day)]
    if old == new:
        return []
    before = store.committed(old)
    refs = changed_refs(store.repo, old, new)
    found = introduced(check(before), check(after))  # first, since it reads all records at once
    renamed = {new: names[0] for new, names in push.names.items() if new in after and names[0] in before}
    return [*found, *weigh(before, after, refs, day, renamed=renamed).here]


def _nothing(rev: str) -> bool:
    """Whether Git means that there is no commit: the branch is new, or is removed."""
    return len(rev) in {40, 64} and not rev.strip("0")
