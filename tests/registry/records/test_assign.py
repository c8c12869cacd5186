"""KEY=VALUE as people type it: every type, nested, added to, taken from, cleared; and refused with the key and an example."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import BadInput
from registry.records.assign import assign
from registry.records.kinds import KINDS
from registry.records.types import FieldType, Goal, Ref
from registry.records.validate import validate
from registry.words import speaking
from tests.registry.records.attempts import attempt
from tests.registry.records.examples import DATA
from tests.registry.records.odd_records import ODD_RECORDS
from tests.registry.records.test_types import RIGHT

PROJECT = KINDS["projects"]
RECORD: dict[str, Any] = {
    "title": "Utbyte",
    "goals": ["democracy", "Odd one"],
    "budget": [{"id": "b1", "year": 2026, "source": "eu"}, {"year": 2027, "source": "grant"}],
    "odd": 3,
}


def changed(*assignments: str, kind: str = "projects") -> dict[str, Any]:
    """What the assignments make of the record: new and changed keys, None for what they removed."""
    before = copy.deepcopy(RECORD)
    made = assign(KINDS[kind], RECORD, assignments)
    assert before == RECORD
    return {key: made.get(key) for key in {**RECORD, **made} if made.get(key) != RECORD.get(key)}


@pytest.mark.parametrize(
    ("assignment", "value"),
    [
        ("start=2026-05-04", date(2026, 5, 4)),
        ("start=4 maj 2026", date(2026, 5, 4)),
        ("cost=45 000 kr", 45000),
        ("cost=45000", 45000),
        ("youth=ja", True),
        ("youth=false", False),
        ("stage=beslutad", "decided"),
        ('stage="decided"', "decided"),
        ("department=bun", "departments/bun"),
        ("countries=Danmark, no", ["DK", "NO"]),
        ('countries=["DK", "Norge"]', ["DK", "NO"]),
        ("countries=DK, DK", ["DK"]),
        ("participants=24", 24),
        ("responsible=p-4tq8ab", "p-4tq8ab"),
        ("agenda=2026-09-10", date(2026, 9, 10)),
    ],
)
def test_a_value_is_read_as_a_person_types_it_or_as_toml(assignment: str, value: Any) -> None:
    assert changed(assignment) == {assignment.partition("=")[0]: value}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Resa till Skjern", "Resa till Skjern"),
        (" kant ", " kant "),
        ('"citerad"', "citerad"),
        (r'"två\nrader"', "två\nrader"),
        ("'enkel'", "enkel"),
        ('"en" och "två"', '"en" och "två"'),
        ("'it''s'", "'it''s'"),
        ('"oavslutad', '"oavslutad'),
        ('"a"\nb = "c"', '"a"\nb = "c"'),
        ("2026", "2026"),
        ("true", "true"),
        ("a=b", "a=b"),
        ("[/foo]", "[/foo]"),
        ('["x"]', '["x"]'),
        ("-m", "-m"),
        ("# ingen kommentar", "# ingen kommentar"),
    ],
)
def test_a_text_is_taken_as_it_stands_unless_the_whole_is_a_quoted_string(typed: str, value: str) -> None:
    assert changed(f"purpose={typed}") == {"purpose": value}


@given(st.text(min_size=1).filter(lambda text: text.strip() and text.strip()[0] not in "\"'"))
def test_any_text_can_be_typed(text: str) -> None:
    assert assign(PROJECT, {}, [f"purpose={text}"]) == {"purpose": text}


@pytest.mark.parametrize("name", [name for name in RIGHT if name not in {"text", "long text"}])
def test_what_one_would_type_on_the_screen_can_be_typed_here(name: str) -> None:
    kind, values = RIGHT[name]
    fields = [
        (whole, path)
        for whole in KINDS.values()
        for path, field in whole.walk()
        if field.type == kind and "[" not in path
    ]

    @given(values.filter(lambda value: value not in ([], {})))
    def holds(value: Any) -> None:
        for whole, path in fields:
            made = assign(whole, {}, [f"{path}={kind.typed(value)}"])
            for key in path.split("."):
                made = made[key]
            assert made == value

    holds()


def test_nothing_after_the_sign_clears_the_field() -> None:
    assert changed("goals=") == {"goals": None}
    assert changed("title= ") == {"title": None}
    assert changed("budget=") == {"budget": None}
    assert changed("start=") == {}
    assert changed("odd=") == {"odd": None}


def test_sets_are_added_to_and_taken_from() -> None:
    assert changed("goals+=knowledge") == {"goals": ["democracy", "Odd one", "knowledge"]}
    assert changed("goals+=knowledge, democracy") == {"goals": ["democracy", "Odd one", "knowledge"]}
    assert changed("goals+=democracy") == {}
    assert changed("goals-=democracy") == {"goals": ["Odd one"]}
    assert changed("goals-=Odd one") == {"goals": ["democracy"]}
    assert changed("goals-=knowledge") == {}
    assert changed("countries+=Danmark") == {"countries": ["DK"]}


def test_entries_are_followed_by_id_or_by_index() -> None:
    assert changed("budget[b1].granted=45 000")["budget"][0]["granted"] == 45000
    assert changed("budget[1].granted=45 000")["budget"][1]["granted"] == 45000
    assert changed("budget[b1].source=")["budget"][0] == {"id": "b1", "year": 2026}


def test_entries_are_added_with_values_as_people_type_them() -> None:
    added = changed("budget+={year=2026, source=förvaltningens medel, department=bun, planned=45 000 kr}")["budget"][-1]
    assert added == {"year": 2026, "source": "department", "department": "departments/bun", "planned": 45000}
    assert changed('budget+={year=2026,source="eu",programme="Erasmus+"}')["budget"][-1] == {
        "year": 2026,
        "source": "eu",
        "programme": "Erasmus+",
    }
    assert changed("partners+={name=Skjern, IF, country=Danmark}")["partners"] == [
        {"name": "Skjern, IF", "country": "DK"}
    ]


def test_a_decision_keeps_its_comma_in_a_table() -> None:
    assert changed("decisions+={decision=BUN 2026-03-10 § 31, dnr BUN/2026:17, kind=start}")["decisions"] == [
        {"decision": "BUN 2026-03-10 § 31, dnr BUN/2026:17", "kind": "start"}
    ]


def test_entries_are_removed_and_replaced() -> None:
    rest = RECORD["budget"][1:]
    assert changed("budget[b1]-=") == changed("budget[b1]=") == changed("budget-=b1") == {"budget": rest}
    assert changed("budget[b1]={year=2030, source=eu}")["budget"][0] == {"id": "b1", "year": 2030, "source": "eu"}
    assert changed("budget[b1]-=", "budget[0]-=") == {"budget": None}
    assert changed('budget=[{year=2030, source="eu"}]') == {"budget": [{"year": 2030, "source": "eu"}]}


def test_tables_and_what_is_in_them() -> None:
    assert changed("evaluation.date=2026-08-25") == {"evaluation": {"date": date(2026, 8, 25)}}
    whole = {"evaluation": {"date": date(2026, 8, 25), "results": {"democracy": "met", "knowledge": "partly"}}}
    assert changed("evaluation={date=2026-08-25, results={democracy=met, knowledge=delvis}}") == whole
    assert changed("evaluation.date=2026-08-25", "evaluation.results=democracy=met, knowledge=delvis") == whole
    assert (
        changed(
            "evaluation.results.democracy=uppnått", "evaluation.results+=knowledge=partly", "evaluation.date=20260825"
        )
        == whole
    )


def test_assignments_are_made_in_order() -> None:
    assert changed("countries=DK", "countries+=NO", "countries-=DK") == {"countries": ["NO"]}


def test_words_that_only_the_registry_knows_are_resolved() -> None:
    def resolve(kind: FieldType, text: str) -> str | None:
        known = {(Goal, "Demokrati och förståelse"): "democracy", (Ref, "BUN"): "departments/barn-och-utbildning"}
        return known.get((type(kind), text))

    typed = ["goals=Demokrati och förståelse, knowledge", "department=BUN", "budget+={department=BUN}"]
    assert assign(PROJECT, {}, typed, resolve) == {
        "goals": ["democracy", "knowledge"],
        "department": "departments/barn-och-utbildning",
        "budget": [{"department": "departments/barn-och-utbildning"}],
    }
    with pytest.raises(BadInput):
        assign(PROJECT, {}, ["goals=Demokrati och förståelse"])


@pytest.mark.parametrize(
    ("assignment", "says"),
    [
        ("start=igår kväll", r"^start: .*2026-05-04"),
        ("start=2026-02-30", r"^start: .*2026-05-04"),
        ("cost=12 500,50", r"^cost: .*öre.*12 500"),
        ('cost="tusen"', r"^cost: .*12 500"),
        ("youth=kanske", r"^youth: .*ja"),
        ("open_ended=1", r"^open_ended: .*true|ja"),
        ("stage=klar", r"^stage: .*idea, planned"),
        ("title=två\nrader", r"^title: .*Ungdomsutbyte"),
        ("countries=Danmark, Skåne", r"^countries: .*Skåne.*DK"),
        ("responsible=Anna Berg", r"^responsible: .*p-7k2m9x"),
        ("department=twin-towns/skjern", r"^department: .*departments/bun"),
        ("budget+={year=ifjol}", r"^budget\.year: .*2026"),
        ("budget+={belopp=3}", r"budget\.belopp.*year"),
        ("budget+={year}", r"^budget: .*year=2026"),
        ("budget+=", r"^budget\+=.*\{year=2026"),
        ("budget+=45000", r"^budget: .*\{year=2026"),
        ("budget={year=2026}", r"^budget: .*budget\+=\{year=2026"),
        ("budget[zz].year=2026", r"zz.*b1, 1"),
        ("budget[zz]-=", r"zz.*b1, 1"),
        ("budget-=zz", r"zz.*b1, 1"),
        ("budget-=", r"budget-=.*budget="),
        ("goals-=", r"goals-=.*goals="),
        ("goals+=", r"goals\+=.*democracy"),
        ("title+=x", r"title.*title="),
        ("start-=2026-01-01", r"start.*start=2026-05-04"),
        ("evaluation=klar", r"^evaluation: .*evaluation="),
        ("evaluation.results.democracy=kanske", r"^evaluation\.results\.democracy: .*met, partly, not"),
        ("sart=2026-05-04", r"sart.*start"),
        ("odd=4", r"odd"),
        ("start", r"start=2026-05-04"),
        ("=x", r"start"),
        ("a b=x", r"a b"),
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_cannot_be_is_refused_in_one_line_with_the_key_and_an_example(
    assignment: str, says: str, language: str
) -> None:
    with speaking(language):
        found = attempt(assign, PROJECT, RECORD, [assignment])
    assert isinstance(found, BadInput)
    assert "\n" not in str(found)
    with speaking("sv"), pytest.raises(BadInput, match=says):
        assign(PROJECT, RECORD, [assignment])


def test_an_id_is_not_given_twice() -> None:
    with pytest.raises(BadInput, match="b1"):
        changed("budget+={id=b1, year=2030, source=eu}")


def test_a_record_that_is_built_otherwise_is_not_overwritten_by_the_way() -> None:
    for assignment in ("budget+={year=2026,source=eu}", "budget[0].year=2026"):
        with pytest.raises(BadInput, match="budget"):
            assign(PROJECT, {"budget": "45000"}, [assignment])
    assert assign(PROJECT, {"budget": "45000"}, ["budget="]) == {}


@given(
    ODD_RECORDS,
    st.sampled_from(["title", "budget", "budget[0]", "budget[b1].year", "goals", "evaluation.results", "cost", "x"]),
    st.sampled_from(["=", "+=", "-="]),
    st.text(max_size=12) | st.text('{}[]=",\\a1 '),
)
def test_whatever_is_typed_for_whatever_stands_there_is_made_or_refused(
    odd: Any, key: str, sign: str, value: str
) -> None:
    kind, data = odd
    before = repr(data)
    found = attempt(assign, kind, data, [f"{key}{sign}{value}"])
    assert str(found) if isinstance(found, BadInput) else isinstance(found, dict)
    assert repr(data) == before


def test_every_example_can_be_typed_field_by_field_and_is_valid_then() -> None:
    for ref, data in DATA.items():
        kind = KINDS[ref.partition("/")[0]]
        made: dict[str, Any] = {}
        for key, value in data.items():
            field = kind.by_key[key]
            if isinstance(value, dict):
                for inner in value:
                    typed = next(item for item in field.fields if item.key == inner).type.typed(value[inner])
                    made = assign(kind, made, [f"{key}.{inner}={typed}"])
            elif field.fields:
                for entry in value:
                    pairs = ", ".join(
                        f"{item.key}={item.type.typed(entry[item.key])}" for item in field.fields if item.key in entry
                    )
                    made = assign(kind, made, [f"{key}+={{{pairs}}}"])
            else:
                made = assign(kind, made, [f"{key}={field.type.typed(value)}"])
        assert made == data
        assert validate(kind, made) == []
