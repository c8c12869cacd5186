"""One value of a record is named by its path, read, replaced and called by its label."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import BadInput
from registry.records.kinds import KINDS
from registry.records.paths import FieldPath, Step, field_at, get, label_at, lowered, parse_path, put, quoted
from registry.records.types import Date, Money, OneOf, Table, Tables
from registry.words import speaking
from tests.registry.records.attempts import attempt
from tests.registry.records.odd_records import ANYTHING, ODD_RECORDS

PROJECT = KINDS["projects"]
RECORD: dict[str, Any] = {
    "title": "Ungdomsutbyte",
    "budget": [
        {"id": "b1", "year": 2026, "source": "department", "department": "departments/bun", "granted": 45000},
        {"year": 2026, "source": "eu"},
        {"year": 2027, "source": "eu"},
    ],
    "evaluation": {"results": {"democracy": "met"}},
    "odd.key": 1,
}
STEPS = st.builds(
    Step, st.text(min_size=1, max_size=6) | st.sampled_from(["budget", "a.b"]), st.none() | st.sampled_from(["b1", "0"])
)
PATHS = st.lists(STEPS, min_size=1, max_size=3).map(lambda steps: FieldPath(tuple(steps)))


@given(PATHS)
def test_a_path_reads_back_as_it_was_written(path: FieldPath) -> None:
    assert parse_path(str(path)) == path


@given(st.text() | st.text('ab.[]"\\=0'))
def test_what_is_no_path_is_refused(text: str) -> None:
    found = attempt(parse_path, text)
    assert found.hint if isinstance(found, BadInput) else parse_path(str(found)) == found


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", "Ungdomsutbyte"),
        ("budget[b1].granted", 45000),
        ("budget[0].granted", 45000),
        ("budget[2].year", 2027),
        ("budget[1]", {"year": 2026, "source": "eu"}),
        ("evaluation.results.democracy", "met"),
        ('"odd.key"', 1),
        ("budget[b9].year", None),
        ("budget[3]", None),
        ("budget.year", None),
        ("title.x", None),
        ("title[0]", None),
        ("nothing", None),
    ],
)
def test_a_value_is_found_by_its_path(path: str, value: Any) -> None:
    assert get(RECORD, path) == value


@pytest.mark.parametrize(
    "path",
    ["title", "start", "budget[b1].granted", "budget[2].note", "evaluation.date", "evaluation.results.knowledge"],
)
def test_a_value_that_is_put_is_found_again_and_nothing_else_changes(path: str) -> None:
    before = copy.deepcopy(RECORD)
    made = put(RECORD, path, "new")
    assert get(made, path) == "new"
    assert before == RECORD
    back = put(made, path, get(RECORD, path))
    assert back == RECORD


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_no_value_removes_the_key(nothing: Any) -> None:
    assert "title" not in put(RECORD, "title", nothing)
    assert "granted" not in put(RECORD, "budget[b1].granted", nothing)["budget"][0]
    assert [entry.get("id") for entry in put(RECORD, "budget[b1]", nothing)["budget"]] == [None, None]


def test_what_is_emptied_is_removed_as_well() -> None:
    assert "evaluation" not in put(RECORD, "evaluation.results.democracy", None)
    assert "budget" not in put({"budget": [{"id": "b1"}]}, "budget[b1]", None)
    assert "evaluation" not in put({}, "evaluation.date", None)


def test_an_entry_comes_back_under_its_own_id_only() -> None:
    entry = {"id": "b7", "year": 2028}
    assert put(RECORD, "budget[b7]", entry)["budget"][-1] == entry
    assert put({}, "budget[b7]", entry) == {"budget": [entry]}
    for path, value in (("budget[b8]", entry), ("budget[b7].year", 2028), ("budget[9]", entry)):
        with pytest.raises(BadInput, match="b1, 1, 2"):
            put(RECORD, path, value)


@pytest.mark.parametrize("path", ["title.x", "title[0]", "budget.year", "evaluation[0]"])
def test_what_is_built_otherwise_is_not_overwritten(path: str) -> None:
    with pytest.raises(BadInput):
        put(RECORD, path, "x")


@given(ODD_RECORDS, PATHS, ANYTHING)
def test_no_record_is_too_odd_to_look_into_or_to_put_something_in(odd: Any, path: FieldPath, value: Any) -> None:
    kind, data = odd
    before = repr(data)
    get(data, path)
    assert isinstance(label_at(kind, path, data), str)
    made = attempt(put, data, path, value)
    if not isinstance(made, BadInput) and value not in (None, "", [], {}, ()):
        assert repr(get(made, path)) == repr(value)
    assert repr(data) == before


def test_a_field_is_found_by_its_path() -> None:
    assert isinstance(field_at(PROJECT, "start").type, Date)
    assert isinstance(field_at(PROJECT, "budget").type, Tables)
    assert isinstance(field_at(PROJECT, "budget[b1]").type, Table)
    assert isinstance(field_at(PROJECT, "budget[0].granted").type, Money)
    assert isinstance(field_at(PROJECT, "evaluation.results.democracy").type, OneOf)
    assert field_at(PROJECT, "budget[b1].id").automatic


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("sart", "start"),
        ("Startdatum", "start"),
        ("Cost", "cost"),
        ("granted", r"budget\[ID\].granted"),
        ("budget[b1].grantd", r"budget\[b1\].granted"),
        ("budget.granted", r"budget\[0\].year"),
        ("title.x", "title"),
        ("title[0]", "title"),
        ("evaluation.results.a.b", "results"),
        ("evaluation.results.Demokrati", "democracy"),
        ("zzzzzz", "title, stage"),
    ],
)
def test_a_field_that_is_not_there_is_refused_with_what_may_have_been_meant(path: str, hint: str) -> None:
    with pytest.raises(BadInput, match=hint):
        field_at(PROJECT, path)


class Called:
    """Names as a snapshot has them."""

    def record(self, ref: str) -> str:
        return {"departments/bun": "Barn- och utbildningsförvaltningen"}.get(ref, ref)

    def person(self, person_id: str) -> str:
        return f"person {person_id}"

    def goal(self, goal_id: str) -> str:
        return {"democracy": "Demokrati"}.get(goal_id, goal_id)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("title", "Titel"),
        ("start", "Startdatum"),
        ("budget[b1].granted", "Budget 2026, förvaltningens medel, beviljat"),
        ("budget[1].granted", "Budget 2026, EU-medel, beviljat"),
        ("budget[2]", "Budget 2027, EU-medel"),
        ("budget[b9].year", "Budget b9, år"),
        ("evaluation.date", "Utvärdering, gjord"),
        ("evaluation.results.democracy", "Utvärdering, resultat, demokrati"),
        ("odd", "odd"),
    ],
)
def test_a_field_is_called_by_its_label(path: str, label: str) -> None:
    with speaking("sv"):
        assert label_at(PROJECT, path, RECORD, Called()) == label


def test_entries_that_sound_alike_are_told_apart_by_more() -> None:
    two = {"budget": [RECORD["budget"][0], {"year": 2026, "source": "department", "department": "departments/kultur"}]}
    with speaking("sv"):
        assert label_at(PROJECT, "budget[b1].spent", two, Called()) == (
            "Budget 2026, förvaltningens medel, Barn- och utbildningsförvaltningen, utfall"
        )
        assert label_at(PROJECT, "budget[0]", {"budget": [two["budget"][1]] * 2}) == "Budget 2026, förvaltningens medel"


def test_labels_speak_the_language_of_the_moment() -> None:
    with speaking("en"):
        assert label_at(PROJECT, "budget[b1].granted", RECORD) == "Budget 2026, department's money, granted"


def test_a_label_is_one_short_line_whatever_the_entry_says() -> None:
    data = {"documents": [{"title": "a\nb\x1b[31m" + "c" * 100_000}]}
    label = label_at(PROJECT, "documents[0].date", data)
    assert "\n" not in label
    assert "\x1b" not in label
    assert len(label) < 80


def test_labels_are_lowered_in_mid_sentence_and_abbreviations_are_not() -> None:
    assert [lowered(label) for label in ("Beviljat", "EU-medel", "Åldrar", "", "KF")] == [
        "beviljat",
        "EU-medel",
        "åldrar",
        "",
        "KF",
    ]


def test_keys_that_a_path_could_not_hold_are_quoted() -> None:
    assert quoted("start") == "start"
    assert quoted("mål") == "mål"
    assert quoted("a.b") == '"a.b"'
    assert quoted("") == '""'
