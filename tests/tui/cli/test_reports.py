"""Reports by the command line: to read, to a file whole or not at all, of any year and day, without names."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import docx
import pytest

from tests.tui.cli.conftest import PROJECT
from tests.tui.cli.running import done, git, vanort


def test_a_report_is_read_at_once_and_goes_to_a_file_of_each_kind(registry: Path, tmp_path: Path) -> None:
    head = git(registry, "rev-parse", "HEAD")
    read = done("report", "record", PROJECT, cwd=registry).out
    assert read.startswith("# Körresa till Rautalampi\n")
    assert f"- **Gjord ur version:** {head}\n" in read
    page = done("report", "twin-towns", "--format", "html", "--lang", "en", cwd=registry).out
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    for name in ("a.docx", "a.html", "a.md"):
        target = tmp_path / name
        answer = done("report", "budget", "--year", "1999", "-o", str(target), "--json", cwd=registry).json
        assert answer == {"file": str(target), "commit": head}
        again = vanort("report", "budget", "--year", "1999", "-o", str(target), cwd=registry)
        assert (again.code, "finns redan" in again.err) == (2, True)
        first = target.read_bytes()
        assert (
            "Skriven:" in done("report", "budget", "--year", "1999", "-o", str(target), "--overwrite", cwd=registry).out
        )
        assert target.read_bytes() == first
    assert docx.Document(str(tmp_path / "a.docx")).paragraphs[0].text == "Budget 1999"
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.docx").read_bytes())) as parts:
        assert parts.testzip() is None
    assert git(registry, "status", "--porcelain") == ""
    assert git(registry, "rev-parse", "HEAD") == head


@pytest.mark.parametrize("name", ["annual", "twin-towns"])
def test_what_cannot_be_read_and_what_is_not_saved_is_said_before_any_figure(registry: Path, name: str) -> None:
    (registry / f"{PROJECT}.toml").write_text("title = \n", encoding="utf-8")
    (registry / "policy.toml").write_text("[[", encoding="utf-8")
    (registry / "projects/2027/Fel namn.toml").write_text('title = "Fel"\n', encoding="utf-8")
    for number in range(5):
        (registry / f"projects/2027/ny-{number}.toml").write_text(f'title = "Ny {number}"\n', encoding="utf-8")
    answer = done("report", name, cwd=registry)
    origin, _blank, rest = answer.out.partition("\n\n> ")
    assert "- **Med osparade ändringar i:** Policyn; projects/2027/korresa; Ny 0; Ny 1; Ny 2 och 2 till" in origin
    assert rest.startswith("**3 filer i registret går inte att läsa.")
    notice = rest.partition("\n\n")[0]
    assert all(each in notice for each in ("policy.toml", f"{PROJECT}.toml", "Fel namn.toml (ett namn"))
    assert answer.err.count("\n") == 1
    assert "policy.toml" in answer.err
    saved = done("report", name, "--at", "HEAD", "--json", cwd=registry)
    assert (saved.json["notices"], saved.err) == ([], "")
    assert "osparade" not in saved.out


def test_a_past_day_and_what_no_report_can_be_asked_for(registry: Path, tmp_path: Path) -> None:
    first = git(registry, "rev-list", "--max-parents=0", "HEAD")
    done("set", "twin-towns/rautalampi", "name=Rautalammi", "-m", "Nytt namn.", cwd=registry)
    then = done("report", "twin-towns", "--at", first, "--json", cwd=registry).json
    assert then["commit"] == first
    towns = [row[0] for block in then["blocks"] if block["type"] == "table" for row in block["rows"]]
    assert "Rautalampi" in towns
    assert "Rautalammi" not in towns
    for arguments, said in (
        (("record",), "gäller en enda post"),
        (("record", "inget"), "”inget”"),
        (("budget", PROJECT), "inte någon enskild post"),
        (("audit", "--year", "2026"), "inte något visst år"),
        (("budget", "--meeting", "2026-03-10"), "inte för något möte"),
        (("budget", "--format", "docx"), "-o FIL"),
        (("budget", "-o", "x.pdf"), "slutar på .md, .html, .docx"),
        (("budget", "--names", "-o", "x.md"), "registrets egen mapp"),
        (("budget", "-o", str(tmp_path / "finns" / "inte.md")), "finns ingen mapp"),
        (("budget", "--at", "igår igen"), "igår igen"),
    ):
        refused = vanort("report", *arguments, cwd=registry)
        assert (refused.code, refused.out, refused.err.count("\n")) == (2, "", 1), arguments
        assert said in refused.err
    assert git(registry, "status", "--porcelain") == ""


def test_names_are_in_it_only_where_they_are_asked_for_and_then_the_file_is_ones_own(
    registry: Path, tmp_path: Path
) -> None:
    person = done("people", "add", "name=Maja Exempel", "--json", cwd=registry).json["id"]
    done("set", PROJECT, f"responsible={person}", "responsible_function=Rektor", "-m", "Ny ansvarig.", cwd=registry)
    without, named = tmp_path / "utan.md", tmp_path / "med.md"
    done("report", "record", PROJECT, "-o", str(without), cwd=registry)
    told = done("report", "record", PROJECT, "--names", "-o", str(named), cwd=registry).out
    assert "Den innehåller personnamn" in told
    assert person in without.read_text(encoding="utf-8")
    assert "Maja Exempel" not in without.read_text(encoding="utf-8")
    assert "Maja Exempel" in named.read_text(encoding="utf-8")
    assert named.stat().st_mode & 0o077 == 0


def test_a_file_never_takes_the_place_of_one_of_the_registrys_own(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(registry / "policy.toml")
    before = (registry / "policy.toml").read_bytes()
    for place in (
        registry / "policy.toml",
        registry / "projects/2027/ny.toml",
        registry / ".git/x.md",
        tmp_path / "link.md",
    ):
        answer = vanort("report", "budget", "--format", "md", "-o", str(place), "--overwrite", cwd=registry)
        assert answer.code == 2
        assert answer.err.count("\n") == 1
    assert (registry / "policy.toml").read_bytes() == before
    too_long = vanort("report", "budget", "-o", str(tmp_path / ("x" * 300 + ".md")), cwd=registry)
    assert (too_long.code, too_long.err.count("\n")) == (2, 1)
    os.mkfifo(tmp_path / "fifo.md")
    assert "ingen vanlig fil" in vanort("report", "budget", "-o", str(tmp_path / "fifo.md"), cwd=registry).err
    (tmp_path / "real.md").write_text("gammalt", encoding="utf-8")
    (tmp_path / "other.md").symlink_to("real.md")
    done("report", "budget", "-o", str(tmp_path / "other.md"), "--overwrite", cwd=registry)
    assert (tmp_path / "other.md").is_symlink()
    assert "gammalt" not in (tmp_path / "real.md").read_text(encoding="utf-8")
