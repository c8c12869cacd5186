"""Was the policy followed in a year? By the dates in the records, from and until, whenever they were entered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.policy.year import Lapse, compliance
from registry.records.values import Data
from tests.registry.policy.world import (
    BUN,
    DINNER,
    SKJERN,
    TRIP,
    clause,
    department,
    outside,
    project,
    registry,
    snapshot,
    torsby_policy,
    town,
    world,
)

LONG_AFTER = date(2028, 6, 1)
LEFT = department(
    officers=[
        {"id": "o1", "person": "p-4tq8ab", "function": "Rektor", "from": date(2026, 1, 2), "until": date(2027, 3, 24)},
        {"id": "o2", "person": "p-9d3fk2", "function": "Studierektor", "from": date(2027, 4, 12)},
    ]
)


def lapses(records: Any, own: str, year: int = 2027, today: date = LONG_AFTER) -> list[tuple[str, str, date, date]]:
    """Severity, field and period of what is found of one clause."""
    found: list[Lapse] = compliance(snapshot(records), year, today).get(own, [])
    return [(one.finding.severity, one.finding.field, one.since, one.until) for one in found]


def test_a_vacancy_in_march_that_was_entered_in_october_shows_from_the_day_after_she_left_until_the_next_came() -> None:
    found = lapses({**world(), BUN: LEFT}, "exchange-officer")
    assert found == [("warning", "officers", date(2027, 3, 25), date(2027, 4, 11))]
    assert lapses({**world(), BUN: LEFT}, "exchange-officer", 2026) == [
        ("warning", "officers", date(2026, 1, 1), date(2026, 1, 1))  # the day before she began
    ]


def test_a_year_that_goes_on_is_judged_until_today_and_one_that_has_not_begun_not_at_all() -> None:
    records = {**world(), BUN: department(officers=None)}
    assert lapses(records, "exchange-officer", today=date(2027, 4, 1))[0][3] == date(2027, 4, 1)
    assert compliance(snapshot(records), 2028, date(2027, 12, 31)) == {}


def test_a_project_in_good_order_has_nothing_against_it_in_any_year_of_its_life() -> None:
    records = {**world(), TRIP: project("evaluated"), DINNER: outside("evaluated")}
    grave = [
        lapse
        for year in (2026, 2027)
        for found in compliance(snapshot(records), year, LONG_AFTER).values()
        for lapse in found
        if lapse.finding.ref in {TRIP, DINNER} and lapse.finding.severity in {"violation", "exception"}
    ]
    assert grave == []


def test_the_dinner_that_nobody_decided_in_time_is_told_from_its_start_until_the_decision() -> None:
    dinner = outside(
        "completed",
        start=date(2027, 3, 1),
        end=date(2027, 3, 2),
        registered=date(2027, 10, 4),
        decisions=[{"id": "d1", "decision": "BUN 2027-05-18 § 40", "kind": "start"}],
        commitments=[
            {"id": "k1", "kind": "finance", "party": "Torsby IF", "treated": "BUN 2027-05-18 § 40",
             "secured_on": date(2027, 2, 20)},
        ],
    )  # fmt: skip
    records = {**world(), DINNER: dinner}
    assert lapses(records, "political-responsibility")[0] == (
        "violation",
        "decisions",
        date(2027, 3, 1),
        date(2027, 5, 17),
    )
    assert lapses(records, "long-term")[0] == ("exception", "decisions", date(2027, 5, 18), date(2027, 12, 31))
    treated = ("violation", "commitments[k1].treated", date(2027, 3, 1), date(2027, 12, 31))
    assert lapses(records, "external-commitments")[0] == treated


def test_a_project_that_was_decided_while_the_office_was_vacant_is_told_on_the_day_of_the_decision() -> None:
    decided = project("decided", decisions=[{"id": "d1", "decision": "BUN 2027-04-01 § 31", "kind": "start"}])
    found = lapses({**world(), BUN: LEFT, TRIP: decided}, "exchange-officer")
    assert ("violation", "department", date(2027, 4, 1), date(2027, 4, 1)) in found
    in_time = project("decided", decisions=[{"id": "d1", "decision": "BUN 2027-03-24 § 31", "kind": "start"}])
    found = lapses({**world(), BUN: LEFT, TRIP: in_time}, "exchange-officer")
    assert [one[0] for one in found] == ["warning"]


def test_an_evaluation_that_came_late_was_overdue_until_it_came() -> None:
    late = project("evaluated")
    late["evaluation"] = {**late["evaluation"], "due": date(2027, 6, 1), "date": date(2027, 9, 15)}
    assert lapses({**world(), TRIP: late}, "evaluated") == [
        ("warning", "evaluation.due", date(2027, 6, 2), date(2027, 9, 14))
    ]
    policy = torsby_policy(evaluation_days=90)
    del late["evaluation"]["due"]
    found = lapses({**world(), "policy": policy, TRIP: late}, "evaluated")
    assert found == [("warning", "evaluation.due", date(2027, 6, 6), date(2027, 9, 14))]  # it ended on 7 March


def test_an_agreement_counts_in_the_year_in_which_it_was_signed_and_obligations_as_long_as_it_has_them() -> None:
    new = town(
        agreement_year=None,
        financial_obligations=True,
        agreement_events=[{"id": "e1", "date": date(2027, 5, 17), "kind": "signed", "decision": "KF 2027-04-26 § 40"}],
    )
    records = {**world(), SKJERN: new}
    assert lapses(records, "no-new-agreements") == [
        ("exception", "agreement_events[e1]", date(2027, 5, 17), date(2027, 12, 31))
    ]
    assert lapses(records, "no-new-agreements", 2028, date(2028, 12, 31)) == []
    assert len(lapses(records, "no-obligations", 2028, date(2028, 12, 31))) == 1
    assert lapses(records, "no-obligations", 2026, date(2026, 12, 31)) == [], "there was no agreement yet"
    old = {**world(), SKJERN: town(agreement_year=1995, financial_obligations=True)}
    assert lapses(old, "no-obligations", 1994) == lapses(old, "no-new-agreements", 1994) == []
    assert len(lapses(old, "no-obligations", 1995)) == 1


def test_a_frame_that_was_decided_late_was_a_proposal_until_then() -> None:
    funds = [{"id": "f1", "year": 2027, "amount": 100_000, "state": "decided", "decision": "KF 2027-03-29 § 10"}]
    line = {"id": "b1", "year": 2027, "source": "central", "granted": 20_000, "planned": 20_000}
    records = {**world(), "registry": registry(central_funds=funds), TRIP: project("decided", budget=[line])}
    found = lapses(records, "central-funds")
    assert found == [("warning", "central_funds", date(2027, 1, 1), date(2027, 3, 28))]
    line["granted"] = 120_000
    exceeded = lapses({**records, TRIP: project("decided", budget=[line])}, "central-funds")
    assert ("exception", "central_funds[f1].amount", date(2027, 3, 29), date(2027, 12, 31)) in exceeded
    assert lapses({**records, TRIP: project("decided", budget=[line])}, "central-funds", 2028) == []


def test_a_clause_that_is_switched_off_finds_nothing_and_the_gravest_comes_first() -> None:
    policy = clause(torsby_policy(), "exchange-officer", on=False, decision="KF 2026-11-24 § 9")
    bare: dict[str, Data] = {**world(), "policy": policy, BUN: LEFT, TRIP: project("completed", documents=None)}
    found = compliance(snapshot(bare), 2027, LONG_AFTER)
    assert "exchange-officer" not in found
    assert next(iter(found)) == "documented"
    assert found["documented"][0].as_json()["from"] == "2027-03-08"


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_the_calendar_are_years_like_others(year: int) -> None:
    edge = project("evaluated", start=date(year, 1, 1), end=date(year, 12, 31), registered=None, decisions=None)
    records = {**world(), TRIP: edge, BUN: department(active_until=date.max)}
    assert compliance(snapshot(records), year, date.max)
