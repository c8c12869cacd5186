"""Clause by clause: a registry that goes against it, one that doesn't, and one at the border."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from registry.findings import Finding
from registry.policy import CLAUSES
from registry.policy.clauses import Clause
from tests.registry.policy.world import (
    BUN,
    DAY,
    DINNER,
    KULTUR,
    SKJERN,
    TRIP,
    Records,
    clause,
    department,
    found,
    outside,
    project,
    registry,
    told,
    torsby_policy,
    town,
    world,
)

TABLE: Final = [
    "adoption",
    "platform",
    "investment",
    "added-value",
    "goals",
    "target-groups",
    "eu-funding",
    "priority-europe",
    "priority-youth",
    "priority-established",
    "long-term",
    "planned",
    "budgeted",
    "documented",
    "evaluated",
    "exchange-officer",
    "political-responsibility",
    "coordinator",
    "coordination-committee",
    "coordination",
    "twin-towns",
    "no-obligations",
    "ordinary-contacts",
    "no-new-agreements",
    "prioritise-working",
    "central-funds",
    "department-funding",
    "external-commitments",
    "board-duty",
    "watch-opportunities",
    "set-aside",
    "personal-data",
]
"""The rows of the policy's table; a row that is added there is added here, and then asks for its rule and its cases."""

ROOT: Final = Path(__file__).resolve().parents[3]


HERE: Final = "tests/registry/policy/test_clauses.py"
ROW_TEST: Final = "test_every_row_of_the_policys_table_has_its_rule_or_names_what_holds_it_up"


def any_rule(_case: object, _it: object) -> Sequence[Finding]:
    return ()


def unserved(served: Clause) -> str:
    """Why nothing serves a clause as it should: "" where a rule does, or an order or a construction that a test shows."""
    ways = [way for way in (served.rules, served.orders, served.construction) if way]
    if len(ways) != 1:
        return "both" if ways else "neither"
    if served.rules:
        return ""
    if served.orders:
        module, name = served.orders.rsplit(".", 1)
        if importlib.util.find_spec(module) is None or not hasattr(importlib.import_module(module), name):
            return "no order"
    return "" if is_collected(served.test) else "no test"


def is_collected(node: str) -> bool:
    """Whether pytest would run ``path::name``: a function of that name, in a file and under a name that it looks for."""
    path, _separator, name = node.partition("::")
    if not (ROOT / path).is_file() or not Path(path).name.startswith("test_") or not name.startswith("test_"):
        return False
    module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
    found = getattr(module, name, None)
    marks = [*getattr(module, "pytestmark", []), *getattr(found, "pytestmark", [])]
    return callable(found) and not any(mark.name.startswith("skip") for mark in marks)


class Try(NamedTuple):
    """A registry, and what of the clause is found in it as (severity, REF, field)."""

    clause: str
    what: str
    records: Records
    found: Sequence[tuple[str, str, str]] = ()
    day: date = DAY


def trip(stage: str = "planned", **changes: Any) -> Records:
    return world(**{TRIP.replace("/", "__"): project(stage, **changes)})


def dinner(stage: str = "ongoing", **changes: Any) -> Records:
    return world(**{DINNER.replace("/", "__"): outside(stage, **changes)})


def commitment(**changes: Any) -> list[dict[str, Any]]:
    made = {
        "id": "k1",
        "kind": "finance",
        "party": "Torsby IF",
        "treated": "KS 2027-02-02 § 12",
        "secured_on": date(2027, 2, 20),
    }
    return [{key: value for key, value in {**made, **changes}.items() if value is not None}]


def officer(**changes: Any) -> list[dict[str, Any]]:
    return [{"id": "o1", "person": "p-4tq8ab", "function": "Rektor", "from": date(2026, 1, 2), **changes}]


def line(**changes: Any) -> dict[str, Any]:
    made = {"id": "b1", "year": 2027, "source": "department", "department": BUN, "granted": 45_000}
    return {key: value for key, value in {**made, **changes}.items() if value is not None}


def of(ref: str, data: dict[str, Any], **more: Any) -> Records:
    return {**world(**more), ref: data}


def central(granted: int, year: int = 2027, **registry_changes: Any) -> Records:
    records = trip(cost=granted, budget=[line(source="central", department=None, granted=granted, year=year)])
    return {**records, "registry": registry(**registry_changes)}


def events(*events: tuple[date, str, str]) -> list[dict[str, Any]]:
    return [
        {"id": f"h{at}", "date": on, "kind": kind, "decision": decision}
        for at, (on, kind, decision) in enumerate(events)
    ]


