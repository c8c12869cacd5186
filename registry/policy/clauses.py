"""The policy, clause by clause: the rule that serves each, or by what it holds without one (POLICY.md's table).

To add a rule: one function in `rules/`, one entry here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from registry.findings import SCHEMA, Finding, Severity
from registry.policy.case import Case
from registry.policy.rules import (
    evaluation,
    external,
    money,
    organisation,
    planning,
    privacy,
    purpose,
    responsibility,
    settings,
    to_come,
    twin_towns,
)
from registry.policy.subjects import Subject
from registry.words import N_

Rule = Callable[[Case, Any], Iterable[Finding]]
"""A case and the record under judgement (a `Project` where the kind is projects) → findings."""


@dataclass(frozen=True)
class Clause:
    """How a clause of the policy is served."""

    gravest: Severity = "note"
    """How far its rules go; what the policy's own `severity` takes the place of."""
    rules: Mapping[str, Rule] = field(default_factory=dict)
    """Kind of record → the rule that judges such records."""
    orders: str = ""
    """For a clause that finds nothing wrong and orders lists: the function that does."""
    construction: str = ""
    """For a clause that needs no rule: why it cannot be broken, for `_`."""
    test: str = ""
    """The test that shows that order or that construction."""


_TESTS: Final = "tests/registry/policy"

CLAUSES: Final[dict[str, Clause]] = {
    "adoption": Clause("warning", {"policy": organisation.adoption}),
    "platform": Clause(
        construction=N_("one registry holds every department's records, and one overview reads them all"),
        test=f"{_TESTS}/test_constructions.py::test_one_registry_serves_all_departments_and_one_overview_reads_them",
    ),
    "investment": Clause("warning", {"projects": purpose.investment}),
    "added-value": Clause("violation", {"projects": purpose.added_value}),
    "goals": Clause("warning", {"projects": purpose.goals}),
    "target-groups": Clause("note", {"projects": purpose.target_groups}),
    "eu-funding": Clause("warning", {"projects": money.eu_funding}),
    "priority-europe": Clause(
        orders="registry.policy.priorities.Priorities",
        test=f"{_TESTS}/test_priorities.py::test_europe_is_derived_from_countries_and_the_list_that_the_policy_names",
    ),
    "priority-youth": Clause(
        orders="registry.policy.priorities.Priorities",
        test=f"{_TESTS}/test_priorities.py::test_youth_is_the_coordinators_word_and_comes_first",
    ),
    "priority-established": Clause(
        orders="registry.policy.priorities.Priorities",
        test=f"{_TESTS}/test_priorities.py::test_an_established_contact_is_one_told_of_in_words",
    ),
    "long-term": Clause("exception", {"projects": planning.long_term}),
    "planned": Clause("violation", {"projects": planning.planned}),
    "budgeted": Clause("violation", {"projects": money.budgeted}),
    "documented": Clause("violation", {"projects": planning.documented}),
    "evaluated": Clause("violation", {"projects": evaluation.evaluated}),
    "exchange-officer": Clause(
        "violation", {"departments": organisation.exchange_officers, "projects": organisation.officer_in_place}
    ),
    "political-responsibility": Clause(
        "violation", {"projects": responsibility.decided, "registry": responsibility.year_dealt_with}
    ),
    "coordinator": Clause("warning", {"registry": organisation.coordinator}),
    "coordination-committee": Clause("warning", {"registry": organisation.coordination_committee}),
    "coordination": Clause("note", {"projects": responsibility.coordination}),
    "twin-towns": Clause(
        construction=N_(
            "a starter with towns has those of its policy, exactly, and says that nobody has confirmed them"
        ),
        test=f"{_TESTS}/test_constructions.py::test_the_starter_has_the_six_towns_of_the_policys_table_unconfirmed",
    ),
    "no-obligations": Clause("exception", {"twin-towns": twin_towns.no_obligations}),
    "ordinary-contacts": Clause(
        construction=N_("an activity with a twin town is a project like any other, and no gate asks whom it is with"),
        test=f"{_TESTS}/test_constructions.py::test_a_project_with_a_twin_town_meets_the_same_gates_as_any_other",
    ),
    "no-new-agreements": Clause("exception", {"twin-towns": twin_towns.no_new_agreements}),
    "prioritise-working": Clause(
        orders="registry.policy.priorities.towns_in_order",
        test=f"{_TESTS}/test_priorities.py::test_towns_where_the_cooperation_works_or_could_come_first",
    ),
    "central-funds": Clause("exception", {"registry": money.central_funds}),
    "department-funding": Clause("violation", {"projects": money.named_department, "departments": money.within_budget}),
    "external-commitments": Clause("violation", {"projects": external.external_commitments}),
    "board-duty": Clause("warning", {"departments": organisation.board_duty}),
    "watch-opportunities": Clause("note", {"departments": organisation.watch_opportunities}),
    "set-aside": Clause("warning", {"departments": money.set_aside}),
    "personal-data": Clause(
        "exception",
        {
            **dict.fromkeys(("policy", "departments", "twin-towns", "projects"), privacy.personal_data),
            "registry": privacy.registry_privacy,
        },
    ),
}
"""By id, in the order of POLICY.md."""


def _settings(case: Case, it: Subject) -> Iterable[Finding]:
    return (*settings.settings(case, it, CLAUSES), *to_come.days_to_come(case, it))


OUTSIDE: Final[Mapping[str, Rule]] = {
    "policy": _settings,
    "projects": planning.recorded_afterwards,
    **dict.fromkeys(("registry", "departments", "twin-towns"), to_come.days_to_come),
}
"""Kind → a rule outside the policy (its findings are `schema`): what contradicts itself across fields."""

GRAVEST: Final[Mapping[str, Severity]] = {SCHEMA: "violation", **{own: found.gravest for own, found in CLAUSES.items()}}
"""Clause → how far its rules go."""


@cache
def rules_for(kind: str, without: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that judge records of a kind, but for those of clauses that are switched off."""
    found = [clause.rules[kind] for own, clause in CLAUSES.items() if kind in clause.rules and own not in without]
    return (*found, OUTSIDE[kind]) if kind in OUTSIDE else tuple(found)
