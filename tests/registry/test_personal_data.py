"""What looks like personal data is found in what a change brings in, and only there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from registry.change import Change
from registry.errors import Refused
from registry.people.book import Book
from registry.personal_data import CLAUSE, personal_data, with_references
from registry.policy import judge
from registry.store import Store
from tests.kit import SKJERN, TRIP, save, torsby, trailers, with_trip

TODAY = date(2026, 11, 23)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = with_trip(torsby(tmp_path / "r"))
    made.people.add({"name": "Maja Lindqvist", "email": "maja@example.org"})
    return made


def found(store: Store, ref: str = TRIP, why: str = "Ny uppgift.", **values: object) -> list[str]:
    before = store.committed()
    change = Change({ref: {**(before.data(ref) or {}), **values}}, why)
    findings = personal_data(before, change, store.book, TODAY)
    assert all(finding.clause == CLAUSE and finding.severity == "exception" for finding in findings)
    return [finding.field for finding in findings]


@pytest.mark.parametrize(
    "text", ["Fråga Maja Lindqvist", "maja@example.org", "ring 070-123 45 67", "hon är 811218-9876"]
)
def test_it_is_found_in_free_text(store: Store, text: str) -> None:
    assert found(store, purpose=text) == ["purpose"]


def test_it_is_found_in_entries_and_in_tables_by_their_path(store: Store) -> None:
    partners = [{"id": "p1", "name": "Maja Lindqvist"}]
    fields = found(store, partners=partners, evaluation={"lessons": "Fråga maja@example.org"})
    assert fields == ["partners[p1].name", "evaluation.lessons"]


def test_it_is_found_in_the_reason_and_in_a_new_file_name(store: Store) -> None:
    assert found(store, why="Maja Lindqvist bad om det") == ["why"]
    decided = Change({TRIP: {**(store.committed().data(TRIP) or {}), "participants": 9}}, "Ny uppgift.")
    for decision, fields in (("Delegation Maja Lindqvist 2026-01-02", ["decision"]), ("KS 2026-01-02 § 9", [])):
        under = replace(decided, decision=decision)
        assert [each.field for each in personal_data(store.committed(), under, store.book, TODAY)] == fields
    assert found(store, "projects/2026/resa-med-maja-lindqvist", title="Resa") == [""]


@pytest.mark.parametrize("with_book", [True, False])
def test_what_a_save_asks_about_is_what_the_check_finds_once_it_is_there(store: Store, with_book: bool) -> None:
    number = "ring 070-123 45 67"
    data = {
        **(store.committed().data(TRIP) or {}),
        "purpose": number,
        "egen": {"not": [number, {"djup": number}]},
        "partners": [{"id": "p1", "name": number}, {"name": number, "egen": number}],
        "evaluation": {"lessons": number, "value_achieved": "Maja Lindqvist"},
    }
    before, book = store.committed(), store.book if with_book else Book()
    saving = personal_data(before, Change({TRIP: data}, "Ny uppgift."), book, TODAY)
    there = judge(before.edited({TRIP: data}), TODAY, [TRIP], book=book if with_book else None)
    fields = sorted(finding.field for finding in there if finding.clause == CLAUSE)
    assert fields == sorted(finding.field for finding in saving)
    assert {"partners[p1].name", "partners[1].egen", "egen.not[1].djup"} < {*fields}
    assert ("evaluation.value_achieved" in fields) == with_book


def test_what_is_not_searched_is_let_be(store: Store) -> None:
    assert not found(
        store,
        decision_expected="BUN 2026-03-10",
        documents=[{"title": "Avtal", "reference": "dnr 2026-0701234567"}],
        purpose="2026-05-04, 45 000 kr, dnr KS/2026:17",
    )


def test_the_addresses_of_offices_may_stand_in_words(store: Store) -> None:
    assert found(store, purpose="Skriv till bun@example.org")
    save(store, "departments/bun", mailbox="bun@example.org")
    assert not found(store, purpose="Skriv till bun@example.org")


def test_what_stood_there_before_is_not_found_again(store: Store) -> None:
    before = {**(store.committed().data(TRIP) or {}), "purpose": "Fråga Maja Lindqvist"}
    store.save(Change({TRIP: before}, "Hon har bett om det.", overrides=(CLAUSE,)))
    assert not found(store, purpose="Fråga Maja Lindqvist om resan")
    assert found(store, purpose="Fråga Maja Lindqvist. Maja Lindqvist vet.")


def test_a_save_is_refused_until_it_is_overridden_and_then_says_so(store: Store) -> None:
    data = {**(store.committed().data(SKJERN) or {}), "potential": "Ring 070-123 45 67"}
    with pytest.raises(Refused, match="070-123 45 67"):
        store.save(Change({SKJERN: data}, "Kontakt i orten."))
    store.save(Change({SKJERN: data}, "Växelns nummer, ingens eget.", overrides=(CLAUSE,)))
    assert "Policy-Override: personal-data" in trailers(store)


def test_it_is_found_in_the_comments_and_the_unknown_keys_of_a_hand_edit(store: Store) -> None:
    place = store.folder / f"{SKJERN}.toml"
    was = place.read_text(encoding="utf-8")
    asks = 'http = "https://example.org/#maja"  # fråga Maja Lindqvist\negen = { kontakt = ["070-123 45 67"] }\n'
    place.write_text(was + asks, encoding="utf-8")
    change = store.saving_by_hand([SKJERN], "Egna anteckningar")

    findings = personal_data(store.saved(), change, store.book, TODAY)
    assert [(finding.field, finding.clause) for finding in findings] == [("egen.kontakt[0]", CLAUSE), ("", CLAUSE)]
    assert "Maja Lindqvist" in findings[1].message
    with pytest.raises(Refused):
        store.save(change)

    store.save(replace(change, overrides=(CLAUSE,)))
    place.write_text(was + asks + "potential = 'Skolor'\n", encoding="utf-8")
    assert not personal_data(store.saved(), store.saving_by_hand([SKJERN], "Ny idé"), store.book, TODAY)


def test_a_new_record_is_named_anew_after_the_title_that_holds_an_id_by_now(store: Store) -> None:
    person = store.book.find("maja")[0]
    ref = "projects/2026/maja-lindqvists-resa"
    data = {**(store.committed().data(TRIP) or {}), "title": "Maja Lindqvists resa"}
    made = with_references(store.committed(), Change({ref: data}, "Ny.", act="new"), store.book)
    assert {ref: (data or {})["title"] for ref, data in made.edits.items()} == {
        f"projects/2026/{person}-resa": f"{person} resa"
    }
    assert not personal_data(store.committed(), made, store.book, TODAY)


def test_where_a_record_comes_from_is_free_text_too(store: Store) -> None:
    assert found(store, source="Samtal med Maja Lindqvist", youth_ages="fråga Maja Lindqvist") == [
        "youth_ages",
        "source",
    ]


def test_where_the_book_cannot_be_read_the_save_says_that_names_were_not_looked_for(store: Store) -> None:
    for ref in (store.people.repository.folder / "refs" / "heads").iterdir():
        ref.write_text("0123456789012345678901234567890123456789\n", encoding="ascii")
    again = Store.open(store.folder)
    (note,) = save(again, SKJERN, "Maja Lindqvist ringde.", potential="Skolor").findings
    assert (note.clause, note.severity, note.field) == (CLAUSE, "note", "")
    assert "personboken kan inte läsas" in note.message
    with pytest.raises(Refused, match="070-123 45 67"):  # what needs no book is found as ever
        save(again, SKJERN, potential="Ring 070-123 45 67")
    assert not trailers(again)[0].startswith("Policy")