def cultural(stage: str = "planned", **changes: Any) -> Records:
    """The trip of one department, and a choir's of another to the same town at some time."""
    choir = project(stage, title="Körresa", department=KULTUR, budget=None, **changes)
    return of(
        KULTUR, department("KUN"), **{TRIP.replace("/", "__"): project("planned"), "projects__2027__korresa": choir}
    )


OTHER: Final = "projects/2027/korresa"
FORBIDDEN: Final = torsby_policy(new_agreements="forbidden")
ALLOWED: Final = torsby_policy(new_agreements="allowed")
NEW: Final = events((date(2026, 5, 1), "signed", "KF 2026-04-27 § 40"))

TRIES: Final = [
    Try("adoption", "nobody adopted it", of("policy", torsby_policy(adopted="")), [("warning", "policy", "adopted")]),
    Try(
        "adoption",
        "the wrong body adopted it",
        of("policy", torsby_policy(adopted="KS 2004-03-25 § 18")),
        [("warning", "policy", "adopted")],
    ),
    Try("adoption", "the Council did", world()),
    Try("adoption", "today", of("policy", torsby_policy(adopted="KF 2027-04-01 § 18"))),
    Try(
        "adoption",
        "tomorrow",
        of("policy", torsby_policy(adopted="KF 2027-04-02 § 18")),
        [("warning", "policy", "adopted")],
    ),
    Try("investment", "no cost", trip(cost=None), [("warning", TRIP, "cost")]),
    Try("investment", "an idea is free to have none", trip("idea", cost=None)),
    Try("investment", "it costs nothing", trip(cost=0)),
    Try("added-value", "no expected value", trip(expected_value=None), [("warning", TRIP, "expected_value")]),
    Try("added-value", "a placeholder is no value", trip(expected_value="x"), [("warning", TRIP, "expected_value")]),
    Try(
        "added-value",
        "evaluated without a value achieved",
        trip("evaluated", evaluation={"date": date(2027, 3, 20), "results": {"democracy": "met", "knowledge": "met"}}),
        [("violation", TRIP, "evaluation.value_achieved")],
    ),
    Try("added-value", "a value", trip("evaluated")),
    Try(
        "added-value",
        "waived",
        trip("evaluated", evaluation={"waived": "Resan ställdes om till ett brev.", "decision": "BUN 2027-03-20 § 8"}),
    ),
    Try("goals", "none", trip(goals=None), [("warning", TRIP, "goals")]),
    Try("goals", "only one that the policy does not have", trip(goals=["klimat"]), [("warning", TRIP, "goals")]),
    Try("goals", "an idea has time", trip("idea", goals=None)),
    Try("goals", "one is enough", trip(goals=["marketing"])),
    Try("goals", "the policy has none", {**trip(goals=None), "policy": torsby_policy(goals=[])}),
    Try("target-groups", "nobody", trip(target_groups=[]), [("note", TRIP, "target_groups")]),
    Try("target-groups", "residents", trip()),
    Try("target-groups", "an idea has time", trip("idea", target_groups=None)),
    Try(
        "eu-funding",
        "no programme",
        trip(budget=[line(), line(id="b2", source="eu", department=None)]),
        [("warning", TRIP, "budget[b2].programme")],
    ),
    Try("eu-funding", "a programme", trip(budget=[line(source="eu", department=None, programme="Erasmus+")])),
    Try("eu-funding", "a grant needs none", trip(budget=[line(source="grant", department=None)])),
    Try(
        "eu-funding",
        "a cancelled project is left alone",
        trip("cancelled", budget=[line(source="eu", department=None)]),
    ),
    Try("long-term", "no continuation", trip(continuation="-"), [("warning", TRIP, "continuation")]),
    Try(
        "long-term",
        "decided after it started",
        trip("ongoing", decisions=[{"decision": "BUN 2027-03-30 § 31"}]),
        [("exception", TRIP, "decisions")],
    ),
    Try("long-term", "decided the day it started", trip("ongoing", decisions=[{"decision": "BUN 2027-03-29 § 31"}])),
    Try(
        "long-term",
        "registered one day too late",
        {**trip(registered=date(2027, 6, 9), start=date(2027, 9, 6)), "policy": torsby_policy(lead_time_days=90)},
        [("warning", TRIP, "registered")],
    ),
    Try(
        "long-term",
        "registered in time to the day",
        {**trip(registered=date(2027, 6, 8)), "policy": torsby_policy(lead_time_days=90)},
    ),
    Try(
        "long-term",
        "decided 89 days before",
        {**trip("decided", decisions=[{"decision": "BUN 2027-06-09 § 1"}]), "policy": torsby_policy(lead_time_days=90)},
        [("warning", TRIP, "start")],
    ),
    Try("long-term", "no days are set, so none are counted", trip(registered=date(2027, 9, 5))),
    Try(
        "long-term",
        "a decision that names no day cannot be late",
        trip("ongoing", decisions=[{"decision": "dnr BUN/2027:8"}]),
    ),
    Try("planned", "no purpose", trip(purpose=None), [("violation", TRIP, "purpose")]),
    Try("planned", "see the report", trip(purpose="se rapport"), [("violation", TRIP, "purpose")]),
    Try("planned", "no start", trip(start=None), [("violation", TRIP, "start")]),
    Try("planned", "no end", trip(end=None), [("violation", TRIP, "end")]),
    Try("planned", "open-ended without review", trip(end=None, open_ended=True), [("violation", TRIP, "review_due")]),
    Try("planned", "open-ended with one", trip(end=None, open_ended=True, review_due=date(2028, 9, 1))),
    Try(
        "planned",
        "a review that has passed",
        trip("ongoing", end=None, open_ended=True, review_due=date(2027, 3, 31)),
        [("warning", TRIP, "review_due")],
    ),
    Try("planned", "a review today", trip("ongoing", end=None, open_ended=True, review_due=DAY)),
    Try(
        "planned",
        "open-ended with an end",
        trip(open_ended=True, review_due=date(2028, 1, 1)),
        [("warning", TRIP, "open_ended")],
    ),
    Try("planned", "nobody carries it", trip(department=None), [("violation", TRIP, "department")]),
    Try("planned", "an organiser carries it", dinner(department=None)),
    Try("planned", "nobody is responsible", trip(responsible=None), [("violation", TRIP, "responsible")]),
    Try("planned", "the gate holds later too", trip("completed", purpose=None), [("violation", TRIP, "purpose")]),
    Try(
        "planned",
        "an idea needs nothing",
        trip("idea", purpose=None, start=None, end=None, department=None, responsible=None),
    ),
    Try("planned", "nor what was declined", trip("declined", purpose=None)),
    Try("budgeted", "no line", trip("decided", budget=None, cost=None), [("violation", TRIP, "budget")]),
    Try(
        "budgeted",
        "a line without an amount",
        trip("decided", budget=[line(granted=None)], cost=None),
        [("violation", TRIP, "budget")],
    ),
    Try(
        "budgeted",
        "0 kronor without a word",
        trip("decided", budget=[line(granted=0)], cost=0),
        [("violation", TRIP, "budget")],
    ),
    Try(
        "budgeted",
        "0 kronor, and words that say why",
        trip("decided", budget=[line(granted=0, note="Ryms i arbetstiden.")], cost=0),
    ),
    Try("budgeted", "one krona", trip("decided", budget=[line(granted=1)], cost=1)),
    Try("budgeted", "granted below cost", trip("decided", cost=45_001), [("warning", TRIP, "cost")]),
    Try("budgeted", "granted the cost to the krona", trip("decided", cost=45_000)),
    Try(
        "budgeted",
        "fees are granted by nobody",
        trip("decided", cost=50_000, budget=[line(), {"year": 2027, "source": "participants", "planned": 5_000}]),
    ),
    Try("budgeted", "planned may still lack one", trip("planned", budget=None)),
    Try("documented", "no document", trip("completed", documents=None), [("violation", TRIP, "documents")]),
    Try(
        "documented",
        "a document nowhere to be found",
        trip("completed", documents=[{"title": "Reserapport", "reference": "-"}]),
        [("violation", TRIP, "documents")],
    ),
    Try("documented", "a document", trip("completed")),
    Try(
        "documented",
        "started, and still decided",
        trip("decided", start=date(2027, 3, 31)),
        [("warning", TRIP, "stage")],
    ),
    Try("documented", "starts today", trip("decided", start=DAY)),
    Try("documented", "ended, and still ongoing", trip("ongoing", end=date(2027, 3, 31)), [("warning", TRIP, "stage")]),
    Try("documented", "ends today", trip("ongoing", end=DAY)),
    Try(
        "documented",
        "stopped without a reason",
        trip("cancelled", stage_reason=None),
        [("warning", TRIP, "stage_reason")],
    ),
    Try(
        "evaluated",
        "no date",
        trip(
            "evaluated",
            evaluation={"results": {"democracy": "met", "knowledge": "not"}, "value_achieved": "Mycket gott."},
        ),
        [("violation", TRIP, "evaluation.date")],
    ),
    Try(
        "evaluated",
        "a goal without a result",
        trip(
            "evaluated",
            evaluation={"date": date(2027, 3, 20), "results": {"democracy": "met"}, "value_achieved": "Mycket gott."},
        ),
        [("violation", TRIP, "evaluation.results")],
    ),
    Try(
        "evaluated",
        "nothing at all",
        trip("evaluated", evaluation=None),
        [
            ("violation", TRIP, "evaluation.date"),
            ("violation", TRIP, "evaluation.results"),
            ("violation", TRIP, "evaluation.value_achieved"),
        ],
    ),
    Try(
        "evaluated",
        "waived without a decision",
        trip("evaluated", evaluation={"waived": "Den blev för liten."}),
        [("violation", TRIP, "evaluation.decision")],
    ),
    Try(
        "evaluated",
        "waived by one",
        trip("evaluated", evaluation={"waived": "Den blev för liten.", "decision": "BUN 2027-03-20 § 8"}),
    ),
    Try("evaluated", "in good order", trip("evaluated")),
    Try(
        "evaluated",
        "due yesterday",
        trip("completed", evaluation={"due": date(2027, 3, 31)}),
        [("warning", TRIP, "evaluation.due")],
    ),
    Try("evaluated", "due today", trip("completed", evaluation={"due": DAY})),
    Try(
        "evaluated",
        "days from the end, one too many",
        {**trip("completed", end=date(2026, 12, 31)), "policy": torsby_policy(evaluation_days=90)},
        [("warning", TRIP, "evaluation.due")],
    ),
    Try(
        "evaluated",
        "the last of its days",
        {**trip("completed", end=date(2027, 1, 1)), "policy": torsby_policy(evaluation_days=90)},
    ),
    Try(
        "evaluated",
        "the clock runs though the status was not moved",
        {
            **trip("decided", start=date(2026, 12, 1), end=date(2026, 12, 31)),
            "policy": torsby_policy(evaluation_days=90),
        },
        [("warning", TRIP, "evaluation.due")],
    ),
    Try("evaluated", "no days set, none counted", trip("completed", end=date(2020, 1, 1))),
    Try(
        "evaluated",
        "before it started",
        trip("evaluated", evaluation={**project("evaluated")["evaluation"], "date": date(2027, 2, 28)}),
        [("violation", TRIP, "evaluation.date")],
    ),
    Try(
        "evaluated",
        "the day it started",
        trip("evaluated", evaluation={**project("evaluated")["evaluation"], "date": date(2027, 3, 1)}),
    ),
    Try(
        "evaluated",
        "dated tomorrow",
        trip("evaluated", evaluation={**project("evaluated")["evaluation"], "date": date(2027, 4, 2)}),
        [("warning", TRIP, "evaluation.date")],
    ),
    Try(
        "exchange-officer",
        "ambition without an officer",
        of(BUN, department(officers=None)),
        [("warning", BUN, "officers")],
    ),
    Try(
        "exchange-officer",
        "an officer who left yesterday",
        of(BUN, department(officers=[{"person": "p-4tq8ab", "until": date(2027, 3, 31)}])),
        [("warning", BUN, "officers")],
    ),
    Try(
        "exchange-officer",
        "an officer's last day",
        of(BUN, department(officers=[{"person": "p-4tq8ab", "until": DAY}])),
    ),
    Try(
        "exchange-officer",
        "live projects without ambition",
        {**trip(), BUN: department(ambition=None)},
        [("warning", BUN, "ambition")],
    ),
    Try("exchange-officer", "neither ambition nor projects", of(BUN, department(ambition=False, officers=None))),
    Try(
        "exchange-officer",
        "gone, and carrying a project",
        {**trip(), BUN: department(active_until=date(2027, 3, 31))},
        [("warning", BUN, "active_until")],
    ),
    Try("exchange-officer", "its last day", {**trip(), BUN: department(active_until=DAY)}),
    Try(
        "exchange-officer",
        "two at once for one day",
        of(
            BUN,
            department(
                officers=[
                    {"id": "o1", "person": "p-4tq8ab", "until": date(2026, 6, 30)},
                    {"id": "o2", "person": "p-9d3fk2", "from": date(2026, 6, 30)},
                ]
            ),
        ),
        [("warning", BUN, "officers[o2]")],
    ),
    Try(
        "exchange-officer",
        "one after the other",
        of(
            BUN,
            department(
                officers=[
                    {"person": "p-4tq8ab", "until": date(2026, 6, 30)},
                    {"person": "p-9d3fk2", "from": date(2026, 7, 1)},
                ]
            ),
        ),
    ),
    Try("political-responsibility", "no decision", trip("decided", decisions=None), [("violation", TRIP, "decisions")]),
    Try(
        "political-responsibility",
        "something that is none",
        trip("decided", decisions=[{"decision": "chefen sa ja"}]),
        [("violation", TRIP, "decisions")],
    ),
    Try("political-responsibility", "a delegated one", trip("decided", decisions=[{"decision": "dnr BUN/2027:8"}])),
    Try("political-responsibility", "planned needs none", trip("planned", decisions=None)),
    Try(
        "political-responsibility",
        "a decision of tomorrow",
        trip("decided", decisions=[{"id": "d1", "decision": "BUN 2027-04-02 § 3"}]),
        [("warning", TRIP, "decisions[d1].decision")],
    ),
    Try(
        "political-responsibility",
        "a decision of today",
        trip("decided", decisions=[{"id": "d1", "decision": "BUN 2027-04-01 § 3"}]),
    ),
    Try(
        "political-responsibility",
        "last year's report not dealt with",
        of("registry", registry(annual_reports=None)),
        [("note", "registry", "annual_reports")],
    ),
    Try(
        "political-responsibility",
        "dealt with by another body",
        of("registry", registry(annual_reports=[{"year": 2026, "decision": "KF 2027-03-10 § 2"}])),
        [("note", "registry", "annual_reports")],
    ),
    Try("political-responsibility", "this year's is not asked for yet", world(), day=date(2027, 12, 31)),
    Try(
        "coordinator", "nobody", of("registry", registry(coordinators=None)), [("warning", "registry", "coordinators")]
    ),
    Try(
        "coordinator",
        "an office without a person",
        of(
            "registry", registry(coordinators=[{"id": "c1", "function": "Samordnare", "decision": "KS 2026-01-02 § 5"}])
        ),
        [("warning", "registry", "coordinators")],
    ),
    Try(
        "coordinator",
        "appointed by another body",
        of("registry", registry(coordinators=[{"id": "c1", "person": "p-7k2m9x", "decision": "KF 2026-01-02 § 5"}])),
        [("warning", "registry", "coordinators[c1].decision")],
    ),
    Try("coordinator", "somebody", world()),
    Try(
        "coordinator",
        "from today",
        of("registry", registry(coordinators=[{"person": "p-7k2m9x", "from": DAY, "decision": "KS 2027-03-02 § 5"}])),
    ),
    Try(
        "coordinator",
        "until yesterday",
        of(
            "registry",
            registry(
                coordinators=[{"person": "p-7k2m9x", "until": date(2027, 3, 31), "decision": "KS 2027-03-02 § 5"}]
            ),
        ),
        [("warning", "registry", "coordinators")],
    ),
    Try(
        "coordination-committee",
        "a live project of a department without an officer",
        {**trip(), BUN: department(officers=None)},
        [("warning", "registry", "meetings")],
    ),
    Try(
        "coordination-committee",
        "a live project that no department carries",
        dinner(department=None),
        [("warning", "registry", "meetings")],
    ),
    Try("coordination-committee", "everybody has a seat", trip()),
    Try("coordination-committee", "an officer's last day", {**trip(), BUN: department(officers=officer(until=DAY))}),
    Try(
        "coordination-committee",
        "an officer who left yesterday",
        {**trip(), BUN: department(officers=officer(until=date(2027, 3, 31)))},
        [("warning", "registry", "meetings")],
    ),
    Try(
        "coordination-committee",
        "what is over needs none",
        {**trip("completed"), BUN: department(officers=None, ambition=False)},
    ),
    Try(
        "coordination",
        "two departments, one town, one week",
        cultural(),
        [("note", OTHER, "twin_towns"), ("note", TRIP, "twin_towns")],
    ),
    Try(
        "coordination",
        "the last day of one is the first of the other",
        cultural(start=date(2027, 9, 12), end=date(2027, 9, 20)),
        [("note", OTHER, "twin_towns"), ("note", TRIP, "twin_towns")],
    ),
    Try("coordination", "the day after", cultural(start=date(2027, 9, 13), end=date(2027, 9, 20))),
    Try("coordination", "they do it together", cultural(with_departments=[BUN])),
    Try("coordination", "one is cancelled", cultural(stage="cancelled", stage_reason="Kören hade ingen buss.")),
    Try(
        "no-obligations",
        "an agreement with obligations",
        of(SKJERN, town(financial_obligations=True)),
        [("exception", SKJERN, "financial_obligations")],
    ),
    Try("no-obligations", "without", world()),
    Try("no-obligations", "not known", of(SKJERN, town(financial_obligations=None))),
    Try(
        "no-obligations",
        "what was declined is no agreement",
        of(SKJERN, town(financial_obligations=True, agreement_status="declined")),
    ),
    Try(
        "no-new-agreements",
        "signed since",
        of(SKJERN, town(agreement_year=None, agreement_events=NEW)),
        [("exception", SKJERN, "agreement_events[h0]")],
    ),
    Try(
        "no-new-agreements",
        "signed the day after it was adopted",
        of(
            SKJERN,
            town(agreement_year=None, agreement_events=events((date(2004, 3, 26), "signed", "KF 2004-03-25 § 19"))),
        ),
        [("exception", SKJERN, "agreement_events[h0]")],
    ),
    Try(
        "no-new-agreements",
        "signed since, by another body",
        of(
            SKJERN,
            town(agreement_year=None, agreement_events=events((date(2026, 5, 1), "signed", "KS 2026-04-27 § 40"))),
        ),
        [("exception", SKJERN, "agreement_events[h0]"), ("warning", SKJERN, "agreement_events[h0].decision")],
    ),
    Try(
        "no-new-agreements",
        "a year since",
        of(SKJERN, town(agreement_year=2005)),
        [("exception", SKJERN, "agreement_year")],
    ),
    Try(
        "no-new-agreements",
        "where they are forbidden",
        {**of(SKJERN, town(agreement_year=None, agreement_events=NEW)), "policy": FORBIDDEN},
        [("violation", SKJERN, "agreement_events[h0]")],
    ),
    Try(
        "no-new-agreements",
        "where they are allowed",
        {**of(SKJERN, town(agreement_year=None, agreement_events=NEW)), "policy": ALLOWED},
    ),
    Try("no-new-agreements", "an old one", world()),
    Try(
        "no-new-agreements",
        "renewed",
        of(SKJERN, town(agreement_events=events((date(2027, 3, 1), "renewed", "KF 2027-02-22 § 40")))),
    ),
    Try(
        "no-new-agreements",
        "taken over by the town that it became part of",
        of(
            SKJERN,
            town(agreement_year=2007, agreement_events=events((date(2007, 1, 1), "taken-over", "KF 2007-01-01 § 4"))),
        ),
    ),
    Try("no-new-agreements", "proposed", of(SKJERN, town(agreement_year=None, agreement_status="proposed"))),
    Try("no-new-agreements", "declined", of(SKJERN, town(agreement_year=None, agreement_status="declined"))),
    Try(
        "no-new-agreements",
        "signed the day the policy was adopted",
        of(
            SKJERN,
            town(agreement_year=None, agreement_events=events((date(2004, 3, 25), "signed", "KF 2004-03-25 § 19"))),
        ),
    ),
    Try(
        "no-new-agreements",
        "the year of the policy, the day unknown",
        of(SKJERN, town(agreement_year=2004)),
        [("note", SKJERN, "agreement_year")],
    ),
    Try(
        "central-funds",
        "one krona above the frame",
        central(100_001),
        [("exception", "registry", "central_funds[f27].amount")],
    ),
    Try("central-funds", "the frame to the krona", central(100_000)),
    Try("central-funds", "no frame", central(1, year=2028), [("warning", "registry", "central_funds")]),
    Try(
        "central-funds",
        "a frame that is only proposed",
        central(1, central_funds=[{"year": 2027, "amount": 100_000, "state": "proposed"}]),
        [("warning", "registry", "central_funds")],
    ),
    Try("central-funds", "nothing granted, nothing needed", central(0, year=2028)),
    Try(
        "central-funds",
        "what was called off gives its money back",
        {
            **central(100_001),
            TRIP: project("cancelled", budget=[line(source="central", department=None, granted=100_001, spent=400)]),
        },
    ),
    Try(
        "department-funding",
        "no department named",
        trip(budget=[line(department=None)]),
        [("violation", TRIP, "budget[b1].department")],
    ),
    Try("department-funding", "named", trip()),
    Try(
        "department-funding",
        "more than was set aside",
        trip(budget=[line(granted=200_001)]),
        [("warning", BUN, "budget[b27].amount")],
    ),
    Try("department-funding", "all that was set aside", trip(budget=[line(granted=200_000)])),
    Try(
        "department-funding",
        "planned counts until it is granted",
        trip(budget=[line(granted=None, planned=200_001)]),
        [("warning", BUN, "budget[b27].amount")],
    ),
    Try(
        "external-commitments",
        "not treated",
        dinner(commitments=commitment(treated=None)),
        [("violation", DINNER, "commitments[k1].treated")],
    ),
    Try(
        "external-commitments",
        "not secured",
        dinner(commitments=commitment(secured_on=None)),
        [("violation", DINNER, "commitments[k1].secured_on")],
    ),
    Try(
        "external-commitments",
        "both the day it starts",
        dinner(
            start=date(2027, 3, 29), commitments=commitment(treated="KS 2027-03-29 § 12", secured_on=date(2027, 3, 29))
        ),
    ),
    Try(
        "external-commitments",
        "treated a day too late",
        dinner(commitments=commitment(treated="KS 2027-03-30 § 12")),
        [("violation", DINNER, "commitments[k1].treated")],
    ),
    Try(
        "external-commitments",
        "secured a day too late",
        dinner(commitments=commitment(secured_on=date(2027, 3, 30))),
        [("violation", DINNER, "commitments[k1].secured_on")],
    ),
    Try(
        "external-commitments",
        "treated by delegation, the day not told",
        dinner(commitments=commitment(treated="dnr KS/2027:8")),
    ),
    Try("external-commitments", "nothing said", dinner(commitments=None), [("violation", DINNER, "no_commitments")]),
    Try("external-commitments", "none, said outright", dinner(commitments=None, no_commitments=True)),
    Try(
        "external-commitments",
        "none, beside one",
        dinner(no_commitments=True),
        [("violation", DINNER, "no_commitments")],
    ),
    Try(
        "external-commitments",
        "a contradiction is one at any time",
        dinner("idea", no_commitments=True),
        [("violation", DINNER, "no_commitments")],
    ),
    Try("external-commitments", "decided has time left", dinner("decided", commitments=None)),
    Try(
        "external-commitments",
        "decided, and the start has passed",
        dinner("decided", start=date(2027, 3, 31), commitments=None),
        [("violation", DINNER, "no_commitments")],
    ),
    Try("external-commitments", "decided, and it starts today", dinner("decided", start=DAY, commitments=None)),
    Try(
        "external-commitments",
        "no department carries it",
        dinner(department=None, commitments=None),
        [("violation", DINNER, "no_commitments")],
    ),
    Try("external-commitments", "inside the administration", trip("ongoing")),
    Try(
        "external-commitments",
        "treated on a day to come",
        dinner("planned", commitments=commitment(treated="KS 2027-04-02 § 1")),
        [("warning", DINNER, "commitments[k1].treated")],
    ),
    Try("external-commitments", "secured today", dinner("planned", commitments=commitment(secured_on=DAY))),
    Try("board-duty", "no board", of(BUN, department(board=None)), [("warning", BUN, "board")]),
    Try("board-duty", "a board", world()),
    Try(
        "board-duty",
        "a department on its last day",
        of(BUN, department(board=None, active_until=DAY)),
        [("warning", BUN, "board")],
    ),
    Try("board-duty", "a department that is gone", of(BUN, department(board=None, active_until=date(2027, 3, 31)))),
    Try("watch-opportunities", "none", of(BUN, department(opportunities=None)), [("note", BUN, "opportunities")]),
    Try(
        "watch-opportunities",
        "a year and a day ago",
        of(BUN, department(opportunities=[{"title": "CERV", "reviewed": date(2026, 3, 31)}])),
        [("note", BUN, "opportunities")],
    ),
    Try(
        "watch-opportunities",
        "a year ago",
        of(BUN, department(opportunities=[{"title": "CERV", "reviewed": date(2026, 4, 1)}])),
    ),
    Try(
        "watch-opportunities",
        "without ambition nobody watches",
        of(BUN, department(ambition=False, opportunities=None)),
    ),
    Try("set-aside", "nothing", {**trip(), BUN: department(budget=None)}, [("warning", BUN, "budget")]),
    Try(
        "set-aside",
        "0 kronor",
        {**trip(), BUN: department(budget=[{"year": 2027, "amount": 0, "state": "decided"}])},
        [("warning", BUN, "budget")],
    ),
    Try(
        "set-aside",
        "proposed",
        {**trip(), BUN: department(budget=[{"year": 2027, "amount": 9_000, "state": "proposed"}])},
        [("warning", BUN, "budget")],
    ),
    Try(
        "set-aside", "one krona", {**trip(), BUN: department(budget=[{"year": 2027, "amount": 1, "state": "decided"}])}
    ),
    Try("set-aside", "no live projects", of(BUN, department(budget=None))),
    Try(
        "set-aside",
        "a project of next year",
        {**trip(start=date(2028, 1, 1), end=date(2028, 1, 7), budget=[line(year=2028)]), BUN: department(budget=None)},
    ),
    Try(
        "personal-data",
        "an address",
        trip(purpose="Skriv till anna.berg@example.org om resan."),
        [("exception", TRIP, "purpose")],
    ),
    Try(
        "personal-data",
        "a personal identity number in a table",
        dinner(commitments=commitment(party="Karin 811218-9876")),
        [("exception", DINNER, "commitments[k1].party")],
    ),
    Try(
        "personal-data",
        "the office's own mailbox",
        {**trip(purpose="Skriv till bun@example.org om resan."), BUN: department(mailbox="bun@example.org")},
    ),
    Try("personal-data", "a registry number", trip(purpose="Se dnr BUN/2026:17 och 2026-05-04.")),
]


