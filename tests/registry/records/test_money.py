"""Whole kronor, as people type and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import BadInput
from registry.records.money import MAXIMUM, parse_money, show_money, show_number
from tests.registry.records.attempts import attempt


@pytest.mark.parametrize(
    "text",
    [
        "12500",
        "12 500",
        "12\u00a0500",
        "12\u202f500",
        " 12 500 kr",
        "12500kr",
        "12 500:-",
        "12 500,-",
        "12 500 SEK",
        "12 500 kronor",
        "+12 500",
    ],
)
def test_the_ways_people_write_an_amount(text: str) -> None:
    assert parse_money(text) == 12500


@pytest.mark.parametrize(
    "text",
    ["12 500,50", "12500.5", "12 500,00", "0,5", "", "kr", "12 50", "1 2 500", "12.500", "12,500", "8 540 EUR", "12e3"],
)
def test_what_is_not_whole_kronor_is_refused_and_nothing_is_rounded(text: str) -> None:
    with pytest.raises(BadInput, match="12 500"):
        parse_money(text)


def test_ore_are_named_as_the_reason() -> None:
    with pytest.raises(BadInput, match=r"ören|öre"):
        parse_money("12 500,50")


def test_a_slip_of_the_keyboard_is_caught() -> None:
    assert parse_money(str(MAXIMUM)) == MAXIMUM
    with pytest.raises(BadInput):
        parse_money(str(MAXIMUM + 1))
    with pytest.raises(BadInput):
        parse_money("9" * 5000)


@given(st.text() | st.text("0123456789 ,.-kr\u00a0"))
def test_junk_is_refused_and_never_crashes(text: str) -> None:
    found = attempt(parse_money, text)
    assert isinstance(found, int) or found.hint


@given(st.integers(-MAXIMUM, MAXIMUM))
def test_what_is_shown_can_be_typed_and_never_breaks_over_lines(amount: int) -> None:
    assert parse_money(show_money(amount)) == amount
    assert " " not in show_money(amount)


def test_amounts_are_grouped_by_thousands() -> None:
    assert show_number(1234567) == "1\u00a0234\u00a0567"
    assert show_money(-500) == "−500\u00a0kr"
