"""What the policy's table rests on: what has happened, what began before, gates that guard steps, dates that speak."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.findings import Finding, introduced
from registry.policy import Weighed, is_past, judge, weigh
from registry.policy.attention import one_line_a_record
from tests.registry.policy.world import (
    BUN,
    DAY,
    DINNER,
    SKJERN,
    TRIP,
    Records,
    department,
    found,
    outside,
    project,
    registry,
    snapshot,
    told,
    torsby_policy,
    town,
    world,
)


def change(before: Records, edits: dict[str, Any], day: date = DAY, **more: Any) -> Weighed:
    """What the edits introduce, as a save would weigh them."""
    snap = snapshot(before)
    return weigh(snap, snap.edited(edits), list(edits), day, **more)


def clauses(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(finding.severity, finding.clause, finding.field) for finding in findings]


# What has happened can always be recorded


def test_a_dinner_that_nobody_decided_in_time_and_that_happened_can_be_recorded_as_a_breach() -> None:
    planned = outside("planned", start=date(2027, 3, 26), end=date(2027, 3, 26), commitments=None, decisions=None)
    happened = {**planned, "stage": "completed", "documents": [{"title": "Program", "reference": "dnr KS/2027:9"}]}
    weighed = change({**world(), DINNER: planned}, {DINNER: happened})
    refused = [finding for finding in weighed.here if finding.severity == "violation"]
    assert ("violation", "political-responsibility", "decisions") in clauses(tuple(refused))
    after = snapshot({**world(), DINNER: happened})
    assert all(is_past(finding, after, DAY) for finding in refused)
    assert [one.field for one in found({**world(), DINNER: happened}, "external-commitments")] == ["no_commitments"]


@pytest.mark.parametrize(("start", "past"), [(date(2027, 3, 31), True), (DAY, True), (date(2027, 4, 2), False)])
def test_a_gate_refuses_what_lies_ahead_and_lets_what_has_begun_be_told(start: date, past: bool) -> None:
    records = {**world(), DINNER: outside("ongoing", start=start, end=date(2027, 4, 9), commitments=None)}
    violation = found(records, "external-commitments")[0]
    assert is_past(violation, snapshot(records), DAY) is past


def test_what_is_written_wrong_did_not_happen_and_is_never_past() -> None:
    records = {
        **world(),
        DINNER: outside("completed", no_commitments=True),
        TRIP: project(start=date(2027, 1, 1), end=None),
    }
    contradiction = found(records, "external-commitments")[0]
    assert not is_past(contradiction, snapshot(records), DAY)
    broken = Finding("schema", "violation", TRIP, "start", "är inget datum")
    assert not is_past(broken, snapshot(records), DAY)
    step_back = Finding("documented", "violation", TRIP, "stage_reason", "…")
    assert not is_past(step_back, snapshot(records), DAY)


def test_an_evaluation_that_was_not_made_has_not_happened() -> None:
    records = {**world(), TRIP: project("evaluated", evaluation=None)}
    assert not any(is_past(one, snapshot(records), DAY) for one in found(records, "evaluated"))
    made = {**world(), TRIP: project("evaluated", evaluation={"date": date(2027, 3, 20)})}
    assert all(is_past(one, snapshot(made), DAY) for one in found(made, "evaluated"))


@pytest.mark.parametrize(("signed", "past"), [(date(2027, 3, 31), True), (date(2027, 5, 17), False)])
def test_a_forbidden_agreement_that_was_signed_is_a_fact_and_one_to_come_is_refused(signed: date, past: bool) -> None:
    event = {"date": signed, "kind": "signed", "decision": "KF 2027-03-22 § 40"}
    records = {
        **world(),
        "policy": torsby_policy(new_agreements="forbidden"),
        SKJERN: town(agreement_year=None, agreement_events=[event]),
    }
    violation = found(records, "no-new-agreements")[0]
    assert violation.severity == "violation"
    assert is_past(violation, snapshot(records), DAY) is past


# What began before the registry


def old(stage: str = "completed", **changes: Any) -> dict[str, Any]:
    """A row of an old spreadsheet: what it tells and no more."""
    return {
        "title": "Lärarutbyte",
        "stage": stage,
        "start": date(2019, 5, 6),
        "end": date(2019, 5, 10),
        "recorded_afterwards": True,
        "source": "Excel, rad 14",
        **changes,
    }


def test_five_rows_from_an_old_spreadsheet_give_notes_and_nothing_to_override() -> None:
    rows = {
        f"projects/2019/rad-{n}": old(stage)
        for n, stage in enumerate(("planned", "decided", "ongoing", "completed", "evaluated"))
    }
    weighed = change(world(policy=torsby_policy(lead_time_days=90, evaluation_days=90)), rows)
    assert weighed.here
    assert {finding.severity for finding in (*weighed.here, *weighed.elsewhere) if finding.ref in rows} == {"note"}
    assert "saknas i underlaget: dokument" in {finding.message for finding in weighed.here}
    assert not [
        finding for finding in weighed.here if finding.clause == "long-term" and finding.field != "continuation"
    ]


def test_only_its_end_may_be_known() -> None:
    assert {
        one.severity for one in found({**world(), TRIP: old(start=None) | {"start": date(2023, 1, 1)}}, ref=TRIP)
    } == {"note"}
    ended = {key: value for key, value in old().items() if key != "start"}
    assert {one.severity for one in found({**world(), TRIP: ended}, ref=TRIP)} == {"note"}


@pytest.mark.parametrize(
    ("start", "counts"), [(date(2026, 1, 1), True), (date(2026, 1, 2), False), (date(2027, 9, 6), False)]
)
def test_what_did_not_begin_before_the_registry_does_not_pass_for_it(start: date, counts: bool) -> None:
    records = {**world(), TRIP: old(start=start, end=date(2027, 9, 9))}
    contradiction = [("violation", TRIP, "recorded_afterwards")]
    assert told(found(records, "schema")) == ([] if counts else contradiction)
    assert {one.severity for one in found(records, "planned")} == ({"note"} if counts else {"violation"})


def test_a_mark_that_is_taken_away_turns_notes_into_violations_and_those_are_new() -> None:
    bare = {key: value for key, value in old().items() if key != "recorded_afterwards"}
    weighed = change({**world(), TRIP: old()}, {TRIP: bare})
    assert ("violation", "planned", "purpose") in clauses(weighed.here)


def test_old_rows_may_exceed_a_frame_without_anybody_overriding_it() -> None:
    budget = [{"id": "b1", "year": 2027, "source": "central", "granted": 100_001}]
    start = {"start": date(2025, 12, 1), "end": date(2027, 12, 1)}
    afterwards = change(world(), {TRIP: old(budget=budget, **start)})
    assert [one for one in afterwards.here if one.clause == "central-funds"] == []
    assert told([one for one in afterwards.elsewhere if one.clause == "central-funds"]) == [
        ("exception", "registry", "central_funds[f27].amount")
    ]
    now = change(world(), {TRIP: project(budget=budget)})
    assert ("exception", "central-funds", "central_funds[f27].amount") in clauses(now.here)


def test_a_source_that_is_not_given_is_noted() -> None:
    bare = {key: value for key, value in old().items() if key != "source"}
    assert ("note", TRIP, "source") in told(found({**world(), TRIP: bare}, "documented"))


# Gates guard steps


def test_an_officer_is_asked_for_in_the_change_that_takes_the_step_and_one_resignation_condemns_nothing() -> None:
    vacant = department(officers=[{"person": "p-4tq8ab", "from": date(2026, 1, 2), "until": date(2027, 3, 24)}])
    records = {**world(), BUN: vacant, TRIP: project("planned")}
    decided = project("decided", decisions=[{"decision": "BUN 2027-03-30 § 31"}])
    weighed = change(records, {TRIP: decided})
    assert ("violation", "exchange-officer", "department") in clauses(weighed.here)
    assert found({**records, TRIP: decided}, "exchange-officer", TRIP) == []
    assert told(found({**records, TRIP: decided}, "exchange-officer")) == [("warning", BUN, "officers")]


def test_the_officer_who_was_there_on_the_day_of_the_decision_was_in_place() -> None:
    vacant = department(officers=[{"person": "p-4tq8ab", "from": date(2026, 1, 2), "until": date(2027, 3, 24)}])
    records = {**world(), BUN: vacant, TRIP: project("planned")}
    decided = project("decided", decisions=[{"decision": "BUN 2027-03-24 § 31"}])
    assert [one for one in change(records, {TRIP: decided}).here if one.severity == "violation"] == []


def test_a_later_change_of_a_decided_project_asks_for_no_officer() -> None:
    records = {**world(), BUN: department(officers=None), TRIP: project("decided")}
    assert change(records, {TRIP: project("decided", participants=24)}) == Weighed((), ())


def test_a_renamed_project_takes_no_step() -> None:
    records = {**world(), BUN: department(officers=None), TRIP: project("decided")}
    new = "projects/2027/skjern"
    assert change(records, {TRIP: None, new: project("decided")}, renamed={new: TRIP}) == Weighed((), ())


def test_a_stage_that_was_skipped_by_hand_is_found() -> None:
    skipped = project("completed", budget=None, decisions=None)
    assert {one.clause for one in found({**world(), TRIP: skipped}, ref=TRIP)} == {
        "budgeted",
        "political-responsibility",
    }


def test_a_step_back_takes_a_reason_of_its_own() -> None:
    records = {**world(), TRIP: project("decided", stage_reason="Nämnden återremitterade i höstas.")}
    silent = change(records, {TRIP: project("planned", stage_reason="Nämnden återremitterade i höstas.")})
    assert ("violation", "documented", "stage_reason") in clauses(silent.here)
    told_why = change(records, {TRIP: project("planned", stage_reason="Återremiss: kostnaden behöver räknas om.")})
    assert [one for one in told_why.here if one.severity == "violation"] == []


def test_an_agreement_that_begins_with_no_day_said_is_new_in_the_change_that_makes_it() -> None:
    records = {**world(), SKJERN: town(agreement_year=None, agreement_status="proposed")}
    weighed = change(records, {SKJERN: town(agreement_year=None, agreement_status="active")})
    assert clauses(weighed.here) == [("exception", "no-new-agreements", "agreement_status")]
    declined = change(records, {SKJERN: town(agreement_year=None, agreement_status="declined")})
    assert declined == Weighed((), ())


def test_more_money_and_other_dates_after_the_decision_want_a_new_one_until_it_is_there() -> None:
    records = {**world(), TRIP: project("decided")}
    dearer = project("decided", cost=57_000, start=date(2027, 9, 13), end=date(2027, 9, 19))
    weighed = change(records, {TRIP: dearer})
    wanted = [one.field for one in weighed.here if one.clause == "political-responsibility"]
    assert wanted == ["cost", "end", "start"]
    both = [*dearer["decisions"], {"id": "d2", "decision": "BUN 2027-03-30 § 8", "kind": "change"}]
    with_decision = change(records, {TRIP: {**dearer, "decisions": both}})
    assert not [one for one in with_decision.here if one.clause == "political-responsibility"]
    cheaper = change(records, {TRIP: project("decided", cost=30_000)})
    assert not [one for one in cheaper.here if one.clause == "political-responsibility"]


def test_what_is_put_right_after_the_start_is_noted_in_the_change_that_does_it() -> None:
    untreated = outside("ongoing")
    untreated["commitments"] = [{"id": "k1", "kind": "finance", "party": "Torsby IF", "amount": 10_000}]
    weighed = change({**world(), DINNER: untreated}, {DINNER: outside("ongoing")})
    assert clauses(weighed.here) == []  # milder than before, so nothing new
    notes = judge(
        snapshot({**world(), DINNER: outside("ongoing")}), DAY, [DINNER], snapshot({**world(), DINNER: untreated})
    )
    assert told(notes) == [("note", DINNER, "commitments[k1].secured_on"), ("note", DINNER, "commitments[k1].treated")]


def test_an_excess_that_grows_is_new_and_one_that_shrinks_is_not() -> None:
    def granted(amount: int) -> dict[str, Any]:
        return project(budget=[{"id": "b1", "year": 2027, "source": "central", "granted": amount}], cost=amount)

    records = {**world(), TRIP: granted(110_000)}
    for amount, new in ((120_000, True), (110_000, False), (105_000, False), (100_000, False)):
        here = change(records, {TRIP: granted(amount)}).here
        assert ("central-funds" in {one.clause for one in here}) is new
    assert change(records, {TRIP: {**granted(110_000), "participants": 24}}) == Weighed((), ())


def test_the_frame_that_another_project_has_used_up_is_felt_by_the_change_that_exceeds_it() -> None:
    def granted(amount: int) -> dict[str, Any]:
        return project(budget=[{"id": "b1", "year": 2027, "source": "central", "granted": amount}], cost=amount)

    records = {**world(), TRIP: granted(90_000)}
    weighed = change(records, {"projects/2027/korresa": granted(10_001)})
    assert ("exception", "central-funds", "central_funds[f27].amount") in clauses(weighed.here)
    lowered = change(
        records, {"registry": registry(central_funds=[{"id": "f27", "year": 2027, "amount": 1, "state": "decided"}])}
    )
    assert ("exception", "central-funds", "central_funds[f27].amount") in clauses(lowered.here)


def test_what_somebody_else_caused_is_shown_elsewhere_and_stands_in_nobodys_way() -> None:
    records = {**world(), TRIP: project("planned")}
    weighed = change(records, {BUN: department(officers=None)})
    assert told(list(weighed.here)) == [("warning", BUN, "officers"), ("warning", "registry", "meetings")]
    assert weighed.elsewhere == ()


def test_a_change_of_the_policy_is_felt_everywhere() -> None:
    records = {**world(), TRIP: project("completed", end=date(2026, 12, 1), start=date(2026, 11, 30))}
    weighed = change(records, {"policy": torsby_policy(evaluation_days=30)})
    assert told(list(weighed.elsewhere)) == [("warning", TRIP, "evaluation.due")]


def test_the_same_finding_made_graver_is_new_and_made_milder_is_not() -> None:
    note = Finding("planned", "note", TRIP, "start", "…")
    violation = Finding("planned", "violation", TRIP, "start", "…")
    assert introduced([note], [violation]) == [violation]
    assert introduced([violation], [note]) == []


# Dates speak where the status was not moved


def test_once_the_start_has_passed_the_commitments_rule_applies_and_the_lagging_status_is_a_warning() -> None:
    lagging = outside("decided", start=date(2027, 3, 29), end=date(2027, 4, 4), commitments=None)
    assert told(found({**world(), DINNER: lagging}, ref=DINNER)) == [
        ("violation", DINNER, "no_commitments"),
        ("warning", DINNER, "stage"),
    ]
    assert found({**world(), DINNER: lagging}, ref=DINNER, day=date(2027, 3, 29)) == []


def test_declined_and_cancelled_are_left_out_of_gates_and_clocks() -> None:
    for stage in ("declined", "cancelled"):
        stopped = outside(stage, start=date(2020, 1, 1), end=date(2020, 1, 2), commitments=None, purpose=None)
        assert found({**world(), DINNER: stopped}, ref=DINNER) == []


# One line a record, worst first


def test_one_line_a_record_tells_the_worst_and_how_much_more_there_is() -> None:
    records = {
        **world(),
        TRIP: project(purpose=None, continuation=None, target_groups=None),
        BUN: department(board=None),
    }
    lines = one_line_a_record(judge(snapshot(records), DAY))
    assert [(line.worst.ref, line.worst.field, line.more) for line in lines] == [
        (TRIP, "purpose", 2),
        (BUN, "board", 0),
    ]
