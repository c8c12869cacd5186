"""Two snapshots side by side: records that came, went or changed, and the sums of money and stages then and now. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from registry.differences import FieldChange, differences
from registry.policy.money import SOURCES, Sums
from registry.policy.whole import whole_of
from registry.records.headings import STAGE_LABELS
from registry.records.types import BARE, Names
from registry.snapshot import Snapshot

AMOUNTS: Final = ("planned", "applied", "granted", "spent")


class Pair(NamedTuple):
    """A figure then and now."""

    then: int
    now: int

    @property
    def differs(self) -> bool:
        """Whether it is another."""
        return self.then != self.now


@dataclass(frozen=True, slots=True)
class Money:
    """Whole kronor of a year and a source, over all projects."""

    year: int
    source: str
    amounts: Mapping[str, Pair]
    """By `AMOUNTS`."""

    @property
    def differs(self) -> bool:
        """Whether any of the sums is another."""
        return any(pair.differs for pair in self.amounts.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: Mapping[str, tuple[FieldChange, ...]] = field(default_factory=dict)
    """REF → its fields, of records that stood then and stand now."""
    money: tuple[Money, ...] = ()
    """Every year and source that there was money of, then or now."""
    stages: Mapping[str, Pair] = field(default_factory=dict)
    """Stage → how many projects, of every stage that there were any of."""

    def as_json(self) -> dict[str, Any]:
        """Plain values for scripts."""
        return {
            "added": list(self.added),
            "removed": list(self.removed),
            "changed": list(self.changed),
            "money": [
                {"year": row.year, "source": row.source, **{key: pair._asdict() for key, pair in row.amounts.items()}}
                for row in self.money
            ],
            "stages": [{"stage": stage, **pair._asdict()} for stage, pair in self.stages.items()],
        }


def compare(before: Snapshot, after: Snapshot, refs: Iterable[str], names: Names = BARE) -> Comparison:
    """What differs between two snapshots, in the records `refs`: all whose files differ, which Git knows at once."""
    wanted = sorted(set(refs))
    before.read_ahead(wanted)
    after.read_ahead(wanted)
    added = [ref for ref in wanted if ref not in before and ref in after]
    removed = [ref for ref in wanted if ref in before and ref not in after]
    stood = [ref for ref in wanted if ref in before and ref in after]
    changed = {ref: tuple(differences(ref, before.data(ref), after.data(ref), names)) for ref in stood}
    return Comparison(
        tuple(added),
        tuple(removed),
        {ref: changes for ref, changes in changed.items() if changes},
        money(before, after),
        stages(before, after),
    )


def money(before: Snapshot, after: Snapshot) -> tuple[Money, ...]:
    """The sums by year and source, years in order, sources as on the screen."""
    then, now = _sums(before), _sums(after)
    order = {source: number for number, source in enumerate(SOURCES)}
    keys = sorted({*then, *now}, key=lambda key: (key[0], order.get(key[1], len(order)), key[1]))
    return tuple(
        Money(year, source, {key: Pair(getattr(old, key), getattr(new, key)) for key in AMOUNTS})
        for year, source in keys
        for old, new in [(then.get((year, source), Sums()), now.get((year, source), Sums()))]
    )


def _sums(snapshot: Snapshot) -> dict[tuple[int, str], Sums]:
    found: dict[tuple[int, str], Sums] = {}
    for _ref, project in whole_of(snapshot).projects.items():
        for line in project.lines:
            found.setdefault((line.year, line.source), Sums()).add(project, line)
    return found


def stages(before: Snapshot, after: Snapshot) -> dict[str, Pair]:
    """How many projects there are of each stage; what is no stage counts by what is written."""
    then, now = _stages(before), _stages(after)
    return {
        stage: Pair(then[stage], now[stage])
        for stage in (*STAGE_LABELS, *sorted({*then, *now} - set(STAGE_LABELS)))
        if then[stage] or now[stage]
    }


def _stages(snapshot: Snapshot) -> Counter[str]:
    return Counter(snapshot.summary(date.today()).stages)
