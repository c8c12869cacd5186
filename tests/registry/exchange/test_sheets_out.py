"""What a workbook and a CSV file look like to somebody who opens them, and to a spreadsheet that would rather calculate."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from registry.errors import BadInput, GitTrouble
from registry.exchange.exporting import FORMATS, Wanted, making
from registry.exchange.layout import SHEETS, sheet_named
from registry.exchange.target import Taken, check_target, write_whole
from registry.progress import PORTION
from registry.words import LANGUAGES, speaking
from tests.registry.exchange.kit import out
from tests.registry.policy.world import snapshot

TRIP = "projects/2026/skjern"
TITLES = ["=cmd|' /C calc'!A0", "+46 560", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "'=1"]
REGISTRY = {
    "registry": {"municipality": "Exempelby kommun", "format": 1},
    "departments/bun": {"name": "Barn- och utbildningsförvaltningen", "board_short": "BUN"},
    TRIP: {
        "title": "Ungdomsutbyte", "stage": "planned", "start": date(2026, 5, 4), "youth": True, "cost": 180_000,
        "responsible": "p-4tq8ab", "goals": ["democracy", "knowledge"], "nobodys_key": 1,
        "budget": [{"id": "b1", "year": 2026, "source": "eu", "granted": 45_000}],
        "evaluation": {"date": date(2026, 8, 25), "results": {"democracy": "met"}},
    },
    **{f"projects/2026/x{number}": {"title": title} for number, title in enumerate(TITLES)},
}  # fmt: skip


def test_a_workbook_has_typed_cells_under_labels_that_stay_in_sight() -> None:
    book = load_workbook(io.BytesIO(out(snapshot(REGISTRY), "x.xlsx")))
    assert book.sheetnames[:3] == ["Projekt", "Projekt, partner", "Projekt, budgetpost"]
    page = book["Projekt"]
    row = {page.cell(1, at).value: page.cell(2, at) for at in range(1, page.max_column + 1)}
    assert (row["REF"].value, row["Titel"].value, row["Status"].value) == (TRIP, "Ungdomsutbyte", "planerad")
    assert row["Startdatum"].value.date() == date(2026, 5, 4)
    assert row["Startdatum"].number_format == "yyyy-mm-dd"
    assert (row["Kostnad"].value, row["Kostnad"].number_format) == (180_000, "#,##0")
    assert row["Ungdomsutbyte"].value is True
    assert row["Ansvarig"].value == "p-4tq8ab"
    assert row["Utvärdering, resultat"].value == "democracy=uppnått"
    assert (page.freeze_panes, page.auto_filter.ref is not None) == ("C2", True)
    assert '"idé,planerad,' in page.data_validations.dataValidation[0].formula1
    lines = list(book["Projekt, budgetpost"].values)
    assert lines[0][:5] == ("REF", "Projekt", "Id", "År", "Källa")
    assert lines[1][:5] == (TRIP, "Ungdomsutbyte", "b1", 2026, "EU-medel")
    with speaking("en"):
        english = load_workbook(io.BytesIO(out(snapshot(REGISTRY), "x.xlsx", sheet="projects")))
    assert english.sheetnames == ["Projects"]
    assert [english["Projects"]["B1"].value, english["Projects"]["C2"].value] == ["Title", "planned"]


def test_nothing_that_leaves_is_a_formula() -> None:
    now = snapshot(REGISTRY)
    page = load_workbook(io.BytesIO(out(now, "x.xlsx")))["Projekt"]
    cells = [page.cell(row, 2) for row in range(3, 3 + len(TITLES))]
    assert [cell.data_type for cell in cells] == ["s"] * len(TITLES)
    assert [cell.value for cell in cells] == TITLES
    assert all(cell.quotePrefix for cell in cells)
    for for_excel in (False, True):
        text = out(now, "x.csv", for_excel=for_excel).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if for_excel else ","))
        assert [row[1] for row in rows[2:]] == [f"'{title}" for title in TITLES]
        assert rows[1][:3] == [TRIP, "Ungdomsutbyte", "planerad"]
        assert {"ja", "2026-05-04", "180000"} <= {*rows[1]}


def test_json_has_all_that_the_records_have() -> None:
    found = json.loads(out(snapshot(REGISTRY), "x.json"))
    (trip,) = (record for record in found["records"] if record["ref"] == TRIP)
    assert trip == {"ref": TRIP, **json.loads(json.dumps(REGISTRY[TRIP], default=date.isoformat))}
    assert [
        record["ref"] for record in json.loads(out(snapshot(REGISTRY), "x.json", sheet="departments"))["records"]
    ] == ["departments/bun"]


def test_each_sheet_has_a_name_that_excel_takes_and_headings_that_are_one_of_a_kind() -> None:
    for words in [sheet.words for sheet in SHEETS.values()]:
        assert all(len(name) <= 31 and not {*r":\/?*[]"} & {*name} for name in (words.sv, words.en))
        assert sheet_named(words.sv) is sheet_named(words.en) is not None
    for sheet in SHEETS.values():
        for language in LANGUAGES:
            with speaking(language):
                headings = [str(column.words).casefold() for column in sheet.with_names()]
            assert len({*headings}) == len(headings), (sheet.id, language)


def test_a_file_is_written_whole_or_not_at_all_and_over_no_other_one(tmp_path: Path) -> None:
    target = tmp_path / "ut.xlsx"
    write_whole(target, b"one")
    with pytest.raises(Taken, match=r"ut\.xlsx finns redan"):
        check_target(target)
    with pytest.raises(Taken):
        write_whole(target, b"two")
    write_whole(target, b"two", overwrite=True)
    assert (target.read_bytes(), [path.name for path in tmp_path.iterdir()]) == (b"two", ["ut.xlsx"])
    with pytest.raises(BadInput, match="slutar på"):
        out(snapshot(REGISTRY), "x.doc")
    assert [path.name for path in tmp_path.iterdir()] == ["ut.xlsx"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_called_off_half_way_has_given_others_their_turn_and_leaves_nothing_behind(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    many = {f"projects/2026/x{number}": {"title": "Resa", "start": date(2026, 5, 4)} for number in range(2 * PORTION)}
    steps = making(snapshot({**REGISTRY, **many}), Path(f"x{suffix}"), Wanted(today=date(2026, 1, 1)))
    assert [next(steps).done for _turn in range(2)] == [PORTION, 2 * PORTION]
    steps.close()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 64 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_full_or_can_only_be_read_takes_no_half_file(disk: Path) -> None:
    with pytest.raises(GitTrouble, match="är full"):
        write_whole(disk / "ut.xlsx", b"x" * 100_000)
    assert list(disk.iterdir()) == []
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(GitTrouble, match="går inte att skriva någon fil i mappen"):
        check_target(disk / "ut.xlsx")
    with pytest.raises(GitTrouble):
        write_whole(disk / "ut.xlsx", b"x")


def test_a_full_disk_for_what_is_only_passing_is_told_and_left_as_it_was(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    filling = disk / "fyllning"
    filling.write_bytes(bytes(60_000))
    with pytest.raises(GitTrouble, match="är full"):
        out(snapshot(REGISTRY), "x.xlsx")
    assert list(disk.iterdir()) == [filling]
