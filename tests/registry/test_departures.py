"""What changed after a decision and wants another, found for all projects at once by walking back in the history."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registry.closer_look import look_closer
from registry.departures import PORTION, Departures
from registry.policy.since import Moved
from registry.store import Store
from tests.kit import BUN, PLANNED, TRIP, git, save, torsby, with_department

OTHER = "projects/2026/korresa"
DECISION = {"id": "d1", "decision": "BUN 2026-03-10 § 31", "kind": "start"}
AGAIN = {"id": "d2", "decision": "BUN 2026-03-24 § 40", "kind": "change"}
LINE = {"id": "b1", "year": 2026, "source": "participants", "planned": 45_000}
DECIDED: dict[str, Any] = {"stage": "decided", "budget": [LINE], "decisions": [DECISION], "cost": 45_000}
DEARER = Moved("money", "cost", 45_000, 57_000)


def decided(folder: Path) -> Store:
    """Two projects that are decided."""
    store = with_department(torsby(folder))
    save(store, BUN, "Rektor.", officers=[{"person": "p-4tq8ab", "from": date(2026, 1, 1)}])
    for ref in (TRIP, OTHER):
        save(store, ref, act="new", **{**PLANNED, **DECIDED, "title": ref})
    return store


def found(store: Store, portion: int = PORTION) -> dict[str, list[Moved]]:
    walk = Departures(store, store.saved(), portion)
    while walk.go_on():
        pass
    return {ref: list(changes) for ref, changes in walk.found.items()}


def test_what_no_decision_covers_is_found_and_the_card_says_the_same(tmp_path: Path) -> None:
    store = decided(tmp_path / "r")
    assert found(store) == {}
    save(store, TRIP, "Bussen blev dyrare.", cost=57_000)
    assert found(store) == {TRIP: [DEARER]}
    save(store, TRIP, "Färjan är inställd.", end=date(2026, 5, 11))
    both = [Moved("dates", "end", date(2026, 5, 10), date(2026, 5, 11)), DEARER]
    assert found(store) == {TRIP: both}
    assert list(look_closer(store, store.saved(), TRIP, date.today()).moved) == both
    save(store, TRIP, "Nämnden sa ja.", decisions=[DECISION, AGAIN])
    assert found(store) == {}


@pytest.mark.parametrize("portion", [1, 2, 100])
def test_portions_make_no_difference(tmp_path: Path, portion: int) -> None:
    store = decided(tmp_path / "r")
    save(store, TRIP, "Bussen blev dyrare.", cost=57_000)
    save(store, OTHER, "Kören blev större.", participants=40)
    assert found(store, portion) == {TRIP: [DEARER]}


def test_it_is_not_walked_further_back_than_the_projects_take_one(tmp_path: Path) -> None:
    store = decided(tmp_path / "r")
    save(store, TRIP, "Felräknat.", participants=30)
    save(store, OTHER, act="set", title="Körresa")
    save(store, TRIP, "Nämnden sa ja igen.", decisions=[DECISION, {**AGAIN, "decision": "BUN 2999-03-24 § 40"}])
    save(store, OTHER, "Kören ställer in.", stage="cancelled", stage_reason="För få.")
    walk = Departures(store, store.saved(), 1)
    rounds = [walk.go_on() for _round in range(4)]
    assert rounds == [True, True, True, False], "the fourth had not the latest decision yet: no need to look further"


@pytest.mark.parametrize("stage", ["cancelled", "planned"])
def test_what_is_over_or_not_decided_wants_none(tmp_path: Path, stage: str) -> None:
    store = decided(tmp_path / "r")
    save(store, TRIP, "Bussen blev dyrare.", cost=57_000)
    save(store, TRIP, "Tillbaka.", stage=stage, stage_reason="För få vill åka.")
    assert found(store) == {}


def test_a_side_that_was_merged_is_looked_at_as_well(tmp_path: Path) -> None:
    store = with_department(torsby(tmp_path / "r"))
    git(store, "switch", "-qc", "side")
    folder = store.folder
    save(store, BUN, "Rektor.", officers=[{"person": "p-4tq8ab", "from": date(2026, 1, 1)}])
    save(store, TRIP, act="new", **{**PLANNED, **DECIDED})
    save(store, TRIP, "Bussen blev dyrare.", cost=57_000)
    git(folder, "switch", "-q", "main")
    save(store, "twin-towns/skjern", potential="Skolor")
    git(folder, "merge", "-q", "--no-ff", "-m", "Ihop.", "side")
    assert found(Store.open(folder)) == {TRIP: [DEARER]}
