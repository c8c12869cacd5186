"""What is typed, kept and shown: for every type of field, whatever is thrown at it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import BadInput
from registry.records.countries import COUNTRIES
from registry.records.fields import Field
from registry.records.kinds import KINDS
from registry.records.money import MAXIMUM
from registry.records.types import (
    ENTRY_ID,
    MAILBOX,
    YEAR,
    Country,
    Date,
    DecisionText,
    FieldType,
    Goal,
    MapOf,
    Money,
    Number,
    OneOf,
    Pattern,
    Person,
    Ref,
    SetOf,
    Table,
    Tables,
    Text,
    YesNo,
)
from registry.words import speaking
from tests.registry.records.attempts import attempt
from tests.registry.records.test_decisions import DECISIONS

PROJECT = KINDS["projects"]
STAGE = PROJECT.by_key["stage"].type
SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
PEOPLE = st.from_regex(r"p-[a-z2-9]{6}", fullmatch=True)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
RIGHT: dict[str, tuple[FieldType, st.SearchStrategy[Any]]] = {
    "text": (Text(), st.text(st.characters(exclude_characters="\n\r"))),
    "long text": (Text(long=True), st.text()),
    "entry id": (ENTRY_ID, SLUGS),
    "number": (Number(), st.integers(0, 10**9)),
    "year": (YEAR, st.integers(1900, 2200)),
    "money": (Money(), st.integers(0, MAXIMUM)),
    "yes or no": (YesNo(), st.booleans()),
    "date": (Date(), DAYS),
    "choice": (STAGE, st.sampled_from([option.value for option in STAGE.options] if isinstance(STAGE, OneOf) else [])),
    "decision": (DecisionText(), DECISIONS.map(str)),
    "reference": (Ref("departments", "departments/bun"), SLUGS.map(lambda slug: f"departments/{slug}1")),
    "person": (Person(), PEOPLE),
    "country": (Country(), st.sampled_from(sorted(COUNTRIES))),
    "goal": (Goal(), SLUGS),
    "people": (SetOf(Person()), st.lists(PEOPLE, unique=True)),
    "countries": (SetOf(Country()), st.lists(st.sampled_from(sorted(COUNTRIES)), unique=True)),
    "results": (MapOf(Goal(), STAGE), st.dictionaries(SLUGS, st.sampled_from(["idea", "planned"]))),
}
ALL_TYPES = [field.type for kind in KINDS.values() for _path, field in kind.walk()]
TOML_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.datetimes() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_one_would_type_for_a_value_gives_the_value(name: str, language: str) -> None:
    kind, values = RIGHT[name]

    @given(values)
    def holds(value: Any) -> None:
        with speaking(language):
            assert kind.problem(value) is None
            again = kind.parse(kind.typed(value))
        assert again == value
        assert type(again) is type(value)

    holds()


@given(st.sampled_from(ALL_TYPES), st.text() | st.sampled_from([" ", "-1", "9" * 400, "[/x]", "\x1b[31m", "=", "a=b"]))
def test_whatever_is_typed_is_taken_or_refused_in_one_clear_line(kind: FieldType, text: str) -> None:
    found = attempt(kind.parse, text)
    if isinstance(found, BadInput):
        assert 0 < len(found.message) < 1000
        assert not {"\n", "\x1b"} & set(str(found))
    else:
        assert kind.problem(found) is None


@given(st.sampled_from(ALL_TYPES), TOML_VALUES)
def test_whatever_stands_in_a_file_is_judged_and_shown(kind: FieldType, value: Any) -> None:
    reason = kind.problem(value)
    assert reason is None or reason.strip()
    assert isinstance(kind.show(value), str)
    assert isinstance(kind.typed(value), str)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Text(), 3),
        (Text(), "two\nlines"),
        (Text(long=True), "x" * 100_001),
        (MAILBOX, "anna berg@example.org"),
        (MAILBOX, "a@b.se\x1b"),
        (ENTRY_ID, "2026"),
        (YEAR, 26),
        (YEAR, True),
        (YEAR, 2026.0),
        (Money(), -1),
        (Money(), 12500.5),
        (Money(), True),
        (Money(), MAXIMUM + 1),
        (YesNo(), 1),
        (YesNo(), "ja"),
        (Date(), "2026-05-04"),
        (Date(), datetime(2026, 5, 4, 10, 0)),
        (Date(), time(10, 0)),
        (Date(), date(1, 1, 1)),
        (STAGE, "beslutad"),
        (DecisionText(), "KS i mars"),
        (DecisionText(), "KS 2026-02-30 § 1"),
        (Ref("departments", ""), "twin-towns/skjern"),
        (Ref("departments", ""), "departments/../policy"),
        (Person(), "Anna Berg"),
        (Country(), "dk"),
        (Country(), ["DK"]),
        (Goal(), "Demokrati"),
        (SetOf(Country()), "DK"),
        (SetOf(Country()), ["DK", "DK"]),
        (MapOf(Goal(), STAGE), {"democracy": "met"}),
        (Table(), []),
        (Tables(), {}),
    ],
)
def test_what_is_wrong_is_told(kind: FieldType, value: Any) -> None:
    assert kind.problem(value)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (YesNo(), " Ja ", True),
        (YesNo(), "NO", False),
        (STAGE, "Beslutad", "decided"),
        (STAGE, "decided", "decided"),
        (Country(), "danmark", "DK"),
        (Country(), "Denmark", "DK"),
        (Ref("departments", ""), " bun ", "departments/bun"),
        (Ref("departments", ""), "departments/bun.toml", "departments/bun"),
        (SetOf(Country()), "Danmark; no, DK", ["DK", "NO"]),
        (Number(), "1 000", 1000),
        (DecisionText(), "KS  2026-03-10 §31a", "KS 2026-03-10 § 31 a"),
    ],
)
def test_people_may_type_as_they_speak(kind: FieldType, text: str, value: Any) -> None:
    assert kind.parse(text) == value


def test_a_set_tells_all_that_is_wrong_in_it() -> None:
    reason = SetOf(Country()).problem(["DK", "Sverige", "XX"])
    assert reason is not None
    assert "Sverige" in reason
    assert "XX" in reason


def test_values_read_as_people_write_them() -> None:
    with speaking("sv"):
        assert Money().show(45000) == "45\u00a0000\u00a0kr"
        assert Date().show(date(2026, 3, 14)) == "14 mars 2026"
        assert YesNo().show(True) == "ja"
        assert STAGE.show("decided") == "beslutad"
        assert SetOf(Country()).show(["DK", "NO"]) == "Danmark, Norge"
        assert YEAR.show(2026) == "2026"
    with speaking("en"):
        assert YesNo().show(False) == "no"
        assert STAGE.show("decided") == "decided"


def test_a_type_without_its_judgement_cannot_be_made() -> None:
    class Half(FieldType):
        def parse(self, text: str) -> str:
            return text

    with pytest.raises(TypeError):
        Half()  # type: ignore[abstract]


def test_a_pattern_is_matched_as_a_whole() -> None:
    assert Pattern(r"[a-z]+", "abc", STAGE.absent).problem("abc\n")


def test_absence_has_words() -> None:
    with speaking("sv"):
        assert str(Field("x", Money(), STAGE.absent).absent) == "inte känt"


def test_an_amount_of_an_entry_is_named_also_where_it_comes_first() -> None:
    budget = PROJECT.by_key["budget"].type
    assert isinstance(budget, Tables)
    told = budget.show_rest({"year": 2026, "source": "department", "applied": 12_000, "granted": 0})
    assert told.replace("\xa0", " ") == "sökt 12 000 kr, beviljat 0 kr"
