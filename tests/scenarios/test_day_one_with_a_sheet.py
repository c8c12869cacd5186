"""Day 1 (POLICY.md): rows of an old Excel sheet, some long ended and without documents, in one change, nothing invented.

The sheet is as a colleague kept it: a title above, headings of her own, a remark column, a row that cannot be read.
`sheets/libreoffice.xlsx` was saved by LibreOffice: the costs are formulas, the last row sums them up, "x" marks what is so.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.kit import git, torsby, trailers
from tests.scenarios.kit import checked
from tests.tui.cli.running import done, vanort
from tests.tui.form_kit import writing
from tui.screens.choose import ChooseScreen
from tui.screens.importing import ImportScreen
from tui.screens.saving import SaveScreen
from tui.widgets.dialogs import Ask

ROWS = (
    ["Internationella kontakter, Torsby kommun"],
    [],
    ["Aktivitet", "Start", "Slut", "Vänort", "Kostnad", "Status", "Anm"],
    ["Körutbyte", date(2019, 5, 4), "9 maj 2019", "Skjern", "45 000 kr", "avslutad", "bra resa"],
    ["Idrottsresa", date(2023, 6, 1), date(2023, 6, 8), None, 12_500, "avslutad", None],
    ["Skolutbyte", "2021-09-01", None, "Bömlo; Skjern", None, "pågående", None],
    ["Musikskolorna", date(2024, 1, 15), None, None, None, "pågående", "Ring kulturskolan"],
    ["Konstnärsbesök", "i augusti", None, None, None, "avslutad", None],
)


def old_sheet(file: Path) -> Path:
    """The sheet, as Excel has it."""
    book = Workbook()
    page = book.active
    page.title = "Utbyten"
    for row in ROWS:
        page.append(row)
    page.merge_cells("A1:G1")
    book.save(file)
    return file


async def test_an_old_sheet_is_looked_at_saved_as_one_change_and_what_is_left_is_mended(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    file = old_sheet(tmp_path / "gamla.xlsx")
    async with writing(store, size=(130, 44)) as user:
        await user.press("L")
        await user.on(Ask)
        await user.type(str(file))
        await user.press("enter")
        await user.on(ChooseScreen)
        await user.until("Vad är kolumnen ”Anm”?")
        await user.press("enter")  # the first choice: it is not to be read
        await user.on(ImportScreen)
        await user.until("4 nya, 0 ändrade, 0 som förut, 1 rader")
        assert "Aktivitet = Titel" in user.screen
        assert "! Utbyten, rad 8" in " ".join(user.screen.split())
        assert "B8 Start: ”i augusti” är inget datum med årtal." in " ".join(user.screen.split())
        await user.press("down")
        await user.until("Excel, rad 4")
        assert "Infört i efterhand" in user.screen
        await user.press("ctrl+s")
        await user.on(Ask)
        assert "gamla-rest.xlsx" in user.screen
        await user.press("enter")
        await user.on(SaveScreen)
        assert "Läs in" in user.screen
        await user.said("Ur det gamla Excelbladet.")

        assert git(store, "rev-list", "--count", "HEAD").strip() == "2"
        refs = ["2019/korutbyte", "2023/idrottsresa", "2021/skolutbyte", "2024/musikskolorna"]
        told = trailers(store)
        assert [*sorted(told)[1:], told[-1]] == [*sorted(f"Record: projects/{ref}" for ref in refs), "Change: import"]
        assert store.committed().data("projects/2019/korutbyte") == {
            "title": "Körutbyte", "stage": "completed", "start": date(2019, 5, 4), "end": date(2019, 5, 9),
            "twin_towns": ["twin-towns/skjern"], "cost": 45_000, "registered": date.today(),
            "recorded_afterwards": True, "source": "Excel, rad 4",
        }, "nothing is invented"  # fmt: skip
        assert {finding["severity"] for finding in checked(store, *(f"projects/{ref}" for ref in refs))} == {"note"}

        rest = tmp_path / "gamla-rest.xlsx"
        book = load_workbook(rest)
        headings, row = book["Utbyten"].values
        assert (headings[-1], row[0], row[1]) == ("Att rätta", "Konstnärsbesök", "i augusti")
        book["Utbyten"].cell(2, 2, date(2018, 8, 20))
        book.save(rest)
        await user.press("L")
        await user.on(Ask)
        await user.type(str(rest))
        await user.press("enter")
        await user.on(ImportScreen)  # what the remark column is, is known by now
        await user.until("1 nya, 0 ändrade")
        await user.press("escape")
        await user.main_again()
    assert git(store, "rev-list", "--count", "HEAD").strip() == "2"


def test_a_sheet_of_libreoffice_on_the_command_line_and_nothing_is_invented(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    sheet = str(Path(__file__).parent / "sheets" / "libreoffice.xlsx")
    asked = vanort("import", sheet, "--dry-run", cwd=store.folder)
    assert (asked.code, "kolumnen “Resor”, “Boende”, “Anm”?" in asked.err) == (2, True)
    left_out = [part for heading in ("Resor", "Boende", "Anm") for part in ("--map", f"{heading}=")]
    rest = tmp_path / "rest.xlsx"
    told = done("import", sheet, *left_out, "-m", "Ur gamla arket.", "--keep-rest", str(rest), cwd=store.folder).out
    assert "Utbyten, rad 10 är bara en summering och läses inte in." in told
    assert "G7: Kostnad: ”ca 45 tkr” är inget belopp." in told
    assert git(store, "rev-list", "--count", "HEAD").strip() == "2"
    now = store.committed()
    assert now.refs("projects") == [
        "projects/2019/korutbyte-med-skjern", "projects/2021/skolutbyte", "projects/2023/idrottsresa-till-bomlo",
    ]  # fmt: skip
    noted = {"registered": date.today(), "recorded_afterwards": True, "stage": "completed"}
    assert now.data("projects/2019/korutbyte-med-skjern") == {
        "title": "Körutbyte med Skjern", "start": date(2019, 5, 4), "end": date(2019, 5, 9), "cost": 45_000,
        "twin_towns": ["twin-towns/skjern"], "source": "Excel, rad 4", **noted,
    }  # fmt: skip
    assert now.data("projects/2023/idrottsresa-till-bomlo") == {
        "title": "Idrottsresa till Bömlo", "start": date(2023, 6, 1), "end": date(2023, 6, 8), "cost": 12_500,
        "twin_towns": ["twin-towns/bomlo"], "youth": True, "source": "Excel, rad 5", **noted,
    }  # fmt: skip
    assert now.data("projects/2021/skolutbyte")["twin_towns"] == ["twin-towns/bomlo", "twin-towns/skjern"]
    assert [row[0] for row in load_workbook(rest)["Utbyten"].values][1:] == ["Musikskolorna", "Konstnärsbesök"]
