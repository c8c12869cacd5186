"""Money: exact sums over year, source, department and programme, against frames and against what things cost."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.policy.money import FrameUse, Sums, budget, years
from registry.policy.whole import Whole
from registry.records.values import Data
from tests.registry.policy.world import BUN, KULTUR, TRIP, department, project, registry, snapshot, world

CHOIR = "projects/2027/korresa"


def line(source: str, year: int = 2027, **amounts: Any) -> dict[str, Any]:
    made = {"year": year, "source": source, **amounts}
    return {**made, "department": BUN} if source == "department" and "department" not in made else made


def test_applied_granted_and_spent_are_three_different_sums() -> None:
    records = {
        **world(),
        TRIP: project(
            "completed",
            cost=120_000,
            budget=[line("eu", programme="Erasmus+", applied=120_000, granted=80_000, spent=76_400)],
        ),
    }
    year = budget(snapshot(records), 2027)
    assert year.total == year.by_source["eu"] == year.by_programme["Erasmus+"] == Sums(0, 120_000, 80_000, 76_400, 0)
    assert year.projects[0].short == 40_000


def test_a_trip_that_costs_more_keeps_what_was_granted_and_waits_for_the_rest() -> None:
    moved = project(
        "decided",
        cost=57_000,
        budget=[line("department", granted=45_000, decision="BUN 2026-12-08 § 31"), line("department", applied=12_000)],
    )
    year = budget(snapshot({**world(), TRIP: moved}), 2027)
    assert (year.total.granted, year.total.undecided) == (45_000, 12_000)
    assert year.projects[0].short == 12_000
    refused = project("decided", cost=57_000, budget=[line("department", applied=12_000, granted=0, note="Avslag.")])
    assert budget(snapshot({**world(), TRIP: refused}), 2027).total.undecided == 0


def test_frames_decided_and_proposed_and_what_is_left_of_them() -> None:
    frames = [
        {"year": 2027, "amount": 100_000, "state": "decided", "decision": "KF 2026-11-24 § 101"},
        {"year": 2027, "amount": 20_000, "state": "decided", "decision": "KF 2027-02-22 § 12"},
        {"year": 2027, "amount": 50_000, "state": "proposed"},
        {"year": 2028, "amount": 90_000, "state": "proposed"},
    ]
    records = {
        **world(registry=registry(central_funds=frames)),
        TRIP: project("decided", budget=[line("central", granted=70_000), line("department", planned=30_000)]),
        CHOIR: project("cancelled", budget=[line("central", granted=60_000, spent=5_000)]),
    }
    year = budget(snapshot(records), 2027)
    assert year.central == FrameUse(120_000, 50_000, 75_000)
    assert year.central.left == 45_000
    assert year.departments[BUN] == FrameUse(200_000, None, 30_000)
    assert budget(snapshot(records), 2028).central == FrameUse(None, 90_000, 0)
    assert budget(snapshot(records), 2028).central.left is None
    assert years(snapshot(records)) == [2027, 2028]


def test_a_line_counts_for_the_department_it_names_else_for_the_one_that_carries_the_project() -> None:
    records = {
        **world(),
        KULTUR: department("KUN"),
        TRIP: project(budget=[line("department", granted=1, department=KULTUR), line("eu", granted=2)]),
    }
    year = budget(snapshot(records), 2027)
    assert {ref: sums.granted for ref, sums in year.by_department.items()} == {BUN: 2, KULTUR: 1}


def test_sums_are_exact_at_any_size_and_order_of_sources_is_the_screens() -> None:
    huge = [line("participants", planned=10**12 - 1), line("eu", granted=10**12 - 1), line("central", spent=1)]
    year = budget(snapshot({**world(), TRIP: project(budget=huge), CHOIR: project(budget=huge)}), 2027)
    assert year.total.granted == 2 * (10**12 - 1)
    assert list(year.by_source) == ["central", "eu", "participants"]


def test_as_json_has_plain_values_and_what_is_left() -> None:
    told = budget(snapshot({**world(), TRIP: project()}), 2027).as_json()
    assert told["central"] == {"decided": 100_000, "proposed": None, "taken": 0, "left": 100_000}
    assert told["projects"][0]["short"] == 0
    assert told["by_source"]["department"]["granted"] == 45_000


def test_an_empty_year_is_nothing_and_no_error() -> None:
    year = budget(snapshot({}), 1999)
    assert year.total == Sums()
    assert year.projects == ()


PROJECTS = st.builds(
    project,
    st.sampled_from(["idea", "planned", "decided", "completed", "cancelled"]),
    budget=st.lists(
        st.builds(
            line,
            st.sampled_from(["department", "central", "eu"]),
            st.sampled_from([2026, 2027]),
            granted=st.integers(0, 9),
            planned=st.integers(0, 9),
            programme=st.sampled_from(["", "CERV", "Erasmus+"]),
        ),
        max_size=3,
    ),
    twin_towns=st.lists(st.sampled_from(["twin-towns/skjern", "twin-towns/bomlo"]), max_size=2, unique=True),
    department=st.sampled_from([BUN, KULTUR]),
)
EDITS = st.dictionaries(st.sampled_from([f"projects/2027/p{n}" for n in range(5)]), st.none() | PROJECTS, max_size=5)


@settings(deadline=None, max_examples=200)
@given(EDITS, EDITS)
def test_totals_kept_through_changes_are_those_counted_anew(
    first: dict[str, Data | None], edits: dict[str, Data | None]
) -> None:
    kept = Whole.of((ref, data) for ref, data in first.items() if data is not None)
    told = (dict(kept.taken), dict(kept.live), dict(kept.together))
    changed = kept.changed(edits)
    anew = Whole.of((ref, data) for ref, data in {**first, **edits}.items() if data is not None)
    for made in (changed, anew):
        made.live, made.together = ({k: v for k, v in found.items() if v} for found in (made.live, made.together))
        made.taken = {key: amount for key, amount in made.taken.items() if amount}
    assert (changed.taken, changed.live, changed.together) == (anew.taken, anew.live, anew.together)
    assert dict(changed.projects.items()) == dict(anew.projects.items())
    if changed is not kept:
        assert (dict(kept.taken), dict(kept.live), dict(kept.together)) == told
    for knot in changed.together:
        swept = changed.neighbours(knot)
        assert swept == {ref: other for ref in changed.together[knot] if (other := changed.neighbours_of(knot, ref))}
