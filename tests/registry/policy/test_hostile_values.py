"""Whatever a file can hold, a rule finds something or nothing, and never fails."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.checks import check
from registry.policy import is_past, judge, weigh
from registry.policy.attention import (
    applied_not_granted,
    deadlines,
    decisions_expected,
    jubilees,
    one_line_a_record,
    to_answer,
)
from registry.policy.committee import committee
from registry.policy.money import budget, years
from registry.policy.priorities import Priorities, towns_in_order
from registry.policy.stages import ORDER, STOPS, gate
from registry.records.kinds import kind_of
from registry.snapshot import Snapshot
from tests.registry.policy.world import (
    BUN,
    DAY,
    DINNER,
    SKJERN,
    TRIP,
    MemorySource,
    department,
    outside,
    project,
    registry,
    told,
    torsby_policy,
    town,
    world,
)

WHOLE: dict[str, dict[str, Any]] = {**world(), TRIP: project("evaluated"), DINNER: outside("ongoing")}
DAYS = st.sampled_from([date.min, date(1900, 1, 1), date(2024, 2, 29), DAY, date.max])
ODD = st.one_of(
    st.sampled_from(
        [
            "",
            "x",
            "…",
            "KS 2027-02-02 § 12",
            "KF 1987",
            "dnr 7",
            BUN,
            SKJERN,
            TRIP,
            "policy",
            "registry",
            "departments/",
            "../x",
        ]
    ),
    st.sampled_from([0, -1, 10**15, 9999, 2027, True, False, 1.5, float("nan"), float("inf")]),
    DAYS,
    st.sampled_from([datetime(2027, 4, 1, 8, 30), time(8, 30), [], {}, [[]], [{}], [1, "x", None]]),
    st.text(max_size=8),
)
VALUES = st.recursive(
    ODD,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "year", "a b"]), inner, max_size=3)
    ),
)


@st.composite
def bent(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """A registry in good order in which a few values, at any depth, are something else altogether."""
    records = {ref: dict(data) for ref, data in WHOLE.items()}
    for _round in range(draw(st.integers(1, 6))):
        ref = draw(st.sampled_from(sorted(records)))
        fields = [field.key for field in kind_of(ref).fields]
        key = draw(st.sampled_from(fields))
        field = kind_of(ref).by_key[key]
        if field.fields and draw(st.booleans()):
            inner = draw(st.sampled_from([item.key for item in field.fields]))
            entry = {inner: draw(VALUES)}
            now = records[ref].get(key)
            if isinstance(now, list) and now and isinstance(now[0], dict):
                entry = {**now[0], **entry}
                records[ref][key] = [entry, *now]
            else:
                records[ref][key] = entry if isinstance(now, dict) else [entry]
        else:
            records[ref][key] = draw(VALUES)
    return records


def as_they_are(records: dict[str, dict[str, Any]]) -> Snapshot:
    """The records laid over an empty registry: values that TOML could not write are tried too."""
    return Snapshot(MemorySource({})).edited(records)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bent(), DAYS, bent())
def test_nothing_that_a_record_holds_makes_a_rule_fail(
    records: dict[str, dict[str, Any]], day: date, others: dict[str, dict[str, Any]]
) -> None:
    bad, other = as_they_are(records), as_they_are(others)
    findings = judge(bad, day)
    assert all(finding.severity in {"violation", "exception", "warning", "note"} for finding in findings)
    assert all(isinstance(finding.as_json()["message"], str) and finding.message for finding in findings)
    for finding in findings:
        is_past(finding, bad, day)
    weigh(other, bad, list(records), day)
    judge(bad, day, list(records), other)
    one_line_a_record(findings)
    committee(bad, day)
    for year in years(bad)[:3]:
        budget(bad, year).as_json()
    to_answer(bad, day), decisions_expected(bad, day), applied_not_granted(bad), deadlines(bad, day)
    jubilees(bad, 2027), towns_in_order(bad, day), bad.summary(day)
    for ref, data in records.items():
        [section.matters(data) for section in kind_of(ref).sections if section.matters]
    order = Priorities(bad)
    for record in bad.records("projects"):
        order.key(record.data), order.explained(record.data)
        for stage in (*ORDER, *STOPS, "x"):
            gate(bad, record, stage, day)


TO_COME = "KF 2027-04-02 § 9"
BAD_INPUT = [
    (TRIP, {"budget": [{"year": 2027, "source": "eu", "planned": 10**15}]}, "schema", "budget[0].planned"),
    (TRIP, {"budget": [{"year": 2027, "source": "eu", "planned": -1}]}, "schema", "budget[0].planned"),
    (TRIP, {"budget": [{"year": 0, "source": "eu", "planned": 1}]}, "schema", "budget[0].year"),
    (TRIP, {"budget": [{"year": 9999, "source": "eu", "planned": 1}]}, "schema", "budget[0].year"),
    (TRIP, {"start": date(9999, 12, 31)}, "schema", "start"),
    (TRIP, {"twin_towns": ["twin-towns/borta"]}, "references", "twin_towns"),
    (TRIP, {"goals": ["klimat"]}, "references", "goals"),
    (TRIP, {"evaluation": {"date": date(2026, 1, 1)}}, "evaluated", "evaluation.date"),
    (
        TRIP,
        {"decisions": [{"id": "d1", "decision": "BUN 2027-04-02 § 31"}]},
        "political-responsibility",
        "decisions[d1].decision",
    ),
    (DINNER, {"no_commitments": True}, "external-commitments", "no_commitments"),
    (
        "registry",
        {
            "coordinators": [
                {"id": "c1", "person": "p-7k2m9x", "from": date(2026, 1, 2), "decision": "KS 2026-01-02 § 5"},
                {"id": "c2", "person": "p-9d3fk2", "from": date(2027, 1, 2), "decision": "KS 2027-01-02 § 5"},
            ]
        },
        "coordinator",
        "coordinators[c2]",
    ),
    (
        BUN,
        {
            "officers": [
                {"id": "o1", "person": "p-4tq8ab", "from": date(2026, 1, 2), "until": date(2026, 6, 30)},
                {"id": "o2", "person": "p-9d3fk2", "from": date(2026, 6, 30)},
            ]
        },
        "exchange-officer",
        "officers[o2]",
    ),
    (
        BUN,
        {"officers": [{"id": "o1", "person": "p-4tq8ab", "from": date(2026, 6, 2), "until": date(2026, 6, 1)}]},
        "schema",
        "officers[o1].until",
    ),
    ("policy", {"clauses": [{"id": "plannned", "quote": "planeras"}]}, "schema", "clauses[plannned].id"),
    ("policy", {"clauses": [{"id": "planned", "on": False}]}, "schema", "clauses[planned].decision"),
    ("policy", {"europe": {"include": ["BY"], "exclude": ["BY"]}}, "schema", "europe.exclude"),
    ("policy", {"priorities": [{"id": "climate"}]}, "schema", "priorities[climate].id"),
    (TRIP, {"twin_towns": ["../x"]}, "references", "twin_towns"),
    (TRIP, {"evaluation": {"waived": "Resan ställdes in.", "decision": TO_COME}}, "evaluated", "evaluation.decision"),
    (
        "policy",
        {"clauses": [{"id": "planned", "on": False, "decision": TO_COME}]},
        "schema",
        "clauses[planned].decision",
    ),
    ("registry", {"opened": date(2027, 4, 2)}, "schema", "opened"),
    ("registry", {"central_funds": [{"id": "f1", "decision": TO_COME}]}, "schema", "central_funds[f1].decision"),
    ("registry", {"annual_reports": [{"id": "r1", "decision": TO_COME}]}, "schema", "annual_reports[r1].decision"),
    (BUN, {"budget": [{"id": "b1", "decision": TO_COME}]}, "schema", "budget[b1].decision"),
    (SKJERN, {"agreement_events": [{"id": "h1", "decision": TO_COME}]}, "schema", "agreement_events[h1].decision"),
]


@pytest.mark.parametrize(
    ("ref", "changes", "clause", "field"), BAD_INPUT, ids=[f"{one[0]}-{one[3]}" for one in BAD_INPUT]
)
def test_each_bad_input_is_one_clear_finding(ref: str, changes: dict[str, Any], clause: str, field: str) -> None:
    records = {**WHOLE, ref: {**WHOLE[ref], **changes}}
    snapshot = as_they_are(records)
    findings = [*check(snapshot, [ref]), *judge(snapshot, DAY, [ref])]
    found = [one for one in findings if one.clause == clause and one.field == field]
    assert len(found) == 1, told(findings)
    assert found[0].message


@pytest.mark.parametrize("goals", [[{"label": "Demokrati"}], [{"id": 3}], [{"id": "klimat"}, {"id": "klimat"}]])
def test_a_goal_that_the_policy_lacks_is_told_with_those_that_can_be_named(goals: list[dict[str, Any]]) -> None:
    found = [one for one in check(as_they_are({**WHOLE, "policy": torsby_policy(goals=goals)})) if one.field == "goals"]
    assert {one.message.rpartition(": ")[2] for one in found} == {"klimat" if len(goals) == 2 else "–"}


def test_a_day_of_yesterday_and_of_today_has_come() -> None:
    for on in (date(2027, 3, 31), DAY):
        decided = {"id": "f27", "year": 2027, "amount": 1, "state": "decided", "decision": f"KF {on} § 9"}
        record = registry(opened=on, central_funds=[decided])
        assert [one for one in judge(as_they_are({**WHOLE, "registry": record}), DAY) if one.clause == "schema"] == []


def test_no_change_opens_the_registry_on_a_day_to_come() -> None:
    before = as_they_are(WHOLE)
    after = before.edited({"registry": registry(opened=date(2027, 4, 2))})
    assert ("violation", "registry", "opened") in told(weigh(before, after, ["registry"], DAY).here)
    assert [one.severity for one in judge(after, DAY, ["registry"]) if one.field == "opened"] == ["warning"]


def test_an_officer_whose_time_ends_before_it_begins_was_never_in_place() -> None:
    never = department(officers=[{"person": "p-4tq8ab", "from": date(2026, 6, 2), "until": date(2026, 6, 1)}])
    assert any(one.field == "officers" for one in judge(as_they_are({**WHOLE, BUN: never}), DAY, [BUN]))


def test_the_records_that_are_bent_here_are_in_good_order_before() -> None:
    straight = as_they_are({**WHOLE, "policy": torsby_policy(), "registry": registry(), SKJERN: town()})
    assert [one for one in judge(straight, DAY) if one.severity != "note"] == []