BORDERS: Final = {
    "adoption": ("today", "tomorrow"),
    "investment": ("it costs nothing", "no cost"),
    "added-value": ("a value", "a placeholder is no value"),
    "goals": ("one is enough", "only one that the policy does not have"),
    "target-groups": ("an idea has time", "nobody"),
    "eu-funding": ("a grant needs none", "no programme"),
    "long-term": ("decided the day it started", "decided after it started"),
    "planned": ("a review today", "a review that has passed"),
    "budgeted": ("granted the cost to the krona", "granted below cost"),
    "documented": ("ends today", "ended, and still ongoing"),
    "evaluated": ("due today", "due yesterday"),
    "exchange-officer": ("an officer's last day", "an officer who left yesterday"),
    "political-responsibility": ("a decision of today", "a decision of tomorrow"),
    "coordinator": ("from today", "until yesterday"),
    "coordination-committee": ("an officer's last day", "an officer who left yesterday"),
    "coordination": ("the day after", "the last day of one is the first of the other"),
    "no-obligations": ("not known", "an agreement with obligations"),
    "no-new-agreements": ("signed the day the policy was adopted", "signed the day after it was adopted"),
    "central-funds": ("the frame to the krona", "one krona above the frame"),
    "department-funding": ("all that was set aside", "more than was set aside"),
    "external-commitments": ("both the day it starts", "treated a day too late"),
    "board-duty": ("a department that is gone", "a department on its last day"),
    "watch-opportunities": ("a year ago", "a year and a day ago"),
    "set-aside": ("one krona", "0 kronor"),
    "personal-data": ("a registry number", "a personal identity number in a table"),
}
"""Clause → the last try on the right side of its border, and the first on the wrong one."""


