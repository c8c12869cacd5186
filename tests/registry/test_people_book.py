"""The people book as a value: its text, its names, picking somebody by typing, merging, and the ways out of it."""

from __future__ import annotations

import csv
import io
import json
import random
import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import BadInput, Refused
from registry.people import BadPerson, Book
from registry.people.book import FORMAT, problems_of
from registry.people.book_text import parse_book, write_book
from registry.people.exporting import as_csv, as_json, plain
from registry.people.merging import merge_books
from registry.records.refs import is_person
from registry.words import speaking

ERASED: dict[str, Any] = {"erased": date(2026, 11, 23), "decision": "KS 2026-11-20 § 9", "basis": "begäran, art. 17"}
DISPOSED: dict[str, Any] = {**ERASED, "basis": "gallringsbeslut"}
BOOK = Book(
    {
        "p-7k2m9x": {
            "name": "Åsa Öberg",
            "title": "Rektor",
            "organisation": "Stjerneskolan",
            "telephone": "0560-160 00",
        },
        "p-4tq8ab": {"name": "Maja Lindqvist", "email": "maja@example.org", "retain_until": date(2029, 12, 31)},
        "p-9d3fk2": {"name": "Jørgen Bømlo", "organisation": "Bømlo kommune"},
        "p-2xx2xx": {"name": "Marie Majason", "organisation": "Rektorsföreningen"},
        "p-gg22gg": ERASED,
        "p-hh33hh": DISPOSED,
    }
)


# ---------------------------------------------------------------- names


def test_an_id_is_called_by_its_name_its_notice_or_itself() -> None:
    assert BOOK.name("p-7k2m9x") == "Åsa Öberg"
    assert BOOK.name("p-gg22gg") == "raderad 2026-11-23, KS 2026-11-20 § 9"
    assert BOOK.name("p-hh33hh") == "gallrad 2026-11-23, KS 2026-11-20 § 9"
    assert BOOK.name("p-nobody") == "p-nobody"
    assert BOOK.line("p-7k2m9x") == "Åsa Öberg, Rektor, Stjerneskolan"
    with speaking("en"):
        assert BOOK.name("p-gg22gg") == "erased 2026-11-23, KS 2026-11-20 § 9"


@pytest.mark.parametrize(
    ("basis", "word"),
    [
        ("Gallringsbeslut 2026:4", "gallrad"),
        ("arkivlagen 10 §", "gallrad"),
        ("Dokumenthanteringsplan KS", "gallrad"),
        ("archival decision", "gallrad"),
        ("GDPR art. 17", "raderad"),
        ("", "raderad"),
    ],
)
def test_an_archival_ground_makes_it_a_disposal(basis: str, word: str) -> None:
    assert Book({"p-gg22gg": {**ERASED, "basis": basis}}).name("p-gg22gg").startswith(word)


# ---------------------------------------------------------------- picking


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("maja", ["p-4tq8ab", "p-2xx2xx"]),  # the beginning of the name, then of a word in it
        ("lind maj", ["p-4tq8ab"]),
        ("rektor", ["p-2xx2xx", "p-7k2m9x"]),  # by name where both are found elsewhere
        ("asa oberg", ["p-7k2m9x"]),
        ("ÖBERG", ["p-7k2m9x"]),
        ("bömlo", ["p-9d3fk2"]),
        ("example.org", ["p-4tq8ab"]),
        ("0560", ["p-7k2m9x"]),
        ("p-9d3", ["p-9d3fk2"]),
        ("maja rektor", ["p-2xx2xx"]),
        ("qvist", ["p-4tq8ab"]),
        ("raderad", []),
        ("", ["p-9d3fk2", "p-4tq8ab", "p-2xx2xx", "p-7k2m9x"]),  # å after z
    ],
)
def test_people_are_picked_by_typing_the_likeliest_first_and_the_erased_never(typed: str, found: list[str]) -> None:
    assert BOOK.find(typed) == found
    assert BOOK.find(typed, limit=1) == found[:1]


def test_an_empty_book_finds_nobody() -> None:
    assert Book().find("maja") == Book().find("") == []


# ---------------------------------------------------------------- ids


