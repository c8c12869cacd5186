"""Files out and in by the command line: what a coordinator types, what is answered, what plain Git then shows."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from registry.exchange.schema import schema_of
from registry.records.kinds import KINDS
from tests.tui.cli.conftest import PROJECT
from tests.tui.cli.running import done, git, vanort


def old_sheet(file: Path) -> Path:
    """A sheet as a colleague kept it: a row that is good, one that is not, and a column of her own."""
    book = Workbook()
    page = book.active
    page.title = "Utbyten"
    for row in (
        ["Aktivitet", "Start", "Beslut", "Anm"],
        ["Körläger", date(2019, 5, 4), "KF 2019-01-15 § 3", "bra"],
        ["Resa", "i våras", None, None],
    ):
        page.append(row)
    book.save(file)
    return file


def test_a_file_goes_out_is_changed_and_comes_back_as_one_change(registry: Path, tmp_path: Path) -> None:
    file = tmp_path / "ut.xlsx"
    assert "Skriven" in done("export", str(file), cwd=registry).out
    again = vanort("export", str(file), cwd=registry)
    assert (again.code, "finns redan" in again.err) == (2, True)
    head = git(registry, "rev-parse", "HEAD")
    assert "0 nya, 0 ändrade" in done("import", str(file), "-m", "Prov.", cwd=registry).out
    assert git(registry, "rev-parse", "HEAD") == head
    book = load_workbook(file)
    page = book["Projekt"]
    at = {cell.value: cell.column for cell in page[1]}
    page.cell(2, at["Antal deltagare"], 24)
    page.append([None, "Läger", "planerad"])
    book.save(file)
    refused = vanort("import", str(file), "-m", "Nya uppgifter.", "--json", cwd=registry)
    assert (refused.code, git(registry, "rev-parse", "HEAD")) == (2, head)
    (bad,) = {
        (one["sheet"], one["row"], one["column"]) for one in json.loads(refused.out)["bad"] if one["column"] == "Syfte"
    }
    assert bad == ("Projekt", 3, "Syfte")
    rest = tmp_path / "rest.xlsx"
    answer = done("import", str(file), "-m", "Nya uppgifter.", "--keep-rest", str(rest), "--json", cwd=registry).json
    assert (answer["changed"], answer["added"]) == ([PROJECT], [])
    assert [(item["field"], item["old"], item["new"]) for item in answer["fields"]] == [("participants", None, 24)]
    message = git(registry, "log", "-1", "--format=%B")
    assert f"Nya uppgifter.\n\nAntal deltagare: – → 24\n\nRecord: {PROJECT}\nChange: import" in message
    left = list(load_workbook(rest)["Projekt"].values)
    assert (len(left), left[1][1], left[0][-1]) == (2, "Läger", "Att rätta")
    assert "planned" in str(left[1][-1])
    mended = load_workbook(rest)
    mended["Projekt"].cell(2, at["Status"], "idé")
    mended.save(rest)
    assert done("import", str(rest), "-m", "Rättat.", "--json", cwd=registry).json["added"]


def test_an_old_sheet_is_explained_once_and_its_rest_is_kept(registry: Path, tmp_path: Path) -> None:
    file = old_sheet(tmp_path / "gamla.xlsx")
    asked = vanort("import", str(file), "--dry-run", cwd=registry)
    assert (asked.code, "kolumnen “Anm”" in asked.err, "--map ”Anm=" in asked.err) == (2, True, True)
    seen = vanort("import", str(file), "--map", "Anm=", "--dry-run", cwd=registry)
    assert seen.code == 1
    assert "+ projects/2019/korlager  Utbyten, rad 2" in seen.out
    assert "Infört i efterhand: – → ja" in seen.out
    assert "Underlag: – → Excel, rad 2" in seen.out
    assert "! Utbyten, rad 3 B3: Start: ”i våras” är inget datum med årtal." in seen.out
    assert "1 nya, 0 ändrade, 0 som förut, 1 rader" in seen.out
    head = git(registry, "rev-parse", "HEAD")
    nothing = vanort("import", str(file), "--map", "Anm=", "-m", "Ur Excel.", cwd=registry)
    assert (nothing.code, "Ingenting sparades: 1 rad går inte" in nothing.err) == (2, True)
    wrong = vanort("import", str(file), "--map", "Anm=", "-m", "Ur Excel.", "--keep-rest", "r.csv", cwd=registry)
    assert (wrong.code, git(registry, "rev-parse", "HEAD")) == (2, head)
    rest = tmp_path / "rest.xlsx"
    done("import", str(file), "--map", "Anm=", "-m", "Ur Excel.", "--keep-rest", str(rest), cwd=registry)
    assert git(registry, "log", "-1", "--format=%s") == "Körläger: importerad"
    again = vanort("import", str(rest), "--dry-run", "--json", cwd=registry)  # the column is remembered
    assert [(one["cell"], one["row"]) for one in again.json["bad"]] == [("B2", 2)]


def test_csv_for_excel_json_and_the_past_go_out_and_names_stay_out_of_the_folder(
    registry: Path, tmp_path: Path
) -> None:
    person = done("people", "add", "name=Maja Exempel", cwd=registry).out.strip()
    done("set", PROJECT, f"responsible={person}", "-m", "Ny ansvarig.", cwd=registry)
    done("export", "p.csv", "--excel", cwd=registry)
    content = (registry / "p.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfREF;Titel;")
    assert b"Maja" not in content
    inside = vanort("export", "n.csv", "--names", cwd=registry)
    assert (inside.code, (registry / "n.csv").exists()) == (2, False)
    file = tmp_path / "n.xlsx"
    done("export", str(file), "--names", "--sheet", "projects", cwd=registry)
    rows = list(load_workbook(io.BytesIO(file.read_bytes()))["Projekt"].values)
    told = dict(zip(rows[0], rows[1], strict=True))
    assert (told["Ansvarig"], told["Ansvarig, namn"]) == (person, "Maja Exempel")
    assert "0 ändrade" in done("import", str(file), "--dry-run", cwd=registry).out
    past = tmp_path / "then.json"
    done("export", str(past), "--at", "HEAD~1", cwd=registry)
    assert "responsible" not in next(r for r in json.loads(past.read_bytes())["records"] if r["ref"] == PROJECT)
    back = done("import", str(past), "-m", "Prov.", "--json", cwd=registry).json
    assert back["commit"] is None  # what a file does not say is not taken away
    done("export", "frister.ics", cwd=registry)
    assert (registry / "frister.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert vanort("export", "x.doc", cwd=registry).code == 2
    assert vanort("import", "x.doc", "-m", "Prov.", cwd=registry).code == 2


def test_what_others_rest_on_is_not_taken_from_under_them(registry: Path) -> None:
    done("set", PROJECT, "decisions+={decision=BUN 2026-03-10 § 31}", "-m", "Enligt protokollet.", cwd=registry)
    done("export", "f.csv", "--sheet", "departments", cwd=registry)
    file = registry / "f.csv"
    file.write_bytes(file.read_bytes().replace(b",BUN,", b",BN,"))
    refused = vanort("import", "f.csv", "-m", "Nytt namn.", cwd=registry)
    assert (refused.code, PROJECT in refused.err, "Filen ändrar det som den vilar på" in refused.err) == (2, True, True)


def test_a_folder_is_set_up_for_editors_and_git_passes_over_it(registry: Path) -> None:
    done("schema", "--editor", cwd=registry)
    rules = (registry / ".taplo.toml").read_text(encoding="utf-8")
    named = [line.split('"')[1] for line in rules.splitlines() if line.startswith("schema = ")]
    assert [json.loads((registry / path).read_text(encoding="utf-8"))["type"] for path in named] == ["object"] * 5
    assert git(registry, "status", "--porcelain") == ""
    done("schema", "--editor", cwd=registry)
    assert git(registry, "status", "--porcelain") == ""
    assert json.loads(done("schema", "projekt", cwd=registry).out) == schema_of(KINDS["projects"])
    (registry / ".taplo.toml").write_text("[formatting]\n", encoding="utf-8")
    refused = vanort("schema", "--editor", cwd=registry)
    assert (refused.code, "egna inställningar" in refused.err) == (2, True)
    assert vanort("schema", cwd=registry).code == 2
