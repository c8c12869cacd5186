"""What waits for somebody: answers, decisions, money, deadlines; agreements over time; what changed since a decision."""

from __future__ import annotations

from datetime import date

import pytest

from registry.policy.agreements import agreement_of
from registry.policy.attention import (
    applied_not_granted,
    deadlines,
    decisions_expected,
    expected,
    jubilees,
    latest_decision,
    to_answer,
    wants_new_decision,
)
from registry.policy.since import Late, Moved, entered_late, undecided
from tests.registry.policy.world import (
    BUN,
    DAY,
    DINNER,
    SKJERN,
    TRIP,
    department,
    outside,
    project,
    snapshot,
    town,
    world,
)

NEW_TOWN = "twin-towns/thorsby"


def test_inquiries_and_proposals_wait_until_they_are_answered_the_most_urgent_first() -> None:
    idea = project(
        "idea", received=date(2027, 3, 1), received_from="Skjern Idrætsforening", answer_by=date(2027, 3, 31)
    )
    proposal = town(name="Thorsby", agreement_year=None, agreement_status="proposed", received=date(2027, 2, 1))
    records = {**world(), TRIP: idea, NEW_TOWN: proposal}
    waiting = to_answer(snapshot(records), DAY)
    assert [(one.ref, one.late) for one in waiting] == [(TRIP, True), (NEW_TOWN, False)]
    assert waiting[0].received_from == "Skjern Idrætsforening"
    assert not to_answer(snapshot(records), date(2027, 3, 31))[0].late
    answered = {**idea, "answered": date(2027, 3, 30)}
    declined = {**proposal, "agreement_status": "declined"}
    assert to_answer(snapshot({**records, TRIP: answered, NEW_TOWN: declined}), DAY) == []


def test_a_proposal_that_is_declined_never_was_an_agreement() -> None:
    assert not agreement_of(town(agreement_year=None, agreement_status="proposed")).made
    assert not agreement_of(town(agreement_year=None, agreement_status="declined")).made
    assert not agreement_of({"name": "Thorsby", "country": "CA"}).made
    assert agreement_of(town()).made


def test_an_agreement_is_told_as_of_any_day() -> None:
    events = [
        {"date": date(2027, 5, 17), "kind": "renewed", "decision": "KF 2027-04-26 § 40"},
        {"date": date(2010, 1, 1), "kind": "dormant"},
        {"date": date(2030, 1, 1), "kind": "ended", "decision": "KF 2029-12-10 § 9"},
    ]
    agreement = agreement_of(town(agreement_status="ended", agreement_events=events))
    days = [date(1970, 1, 1), date(1990, 1, 1), date(2015, 1, 1), date(2027, 5, 17), date(2031, 1, 1)]
    assert [agreement.status_on(day) for day in days] == ["", "active", "dormant", "active", "ended"]
    assert agreement_of(town()).status_on(DAY) == "unconfirmed"


def test_decisions_are_awaited_from_whom_and_when() -> None:
    records = {
        **world(),
        TRIP: project("planned", decision_expected="BUN 2027-04-13"),
        DINNER: outside("planned", decision_expected="KS 2027-03-02"),
        "projects/2027/x": project("cancelled", decision_expected="KS 2027-03-02"),
    }
    assert [(one.ref, one.body, one.on, one.late) for one in decisions_expected(snapshot(records), DAY)] == [
        (DINNER, "KS", date(2027, 3, 2), True),
        (TRIP, "BUN", date(2027, 4, 13), False),
    ]
    assert expected("till hösten") == ("till hösten", None)


def test_money_applied_for_after_the_decision_is_told_apart() -> None:
    lines = [
        {"id": "b1", "year": 2027, "source": "department", "department": BUN, "applied": 45_000, "granted": 45_000},
        {"id": "b2", "year": 2027, "source": "eu", "programme": "Erasmus+", "applied": 12_000},
        {"id": "b3", "year": 2027, "source": "grant", "applied": 9_000, "granted": 0},
    ]
    found = applied_not_granted(snapshot({**world(), TRIP: project("decided", budget=lines)}))
    assert [(one.field, one.programme, one.amount, one.after_decision) for one in found] == [
        ("budget[b2].applied", "Erasmus+", 12_000, True)
    ]


@pytest.mark.parametrize(
    ("within", "fields"),
    [(30, ["start"]), (60, ["start", "deadlines[0]"]), (90, ["start", "deadlines[0]", "opportunities[0]"])],
)
def test_deadlines_within_30_60_and_90_days(within: int, fields: list[str]) -> None:
    records = {
        **world(),
        TRIP: project(
            "decided",
            start=date(2027, 5, 1),
            end=date(2027, 5, 7),
            deadlines=[
                {"what": "Slutrapport", "date": date(2027, 5, 31)},
                {"what": "Ansökan", "date": date(2027, 3, 1), "done": date(2027, 2, 1)},
            ],
        ),
        BUN: department(opportunities=[{"title": "CERV", "deadline": date(2027, 6, 30), "status": "watching"}]),
    }
    assert [one.field for one in deadlines(snapshot(records), DAY, within)] == fields


def test_what_is_late_stays_until_it_is_done() -> None:
    late = project(
        "completed",
        deadlines=[{"what": "Slutrapport", "date": date(2027, 3, 31)}],
        evaluation={"due": date(2027, 3, 1)},
    )
    found = deadlines(snapshot({**world(), TRIP: late}), DAY)
    assert [(one.field, one.days) for one in found] == [("evaluation.due", -31), ("deadlines[0]", -1)]


def test_fifty_years_with_skjern_are_a_jubilee() -> None:
    ended = town(name="Bömlo", country="NO", agreement_status="ended")
    snap = snapshot(
        {**world(), "twin-towns/bomlo": ended, NEW_TOWN: town(agreement_year=None, agreement_status="proposed")}
    )
    assert [(one.ref, one.years) for one in jubilees(snap, 2027)] == [(SKJERN, 50)]
    assert [one.years for one in jubilees(snap, 2002)] == [25]
    assert jubilees(snap, 1977) == []


def test_what_departs_from_the_latest_decision_is_known_from_the_versions() -> None:
    planned, decided = project("planned"), project("decided")
    dearer = project("decided", cost=57_000, start=date(2027, 9, 13))
    versions = [(date(2026, 10, 1), planned), (date(2026, 12, 10), decided), (date(2027, 3, 1), dearer)]
    assert undecided(versions, dearer) == [
        Moved("dates", "start", date(2027, 9, 6), date(2027, 9, 13)),
        Moved("money", "cost", 45_000, 57_000),
    ]
    assert wants_new_decision(dearer, versions)
    anew = {**dearer, "decisions": [*dearer["decisions"], {"decision": "BUN 2027-03-30 § 8", "kind": "change"}]}
    assert undecided([*versions, (date(2027, 3, 31), anew)], anew) == []
    assert latest_decision(anew) == date(2027, 3, 30)
    assert undecided([(date(2026, 10, 1), planned)], planned) == []


def test_what_was_entered_after_the_start_is_known_from_the_versions() -> None:
    bare = outside("ongoing", commitments=[{"id": "k1", "kind": "finance", "party": "Torsby IF"}])
    settled = outside("ongoing")
    in_time = [(date(2027, 3, 1), settled)]
    late = [(date(2027, 3, 1), bare), (date(2027, 4, 1), settled)]
    assert entered_late(in_time, settled) == []
    assert entered_late(late, settled) == [
        Late("commitments[k1].treated", date(2027, 4, 1)),
        Late("commitments[k1].secured_on", date(2027, 4, 1)),
    ]
