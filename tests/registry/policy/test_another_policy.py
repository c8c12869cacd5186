"""Another municipality's policy: its file alone changes what is quoted, how grave things are and what is asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from registry.policy import judge
from registry.policy.priorities import Priorities
from registry.policy.stages import gate
from registry.policy.terms import Terms
from registry.snapshot import Record
from registry.toml_files import read
from registry.words import speaking
from tests.registry.policy.world import (
    BUN,
    DAY,
    DINNER,
    SKJERN,
    TRIP,
    Records,
    clause,
    department,
    found,
    outside,
    project,
    registry,
    snapshot,
    torsby_policy,
    town,
    world,
)

RULES = Path(__file__).resolve().parents[3] / "registry" / "policy"
GRANHULT = read(b"""
title = "Granhults kommuns internationella program"
adopted = "KF 2021-06-14 \xc2\xa7 55"
new_agreements = "allowed"
evaluation_days = 90
[europe]
list = "council-of-europe"
include = ["GL"]
[[goals]]
id = "climate"
label = "Klimat"
quote = "Granhult ska halvera sina utsl\xc3\xa4pp tillsammans med andra"
[[priorities]]
id = "established"
label = "Gamla v\xc3\xa4nner"
quote = "vi bygger vidare p\xc3\xa5 det vi har"
[[clauses]]
id = "goals"
quote = "Varje samarbete ska tj\xc3\xa4na klimatet."
severity = "violation"
[[clauses]]
id = "evaluated"
quote = "Inom nittio dagar ber\xc3\xa4ttar vi vad det gav."
[[clauses]]
id = "planned"
quote = "Vi planerar tillsammans."
severity = "warning"
[[clauses]]
id = "central-funds"
on = false
decision = "KF 2021-06-14 \xc2\xa7 56"
[[clauses]]
id = "budgeted"
severity = "note"
""")


def granhult(**records: object) -> Records:
    made = world(policy=GRANHULT, registry=registry(municipality="Granhults kommun"))
    return {**made, **records}  # type: ignore[dict-item]


def everything() -> Records:
    """A registry in which much is wrong."""
    return {
        **granhult(),
        BUN: department(board=None, officers=None, opportunities=None, budget=None),
        SKJERN: town(agreement_year=2024, financial_obligations=True),
        TRIP: project(
            "evaluated", goals=["democracy"], evaluation=None, budget=None, decisions=None, continuation=None
        ),
        DINNER: outside(commitments=None, goals=["climate"], cost=None, end=date(2027, 1, 1)),
        "projects/2027/central": project(
            budget=[{"year": 2027, "source": "central", "granted": 10**6}], goals=["climate"]
        ),
    }


@pytest.mark.parametrize("language", ["sv", "en"])
def test_its_own_sentences_are_quoted_and_nobody_elses_name_appears(language: str) -> None:
    with speaking(language):
        findings = judge(snapshot(everything()), DAY)
        points = gate(snapshot(everything()), Record(DINNER, everything()[DINNER]), "evaluated", DAY)
    own = {entry["id"]: entry.get("quote", "") for entry in GRANHULT["clauses"]}
    assert len({finding.clause for finding in findings}) > 10
    for finding in findings:
        assert finding.quote == own.get(finding.clause, "")
        assert "Torsby" not in f"{finding.message} {finding.quote}".replace("Torsby IF", "")
    assert all("Torsby" not in point.message.replace("Torsby IF", "") for point in points)
    assert not [path for path in RULES.rglob("*.py") if "Torsby" in path.read_text(encoding="utf-8")]


def test_new_agreements_are_allowed_and_no_central_money_is_asked_about() -> None:
    found_clauses = {finding.clause for finding in judge(snapshot(everything()), DAY)}
    assert "no-new-agreements" not in found_clauses
    assert "central-funds" not in found_clauses
    assert "no-obligations" in found_clauses


def test_its_goals_are_its_own_and_as_grave_as_it_says() -> None:
    assert [(one.severity, one.ref) for one in found(everything(), "goals")] == [("violation", TRIP)]
    assert found(granhult(**{TRIP: project(goals=["climate"])}), "goals") == []


def test_evaluation_is_due_after_its_ninety_days() -> None:
    ended = project("completed", goals=["climate"], end=date(2027, 1, 1), start=date(2026, 12, 30))
    assert found(granhult(**{TRIP: ended}), "evaluated") == []
    assert [one.severity for one in found(granhult(**{TRIP: ended}), "evaluated", day=date(2027, 4, 2))] == ["warning"]


def test_a_gate_that_it_only_wants_is_a_warning_and_what_it_calls_a_note_is_never_more() -> None:
    records = granhult(**{TRIP: project("decided", purpose=None, budget=None, goals=["climate"])})
    assert [one.severity for one in found(records, "planned")] == ["warning"]
    assert {one.severity for one in found(records, "budgeted")} == {"note"}


def test_its_priorities_are_its_own() -> None:
    order = Priorities(snapshot(granhult()))
    assert order.explained({"youth": True, "countries": ["DK"], "established_contact": "körerna sedan 1998"}) == (
        "prioriterad: etablerad kontakt"
    )


def test_a_severity_takes_the_place_of_the_gravest_and_a_milder_one_caps_the_rest() -> None:
    terms = Terms.of({"clauses": [{"id": "a", "severity": "warning"}, {"id": "b", "severity": "violation"}]})
    assert terms.severity("a", "violation", "violation") == "warning"
    assert terms.severity("a", "violation", "note") == "note"
    assert terms.severity("a", "warning", "warning") == "warning"
    assert terms.severity("b", "warning", "warning") == "violation"
    assert terms.severity("b", "warning", "note") == "note"
    assert terms.severity("c", "violation", "exception") == "exception"


def test_forbidding_new_agreements_is_graver_than_the_severity_that_was_left_standing() -> None:
    records = {**world(), "policy": torsby_policy(new_agreements="forbidden"), SKJERN: town(agreement_year=2024)}
    assert [one.severity for one in found(records, "no-new-agreements")] == ["violation"]


def test_a_registry_without_a_policy_has_the_rules_and_no_quotations() -> None:
    records = {ref: data for ref, data in {**world(), TRIP: project("decided", budget=None)}.items() if ref != "policy"}
    assert next((one.severity, one.quote) for one in found(records, "budgeted")) == ("violation", "")
    assert found(records, "goals") == []


def test_a_clause_that_the_file_does_not_mention_cannot_be_lost_without_a_decision() -> None:
    trimmed = torsby_policy(clauses=[one for one in torsby_policy()["clauses"] if one["id"] != "documented"])
    records = {**world(), "policy": trimmed, TRIP: project("completed", documents=None)}
    assert [(one.severity, one.quote) for one in found(records, "documented")] == [("violation", "")]
    off = clause(torsby_policy(), "documented", on=False, decision="KF 2027-01-25 § 7")
    assert found({**records, "policy": off}, "documented") == []
