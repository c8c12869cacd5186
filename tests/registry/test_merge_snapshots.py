"""Two whole registries become one: record by record, and nothing that nobody touched is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from registry.merge import Conflict, merge_snapshots, settled

BUN, SKJERN, RESA = "departments/bun", "twin-towns/skjern", "projects/2026/resa"
BASE: dict[str, Any] = {
    BUN: {"name": "Barn- och utbildningsförvaltningen"},
    SKJERN: {"name": "Skjern", "country": "DK"},
    RESA: {"title": "Resa", "stage": "planned"},
}


def test_two_registries_become_one() -> None:
    ours = {**BASE, RESA: {**BASE[RESA], "cost": 5}, "twin-towns/paskon": {"name": "Påskön", "country": "CL"}}
    theirs = {BUN: BASE[BUN], RESA: {**BASE[RESA], "youth": True}}
    result = merge_snapshots(BASE, ours, theirs)
    assert result.records == {
        RESA: {"title": "Resa", "stage": "planned", "cost": 5, "youth": True},
        "twin-towns/paskon": {"name": "Påskön", "country": "CL"},
        SKJERN: None,
    }
    assert list(result.merged) == sorted(result.merged)
    assert result.conflicts == ()
    assert result.applied(ours) == {BUN: BASE[BUN]} | {ref: data for ref, data in result.records.items() if data}


def test_conflicts_name_their_record_and_are_settled_there() -> None:
    ours, theirs = ({**BASE, RESA: {"title": "Resa", "stage": stage}} for stage in ("decided", "cancelled"))
    del ours[SKJERN]
    theirs[SKJERN] = {"name": "Skjern", "country": "DK", "successor": "Ringkøbing-Skjern"}
    result = merge_snapshots(BASE, ours, theirs)
    assert result.conflicts == (
        Conflict("stage", "planned", "decided", "cancelled", RESA),
        Conflict("", BASE[SKJERN], None, theirs[SKJERN], SKJERN),
    )
    assert settled(result.merged[RESA], {"stage": "cancelled"}).data == theirs[RESA]


def test_a_record_renamed_here_and_edited_there_is_for_a_person() -> None:
    ours = {ref: data for ref, data in BASE.items() if ref != SKJERN} | {"twin-towns/ringkobing-skjern": BASE[SKJERN]}
    theirs = {**BASE, SKJERN: {**BASE[SKJERN], "agreement_year": 1950}}
    result = merge_snapshots(BASE, ours, theirs)
    assert [(conflict.ref, conflict.field) for conflict in result.conflicts] == [(SKJERN, "")]


class Untouchable(dict[str, Any]):
    """A record that must not be looked into."""

    def _looked_at(self, *_: object) -> Any:
        raise AssertionError("looked at")

    __getitem__ = get = items = keys = values = __iter__ = __len__ = __contains__ = __eq__ = _looked_at  # type: ignore[assignment]


def test_a_record_that_is_the_same_object_everywhere_is_not_looked_into() -> None:
    base = {SKJERN: Untouchable(), RESA: BASE[RESA]}
    assert merge_snapshots(base, dict(base), {**base, RESA: {"title": "Resor"}}).records == {RESA: {"title": "Resor"}}


class Lazy(Mapping[str, Any]):
    """Records that are read from disk when they are asked for."""

    def __init__(self, records: Mapping[str, Any], allowed: set[str]) -> None:
        self._records, self._allowed = records, allowed

    def __getitem__(self, ref: str) -> Any:
        assert ref in self._allowed
        return self._records[ref]

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("listed")

    def __len__(self) -> int:
        raise AssertionError("counted")


def test_where_it_is_known_what_differs_nothing_else_is_read() -> None:
    versions = (Lazy(version, {RESA}) for version in (BASE, BASE, {**BASE, RESA: {"title": "Resor"}}))
    assert merge_snapshots(*versions, refs=[RESA]).records == {RESA: {"title": "Resor"}}


def test_a_crossed_history_asks_only_about_what_its_bases_disagree_about() -> None:
    first = {RESA: {"title": "Resa", "stage": "idea", "cost": 1}}
    second = {RESA: {"title": "Resa", "stage": "planned", "cost": 1}, SKJERN: BASE[SKJERN]}
    ours = {RESA: {"title": "Resa", "stage": "idea", "cost": 2}, SKJERN: BASE[SKJERN]}
    theirs = {RESA: {"title": "Resor", "stage": "planned", "cost": 1}, SKJERN: BASE[SKJERN]}
    result = merge_snapshots(first, ours, theirs, more_bases=[second])
    assert result.conflicts == (Conflict("stage", "idea", "idea", "planned", RESA),)
    assert result.records[RESA] == {"title": "Resor", "stage": "idea", "cost": 2}
    assert result.applied(ours)[SKJERN] == BASE[SKJERN]


@pytest.mark.parametrize("count", [2_000])
def test_a_thousand_records_changed_on_each_side_merge_without_a_false_conflict(count: int) -> None:
    base = {
        f"projects/2026/p{n}": {"title": f"P{n}", "goals": ["a"], "budget": [{"id": "b1", "year": 2026}]}
        for n in range(count)
    }
    ours = base | {ref: {**base[ref], "goals": ["a", "b"], "cost": 5} for ref in list(base)[: count // 2]}
    theirs = base | {
        ref: {**base[ref], "goals": ["a", "c"], "budget": [{"id": "b1", "year": 2026, "spent": 1}]}
        for ref in list(base)[count // 4 :]
    }
    result = merge_snapshots(base, ours, theirs)
    assert result.conflicts == ()
    both = f"projects/2026/p{count // 3}"
    assert result.records[both] == {
        **base[both],
        "goals": ["a", "b", "c"],
        "cost": 5,
        "budget": [{"id": "b1", "year": 2026, "spent": 1}],
    }
