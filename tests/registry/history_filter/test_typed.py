"""The filter as it is typed: both languages, periods, quotation marks, what is wrong with it, and how it goes on."""

from __future__ import annotations

from datetime import date

import pytest

from registry.errors import BadInput
from registry.history_filter import Known, complete, parse_filter
from registry.history_filter.conditions import By, Field, In, Of, Says, Since, Under, Until
from registry.words import speaking

TODAY = date(2026, 6, 15)


def test_swedish_and_english_keywords_are_understood_in_either_language() -> None:
    swedish = "av:anna beslut:KS fält:budget post:twin-towns/skjern från:2025 till:2025-06 2025-03"
    english = "by:anna decision:KS field:budget record:twin-towns/skjern since:2025 to:2025-06 day:2025-03"
    assert parse_filter(swedish, TODAY) == parse_filter(english, TODAY)
    kinds = [type(condition) for condition in parse_filter(swedish, TODAY).conditions]
    assert kinds == [By, Under, Field, Of, Since, Until, In]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-6-3", date(2025, 6, 3), date(2025, 6, 3)),
        ("igår", date(2026, 6, 14), date(2026, 6, 14)),
        ('dag:"2 weeks ago"', date(2026, 6, 1), date(2026, 6, 1)),
    ],
)
def test_a_year_a_month_or_a_day_alone_is_a_period(typed: str, first: date, last: date) -> None:
    (condition,) = parse_filter(typed, TODAY).conditions
    assert isinstance(condition, In)
    assert (condition.period.first, condition.period.last) == (first, last)


def test_quotation_marks_keep_together_and_make_a_word_of_a_year() -> None:
    assert list(parse_filter('"2025" beslut:"KS 2026-03-10 § 31" "körens resa', TODAY).conditions) == [
        Says("2025"),
        Under("KS 2026-03-10 § 31"),
        Says("körens resa"),
    ]
    assert list(parse_filter("dnr KS/2026:17", TODAY).conditions) == [Says("dnr"), Says("KS/2026:17")]
    assert not parse_filter("   ", TODAY)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nämnd:KS", "Det finns inget nyckelord ”nämnd:”."),
        ("av:", "Inget står efter ”av:”. Skriv till exempel av:anna."),
        ("fält:budgte", "Menade du budget?"),
        ("från:nyss", "Skriv till exempel 2025, 2025-06, 2025-06-03 eller igår."),
        ("klausul:*", "Skriv till exempel klausul:budgeted."),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_line_with_an_example(typed: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_filter(typed, TODAY)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_filter_is_explained_in_words() -> None:
    wanted = parse_filter("av:anna av:bo beslut:KS 2025-06", TODAY)
    told = "Ändringar införda av anna eller införda av bo, under beslut av eller med KS, införda i juni 2025"
    assert wanted.in_words() == told
    with speaking("en"):
        assert (
            wanted.in_words() == "Changes entered by anna or entered by bo, under a decision KS, entered in June 2025"
        )
    assert parse_filter("", TODAY).in_words() == "Alla ändringar"


KNOWN = Known(
    people=["Anna Exempel", "Bo", "\x1b[31mröd"],
    decisions=["KS 2026-03-10 § 31", "BUN 2026-01-01 § 2"],
    records={"twin-towns/skjern": "Skjern", "departments/bun": "Barn och utbildning"},
    clauses=["budgeted", "planned"],
)


def words(typed: str) -> list[str]:
    return [suggestion.words for suggestion in complete(typed, KNOWN)]


def test_what_is_half_typed_goes_on() -> None:
    assert words("")[:3] == ["av:", "beslut:", "fält:"]
    assert words("be") == ["beslut:"]
    assert words("dec") == ["decision:"]
    assert words("av:a") == ['av:"Anna Exempel"']
    assert words("av:") == ['av:"Anna Exempel"', "av:Bo"], "nothing that a terminal would obey is offered"
    assert words("beslut:")[:2] == ["beslut:BUN", "beslut:KS"]
    assert 'beslut:"KS 2026-03-10 § 31"' in words("beslut:KS")
    assert words("post:barn") == ["post:departments/bun"], "a title leads to its record"
    assert "fält:budget.granted" in words("fält:bevil")
    assert words("klausul:pl") == ["klausul:planned"]
    assert complete("av:bo be", KNOWN)[0].text == "av:bo beslut:"
    assert words("by:") == ['by:"Anna Exempel"', "by:Bo"], "in the language that was begun"