@pytest.mark.parametrize("one", TRIES, ids=[f"{one.clause}: {one.what}" for one in TRIES])
def test_the_clause_finds_just_this(one: Try) -> None:
    findings = found(one.records, one.clause, day=one.day)
    assert sorted(told(findings)) == sorted(one.found)
    quotes = {entry["id"]: entry.get("quote", "") for entry in one.records["policy"]["clauses"]}
    assert all(finding.quote == quotes[one.clause] and finding.message for finding in findings)


@pytest.mark.parametrize("own", TABLE)
def test_every_row_of_the_policys_table_has_its_rule_or_names_what_holds_it_up(own: str) -> None:
    assert unserved(CLAUSES[own]) == ""


@pytest.mark.parametrize(
    ("served", "said"),
    [
        (Clause(), "neither"),
        (Clause(construction="it holds", orders="registry.policy.priorities.Priorities"), "both"),
        (Clause(rules={"policy": any_rule}, construction="it holds"), "both"),
        (Clause(construction="it holds"), "no test"),
        (Clause(construction="it holds", test=f"{HERE}::test_that_nobody_wrote"), "no test"),
        (Clause(construction="it holds", test=f"{HERE}::told"), "no test"),
        (Clause(construction="it holds", test="tests/registry/policy/world.py::found"), "no test"),
        (Clause(orders="registry.policy.priorities.Nothing", test=f"{HERE}::{ROW_TEST}"), "no order"),
        (Clause(orders="registry.policy.nothing.Priorities", test=f"{HERE}::{ROW_TEST}"), "no order"),
        (Clause(construction="it holds", test=f"{HERE}::{ROW_TEST}"), ""),
    ],
)
def test_a_row_that_nothing_serves_would_be_found(served: Clause, said: str) -> None:
    assert unserved(served) == said


