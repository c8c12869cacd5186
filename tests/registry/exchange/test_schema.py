"""The schemas say of a record what the registry says of it, and a real editor's program understands them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft7Validator, FormatChecker

from registry.exchange.schema import file_name, schema_of, schema_text
from registry.json_values import as_read
from registry.records.kinds import KINDS
from registry.records.refs import folder_of
from registry.records.validate import validate
from registry.toml_files import normal
from tests.registry.exchange.test_round_trip import records
from tests.registry.records.examples import DATA

SCHEMAS = {kind_id: Draft7Validator(schema_of(kind), format_checker=FormatChecker()) for kind_id, kind in KINDS.items()}
ROOT = Path(__file__).resolve().parents[3]


def by_schema(kind_id: str, data: Any) -> list[str]:
    """What the schema finds wrong."""
    return [error.message for error in SCHEMAS[kind_id].iter_errors(as_read(normal(data)))]


def by_registry(kind_id: str, data: Any) -> list[str]:
    """What the registry finds wrong, but for what a schema cannot tell: the order of dates, and a bare date from a text."""
    later = {field.key for _path, field in KINDS[kind_id].walk() if field.not_before}
    return [
        problem.message
        for problem in validate(KINDS[kind_id], normal(data))
        if problem.severity == "violation"
        and not (problem.path.rpartition(".")[2] in later and " är tidigare än " in problem.message)
        and not re.match(r"”\d{4}-\d\d-\d\d.*” är ingen text", problem.message)
    ]


@pytest.mark.parametrize("ref", DATA)
def test_the_examples_of_the_format_are_as_their_schema_says(ref: str) -> None:
    assert by_schema(folder_of(ref), DATA[ref]) == []


@given(st.sampled_from(list(KINDS)).flatmap(lambda own: st.tuples(st.just(own), records(KINDS[own].fields, least=1))))
@settings(max_examples=60)
def test_schema_and_registry_agree_on_what_is_wrong(case: tuple[str, Any]) -> None:
    kind_id, data = case
    said = by_schema(kind_id, data), by_registry(kind_id, data)
    assert bool(said[0]) == bool(said[1]), said


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": "plannd"}, {"start": "2026-05-04 "}, {"cost": -1}, {"cost": "45 000"}, {"cost": 10**13}, {"youth": "ja"},
        {"department": "bun"}, {"department": "departments/Bun"}, {"twin_towns": "twin-towns/skjern"},
        {"twin_towns": ["twin-towns/skjern", "twin-towns/skjern"]}, {"countries": ["XX"]}, {"responsible": "Anna Exempel"},
        {"title": "två\nrader"}, {"title": "x" * 100_001}, {"budget": [{"year": 2026}]}, {"budget": {"year": 2026, "source": "eu"}},
        {"budget": [{"year": 26, "source": "eu"}]}, {"decisions": [{"decision": "KS 2026-03-10"}]}, {"decisions": [{"decision": "dnr"}]},
        {"evaluation": {"results": {"democracy": "nearly"}}}, {"evaluation": {"results": {"Demokrati!": "met"}}}, {"title": None},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_for_the_registry_is_wrong_for_the_schema(wrong: dict[str, Any]) -> None:
    data = {"title": "Resa", **wrong}
    assert by_registry("projects", data)
    assert by_schema("projects", data)


def test_the_published_schemas_are_those_of_the_program_and_of_drafts_that_editors_know() -> None:
    for kind in KINDS.values():
        published = ROOT / "docs" / "schema" / file_name(kind)
        assert published.read_text(encoding="utf-8") == schema_text(kind), f"vanort schema {kind.id} > {published}"
        for draft in (Draft4Validator, Draft7Validator):
            draft.check_schema(json.loads(schema_text(kind)))
