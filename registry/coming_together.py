"""Which findings of a push somebody brought in, and which came about only where a merge brought two sides together.

The policy does not stand in the way of sharing (DESIGN.md section 4): two sides that each keep within a frame, and together
exceed it, are innocent. But a merge is no way around the policy: what it decides otherwise than its sides together, a third
value or a change that it drops, is an edit like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from registry.findings import REFERENCES, SCHEMA, Finding
from registry.git.ancestry import is_ancestor, latest_merge, merge_bases
from registry.git.log import changed_refs
from registry.merge import WHOLE_RECORD, merge_record, settled
from registry.policy import judge, weigh
from registry.records.entries import same
from registry.records.kinds import kind_of
from registry.records.paths import get
from registry.records.values import Data, Value
from registry.store import Store

Key: TypeAlias = tuple[str, str, str]
Judged = Callable[[str | None, str], Sequence[Finding]]
"""What is new from one commit (None: from nothing) to another, as one change."""
_PAIR: Final = 2


@dataclass(frozen=True)
class ComingTogether:
    """A push onto the commit `shared` (None: a new branch), judged on a day."""

    store: Store
    shared: str | None
    judged: Judged
    day: date

    def innocent(self, found: Sequence[Finding], new: str) -> list[Finding]:
        """Those of what is `found` in the pushed commit `new` that nobody brought in."""
        asked = [finding for finding in found if finding.clause not in {SCHEMA, REFERENCES}]
        if not asked or latest_merge(self.store.repo, self.shared, new) is None:
            return []
        brought = set(self._brought(self.shared, new, frozenset(finding.ref for finding in asked)))
        return [finding for finding in asked if finding.key not in brought]

    def _brought(self, old: str | None, new: str, refs: frozenset[str]) -> Iterator[Key]:
        """The keys of what somebody brought in on the way from `old` to `new`; asked about are findings in `refs`."""
        merge = latest_merge(self.store.repo, old, new)
        bases = merge_bases(self.store.repo, *merge[1]) if merge and len(merge[1]) == _PAIR else ()
        if merge is None or not bases:  # no merge, or one that is not of two sides of one registry
            yield from _keys(self.judged(old, new))
            return
        commit, sides = merge
        yield from _keys(self.judged(commit, new))
        yield from _keys(self._decided_in(commit, sides, bases))
        base = self.store.committed(bases[0])
        yield from _keys(
            judge(base, self.day, [ref for ref in refs if ref in base])
        )  # stood before, and is brought back
        for side in sides:
            if self.shared is None or not is_ancestor(self.store.repo, side, self.shared):
                yield from self._brought(bases[0], side, refs)
        if old is None:
            yield from self._brought(None, bases[0], refs)

    def _decided_in(self, commit: str, sides: Sequence[str], bases: Sequence[str]) -> Sequence[Finding]:
        """What the merge itself decides: where it says otherwise than its two sides, merged."""
        merged, (one, other) = self.store.committed(commit), map(self.store.committed, sides)
        origins = [self.store.committed(base) for base in bases]
        expected: dict[str, Data | None] = {}
        for ref in self._felt(commit, sides, bases):
            if any(version.fault(ref) for version in (merged, one, other, *origins)):
                continue  # the schema tells of what cannot be read
            as_expected = _together(
                [it.data(ref) for it in origins], one.data(ref), other.data(ref), merged.data(ref), ref
            )
            if not same(as_expected, merged.data(ref)):
                expected[ref] = as_expected
        if not expected:
            return ()
        return weigh(merged.edited(expected), merged, expected, self.day).here

    def _felt(self, commit: str, sides: Sequence[str], bases: Sequence[str]) -> list[str]:
        """The records that a side or the merge has changed."""
        pairs = [*((base, side) for base in bases for side in sides), *((side, commit) for side in sides)]
        return sorted({ref for old, new in pairs for ref in changed_refs(self.store.repo, old, new)})


def _keys(found: Sequence[Finding]) -> Iterator[Key]:
    return (finding.key for finding in found)


def _together(
    bases: Sequence[Data | None], one: Data | None, other: Data | None, now: Data | None, ref: str
) -> Data | None:
    """The two sides merged; where they disagree, as `now` has it, if that is what one of them says."""
    first, *more = bases
    found = merge_record(kind_of(ref), first, one, other, more_bases=more)
    chosen: dict[str, Value] = {}
    for conflict in found.conflicts:
        value: Value = now if conflict.field == WHOLE_RECORD else get(now or {}, conflict.field)
        if same(value, conflict.ours) or same(value, conflict.theirs):
            chosen[conflict.field] = value
    return settled(found, chosen).data if chosen else found.data
