"""Entries of a list that two people changed at the same time: followed by id, and before that by what they say."""

from __future__ import annotations

from typing import Any

from registry.merge import Conflict, merge_record, settled
from registry.records.kinds import KINDS

PROJECT, POLICY = KINDS["projects"], KINDS["policy"]
Entry = dict[str, Any]

OWN: Entry = {"year": 2026, "source": "department", "planned": 45000}
EU: Entry = {"year": 2026, "source": "eu", "planned": 90000}
NEXT: Entry = {"year": 2027, "source": "department", "planned": 10000}


def merge(
    base: list[Entry], ours: list[Entry], theirs: list[Entry], key: str = "budget"
) -> tuple[list[Entry], list[Conflict]]:
    """The merged list, and the conflicts; the same whichever side merges, but for who is called ours."""
    kind = POLICY if key == "priorities" else PROJECT
    result, mirrored = (
        merge_record(kind, {key: base}, {key: left}, {key: right}) for left, right in ((ours, theirs), (theirs, ours))
    )
    assert [Conflict(c.field, c.base, c.theirs, c.ours) for c in mirrored.conflicts] == list(result.conflicts)
    assert result.data is not None
    if not result.conflicts:
        assert mirrored.data == result.data
    return result.data.get(key, []), list(result.conflicts)


def named(text: str) -> list[Entry]:
    return [{"id": f"{letter}1", "year": 2000 + ord(letter)} for letter in text]


def names(entries: list[Entry]) -> str:
    return "".join(entry["id"][0] for entry in entries)


def test_what_both_added_at_one_place_is_ordered_by_id_never_by_side() -> None:
    merged, conflicts = merge(named("m"), named("mx"), named("ma"))
    assert (names(merged), conflicts) == ("max", [])


def test_what_was_added_stays_where_it_was_put() -> None:
    assert names(merge(named("abc"), named("axbc"), named("bcy"))[0]) == "xbcy"
    assert names(merge(named("ab"), named("azyb"), named("abq"))[0]) == "azybq"
    assert names(merge([], named("c"), named("ba"))[0]) == "abc"


def test_whoever_moved_entries_decides_their_order() -> None:
    moved, edited = named("cab"), [*named("ab"), {"id": "c1", "year": 2030}]
    merged, conflicts = merge(named("abc"), moved, edited)
    assert (names(merged), conflicts) == ("cab", [])
    assert merged[0]["year"] == 2030


def test_two_orders_of_one_list_are_for_a_person() -> None:
    base, ours, theirs = ([{"id": letter, "quote": letter} for letter in text] for text in ("abc", "bac", "acb"))
    theirs[0] = {"id": "a", "quote": "A"}
    _, conflicts = merge(base, ours, theirs, "priorities")
    assert conflicts == [Conflict("priorities", base, ours, theirs)]
    result = merge_record(POLICY, {"priorities": base}, {"priorities": ours}, {"priorities": theirs})
    assert settled(result, {"priorities": theirs}).data == {"priorities": theirs}


def test_both_add_an_entry_of_the_same_id() -> None:
    merged, conflicts = merge([], [{"id": "b1", **OWN}], [{"id": "b1", **OWN, "granted": 5}])
    assert (merged, conflicts) == ([{"id": "b1", **OWN, "granted": 5}], [])
    _, conflicts = merge([], [{"id": "b1", **OWN}], [{"id": "b1", **OWN, "planned": 5}])
    assert conflicts == [Conflict("budget[b1].planned", None, 45000, 5)]


def test_the_same_budget_line_entered_by_two_people_counts_once() -> None:
    assert merge([], [OWN], [OWN]) == ([OWN], [])
    assert merge([], [{"id": "b7", **OWN}], [{"id": "b2", **OWN}]) == ([{"id": "b2", **OWN}], [])
    assert merge([], [{"id": "b7", "note": ""}], [{"id": "b2"}])[0] == [{"id": "b2"}, {"id": "b7", "note": ""}]
    assert merge([], [{"id": "b7", **OWN}], [OWN]) == ([{"id": "b7", **OWN}], [])


