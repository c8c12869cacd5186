"""What must not slip into the history is found, and what only looks like it is let be."""

from __future__ import annotations

import time
from datetime import date

import pytest

from registry.people import Book
from registry.people.mentions import mentions
from registry.people.slips import luhn, slips

BOOK = Book(
    {
        "p-7k2m9x": {"name": "Åsa Öberg", "email": "asa.oberg@example.org"},
        "p-4tq8ab": {"name": "Maja-Lena von Lindqvist"},
        "p-9d3fk2": {"name": "Jørgen Bømlo"},
        "p-2xx2xx": {"name": "Berg"},
        "p-3yy3yy": {"name": "Anna Alm"},
        "p-5bb5bb": {"name": "Niamh O'Brien", "telephone": "+45 22 33 44 55"},
        "p-6cc6cc": {"name": "Ann-Marie d\u2019Été von Æbelø", "telephone": "0560-160 99"},
        "p-7dd7dd": {"name": "A\u030asa O\u0308hrnstro\u0308m", "telephone": "+46 (0)560 160 99"},
        "p-gg22gg": {"erased": date(2026, 11, 23)},
    }
)
TODAY = date(2026, 11, 23)


def _found(text: str) -> list[tuple[str, str]]:
    return [(slip.kind, slip.text) for slip in slips(text, BOOK, today=TODAY)]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Kontakta asa.oberg@example.org.", "email", "asa.oberg@example.org"),
        ("<mailto:Nils+skjern@sub.example.co.uk>", "email", "Nils+skjern@sub.example.co.uk"),
        ("björn@exämple.se skrev", "email", "björn@exämple.se"),
        ("ring 070-123 45 67 i dag", "telephone", "070-123 45 67"),
        ("0701234567", "telephone", "0701234567"),
        ("070 123 4567", "telephone", "070 123 4567"),
        ("Tel.0560-160 00", "telephone", "0560-160 00"),
        ("tel nr 0560-160 00", "telephone", "0560-160 00"),
        ("växel 0560 160 00", "telephone", "0560 160 00"),
        ("växeln (0560) 160 00, 2026", "telephone", "(0560) 160 00"),
        ("0560-160 00 2026", "telephone", "0560-160 00"),
        ("08-12 34 56", "telephone", "08-12 34 56"),
        ("08-123 456 78", "telephone", "08-123 456 78"),
        ("010-123 45 67", "telephone", "010-123 45 67"),
        ("telefon: 056016000", "telephone", "056016000"),
        ("+46 560 160 00", "telephone", "+46 560 160 00"),
        ("+46 (0)70-123 45 67", "telephone", "+46 (0)70-123 45 67"),
        ("0046 70 123 45 67", "telephone", "0046 70 123 45 67"),
        ("+45 97 35 12 34 (Skjern)", "telephone", "+45 97 35 12 34"),
        ("+47 53 42 30 00", "telephone", "+47 53 42 30 00"),
        ("+49 6186 2009-0", "telephone", "+49 6186 2009-0"),
        ("pnr 811218-9876", "personnummer", "811218-9876"),
        ("19811218-9876", "personnummer", "19811218-9876"),
        ("8112189876", "personnummer", "8112189876"),
        ("198112189876", "personnummer", "198112189876"),
        ("811218\u20119876", "personnummer", "811218\u20119876"),
        ("pnr:121212+1212", "personnummer", "121212+1212"),
        ("811278-9873", "samordningsnummer", "811278-9873"),
        ("Åsa Öberg reste", "name", "Åsa Öberg"),
        ("ÅSA ÖBERGS resa", "name", "ÅSA ÖBERGS"),
        ("åsa\nöberg", "name", "åsa\nöberg"),
        ("besok-asa-oberg-2026", "name", "asa-oberg"),
        ("Öberg, Åsa", "name", "Öberg, Åsa"),
        ("Maja Lena von Lindqvist", "name", "Maja Lena von Lindqvist"),
        ("maja-lena-von-lindqvist", "name", "maja-lena-von-lindqvist"),
        ("jorgen-bomlo", "name", "jorgen-bomlo"),
        ("Jörgen Bömlo", "name", "Jörgen Bömlo"),
        ("med NIAMH O'BRIEN i maj", "name", "NIAMH O'BRIEN"),
        ("Niamh O\u2019Brien's resa", "name", "Niamh O\u2019Brien"),
        ("Niamh O\u02bcBriens resa", "name", "Niamh O\u02bcBriens"),
        ("O'Brien, Niamh", "name", "O'Brien, Niamh"),
        ("resa-niamh-o-brien", "name", "niamh-o-brien"),
        ("resa-niamh-obriens", "name", "niamh-obriens"),
        ("ann-marie d'été VON æbelø", "name", "ann-marie d'été VON æbelø"),
        ("ann-marie-d-ete-von-aebelo", "name", "ann-marie-d-ete-von-aebelo"),
        ("ann-marie-dete-von-aebelo", "name", "ann-marie-dete-von-aebelo"),
        ("Ring A\u030asa O\u0308hrnstro\u0308m", "name", "A\u030asa O\u0308hrnstro\u0308m"),
        ("Ring Åsa **Öhrnström**.", "name", "Åsa **Öhrnström"),
        ("__Öhrnström__, *Åsa*", "name", "Öhrnström__, *Åsa"),
        ("Ring 22 33 44 55.", "telephone", "22 33 44 55"),
        ("+45 22334455 2026", "telephone", "+45 22334455"),
        ("0045-2233 4455", "telephone", "0045-2233 4455"),
        ("811218 9876", "personnummer", "811218 9876"),
        ("född 19811218\u00a09876", "personnummer", "19811218\u00a09876"),
    ],
)
def test_personal_data_is_found(text: str, kind: str, found: str) -> None:
    assert _found(text) == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "dnr BUN/2026:17",
        "BUN 2026-03-10 § 31, dnr BUN/2026:17",
        "dnr KS 2026/00123",
        "dnr 0321-20261",
        "ärende 0560-16000",
        "2026-05-04",
        "2026-05-04--2026-05-10",
        "2026-05-04 – 2026-05-10",
        "04-05-2026",
        "08-12-2026",
        "0504-0510",
        "20260504-0510",
        "260504-0510",
        "202605041230",
        "kl 08-17 2026-05-04",
        "kl. 08.30-10.00",
        "45 000 kr",
        "12 500,50 kr",
        "1 250 000 kronor",
        "+45 000 kr",
        "+45 000 000 kr",
        "+46 500 000",
        "+12 000 kr mer",
        "+47 250 000 000 NOK",
        "från 45 000 till 57 000",
        "år 1998 2004 2015",
        "åren 1998-2004",
        "2021-1-SE01-KA122-SCH-000015678",
        "2023-1-SE01-KA220-SCH-000156789",
        "621387-EPP-1-2020-1-SE-EPPKA2-CBHE-JP",
        "Grant agreement 101091234",
        "CERV-2026-CITIZENS-TOWN-TT 101214567",
        "org.nr 212000-1892",
        "bankgiro 5050-1055",
        "plusgiro 12 34 56-7",
        "OCR 0123456789",
        "ISBN 978-91-7000-150-4",
        "685 80 Torsby",
        "24 deltagare 15-19 år",
        "020-91 90 90",
        "0771-21 00 00",
        "v. 38, 2026",
        "811218-9875",
        "811318-9876",
        "2126-12-18 811218",
        "person p-7k2m9x",
        "projects/2026/ungdomsutbyte-skjern",
        "1f0c9a2e4b5d6f708192a3b4c5d6e7f801234567",
        "@skjern på Instagram",
        "anna@home",
        "https://example.org/0560-16000",
        "Berg i dagen, och Åsa. Sedan kom Öberg",
        "Åsa Öbergsson",
        "Anna Almqvist",
        "Susanna Alm",
        "Niamh och O'Brien",
        "dnr 22334455",
        "122334455 kr och 22 33 44 550",
        "20041218 1234, 200412181030",
        "12 811218 9876",
        "811218 9876 00",
        "dnr 811218 9876",
        "811218 9876 kr",
        "Åsa och Öberg",
        "",
    ],
)
def test_what_only_looks_like_personal_data_is_let_be(text: str) -> None:
    assert _found(text) == []


