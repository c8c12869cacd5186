"""Everything that is wrong with a record is told, and where, and what would be right; and nothing crashes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from registry.records.kinds import KINDS
from registry.records.paths import get, parse_path
from registry.records.validate import Problem, validate
from registry.words import speaking
from tests.registry.records.odd_records import ODD_RECORDS

PROJECT = KINDS["projects"]


def problems(data: Any, kind: str = "projects") -> dict[str, Problem]:
    with speaking("en"):
        found = validate(KINDS[kind], {"title": "Utbyte", **data} if kind == "projects" else data)
    assert len({problem.path for problem in found}) == len(found)
    return {problem.path: problem for problem in found}


def test_all_problems_are_told_at_once() -> None:
    found = problems(
        {
            "start": "2026-05-04",
            "cost": 12500.5,
            "stage": "beslutad",
            "countries": ["DK", "Norge"],
            "budget": [{"id": "b1", "year": "2026", "source": "department"}, {"source": "lotteri", "granted": -1}],
            "evaluation": {"date": 2026, "results": {"democracy": "hm"}},
        }
    )
    assert list(found) == [
        "stage",
        "start",
        "countries",
        "cost",
        "budget[b1].year",
        "budget[1].year",
        "budget[1].source",
        "budget[1].granted",
        "evaluation.date",
        "evaluation.results.democracy",
    ]
    assert found["start"] == Problem(
        "start", "“2026-05-04” is not a date; write it without quotation marks", "2026-05-04"
    )
    assert "Norge" in found["countries"].message
    assert found["evaluation.results.democracy"].example == "met"
    assert all(problem.message and problem.example for problem in found.values())
    assert {problem.severity for problem in found.values()} == {"violation"}


def test_what_is_required_is_missed_and_so_is_an_empty_value() -> None:
    assert problems({"name": "", "country": "DK"}, "twin-towns")["name"].message == "is missing"
    assert set(problems({}, "twin-towns")) == {"name", "country"}
    assert problems({"budget": [{"source": "eu"}]})["budget[0].year"].message == "is missing"


@pytest.mark.parametrize("empty", ["", [], {}, None])
def test_an_empty_value_is_no_value_whatever_the_field(empty: Any) -> None:
    assert problems({"start": empty, "budget": empty, "evaluation": empty, "goals": empty, "cost": empty}) == {}


def test_days_stand_in_order() -> None:
    found = problems({"start": date(2026, 5, 4), "end": date(2026, 5, 1)})
    assert found["end"] == Problem("end", "“2026-05-01” is before “Start date”, 2026-05-04", "2026-05-04")
    assert problems({"start": date(2026, 5, 4), "end": date(2026, 5, 4)}) == {}
    officer = {"from": date(2026, 2, 1), "until": date(2026, 1, 1)}
    assert set(problems({"name": "BUF", "officers": [officer]}, "departments")) == {"officers[0].until"}
    assert set(problems({"start": "x", "end": date(2026, 5, 1)})) == {"start"}


def test_keys_that_nobody_described_are_told_and_are_no_violation() -> None:
    found = problems({"stagee": "decided", "a.b": 1, "budget": [{"year": 2026, "source": "eu", "belopp": 3}]})
    assert list(found) == ["budget[0].belopp", "stagee", '"a.b"']
    assert all(problem.unknown and problem.severity == "note" for problem in found.values())
    assert found["stagee"].example == "stage"


def test_an_id_belongs_to_one_entry() -> None:
    line = {"year": 2026, "source": "eu"}
    found = problems({"budget": [{"id": "b1", **line}, {"id": "b1", **line}, {"id": "B 2", **line}]})
    assert set(found) == {"budget[1].id", "budget[2].id"}
    assert found["budget[1].id"].example == "b1-1"


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("budget", {"year": 2026}, "budget"),
        ("budget", "45000", "budget"),
        ("budget", [45000], "budget[0]"),
        ("budget", [[{"year": 2026}]], "budget[0]"),
        ("evaluation", [{"date": 1}], "evaluation"),
        ("evaluation", {"results": ["met"]}, "evaluation.results"),
        ("goals", "democracy", "goals"),
        ("title", {"a": 1}, "title"),
        ("start", [date(2026, 1, 1)], "start"),
    ],
)
def test_what_is_built_otherwise_than_described_is_a_problem_like_another(key: str, value: Any, path: str) -> None:
    assert list(problems({key: value})) == [path]


def test_something_that_is_no_record_is_a_problem() -> None:
    assert [problem.path for problem in validate(PROJECT, "text")] == [""]  # type: ignore[arg-type]


@given(ODD_RECORDS)
def test_no_record_is_too_odd_to_be_judged_and_each_problem_says_where(odd: Any) -> None:
    kind, data = odd
    for problem in validate(kind, data):
        assert problem.message
        assert len(problem.message) < 1000
        if problem.message != "saknas":
            assert get(data, parse_path(problem.path)) is not None


def test_problems_are_told_in_the_language_of_the_moment() -> None:
    with speaking("sv"):
        assert validate(PROJECT, {"title": "x", "cost": -1})[0].message == "”-1” är mindre än noll"
