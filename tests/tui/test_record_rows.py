"""A hundred thousand rows sorted and filtered, without a screen."""

from __future__ import annotations

import pytest

from registry.plain_text import Search, fold
from tui.widgets.record_rows import Rows, RowView

TOWNS = [
    ("Skjern", "DK", "7 000 kr"),
    ("Åmål", "SE", "12 000 kr"),
    ("Ärla", "SE", ""),
    ("[/foo]\nÖmlo", "NO", "900 kr"),
]


def view_of(cells: list[tuple[str, ...]], **more: object) -> RowView[str]:
    view: RowView[str] = RowView()
    view.replace(Rows([cell[0] for cell in cells], cells, **more))  # type: ignore[arg-type]
    return view


def shown(view: RowView[str]) -> list[str]:
    return [view.rows.keys[position] for position in view.shown]


def test_rows_come_as_they_were_given_until_they_are_sorted() -> None:
    assert shown(view_of(TOWNS)) == [cell[0] for cell in TOWNS]


def test_text_sorts_as_swedes_sort_and_numbers_by_their_value_with_nothing_last() -> None:
    view = view_of(TOWNS, order={"money": [7000, 12000, None, 900]})
    view.sort("name", 0)
    assert shown(view) == ["[/foo]\nÖmlo", "Skjern", "Åmål", "Ärla"]
    view.sort("money", 2)
    assert shown(view) == ["[/foo]\nÖmlo", "Skjern", "Åmål", "Ärla"]
    view.sort("money", 2, descending=True)
    assert shown(view) == ["Åmål", "Skjern", "[/foo]\nÖmlo", "Ärla"]


def test_a_search_keeps_the_order_and_sorting_keeps_the_search() -> None:
    view = view_of(TOWNS)
    view.sort("name", 0, descending=True)
    view.filter(Search.of("se"))
    assert shown(view) == ["Ärla", "Åmål"]
    view.sort("name", 0)
    assert shown(view) == ["Åmål", "Ärla"]
    view.filter(Search.of("se am"))
    assert shown(view) == ["Åmål"]
    view.filter(Search.of("s"))
    assert shown(view) == ["Skjern", "Åmål", "Ärla"]
    view.filter(Search.of(""))
    assert len(shown(view)) == 4


def test_words_are_found_in_any_cell_but_never_across_two() -> None:
    view = view_of(TOWNS)
    view.filter(Search.of("dk skj"))
    assert shown(view) == ["Skjern"]
    view.filter(Search.of("skjerndk"))
    assert shown(view) == []


def test_text_folded_beforehand_is_what_is_searched() -> None:
    view = view_of(TOWNS[:2], folded=[fold("Danmark"), fold("Sverige Värmland")])
    view.filter(Search.of("värm"))
    assert shown(view) == ["Åmål"]


def test_other_rows_go_through_the_same_search_and_order() -> None:
    view = view_of(TOWNS)
    view.sort("name", 0)
    view.filter(Search.of("se"))
    view.replace(
        Rows(["Östersund", "Arvika", "Oslo"], [("Östersund", "SE", ""), ("Arvika", "SE", ""), ("Oslo", "NO", "")]), 0
    )
    assert shown(view) == ["Arvika", "Östersund"]
    assert view.row_of("Östersund") == 1
    assert view.row_of("Oslo") is None


@pytest.mark.parametrize("rows_folded_ahead", [0, 1, 2, 100])
def test_what_is_not_yet_folded_is_found_all_the_same(rows_folded_ahead: int) -> None:
    view = view_of(TOWNS)
    view.prepare(rows_folded_ahead)
    view.filter(Search.of("ärla"))
    assert shown(view) == ["Ärla"]