def test_the_table_has_no_row_that_the_policy_has_not() -> None:
    assert list(CLAUSES) == TABLE


@pytest.mark.parametrize("own", [own for own in TABLE if CLAUSES[own].rules])
def test_every_rule_is_tried_against_it_for_it_and_at_the_border(own: str) -> None:
    mine = {one.what: one for one in TRIES if one.clause == own}
    right, wrong = BORDERS[own]
    assert not mine[right].found
    assert mine[wrong].found
    assert len([one for one in mine.values() if not one.found]) >= 2


@pytest.mark.parametrize("own", [own for own in TABLE if CLAUSES[own].rules])
def test_a_clause_that_is_switched_off_by_a_decision_finds_nothing(own: str) -> None:
    one = next(one for one in TRIES if one.clause == own and one.found)
    off = clause(one.records["policy"], own, on=False, decision="KF 2027-01-25 § 7")
    assert found({**one.records, "policy": off}, own, day=one.day) == []


@pytest.mark.parametrize("own", [own for own in TABLE if CLAUSES[own].rules])
def test_without_a_decision_it_stays_in_force_and_the_policy_is_found_wanting(own: str) -> None:
    one = next(one for one in TRIES if one.clause == own and one.found)
    records = {**one.records, "policy": clause(one.records["policy"], own, on=False)}
    assert found(records, own, day=one.day)
    assert told(found(records, "schema", "policy")) == [("violation", "policy", f"clauses[{own}].decision")]
