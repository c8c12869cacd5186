"""The way of a project, and each gate as a checklist: once the wrong way and once the right way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.findings import Finding
from registry.policy import weigh
from registry.policy.stages import ORDER, STOPS, Point, gate, is_open, is_step_back, next_step, steps_from
from registry.policy.subjects import LEVELS
from registry.records.project_kind import STAGES
from registry.snapshot import Record
from tests.registry.policy.world import (
    BUN,
    DAY,
    DINNER,
    TRIP,
    clause,
    department,
    outside,
    project,
    snapshot,
    torsby_policy,
    world,
)


def asked(data: dict[str, Any], stage: str, **more: Any) -> list[Point]:
    """The checklist of a step, for one project in a registry in good order."""
    return gate(snapshot({**world(**more), TRIP: data}), Record(TRIP, data), stage, DAY)


def open_points(data: dict[str, Any], stage: str, **more: Any) -> list[tuple[str, str]]:
    return [(point.clause, point.field) for point in asked(data, stage, **more) if not point.met]


def test_the_stages_are_those_of_the_record_and_follow_one_another() -> None:
    assert {choice.value for choice in STAGES} == set(LEVELS) == {*ORDER, *STOPS}
    way = ["idea"]
    while (step := next_step(way[-1])) is not None:
        way.append(step)
    assert tuple(way) == ORDER
    assert next_step("") == "planned"
    assert next_step("declined") is next_step("cancelled") is next_step("x") is None


def test_from_a_stage_lead_the_next_one_the_stops_and_the_way_back() -> None:
    assert steps_from("decided") == ("ongoing", "declined", "cancelled", "planned", "idea")
    assert steps_from("completed") == ("evaluated", "ongoing", "decided", "planned", "idea")
    assert steps_from("cancelled") == ORDER
    assert is_step_back("decided", "planned")
    assert not is_step_back("planned", "decided")
    assert not is_step_back("decided", "cancelled")
    assert not is_step_back("cancelled", "planned")


IDEA: dict[str, Any] = {"title": "Ungdomsutbyte med Skjern", "registered": date(2026, 9, 1)}
STEPS: list[tuple[str, list[tuple[str, str]], dict[str, Any]]] = [
    (
        "planned",
        [
            ("planned", "purpose"),
            ("planned", "start"),
            ("planned", "end"),
            ("planned", "department"),
            ("planned", "responsible"),
        ],
        {
            key: project("planned")[key]
            for key in (
                "purpose",
                "start",
                "end",
                "department",
                "responsible",
                "cost",
                "expected_value",
                "continuation",
                "goals",
                "target_groups",
            )
        },
    ),
    (
        "decided",
        [("budgeted", "budget"), ("political-responsibility", "decisions")],
        {key: project("decided")[key] for key in ("budget", "decisions")},
    ),
    (
        "ongoing",
        [("external-commitments", "no_commitments")],
        {"commitments": outside()["commitments"]},
    ),
    ("completed", [("documented", "documents")], {"documents": project("completed")["documents"]}),
    (
        "evaluated",
        [
            ("evaluated", "evaluation.date"),
            ("evaluated", "evaluation.results"),
            ("evaluated", "evaluation.value_achieved"),
            ("added-value", "evaluation.value_achieved"),
        ],
        {"evaluation": {**project("evaluated")["evaluation"], "date": date(2027, 9, 30)}},
    ),
]


def test_one_project_goes_from_idea_to_evaluated_and_every_gate_refuses_first_and_then_lets_it_through() -> None:
    day = date(2027, 4, 1)
    data: dict[str, Any] = {**IDEA, "external_organiser": "Torsby IF"}
    for stage, lacking, filled_in in STEPS:
        if stage == "planned":
            del data["external_organiser"]
        snap = snapshot({**world(), TRIP: data})
        points = gate(snap, Record(TRIP, data), stage, day)
        assert [(point.clause, point.field) for point in points if not point.met] == lacking
        assert not is_open(points)
        wrong = {**data, "stage": stage}
        refused = weigh(snap, snap.edited({TRIP: wrong}), [TRIP], day).here
        assert [(one.clause, one.field) for one in _violations(refused)] == sorted(lacking, key=_by_field)
        data = {**data, **filled_in}
        snap = snapshot({**world(), TRIP: data})
        points = gate(snap, Record(TRIP, data), stage, day)
        assert is_open(points)
        right = {**data, "stage": stage}
        assert _violations(weigh(snap, snap.edited({TRIP: right}), [TRIP], day).here) == []
        data = right
        if stage == "planned":
            data["external_organiser"] = "Torsby IF"
        if stage == "ongoing":
            day = date(2027, 10, 1)
    assert next_step(data["stage"]) is None


def _violations(findings: tuple[Finding, ...]) -> list[Finding]:
    return sorted(
        (one for one in findings if one.severity == "violation"), key=lambda one: _by_field((one.clause, one.field))
    )


def _by_field(point: tuple[str, str]) -> tuple[str, str]:
    return point[1], point[0]


def test_met_points_say_what_is_there_and_open_ones_what_is_not() -> None:
    points = asked(project("planned", decisions=None), "decided")
    assert points == [
        Point("budgeted", "budget", True, "budget"),
        Point("political-responsibility", "decisions", False, "saknar beslut"),
        Point("exchange-officer", "department", True, "förvaltning"),
    ]


def test_what_an_earlier_gate_still_lacks_is_asked_for_first() -> None:
    assert open_points(project("idea", purpose=None, budget=None), "decided") == [
        ("planned", "purpose"),
        ("budgeted", "budget"),
        ("political-responsibility", "decisions"),
    ]


def test_an_officer_is_asked_for_before_the_step_and_not_after_it() -> None:
    vacant = {BUN.replace("/", "__"): department(officers=None)}
    assert open_points(project("planned", decisions=[{"decision": "BUN 2027-03-30 § 1"}]), "decided", **vacant) == [
        ("exchange-officer", "department")
    ]
    assert open_points(project("decided"), "ongoing", **vacant) == []


@pytest.mark.parametrize("stage", ["declined", "cancelled", "planned"])
def test_stopping_and_stepping_back_ask_for_a_reason_and_nothing_else(stage: str) -> None:
    assert open_points(project("decided", purpose=None), stage) == [("documented", "stage_reason")]
    assert is_open(asked(project("decided", stage_reason="Återremiss från nämnden."), stage))


def test_each_commitment_is_a_point_until_all_are_settled() -> None:
    bare = outside("decided", commitments=[{"id": "k1", "kind": "represent", "party": "Torsby IF"}])
    points = gate(snapshot({**world(), DINNER: bare}), Record(DINNER, bare), "ongoing", DAY)
    assert [point.field for point in points] == ["commitments[k1].treated", "commitments[k1].secured_on"]
    settled = outside("decided")
    points = gate(snapshot({**world(), DINNER: settled}), Record(DINNER, settled), "ongoing", DAY)
    assert points == [Point("external-commitments", "commitments", True, "åtaganden")]
    assert asked(project("decided"), "ongoing") == []


def test_a_clause_that_is_switched_off_asks_for_nothing() -> None:
    off = clause(torsby_policy(), "documented", on=False, decision="KF 2027-01-25 § 7")
    assert asked(project("ongoing"), "completed", policy=off) == []