def test_what_the_book_knows_is_said_with_the_id() -> None:
    text = "Åsa Öberg (asa.oberg@example.org, 070-123 45 67) och Nils"

    assert [(slip.kind, slip.person) for slip in slips(text, BOOK)] == [
        ("name", "p-7k2m9x"),
        ("email", "p-7k2m9x"),
        ("telephone", ""),
    ]
    assert [(m.person, text[m.start : m.end]) for m in mentions(text, BOOK)] == [
        ("p-7k2m9x", "Åsa Öberg"),
        ("p-7k2m9x", "asa.oberg@example.org"),
    ]


def test_a_number_is_somebodys_only_where_nobody_else_has_it() -> None:
    found = slips("22 33 44 55 eller 0560 160 99", BOOK)

    assert [(slip.kind, slip.person) for slip in found] == [("telephone", "p-5bb5bb"), ("telephone", "")]


def test_an_offices_mailbox_may_stand_in_words() -> None:
    text = "Skriv till International@example.org eller nils@example.org"

    found = slips(text, BOOK, harmless=["international@example.org"])

    assert [slip.text for slip in found] == ["nils@example.org"]


def test_positions_are_those_of_the_text() -> None:
    text = "Först Åsa Öberg, sedan 811218-9876 och 070-123 45 67."

    found = slips(text, BOOK)

    assert [text[slip.start : slip.end] for slip in found] == ["Åsa Öberg", "811218-9876", "070-123 45 67"]


@pytest.mark.parametrize("number", ["8112189876", "1212121212", "4607137454"])
def test_the_check_digit_is_that_of_skatteverkets_examples(number: str) -> None:
    assert luhn(number)
    assert not any(luhn(number[:-1] + digit) for digit in "0123456789" if digit != number[-1])


@pytest.mark.parametrize(
    "text", ["a.b-c+d" * 15_000 + "@", "0" * 100_000, "07-" * 33_000, "+46 " * 25_000, "Åsa " * 25_000]
)
def test_a_line_of_100_kb_takes_no_noticeable_time(text: str) -> None:
    began = time.perf_counter()
    slips(text, BOOK)
    assert time.perf_counter() - began < 2
