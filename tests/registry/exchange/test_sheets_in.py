"""Sheets as people have them: headings of their own, old rows, and all that can be wrong with a cell, a sheet or a file."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from registry.errors import BadInput
from registry.exchange.importing import check_file
from registry.exchange.recognising import Unmapped
from registry.exchange.xlsx_in import read_xlsx
from registry.people.book import Book
from registry.words import speaking
from tests.registry.exchange.kit import out, sheet, taken_in, told
from tests.registry.policy.world import snapshot

TRIP = "projects/2026/skjern"
NOW = snapshot(
    {
        "registry": {"municipality": "Exempelby kommun", "format": 1, "opened": date(2026, 1, 2), "language": "sv"},
        "policy": {"title": "Policy", "goals": [{"id": "democracy", "label": "Demokrati och förståelse"}]},
        "departments/bun": {"name": "Barn- och utbildningsförvaltningen", "board_short": "BUN"},
        "twin-towns/skjern": {"name": "Skjern", "country": "DK"},
        "twin-towns/bomlo": {"name": "Bömlo", "country": "NO"},
        TRIP: {
            "title": "Ungdomsutbyte", "stage": "planned", "start": date(2026, 5, 4), "purpose": "Lära.", "nobodys_key": 1,
            "budget": [{"id": "b1", "year": 2026, "source": "eu", "granted": 45_000}, {"year": 2025, "source": "grant"}],
        },
    }
)  # fmt: skip


# --- our own file, changed --------------------------------------------------------------------------------------------


def test_cells_that_were_changed_are_the_only_ones_that_change_anything() -> None:
    out_in_swedish = out(NOW, "x.xlsx")
    book = load_workbook(io.BytesIO(out_in_swedish))
    page, lines = book["Projekt"], book["Projekt, budgetpost"]
    at = {page.cell(1, column).value: column for column in range(1, page.max_column + 1)}
    page.cell(2, at["Slutdatum"], datetime(2026, 5, 10))
    page.cell(2, at["Status"], "beslutad")
    page.cell(2, at["Syfte"]).value = None
    page.cell(2, at["Vänorter"], "Skjern; twin-towns/bomlo")
    page.cell(2, at["Mål"], "demokrati och förståelse")
    page.append([None, "Körresa till Bömlo", "idé"])
    column = [cell.value for cell in lines[1]].index("Beviljat") + 1
    lines.cell(2, column, 50_000)
    lines.cell(3, column, "1 000 kr")
    lines.append([TRIP, None, None, 2027, "centrala medel", *[None] * 3, 12])
    lines.append([None, "Körresa till Bömlo", None, 2027, "partner", *[None] * 3, 900.0])
    content = io.BytesIO()
    book.save(content)
    came = taken_in(NOW, "x.xlsx", content.getvalue())
    assert told(came) == []
    assert came.edits[TRIP] == {
        "title": "Ungdomsutbyte", "stage": "decided", "start": date(2026, 5, 4), "nobodys_key": 1,
        "end": date(2026, 5, 10), "twin_towns": ["twin-towns/skjern", "twin-towns/bomlo"], "goals": ["democracy"],
        "budget": [
            {"id": "b1", "year": 2026, "source": "eu", "granted": 50_000},
            {"year": 2025, "source": "grant", "granted": 1000},
            {"year": 2027, "source": "central", "planned": 12},
        ],
    }  # fmt: skip
    trip = "projects/2026/korresa-till-bomlo"
    assert came.added == {trip}
    assert came.edits[trip]["budget"] == [{"year": 2027, "source": "partner", "planned": 900}]
    assert came.unchanged == 5
    with speaking("en"):
        assert not taken_in(NOW, "x.xlsx", out_in_swedish).edits


def test_a_file_of_another_registry_brings_its_records_under_their_own_names() -> None:
    empty = snapshot({"registry": {"municipality": "Annanby", "format": 1}, "policy": {"title": "Policy"}})
    came = taken_in(empty, "x.xlsx", out(NOW, "x.xlsx"))
    assert told(came) == []
    assert came.added >= {TRIP, "twin-towns/bomlo", "departments/bun"}
    assert came.edits[TRIP]["budget"][0] == {"id": "b1", "year": 2026, "source": "eu", "granted": 45_000}
    assert came.edits["registry"]["opened"] == date(2026, 1, 2)


def test_json_sets_what_it_gives_clears_what_is_null_and_leaves_the_rest() -> None:
    came = taken_in(
        NOW,
        "x.json",
        b'[{"ref": "projects/2026/skjern", "end": "2026-05-10", "purpose": null}, {"ref": "projects", "title": "Ny"},'
        b' {"ref": "projects/x"}, 3, {"ref": "projects/2026/skjern"}]',
    )
    assert (came.edits[TRIP]["end"], "purpose" in came.edits[TRIP]) == (date(2026, 5, 10), False)
    assert came.edits["projects/2026/ny"]["title"] == "Ny"
    assert [bad.place.row for bad in came.bad] == [3, 4, 5]


# --- a foreign sheet --------------------------------------------------------------------------------------------------

OLD = (
    ["Internationella kontakter"],
    [],
    ["Aktivitet", "Start", "Slut", "Vänort", "Kostnad", "Anm", "Beslut"],
    ["Läger", date(2019, 6, 3), "10 juni 2019", "Skjern", 45_000, "bra", "KS 2019-03-14 § 12"],
    ["Utbyte", "2023-05-01", None, "BÖMLO", "12 500 kr", None, None],
)


def test_columns_are_said_once_and_old_rows_are_recorded_afterwards_with_their_row() -> None:
    content = sheet(*map(list, OLD), merged=("A1:G1",))
    with pytest.raises(Unmapped, match="kolumnen “Anm”") as asked:
        taken_in(NOW, "gamla.xlsx", content)
    assert asked.value.recognised.mapping()["Aktivitet"] == "title"
    came = taken_in(NOW, "gamla.xlsx", content, kept={"projects": {"anm": ""}})
    assert told(came) == []
    assert came.edits["projects/2019/lager"] == {
        "title": "Läger", "start": date(2019, 6, 3), "end": date(2019, 6, 10), "twin_towns": ["twin-towns/skjern"],
        "cost": 45_000, "decisions": [{"decision": "KS 2019-03-14 § 12"}],
        "registered": date(2026, 11, 27), "recorded_afterwards": True, "source": "Excel, rad 4",
    }  # fmt: skip
    assert came.edits["projects/2023/utbyte"]["source"] == "Excel, rad 5"
    assert "purpose" not in taken_in(NOW, "gamla.xlsx", content, mapped={"Anm": "expected_value"}).edits
    again = snapshot({**{r.ref: dict(r.data) for r in NOW.records()}, **came.edits})
    assert not taken_in(again, "gamla.xlsx", content, mapped={"Anm": ""}).edits


def test_from_is_a_day_beside_until_or_over_dates_and_a_sender_in_our_own_sheets() -> None:
    rows = [["Aktivitet", "Från", "Till"], ["Läger", "2019-06-03", "10 juni 2019"], ["Kör", "våren 2024", None]]
    came = taken_in(NOW, "x.xlsx", sheet(*rows))
    assert told(came) == ["Blad1, rad 3 B3: Från: ”våren 2024” är inget datum. Skriv till exempel 2026-05-04."]
    assert came.edits["projects/2019/lager"]["start"] == date(2019, 6, 3)
    dated = taken_in(NOW, "x.xlsx", sheet(["Titel", "From"], ["Läger", date(2019, 6, 3)]))
    assert dated.edits["projects/2019/lager"]["start"] == date(2019, 6, 3)
    for others, cell in (
        (["Från"], "Skjern"),
        (["Slutdatum", "Från"], "Skjern"),
        (["Startdatum", "Från"], "2019-06-03"),
    ):
        row = [None] * (len(others) - 1)
        sent = taken_in(NOW, "x.xlsx", sheet(["Titel", *others], ["Läger", *row, cell]))
        assert [record["received_from"] for record in sent.edits.values()] == [cell]
    said = taken_in(NOW, "x.xlsx", sheet(*rows), mapped={"Från": "received_from"})
    assert {record["received_from"] for record in said.edits.values()} == {"2019-06-03", "våren 2024"}


def test_each_thing_that_is_wrong_with_a_cell_is_one_line_with_the_cell() -> None:
    rows = [
        ["Titel", "Startdatum", "Kostnad", "Beslut", "Förvaltning", "Status", "Ungdomsutbyte", "Ansvarig", "REF"],
        ["A", "3 maj", 12.5, "KS 12", "Skolan", "klar", "kanske", "Anna Exempel", None],
        ["B", 43_589, "45 000 EUR", None, None, None, None, None, "projects/nej"],
        ["C", 2019, -5, None, None, None, None, None, "departments/bun"],
        ["D", datetime(2019, 5, 4, 10), "12 500,50", None, "BUN", None, "ja", "Maja Exempel", None],
        [None, date(2019, 5, 4)],
        ["E", date(2026, 2, 3), None, None, None, None, None, None, None],
        ["E", date(2026, 2, 3), None, None, None, None, None, None, None],
        ["två\nrader"],
        [],
    ]
    book = Book({"p-7k2m9x": {"name": "Maja Exempel"}})
    lines = told(taken_in(NOW, "x.xlsx", sheet(*rows), book=book))
    for line, words in zip(
        lines,
        [
            "Blad1, rad 2 B2: Startdatum: ”3 maj” är inget datum med årtal.",
            "Blad1, rad 2 C2: Kostnad: ”12.5” har ören",
            "Blad1, rad 2 D2: Beslut: ”KS 12” är inget beslut",
            "Blad1, rad 2 E2: Förvaltning: ”Skolan” är inte namnet på en post i departments",
            "Blad1, rad 2 F2: Status: ”klar” är inget av alternativen. Skriv något av idé, planerad",
            "Blad1, rad 2 G2: Ungdomsutbyte: ”kanske” är varken ja eller nej",
            "Blad1, rad 2 H2: Ansvarig: ”Anna Exempel” är inget person-id",
            "Blad1, rad 3 I3: REF: ”projects/nej” är inte namnet på en post",
            "Blad1, rad 4 I4: REF: departments/bun är ett annat slags post",
            "Blad1, rad 5 C5: Kostnad: ”12 500,50” har ören",
            "Blad1, rad 6: Raden saknar Titel.",
            "Blad1, rad 8: Den står redan i Blad1, rad 7.",
            "Blad1, rad 9 A9: Titel: Texten har radbrytningar",
        ],
        strict=True,
    ):
        assert line.startswith(words), line


def test_merged_cells_and_errors_spoil_their_own_rows_and_no_others() -> None:
    book = Workbook()
    page = book.active
    page.title = "Blad1"
    for row in (["Titel", "Förvaltning"], ["A", "BUN"], ["B", None], ["C", "BUN"], ["D", "BUN"]):
        page.append(row)
    page.merge_cells("B2:B3")
    content = io.BytesIO()
    book.save(content)
    came = taken_in(NOW, "x.xlsx", _with_error(content.getvalue()))
    assert told(came) == [
        "Blad1, rad 2: Cellerna B2:B3 är sammanfogade, så det går inte att veta vad som hör till vilken rad. Dela dem.",
        "Blad1, rad 3: Cellerna B2:B3 är sammanfogade, så det går inte att veta vad som hör till vilken rad. Dela dem.",
        "Blad1, rad 5 B5: Förvaltning: Formeln gav felet #REF!.",
    ]
    assert [record["title"] for record in came.edits.values()] == ["C"]


def _with_error(content: bytes) -> bytes:
    """The workbook with B5 as a spreadsheet writes a formula that failed."""
    return _changed(
        content,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(_cell(xml, "B5"), '<c r="B5" t="e"><f>X!A1</f><v>#REF!</v></c>'),
    )


def _cell(xml: str, name: str) -> str:
    start = xml.index(f'<c r="{name}"')
    return xml[start : xml.index("</c>", start) + 4]


def _changed(content: bytes, part: str, change: object) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data.decode()) if info.filename == part else data)  # type: ignore[operator]
    return made.getvalue()


def test_letters_are_whole_and_csv_is_read_whatever_wrote_it() -> None:
    text = "Titel;Syfte\r\nLa\u0308rarresa;a\u030a \u20ac\r\n"
    for encoded in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16"), text.encode("utf-16-le")):
        came = taken_in(NOW, "x.csv", encoded)
        assert came.edits["projects/2026/lararresa"] == {
            "title": "Lärarresa", "purpose": "å €", "registered": date(2026, 11, 27)
        }  # fmt: skip
    assert "projects/2026/bat" in taken_in(NOW, "x.csv", "Titel,Syfte\nBåt,€\n".encode("cp1252")).edits
    assert "projects/2026/bat" in taken_in(NOW, "x.csv", "sep=|\nTitel|Syfte\nBåt|a\n".encode()).edits


def test_a_row_that_only_sums_up_is_no_record_whatever_wrote_it() -> None:
    rows = [["Titel", "Kostnad", "Antal deltagare"], ["Resa", 900, 3], ["Totalt:", 900, None], ["Summa", None, None]]
    text = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in rows)
    for name, content in (
        ("x.xlsx", sheet(*rows)),
        ("x.csv", text.replace("Totalt:;900", "Totalt:;1 900 kr").encode()),
    ):
        came = taken_in(NOW, name, content)
        assert sorted(record["title"] for record in came.edits.values()) == ["Resa", "Summa"], (
            "a title may be called so"
        )


def test_a_workbook_with_macros_gives_its_values_and_they_are_told_of() -> None:
    made = io.BytesIO(GOOD)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0Auto_Open")
    tables = read_xlsx(made.getvalue(), "x.xlsm")
    assert (tables.tables[0].rows, tables.remarks) == ([["Titel"], ["A"]], ("Makron i filen varken körs eller läses.",))
    check_file(Path("x.xlsm"))
    assert "projects/2026/a" in taken_in(NOW, "x.xlsm", made.getvalue()).edits


@pytest.mark.parametrize("name", ["gamla.xls", "gamla.ODS", "gamla.xlsb", "gamla.numbers"])
def test_a_workbook_of_another_kind_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(BadInput, match=r"spara den på nytt som \.xlsx"):
        check_file(Path(name))


# --- what is no such file ---------------------------------------------------------------------------------------------


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(61):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 10_000_000, compresslevel=1)
    return made.getvalue()


def _liar() -> bytes:
    """A part that says it is small, and is not."""
    content = bytearray(sheet(["Titel"], ["A" * 5000]))
    at = content.rindex(b"PK\x01\x02")
    while content[at + 46 : at + 46 + 8] != b"xl/works":
        at = content.rindex(b"PK\x01\x02", 0, at)
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(content)


GOOD = sheet(["Titel"], ["A"])
FAR = _changed(
    GOOD,
    "xl/worksheets/sheet1.xml",
    lambda xml: xml.replace('<row r="2"', '<row r="1048576"').replace('"A2"', '"XFD1048576"'),
)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.xlsx", b"", "ingen Excelarbetsbok"),
        ("x.xlsx", b"Titel;Start\n", "ingen Excelarbetsbok"),
        ("x.xlsx", GOOD[:-400], "ingen Excelarbetsbok, eller är skadad"),
        ("x.xlsx", _liar(), "ingen Excelarbetsbok, eller är skadad"),
        ("x.xlsx", _changed(GOOD, "xl/workbook.xml", lambda xml: xml[:50]), "ingen Excelarbetsbok, eller är skadad"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "skyddad med lösenord, eller äldre än Excel 2007"),
        ("x.xlsx", _bomb(), "skulle packas upp till mer än 600 MB"),
        ("x.xlsx", FAR, "sträcker sig till cellen XFD1048576"),
        ("x.xlsx", sheet(["Väder", "Vind"], ["sol", "nord"]), "Ingen kolumn i filen är känd"),
        ("x.xlsx", sheet(), "Ingen kolumn i filen är känd"),
        ("x.xlsx", sheet(["Titel", "Titel"], ["A", "B"]), "Kolumnerna A och B är båda ”Titel”"),
        ("x.xlsx", sheet(["Titel", None], ["A", "B"]), "kolumn B saknar rubrik, och rad 2 säger något"),
        ("x.csv", GOOD, "ingen text med tecken som går att läsa"),
        ("x.csv", b"\x81\x8d\xff", "ingen text med tecken som går att läsa"),
        ("x.csv", b'Titel,Syfte\n"A,b\n', "Rad 2 i x.csv"),
        ("x.csv", b"Titel\n" + b"A\n" * 50_001, "mer än 50000 rader"),
        ("x.json", b"[" * 100_000, "ingen lista med poster"),
        ("x.json", b'{"a": 1}', "ingen lista med poster"),
        ("x.json", b'[{"ref":\n}]', "Rad 2 i x.json är inte JSON"),
        ("x.json", b'[{"ref": "registry", "ref": "policy"}]', "”ref” anges två gånger"),
        ("x.json", b'{"format": 2, "records": []}', "har format 2"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_such_file_is_refused_in_one_line(name: str, content: bytes, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        taken_in(NOW, name, content)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)
