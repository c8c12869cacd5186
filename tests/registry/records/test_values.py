"""What counts as no value, and values as messages tell them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from registry.records.values import day, in_force, is_absent, number, says_nothing, table, tables, text, texts, told


@pytest.mark.parametrize("value", [None, "", [], {}, ()])
def test_no_value(value: object) -> None:
    assert is_absent(value)
    assert says_nothing(value)


@pytest.mark.parametrize("value", [False, 0, 0.0, "x", [0], date(2026, 1, 1)])
def test_false_and_zero_are_values(value: object) -> None:
    assert not is_absent(value)


@pytest.mark.parametrize(
    "words",
    [
        "x",
        "X",
        " - ",
        "–",
        "...",
        "?",
        "_",
        "N/A",
        "n.a.",
        "se rapport",
        "Se  rapport.",
        "see report",
        "Saknas!",
        "\u00a0",
    ],
)
def test_words_that_say_nothing(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["xylofonkurs", "se rapporten, avsnitt 3", "nej", "0", "Å", "日本", 0, False])
def test_words_that_say_something(words: object) -> None:
    assert not says_nothing(words)


def test_what_is_not_as_described_reads_as_nothing() -> None:
    odd = {"a": 3, "b": [1, {"x": 1}, "s"], "c": True}
    assert (text(odd, "a"), day(odd, "a"), number(odd, "c"), table(odd, "a")) == ("", None, None, {})
    assert tables(odd, "b") == [{"x": 1}]
    assert texts(odd, "b") == ["s"]
    assert tables(odd, "a") == texts(odd, "a") == []


def test_what_holds_on_a_day_includes_its_first_and_last() -> None:
    entry = {"from": date(2026, 1, 1), "until": date(2026, 11, 23)}
    assert [in_force(entry, date(2026, month, dayno)) for month, dayno in ((1, 1), (11, 23), (11, 24))] == [
        True,
        True,
        False,
    ]
    assert not in_force(entry, date(2025, 12, 31))
    assert in_force({}, date(1900, 1, 1))


def test_a_value_in_a_message_is_short_and_shows_what_it_hides() -> None:
    assert told("a\x1b[31m\nb") == "a␛[31m b"
    assert len(told("y" * 100_000)) == 60
    assert told(True) == "true"


def test_a_moment_with_a_time_of_day_is_no_day_so_that_days_can_always_be_compared() -> None:
    entry = {"from": datetime(2026, 1, 1, 8, 30), "until": date(2026, 12, 31)}
    assert day(entry, "from") is None
    assert in_force(entry, date(2026, 5, 4))
