"""The descriptions say everything that the data folder's format has, in both languages, with nothing dangling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from registry.records.fields import Field, Kind
from registry.records.kinds import KINDS, kind_named, kind_of
from registry.records.types import MapOf, SetOf, Table, Tables
from registry.records.validate import validate
from registry.words import Words
from tests.registry.records.examples import DATA

CLAUSES = re.findall(
    r"\S+",
    """
    adoption platform investment added-value goals target-groups eu-funding priority-europe
    priority-youth priority-established long-term planned budgeted documented evaluated exchange-officer
    political-responsibility coordinator coordination-committee coordination twin-towns no-obligations ordinary-contacts no-new-agreements
    prioritise-working central-funds department-funding external-commitments board-duty watch-opportunities set-aside personal-data
""",
)
FIELDS = [pytest.param(kind, field, id=f"{kind.id} {path}") for kind in KINDS.values() for path, field in kind.walk()]


def undescribed(fields: tuple[Field, ...], data: dict[str, Any], before: str = "") -> Iterator[str]:
    for key, value in data.items():
        field = next((item for item in fields if item.key == key), None)
        if field is None:
            yield f"{before}{key}"
        elif isinstance(field.type, (Table, Tables)):
            for entry in value if isinstance(field.type, Tables) else [value]:
                yield from undescribed(field.fields, entry, f"{before}{key}.")


@pytest.mark.parametrize("ref", DATA)
def test_every_key_of_the_format_is_described(ref: str) -> None:
    assert list(undescribed(kind_of(ref).fields, DATA[ref])) == []


@pytest.mark.parametrize("ref", DATA)
def test_the_formats_own_examples_are_valid(ref: str) -> None:
    assert validate(kind_of(ref), DATA[ref]) == []


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_field_speaks_both_languages(kind: Kind, field: Field) -> None:
    assert field.label.sv.strip()
    assert field.label.en.strip()
    assert field.help.sv.endswith(".")
    assert field.help.en.endswith(".")
    assert field.absent.sv
    assert field.absent.en
    assert not field.clause or field.clause in CLAUSES


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_fields_example_of_right_is_right(kind: Kind, field: Field) -> None:
    if not isinstance(field.type, (Table, Tables)):
        typed = field.type.example.strip("[]{} ").replace('"', "") if isinstance(field.type, (SetOf, MapOf)) else None
        value = field.type.parse(field.type.example if typed is None else typed)
        assert field.type.problem(value) is None


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_fields_condition_can_be_asked_of_an_empty_record(kind: Kind, field: Field) -> None:
    assert field.matters is None or field.matters({}) in {True, False}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_descriptions_refer_only_to_keys_that_are_there(kind: Kind) -> None:
    levels = [kind.fields, *(field.fields for field in kind.fields if field.fields)]
    for fields in levels:
        keys = [field.key for field in fields]
        assert len(keys) == len(set(keys))
        assert {field.not_before for field in fields if field.not_before} <= set(keys)
    for field in kind.fields:
        if isinstance(field.type, Tables):
            assert field.type.telling, field.key
            assert set(field.type.telling) <= {inner.key for inner in field.type.fields}
    assert kind.title_key in kind.by_key
    assert set(kind.columns) <= set(kind.by_key)
    assert kind.columns[:1] in {(), (kind.title_key,)}


def test_every_list_of_tables_lets_its_entries_have_an_id() -> None:
    lists = [field for kind in KINDS.values() for field in kind.fields if isinstance(field.type, Tables)]
    assert len(lists) > 10
    assert all(field.inner("id") for field in lists)


def test_a_kind_is_found_by_what_people_call_it() -> None:
    assert [kind_named(name).id for name in ("projects", "Projekt", "vänort", "twin towns", " department ")] == [
        "projects",
        "projects",
        "twin-towns",
        "twin-towns",
        "departments",
    ]


def test_words_differ_where_the_languages_do() -> None:
    assert Words("förnyat", "renewed") in {
        option.label
        for field in KINDS["twin-towns"].by_key["agreement_events"].fields
        for option in getattr(field.type, "options", ())
    }
