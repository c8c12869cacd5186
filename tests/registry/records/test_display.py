"""A record as people read it: sections, labels, words; nothing empty, and nothing hidden."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from registry.records.display import rows, shown, title
from registry.records.kinds import KINDS, kind_of
from registry.records.paths import get, parse_path
from registry.words import speaking
from tests.registry.records.examples import DATA
from tests.registry.records.odd_records import ODD_RECORDS
from tests.registry.records.test_paths import Called

PROJECT = KINDS["projects"]
SKJERN = DATA["projects/2026/ungdomsutbyte-skjern"]


def read(data: dict[str, Any], kind: str = "projects") -> dict[str, list[str]]:
    """Section → lines, as a plain reader would lay them out."""
    with speaking("sv"):
        return {
            group.label: [f"{'  ' * row.depth}{row.label}: {row.value}" for row in group.rows]
            for group in rows(KINDS[kind], data, Called())
        }


def test_a_project_reads_like_a_page_about_it() -> None:
    page = read(SKJERN)
    assert page["Pengar"] == [
        "Kostnad: 180\u00a0000\u00a0kr",
        "Budget: 2026, förvaltningens medel",
        "  Förvaltning: Barn- och utbildningsförvaltningen",
        "  Program: Erasmus+",
        "  Bidragsavtal: 2025-1-SE01-KA122",
        "  Planerat: 45\u00a0000\u00a0kr",
        "  Sökt: 45\u00a0000\u00a0kr",
        "  Beviljat: 45\u00a0000\u00a0kr",
        "  Utfall: 41\u00a0250\u00a0kr",
        "  Beslut: BUN 2026-03-10 § 31",
    ]
    assert page["Utvärdering"][:4] == [
        "Senast: 1 september 2026",
        "Gjord: 25 augusti 2026",
        "Resultat: ",
        "  Demokrati: uppnått",
    ]
    assert "Ansvarig: person p-4tq8ab" in page["Plan"]
    assert not any("Ungdomsutbyte med Skjern" in line for line in page["Plan"])


def test_what_is_empty_is_left_out() -> None:
    assert read({"title": "Utbyte", "stage": "idea", "budget": [], "purpose": ""}) == {"Plan": ["Status: idé"]}
    assert read({"title": "Utbyte"}) == {}


def test_a_setting_is_read_with_its_unit() -> None:
    assert read({"title": "Policy", "lead_time_days": 90}, "policy")["Egna inställningar"] == [
        "Framförhållning: 90 dagar"
    ]
    with speaking("sv"):
        assert shown(KINDS["policy"].by_key["lead_time_days"], None) == "kontrolleras inte"


def test_what_nobody_described_is_shown_all_the_same() -> None:
    page = read({"title": "Utbyte", "gammalt": "x", "budget": [{"year": 2026, "belopp": 3}]})
    assert page == {"Pengar": ["Budget: 2026", "  belopp: 3"], "Övrigt i filen": ["gammalt: x"]}


def test_what_is_built_otherwise_is_shown_as_it_stands() -> None:
    page = read({"title": ["a"], "budget": [45000, "x"], "evaluation": "klar", "goals": "democracy"})
    assert page["Pengar"] == ["Budget: 45000", "Budget: x"]
    assert page["Utvärdering"] == ["Utvärdering: klar"]
    assert page["Plan"] == ["Titel: ['a']"]


def test_long_texts_keep_their_lines() -> None:
    (group,) = rows(PROJECT, {"title": "x", "purpose": "rad ett\nrad två"})
    assert group.rows[0].value == "rad ett\nrad två"


def test_a_record_is_called_by_its_title_on_one_line() -> None:
    assert title(PROJECT, {"title": "Utbyte\nmed Skjern"}, "projects/2026/x") == "Utbyte med Skjern"
    for data in ({}, {"title": ""}, {"title": 3}, {"title": " "}):
        assert title(PROJECT, data, "projects/2026/x") == "projects/2026/x"


@given(ODD_RECORDS)
def test_no_record_is_too_odd_to_be_read_and_every_row_says_where_it_is_from(odd: Any) -> None:
    kind, data = odd
    for group in rows(kind, data):
        assert group.rows
        for row in group.rows:
            assert get(data, parse_path(row.path)) is not None


def test_every_value_of_every_example_is_on_its_page() -> None:
    def leaves(value: Any, before: str) -> list[str]:
        if isinstance(value, dict):
            return [leaf for key, item in value.items() for leaf in leaves(item, f"{before}.{key}" if before else key)]
        return [before]

    for ref, data in DATA.items():
        kind = kind_of(ref)
        paths = {row.path for group in rows(kind, data) for row in group.rows}
        flat = {key: value for key, value in data.items() if not isinstance(value, list) and key != kind.title_key}
        assert set(leaves(flat, "")) <= paths
        assert {key for key in data if isinstance(data[key], list)} <= {path.partition("[")[0] for path in paths}