def test_ids_are_new_well_formed_and_no_words() -> None:
    book = Book({"p-bcd234": {"name": "A"}})
    taken: set[str] = set()
    for _ in range(2000):
        made = book.new_id(taken=taken)
        assert is_person(made)
        assert made not in taken
        assert not set(made[2:]) & set("aeiouyl01")
        assert not made[2:].isalpha()
        assert not made[2:].isdigit()
        taken.add(made)


def test_a_seed_makes_the_same_ids_and_one_that_is_taken_is_passed_over() -> None:
    first = Book().new_id(random.Random(7))
    assert Book().new_id(random.Random(7)) == first
    assert Book({first: ERASED}).new_id(random.Random(7)) != first


# ---------------------------------------------------------------- changing


def test_a_book_with_somebody_is_another_book() -> None:
    book = BOOK.with_person("p-7k2m9x", {"name": "Åsa Berg", "title": "", "organisation": None})

    assert dict(book.entry("p-7k2m9x")) == {"name": "Åsa Berg"}
    assert BOOK.name("p-7k2m9x") == "Åsa Öberg"
    assert "p-7k2m9x" not in book.without("p-7k2m9x")
    with pytest.raises(TypeError):
        book.people["p-7k2m9x"] = {}  # type: ignore[index]


def test_an_erased_entry_is_never_filled_again() -> None:
    with pytest.raises(Refused, match="raderad 2026-11-23"):
        BOOK.with_person("p-gg22gg", {"name": "Maja Lindqvist"})
    assert BOOK.with_person("p-gg22gg", ERASED) == BOOK


def test_a_name_in_place_of_an_id_is_refused() -> None:
    with pytest.raises(BadInput):
        BOOK.with_person("maja", {"name": "Maja"})


@pytest.mark.parametrize(
    "number", ["0560-160 00", "+46 560 160 00", "070 123 45 67", "(0)560-16000", "0560-160 00 ankn 12"]
)
def test_telephone_numbers_are_taken_as_people_write_them(number: str) -> None:
    assert problems_of({"name": "Maja", "telephone": number}) == []


def test_all_problems_are_gathered() -> None:
    with pytest.raises(BadPerson) as refused:
        BOOK.with_person("p-zz22zz", {"name": "Two\nlines", "email": "x", "retain_until": "2026-01-01"})
    assert [problem.path for problem in refused.value.problems] == ["name", "email", "retain_until"]


# ---------------------------------------------------------------- the text

_plain_text = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)
_filled = _plain_text.filter(bool)
_entries = st.fixed_dictionaries(
    {"name": _filled},
    optional={
        "title": _filled,
        "retain_until": st.dates(date(1900, 1, 1), date(2200, 1, 1)),
        "unknown key": st.one_of(
            _filled,
            st.integers(-(2**60), 2**60),
            st.booleans(),
            st.floats(allow_nan=False),
            st.lists(_plain_text, min_size=1),
            st.dictionaries(_plain_text, st.lists(st.integers(0, 9)), min_size=1),
        ),
    },
)
_ids = st.from_regex(r"p-[a-z2-9]{6}", fullmatch=True)
_extra = st.dictionaries(_filled.filter(lambda key: key != "format" and not key.startswith("p-")), _plain_text)


@given(st.dictionaries(_ids, _entries, max_size=5), _extra)
def test_whatever_a_book_holds_is_read_back_the_same_and_is_toml(people: dict[str, Any], extra: dict[str, str]) -> None:
    text = write_book(Book(people, extra))
    read = parse_book(text)

    assert (dict(read.people), dict(read.extra)) == (people, extra)
    assert write_book(read) == text
    assert tomllib.loads(text.decode()) == {"format": FORMAT, **extra, **people}


def test_the_text_is_in_one_order_whatever_order_it_was_made_in() -> None:
    one = Book({"p-bbbbb2": {"title": "T", "name": "N"}, "p-aaaaa2": {"name": "A"}}, {"note": "x"})
    other = Book({"p-aaaaa2": {"name": "A"}, "p-bbbbb2": {"name": "N", "title": "T"}}, {"note": "x"})

    assert write_book(one) == write_book(other)
    assert write_book(one).decode() == (
        'format = 1\nnote = "x"\n\n[p-aaaaa2]\nname = "A"\n\n[p-bbbbb2]\nname = "N"\ntitle = "T"\n'
    )


