"""What two people changed in one record at the same time: both changes stand, or a person is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.errors import NotFound
from registry.merge import Conflict, merge_record, settled
from registry.records.kinds import KINDS

PROJECT, TOWN, POLICY = KINDS["projects"], KINDS["twin-towns"], KINDS["policy"]
Record = dict[str, Any]

LINE = {"id": "b1", "year": 2026, "source": "eu", "planned": 1}
LINE_2 = {**LINE, "planned": 2}
LINE_3 = {**LINE, "planned": 3}
ASK: Any = "a person is asked"

# key, value, changed by us, changed by them, and what it comes to if both changed it, or one did and one cleared it
SORTS: dict[str, tuple[str, Any, Any, Any, Any, Any]] = {
    "a scalar": ("stage", "idea", "planned", "decided", ASK, ASK),
    "a date": ("start", date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6), ASK, ASK),
    "a set": ("goals", ["a", "b"], ["a", "b", "c"], ["b", "c"], ["b", "c"], ["c"]),
    "an entry": ("budget", [LINE], [LINE_2], [LINE_3], ASK, ASK),
    "other lines of a long text": ("purpose", "ett\ntvå\ntre", "1\ntvå\ntre", "ett\ntvå\n3", "1\ntvå\n3", ASK),
    "the same line of a long text": ("purpose", "ett", "one", "eins", ASK, ASK),
    "an unknown key": ("colour", "red", "blue", "green", ASK, ASK),
    "an unknown list": ("colours", ["red"], ["red", "blue"], ["red", "green"], ASK, ASK),
}


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("ours", ["absent", "same", "changed"])
@pytest.mark.parametrize("theirs", ["absent", "same", "changed", "changed alike"])
def test_every_way_of_changing_one_field(sort: str, ours: str, theirs: str) -> None:
    key, value, mine, other, both_changed, one_cleared = SORTS[sort]
    left = {"absent": None, "same": value, "changed": mine}[ours]
    right = {"absent": None, "same": value, "changed": other, "changed alike": mine}[theirs]
    result = merge_record(PROJECT, _with(key, value), _with(key, left), _with(key, right))
    if left == right or theirs == "same":
        expected = left
    elif ours == "same":
        expected = right
    else:
        expected = one_cleared if "absent" in {ours, theirs} else both_changed
    if expected is not ASK:
        assert (result.data, result.conflicts) == (_with(key, expected), ())
    elif sort == "an entry":
        asked = "budget[b1]" if "absent" in {ours, theirs} else "budget[b1].planned"
        assert [conflict.field for conflict in result.conflicts] == [asked]
        assert result.data == _with(key, left)
    else:
        assert result.conflicts == (Conflict(key, value, left, right),)
        assert result.data == _with(key, left)


@pytest.mark.parametrize("sort", SORTS)
def test_what_both_add_is_agreed_or_asked_about(sort: str) -> None:
    key, _value, mine, other, *_rest = SORTS[sort]
    alike = merge_record(PROJECT, _with(key, None), _with(key, mine), _with(key, mine))
    assert (alike.data, alike.conflicts) == (_with(key, mine), ())
    one = merge_record(PROJECT, _with(key, None), _with(key, None), _with(key, other))
    assert (one.data, one.conflicts) == (_with(key, other), ())
    both = merge_record(PROJECT, _with(key, None), _with(key, mine), _with(key, other))
    if sort == "a set":
        assert both.data == _with(key, ["a", "b", "c"])
    else:
        assert [conflict.base for conflict in both.conflicts] == [None]


def _with(key: str, value: Any) -> Record:
    return {"title": "Utbyte"} | ({} if value is None else {key: value})


A, B, C = {"title": "Utbyte"}, {"title": "Utbytet"}, {"title": "Ett utbyte"}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        (None, None, None, None),
        (None, A, None, A),
        (None, A, A, A),
        (None, {**A, "youth": True}, {**A, "cost": 5}, {**A, "youth": True, "cost": 5}),
        (None, A, B, "title"),
        (A, None, None, None),
        (A, None, A, None),
        (A, A, None, None),
        (A, A, A, A),
        (A, A, B, B),
        (A, B, A, B),
        (A, B, B, B),
        (A, B, C, "title"),
        (A, None, B, ""),
        (A, B, None, ""),
    ],
)
def test_every_way_of_changing_a_whole_record(
    base: Record | None, ours: Record | None, theirs: Record | None, expected: Record | str | None
) -> None:
    result = merge_record(PROJECT, base, ours, theirs)
    if isinstance(expected, str):
        values = [None if one is None else one if expected == "" else one["title"] for one in (base, ours, theirs)]
        assert result.conflicts == (Conflict(expected, *values),)
        assert result.data == ours
    else:
        assert (result.data, result.conflicts) == (expected, ())


def test_two_people_edit_different_fields_of_one_budget_line() -> None:
    base = {"budget": [{"id": "b1", "year": 2026, "source": "eu", "planned": 90000}]}
    ours = {"budget": [{**base["budget"][0], "granted": 80000}]}
    theirs = {"budget": [{**base["budget"][0], "applied": 90000}], "youth": True}
    result = merge_record(PROJECT, base, ours, theirs)
    assert result.conflicts == ()
    assert result.data == {"budget": [{**ours["budget"][0], "applied": 90000}], "youth": True}


def test_a_table_merges_key_by_key_down_to_the_result_of_a_goal() -> None:
    base = {"evaluation": {"due": date(2026, 9, 1), "results": {"democracy": "partly"}}}
    ours = {"evaluation": {**base["evaluation"], "results": {"democracy": "met"}}}
    theirs = {
        "evaluation": {**base["evaluation"], "results": {"democracy": "partly", "knowledge": "met"}, "lessons": "…"}
    }
    assert merge_record(PROJECT, base, ours, theirs).data == {
        "evaluation": {
            "due": date(2026, 9, 1),
            "results": {"democracy": "met", "knowledge": "met"},
            "lessons": "…",
        }
    }
    against = {"evaluation": {"results": {"democracy": "not"}}}
    result = merge_record(PROJECT, base, ours, against)
    assert result.conflicts == (Conflict("evaluation.results.democracy", "partly", "met", "not"),)
    assert result.data == {"evaluation": {"results": {"democracy": "met"}}}


def test_clearing_a_table_takes_what_nobody_else_touched_and_asks_about_the_rest() -> None:
    base = {"title": "Utbyte", "evaluation": {"lessons": "a", "value_achieved": "b"}}
    edited = {"title": "Utbyte", "evaluation": {"lessons": "A", "value_achieved": "b"}}
    result = merge_record(PROJECT, base, {"title": "Utbyte"}, edited)
    assert result.conflicts == (Conflict("evaluation.lessons", "a", None, "A"),)
    assert result.data == {"title": "Utbyte"}


def test_unknown_tables_merge_key_by_key_and_odd_keys_are_quoted_in_the_path() -> None:
    base = {"mine": {"a": 1, "b.c": 1}}
    assert merge_record(PROJECT, base, {"mine": {"a": 2, "b.c": 1}}, {"mine": {"a": 1, "b.c": 1, "d": 1}}).data == {
        "mine": {"a": 2, "b.c": 1, "d": 1}
    }
    result = merge_record(PROJECT, base, {"mine": {"a": 1, "b.c": 2}}, {"mine": {"a": 1, "b.c": 3}})
    assert [conflict.field for conflict in result.conflicts] == ['mine."b.c"']


def test_no_value_is_no_value_however_it_is_written() -> None:
    assert merge_record(PROJECT, {}, {"goals": []}, {"goals": ["a"]}).data == {"goals": ["a"]}
    assert merge_record(PROJECT, {}, {"title": "", "cost": 1}, {"title": "Utbyte"}).data == {
        "title": "Utbyte",
        "cost": 1,
    }
    assert merge_record(PROJECT, {"title": "Utbyte"}, {"title": ""}, {}).data == {}


def test_true_and_one_are_different_values() -> None:
    result = merge_record(PROJECT, {"participants": 1}, {"participants": 1}, {"participants": True})
    assert result.data is not None
    assert result.data["participants"] is True


def test_a_set_keeps_its_order_and_additions_are_sorted_whoever_merges() -> None:
    base = {"countries": ["SE", "DK", "NO"]}
    ours, theirs = {"countries": ["SE", "DK", "NO", "IS"]}, {"countries": ["FI", "SE", "NO"]}
    for left, right in ((ours, theirs), (theirs, ours)):
        assert merge_record(PROJECT, base, left, right).data == {"countries": ["SE", "NO", "FI", "IS"]}


def test_a_value_of_the_wrong_sort_is_merged_as_a_whole() -> None:
    base: Record = {"budget": [LINE], "goals": ["a"]}
    result = merge_record(PROJECT, base, {"budget": "5", "goals": "a"}, {"budget": [LINE_2], "goals": ["b"]})
    assert [(conflict.field, conflict.ours) for conflict in result.conflicts] == [("budget", "5"), ("goals", "a")]


def test_a_conflict_in_a_long_text_shows_the_three_whole_texts() -> None:
    result = merge_record(PROJECT, {"purpose": "a\nb\nc"}, {"purpose": "A\nx\nc"}, {"purpose": "a\ny\nC"})
    assert result.conflicts == (Conflict("purpose", "a\nb\nc", "A\nx\nc", "a\ny\nC"),)


def test_what_a_person_chose_takes_the_place_of_the_conflict() -> None:
    base = {"title": "a", "stage": "idea", "budget": [LINE]}
    ours = {"title": "b", "stage": "planned", "budget": []}
    theirs = {"title": "c", "stage": "decided", "budget": [LINE_2]}
    result = merge_record(PROJECT, base, ours, theirs)
    assert {conflict.field for conflict in result.conflicts} == {"title", "stage", "budget[b1]"}
    first = settled(result, {"title": "d"})
    assert {conflict.field for conflict in first.conflicts} == {"stage", "budget[b1]"}
    last = settled(first, {"stage": None, "budget[b1]": LINE_2})
    assert (last.data, last.conflicts) == ({"title": "d", "budget": [LINE_2]}, ())


def test_a_person_settles_a_record_that_one_deleted_and_another_edited() -> None:
    result = merge_record(PROJECT, A, None, B)
    assert settled(result, {"": B}).data == B
    assert settled(result, {"": None}).data is None
    assert settled(result, {"": None}).conflicts == ()


def test_only_a_field_in_conflict_can_be_settled() -> None:
    with pytest.raises(NotFound, match=r"youth"):
        settled(merge_record(PROJECT, A, B, C), {"youth": True})


def test_a_conflict_reads_as_json() -> None:
    assert merge_record(PROJECT, A, B, C).conflicts[0].as_json() == {
        "ref": "",
        "field": "title",
        "base": "Utbyte",
        "ours": "Utbytet",
        "theirs": "Ett utbyte",
    }


def crossed(key: str, one: Any, other: Any, ours: Any, theirs: Any) -> tuple[Any, list[str]]:
    result = merge_record(
        PROJECT, _with(key, one), _with(key, ours), _with(key, theirs), more_bases=[_with(key, other)]
    )
    assert result.data is not None
    return result.data.get(key), [conflict.field for conflict in result.conflicts]


def test_of_several_bases_only_what_they_disagree_about_is_asked() -> None:
    assert crossed("stage", "idea", "idea", "planned", "idea") == ("planned", [])
    assert crossed("stage", "idea", "planned", "idea", "planned") == ("idea", ["stage"])
    assert crossed("stage", "idea", "planned", "planned", "decided") == ("planned", ["stage"])
    assert crossed("stage", "idea", "planned", "ongoing", "decided") == ("ongoing", ["stage"])
    assert crossed("goals", ["a"], ["a", "b"], ["a", "c"], ["a"]) == (["a", "c"], [])
    assert crossed("goals", ["a"], ["a", "b"], ["a"], ["a", "b"]) == (["a"], ["goals"])
    assert crossed("purpose", "a\nb\nc", "a\nb\nC", "1\nb\nC", "a\n2\nC") == ("1\n2\nC", [])
    assert crossed("budget", [LINE], [LINE_2], [LINE], [LINE_2]) == ([LINE], ["budget[b1].planned"])
    assert crossed(
        "budget", [LINE], [LINE, {"id": "c1", "year": 2027}], [LINE_2, {"id": "c1", "year": 2027}], [LINE]
    ) == (
        [LINE_2, {"id": "c1", "year": 2027}],
        ["budget[c1]"],
    )


def test_several_bases_do_not_let_one_field_hide_in_the_change_of_another() -> None:
    one, other = {"id": "b1", "planned": 1, "spent": 1}, {"id": "b1", "planned": 2, "spent": 1}
    ours, theirs = one, {"id": "b1", "planned": 2, "spent": 5}
    assert crossed("budget", [one], [other], [ours], [theirs]) == (
        [{"id": "b1", "planned": 1, "spent": 5}],
        ["budget[b1].planned"],
    )