def test_the_same_line_twice_on_one_side_stays_twice() -> None:
    assert merge([], [OWN, OWN], [OWN]) == ([OWN, OWN], [])
    assert merge([], [OWN, OWN], []) == ([OWN, OWN], [])
    assert merge([OWN], [OWN, OWN], [OWN, EU])[0].count(OWN) == 2


def test_different_lines_that_two_people_added_are_both_kept() -> None:
    other = {**OWN, "planned": 50000}
    merged, conflicts = merge([EU], [EU, OWN], [EU, other])
    assert (merged, conflicts) == ([EU, OWN, other], [])


def test_two_people_edit_a_line_that_has_no_id_yet() -> None:
    ours, theirs = {"id": "b7", **OWN, "granted": 40000}, {"id": "b2", **OWN, "spent": 38000}
    merged, conflicts = merge([EU, OWN], [EU, ours], [EU, theirs])
    assert (merged, conflicts) == ([EU, {**OWN, "granted": 40000, "spent": 38000, "id": "b2"}], [])
    merged, conflicts = merge([OWN, EU], [{**OWN, "granted": 1}, EU], [{**OWN, "granted": 2}, EU])
    assert conflicts == [Conflict("budget[0].granted", None, 1, 2)]


def test_a_line_that_may_have_been_replaced_by_another_is_not_mixed_with_an_edit_of_it() -> None:
    replaced, edited = {"year": 2026, "source": "eu", "planned": 9}, {**OWN, "granted": 40000}
    _, conflicts = merge([OWN], [replaced], [edited])
    assert conflicts == [Conflict("budget[0]", OWN, replaced, edited)]


def test_an_entry_deleted_here_and_edited_there_is_for_a_person() -> None:
    base, edited = [{"id": "b1", **OWN}, {"id": "b2", **EU}], {"id": "b1", **OWN, "spent": 1}
    merged, conflicts = merge(base, [base[1]], [edited, base[1]])
    assert conflicts == [Conflict("budget[b1]", base[0], None, edited)]
    assert merged == [base[1]]
    result = merge_record(PROJECT, {"budget": base}, {"budget": [base[1]]}, {"budget": [edited, base[1]]})
    assert settled(result, {"budget[b1]": edited}).data == {"budget": [edited, base[1]]}
    assert settled(result, {"budget[b1]": None}).data == {"budget": [base[1]]}


def test_an_entry_deleted_here_that_only_got_an_id_there_is_deleted() -> None:
    assert merge([OWN, EU], [EU], [{"id": "b1", **OWN}, EU]) == ([EU], [])


def test_an_entry_deleted_on_both_sides_is_gone() -> None:
    assert merge([OWN, EU, NEXT], [EU], [NEXT, EU])[0] == [EU]
    assert merge([OWN], [], []) == ([], [])


def test_clearing_the_list_takes_what_nobody_else_touched() -> None:
    edited = {"id": "b2", **EU, "spent": 1}
    _, conflicts = merge([{"id": "b1", **OWN}, {"id": "b2", **EU}], [], [{"id": "b1", **OWN}, edited])
    assert [conflict.field for conflict in conflicts] == ["budget[b2]"]


def test_two_entries_of_one_id_are_told_apart_in_conflicts() -> None:
    twice = [{"id": "b1", **OWN}, {"id": "b1", **EU}]
    ours = [{"id": "b1", **OWN, "granted": 1}, {"id": "b1", **EU, "granted": 1}]
    theirs = [{"id": "b1", **OWN, "granted": 2}, {"id": "b1", **EU, "granted": 2}]
    _, conflicts = merge(twice, ours, theirs)
    assert [conflict.field for conflict in conflicts] == ["budget[b1].granted", "budget[1].granted"]
