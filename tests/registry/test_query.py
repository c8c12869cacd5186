"""Conditions on records, as `vanort list --where` takes them."""

from __future__ import annotations

from datetime import date

import pytest

from registry.errors import BadInput
from registry.query import parse_condition
from registry.records.kinds import KINDS

PROJECT = {
    "title": "Körresa till Rautalampi",
    "stage": "planned",
    "start": date(2026, 5, 4),
    "cost": 12_500,
    "youth": False,
    "countries": ["FI", "SE"],
    "twin_towns": ["twin-towns/rautalampi"],
    "budget": [{"year": 2026, "source": "central", "granted": 100}, {"year": 2027, "source": "eu"}],
    "evaluation": {"date": date(2026, 9, 1), "results": {"democracy": "partly"}},
    "purpose": "",
}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("stage=planned", True),
        ("stage=planerad", True),
        ("stage=decided", False),
        ("stage!=decided", True),
        ("stage!=planned", False),
        ("stage=idea", False),
        ("title=körresa till rautalampi", True),
        ("title=Korresa till Rautalampi", False),
        ("title~=RAUTA", True),
        ("title~=skjern", False),
        ("start=4 maj 2026", True),
        ("start>=2026-05-04", True),
        ("start>=2026-05-05", False),
        ("start<=2026-05-04", True),
        ("cost=12 500", True),
        ("cost<=12499", False),
        ("youth=nej", True),
        ("youth=ja", False),
        ("countries=Finland", True),
        ("countries=DK", False),
        ("countries!=DK", True),
        ("twin_towns=rautalampi", True),
        ("budget.year=2027", True),
        ("budget.year=2028", False),
        ("budget.granted>=100", True),
        ("budget.source=centrala medel", True),
        ("evaluation.date<=2026-12-31", True),
        ("evaluation.results=delvis", True),
        ("purpose=", True),
        ("purpose!=", False),
        ("end=", True),
        ("start=", False),
        ("start!=", True),
        ("budget.spent=", True),
        ("participants>=1", False),
    ],
)
def test_a_condition_holds_or_does_not(condition: str, holds: bool) -> None:
    assert parse_condition(KINDS["projects"], condition).matches(PROJECT) is holds


def test_a_value_of_another_type_than_the_field_has_never_matches() -> None:
    wrong = {**PROJECT, "start": "2026-05-04", "cost": True, "budget": "x", "countries": "FI"}
    for condition in ("start=2026-05-04", "start>=2020-01-01", "cost=1", "cost>=0", "budget.year=2026"):
        assert not parse_condition(KINDS["projects"], condition).matches(wrong)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("title", "is not a condition|inget villkor"),
        ("=x", "is not a condition|inget villkor"),
        ("titel=x", "title"),
        ("budget.yaer=2026", "year"),
        ("title.x=1", "x"),
        ("budget=2026", "budget.year=2026"),
        ("start>=snart", "snart"),
        ("stage=klar", "klar"),
    ],
)
def test_a_condition_that_cannot_be_understood_is_refused(condition: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        parse_condition(KINDS["projects"], condition)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [("stage=idea", True), ("stage=idé", True), ("stage!=idea", False), ("stage=planned", False), ("stage=", True)],
)
def test_a_project_that_says_no_status_is_found_as_the_idea_it_is(condition: str, holds: bool) -> None:
    assert parse_condition(KINDS["projects"], condition).matches({"title": "Körresa"}) is holds
