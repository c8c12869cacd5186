"""Columns share the room that there is, at 80 cells and at 160."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.columns import GAP, Column, lay_out

TITLE = Column("title", "Titel", flex=1, min=20)
STATUS = Column("status", "Status", width=10, drop=1)
YEAR = Column("year", "År", width=4)


def widths(columns: list[Column], room: int) -> dict[str, int]:
    return {columns[place.column].key: place.width for place in lay_out(columns, room)}


def test_the_flexible_column_takes_what_is_left_over() -> None:
    assert widths([TITLE, STATUS, YEAR], 80) == {"title": 62, "status": 10, "year": 4}


def test_two_flexible_columns_share_by_their_shares() -> None:
    assert widths([Column("a", "", flex=2, min=10), Column("b", "", flex=1, min=10)], 82) == {"a": 50, "b": 30}


def test_a_flexible_column_stops_at_its_greatest_width() -> None:
    assert widths([Column("a", "", flex=1, width=30), YEAR], 80) == {"a": 30, "year": 4}


def test_in_a_narrow_list_the_column_that_may_go_goes() -> None:
    assert widths([TITLE, STATUS, YEAR], 30) == {"title": 24, "year": 4}


def test_then_the_flexible_column_shrinks_and_at_last_the_first_one_stands_alone() -> None:
    assert widths([TITLE, STATUS, YEAR], 16) == {"title": 10, "year": 4}
    assert widths([TITLE, STATUS, YEAR], 6) == {"title": 6}


@given(
    st.lists(
        st.builds(Column, st.just("k"), st.just(""), st.integers(0, 30), st.integers(0, 3), st.integers(1, 30)),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 200),
)
def test_columns_never_overlap_and_never_leave_the_room(columns: list[Column], room: int) -> None:
    places = lay_out(columns, room)
    for left, right in pairwise(places):
        assert left.x + left.width + GAP == right.x
    assert places[-1].x + places[-1].width <= room