# ---------------------------------------------------------------- merging


def _one(**fields: Any) -> Book:
    return Book({"p-aaaaa2": fields}) if fields else Book()


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        (_one(name="A"), _one(name="A", title="T"), _one(name="A", email="x"), _one(name="A", email="x", title="T")),
        (_one(name="A", title="T"), _one(name="A"), _one(name="A", title="T"), _one(name="A")),
        (_one(name="A"), _one(name="B"), _one(name="B"), _one(name="B")),
        (_one(name="A"), Book(), _one(name="A"), Book()),
        (_one(name="A"), _one(name="B"), _one(**ERASED), _one(**ERASED)),
        (_one(name="A"), Book(), _one(**ERASED), _one(**ERASED)),
        (_one(**ERASED), _one(name="Back"), _one(**ERASED), _one(**ERASED)),
        (Book(), _one(name="A"), Book(), _one(name="A")),
    ],
)  # fmt: skip
def test_both_sides_changes_are_kept_and_an_erasure_beats_any_edit(
    base: Book, ours: Book, theirs: Book, merged: Book
) -> None:
    for one, other in ((ours, theirs), (theirs, ours)):
        found = merge_books(base, one, other)
        assert (found.book.people, found.conflicts) == (merged.people, ())


def test_two_erasures_of_one_person_come_to_the_same_on_both_sides() -> None:
    later = {**DISPOSED, "erased": date(2026, 12, 1)}

    for one, other in ((ERASED, later), (later, ERASED)):
        assert dict(merge_books(_one(name="A"), _one(**one), _one(**other)).book.people) == {"p-aaaaa2": ERASED}


def test_a_person_edited_on_one_side_and_taken_out_on_the_other_goes_to_a_person() -> None:
    found = merge_books(_one(name="A"), _one(name="B"), Book())

    assert [(c.ref, c.field, c.ours, c.theirs) for c in found.conflicts] == [("p-aaaaa2", "", {"name": "B"}, None)]


# ---------------------------------------------------------------- the ways out


def test_json_has_a_persons_keys_and_id() -> None:
    people = {person["id"]: person for person in json.loads(as_json(BOOK))}

    assert people["p-4tq8ab"] == plain(BOOK, "p-4tq8ab") == {
        "id": "p-4tq8ab",
        "name": "Maja Lindqvist",
        "email": "maja@example.org",
        "retain_until": "2029-12-31",
    }  # fmt: skip
    assert people["p-gg22gg"]["erased"] == "2026-11-23"
    assert len(people) == 6


def test_the_spreadsheet_has_a_row_a_person_under_words_and_says_who_is_erased() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(BOOK).decode("utf-8-sig")), delimiter=";"))

    assert [row["Namn"] for row in rows] == ["Jørgen Bømlo", "Maja Lindqvist", "Marie Majason", "Åsa Öberg", "", ""]
    assert rows[1]["Behålls till och med"] == "2029-12-31"
    assert rows[4]["Anmärkning"] == "raderad 2026-11-23, KS 2026-11-20 § 9"


@pytest.mark.parametrize("cell", ["=1+1", "+46 560 160 00", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1", "\r=1"])
def test_no_cell_becomes_a_formula(cell: str) -> None:
    out = as_csv(Book({"p-aaaaa2": {"name": cell, "telephone": cell}})).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(out, newline=""), delimiter=";"))

    assert rows[1][1] == f"'{cell}"
    assert len(rows) == 2


def test_what_is_strange_in_a_book_is_reported_and_kept() -> None:
    book = parse_book(b'note = "x"\n[p-anna]\nname = "Anna"\n[p-aaaaa2]\ntitle = "T"\n')

    assert {person: [p.path for p in problems] for person, problems in book.problems().items()} == {
        "": ["note"],
        "p-anna": [""],
        "p-aaaaa2": ["name"],
    }
    assert write_book(book).decode() == (
        'format = 1\nnote = "x"\n\n[p-aaaaa2]\ntitle = "T"\n\n[p-anna]\nname = "Anna"\n'
    )
