"""An entry of a list is followed by its id, and before it has one by what it says."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.records import entries
from registry.records.entries import new_id, pair, same, with_ids
from registry.records.kinds import KINDS
from registry.records.types import ENTRY_ID

PROJECT = KINDS["projects"]
OWN = {"year": 2026, "source": "department", "planned": 45000}
EU = {"year": 2026, "source": "eu", "planned": 90000}
NEXT = {"year": 2027, "source": "department", "planned": 10000}


def by_old(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[int | None, int | None]:
    return {before: after for before, after in pair(old, new) if before is not None}


def test_entries_are_followed_by_id_wherever_they_move_and_however_they_change() -> None:
    old = [{"id": "a1", **OWN}, {"id": "b2", **EU}]
    new = [{"id": "b2", "year": 1999}, {"id": "c3", **NEXT}, {"id": "a1", **OWN}]
    assert pair(old, new) == [(1, 0), (None, 1), (0, 2)]


def test_entries_without_id_are_followed_by_what_they_say() -> None:
    assert pair([OWN, EU], [EU, NEXT, OWN]) == [(1, 0), (None, 1), (0, 2)]
    assert pair([OWN, OWN], [OWN, OWN]) == [(0, 0), (1, 1)]


def test_an_empty_value_says_as_little_as_none() -> None:
    assert pair([OWN], [{**OWN, "note": ""}]) == [(0, 0)]


def test_an_edited_entry_without_id_is_paired_with_what_it_most_resembles() -> None:
    assert by_old([OWN, EU], [{**EU, "granted": 80000}, {**OWN, "planned": 50000}]) == {0: 1, 1: 0}


def test_the_first_keys_weigh_most() -> None:
    stays, same_amount_only = {**OWN, "planned": 1}, {"year": 2030, "source": "eu", "planned": 45000}
    assert pair([OWN], [same_amount_only, stays]) == [(None, 0), (0, 1)]


def test_an_entry_of_which_little_is_left_is_another_entry() -> None:
    of_2025 = {"year": 2025, "amount": 100, "state": "decided", "decision": "KF 2024-11-25 § 1"}
    assert pair([of_2025], [{"year": 2027, "amount": 120, "state": "decided"}]) == [(0, None), (None, 0)]
    assert pair([{}], [{}, OWN]) == [(0, 0), (None, 1)]


def test_an_entry_that_got_an_id_or_lost_it_is_still_the_same() -> None:
    assert pair([OWN, EU], [{"id": "b7", **OWN, "granted": 40000}, EU]) == [(0, 0), (1, 1)]
    assert pair([{"id": "b7", **OWN}], [EU, OWN]) == [(None, 0), (0, 1)]


def test_two_different_ids_are_two_entries_though_they_say_the_same() -> None:
    assert pair([{"id": "a1", **OWN}], [{"id": "b2", **OWN}]) == [(0, None), (None, 0)]


def test_the_second_entry_of_one_id_is_followed_by_what_it_says() -> None:
    twice = [{"id": "a1", **OWN}, {"id": "a1", **EU}]
    assert by_old(twice, [*twice, NEXT]) == {0: 0, 1: 1}
    assert [entries.name(twice, index) for index in (0, 1)] == ["a1", "1"]
    assert entries.find(twice, "a1") == 0
    assert entries.find(twice, "1") == 1


def test_what_was_removed_stands_where_it_was() -> None:
    old = [{"id": letter} for letter in "abcde"]
    assert pair(old, [{"id": "b"}, {"id": "n"}, {"id": "d"}]) == [
        (0, None),
        (1, 0),
        (2, None),
        (None, 1),
        (3, 2),
        (4, None),
    ]
    assert pair(old[:2], []) == [(0, None), (1, None)]


ENTRY = st.fixed_dictionaries(
    {"year": st.integers(2025, 2027)},
    optional={
        "id": st.sampled_from(["a1", "b2", "c3", "2", ""]),
        "source": st.sampled_from(["eu", "grant"]),
        "planned": st.integers(0, 2),
    },
)


@given(st.lists(ENTRY, max_size=6), st.lists(ENTRY, max_size=6))
def test_every_entry_is_in_exactly_one_pair(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    pairs = pair(old, new)
    assert sorted(before for before, _ in pairs if before is not None) == list(range(len(old)))
    assert [after for _, after in pairs if after is not None] == list(range(len(new)))
    assert (None, None) not in pairs


@given(st.lists(ENTRY, max_size=6))
def test_an_unchanged_list_pairs_with_itself(old: list[dict[str, Any]]) -> None:
    assert all(same(old[before], old[after]) for before, after in pair(old, old))  # type: ignore[index]


@given(st.lists(ENTRY, max_size=6))
def test_every_entry_is_found_by_its_name(old: list[dict[str, Any]]) -> None:
    named = [entries.name(old, index) for index in range(len(old))]
    assert [entries.find(old, text) for text in named] == list(range(len(old)))


@pytest.mark.parametrize("name", ["z9", "7", "-1", "٣", "9" * 5000, ""])
def test_a_name_that_is_not_there_finds_nothing(name: str) -> None:
    assert entries.find([OWN, EU], name) is None


@given(st.sets(st.text("abz29", min_size=1, max_size=5)), st.text(max_size=5), st.randoms(use_true_random=False))
def test_a_new_id_is_well_formed_and_not_taken(taken: set[str], hint: str, rng: random.Random) -> None:
    made = new_id(taken, hint, rng)
    assert ENTRY_ID.problem(made) is None
    assert made not in taken
    assert len(made) == 5


def test_a_new_id_is_repeatable_when_asked_for_and_never_by_itself() -> None:
    assert new_id((), "budget", random.Random(1)) == new_id((), "budget", random.Random(1))
    assert len({new_id((), "budget") for _ in range(50)}) > 45
    assert new_id((), "budget").startswith("b")
    first = new_id((), "budget", random.Random(1))
    assert new_id({first}, "budget", random.Random(1)) != first


def test_what_is_added_or_edited_gets_an_id_and_what_nobody_touched_stays_as_it_is() -> None:
    before = {"title": "Utbyte", "budget": [OWN, EU]}
    after = {"title": "Utbyte", "budget": [OWN, {**EU, "granted": 5}, NEXT], "partners": [{"name": "Skjern IF"}]}
    made = with_ids(PROJECT, after, before, random.Random(3))
    assert made["budget"][0] == OWN
    assert [
        ENTRY_ID.problem(made[key][index]["id"]) for key, index in (("budget", 1), ("budget", 2), ("partners", 0))
    ] == [None] * 3
    assert {key: value for key, value in made["budget"][1].items() if key != "id"} == {**EU, "granted": 5}
    assert "id" not in after["budget"][1]
    assert with_ids(PROJECT, made, made) == made


def test_an_entry_that_lost_its_id_gets_it_back() -> None:
    made = with_ids(
        PROJECT, {"budget": [NEXT, {**OWN, "spent": 1}]}, {"budget": [{"id": "old1", **OWN}]}, random.Random(3)
    )
    assert made["budget"][1]["id"] == "old1"
    assert made["budget"][0]["id"] != "old1"


def test_ids_that_are_the_users_own_words_are_not_made_up() -> None:
    clause = {"quote": "…"}
    assert with_ids(KINDS["policy"], {"clauses": [clause]})["clauses"] == [clause]


def test_lists_that_are_no_lists_of_tables_are_left_for_validation() -> None:
    odd = {"budget": "45000", "partners": [1], "evaluation": 3}
    assert with_ids(PROJECT, odd) == odd


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (1, True, False),
        (1, 1.0, False),
        (float("nan"), float("nan"), True),
        ([1, {"a": 0}], [1, {"a": False}], False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ((1, 2), [1, 2], True),
        (None, "", False),
    ],
)
def test_values_are_told_apart_as_toml_does(one: object, other: object, equal: bool) -> None:
    assert same(one, other) is equal
    assert same(other, one) is equal
