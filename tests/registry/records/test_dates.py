"""Dates as people type and read them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import BadInput
from registry.records.dates import MONTHS, parse_date, show_date, show_period, show_week
from registry.words import LANGUAGES, speaking
from tests.registry.records.attempts import attempt

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-04", date(2026, 5, 4)),
        ("2026-5-4", date(2026, 5, 4)),
        ("20260504", date(2026, 5, 4)),
        ("4 maj", date(2026, 5, 4)),
        ("4 MAJ 2027", date(2027, 5, 4)),
        ("den 4:e maj", date(2026, 5, 4)),
        ("4 sept. 2025", date(2025, 9, 4)),
        ("4 May", date(2026, 5, 4)),
        ("14 October 2025", date(2025, 10, 14)),
        ("14 okt", date(2026, 10, 14)),
        ("4/5", date(2026, 5, 4)),
        ("4/5 2025", date(2025, 5, 4)),
        (" i  dag ", TODAY),
        ("igår", date(2026, 11, 22)),
        ("tomorrow", date(2026, 11, 24)),
    ],
)
def test_the_ways_people_write_a_day(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "x", "2026", "2026-13-01", "2026-02-29", "0000-01-01", "4 m", "4 foo", "2026-05-04T10:00", "32/1"]
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(BadInput, match="2026-05-04"):
        parse_date(text, TODAY)


@given(st.text())
def test_junk_is_refused_and_never_crashes(text: str) -> None:
    found = attempt(parse_date, text, TODAY)
    assert isinstance(found, date) or found.hint


@given(st.dates(date(1000, 1, 1)), st.sampled_from(LANGUAGES))
def test_what_is_shown_can_be_typed(day: date, language: str) -> None:
    with speaking(language):
        assert parse_date(show_date(day), TODAY) == day
        assert parse_date(f"{day.day} {str(MONTHS[day.month - 1])[:3]} {day.year}", TODAY) == day
    assert parse_date(day.isoformat(), TODAY) == day


def test_periods_say_no_more_than_they_need() -> None:
    with speaking("sv"):
        assert show_period(date(2026, 5, 4), date(2026, 5, 10)) == "4–10 maj 2026"
        assert show_period(date(2026, 4, 28), date(2026, 5, 3)) == "28 april–3 maj 2026"
        assert show_period(date(2026, 12, 28), date(2027, 1, 3)) == "28 december 2026–3 januari 2027"
        assert show_period(TODAY, TODAY) == "23 november 2026"


def test_weeks_are_iso_weeks() -> None:
    with speaking("sv"):
        assert show_week(date(2026, 9, 17)) == "v. 38"
    with speaking("en"):
        assert show_week(date(2027, 1, 1)) == "week 53"
