"""Day 7: an auditor with a fresh copy and no people book. What `docs/en/auditing.md` says of plain Git agrees with Vänort."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registry.starters.make import init
from registry.store import Store
from tests.kit import git
from tests.tui.cli.running import vanort as command_line
from tests.tui.form_kit import writing
from tui.screens.card import CardScreen
from tui.screens.decisions import DecisionsScreen
from tui.screens.past import PastScreen
from tui.screens.provenance import ProvenanceScreen

DOCUMENT = Path(__file__).parents[2] / "docs" / "en" / "auditing.md"
DINNER = "projects/2024/bygdegardsforeningens-vanortsmiddag-2024"
RENAMED = "projects/2024/ungdomsutbyte-med-nordlynge-2025"
DECISION = "KFN 2025-05-21 § 101"


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A clone of the demo and a bare one, neither with a people book."""
    home = tmp_path_factory.mktemp("auditor")
    init(home / "demo", "demo", today=date(2026, 11, 23))
    subprocess.run(["git", "clone", "-q", str(home / "demo"), str(home / "copy")], check=True)
    subprocess.run(["git", "clone", "-q", "--bare", str(home / "demo"), str(home / "bare.git")], check=True)
    return home / "copy", home / "bare.git"


def blocks() -> Iterator[str]:
    """The lines of shell in the document, in order."""
    for block in re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL):
        yield from block.strip().split("\n")


def plain(folder: Path, having: str) -> list[str]:
    """What the document's line that has these words prints, in a folder."""
    (command,) = [line for line in blocks() if having in line]
    ran = subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


def vanort(folder: Path, *arguments: str) -> Any:
    """What the command says, in JSON."""
    return command_line("-r", str(folder), *arguments, "--json", cwd=folder).json


@pytest.fixture(params=["copy", "bare"])
def folder(request: pytest.FixtureRequest, copies: tuple[Path, Path]) -> Path:
    """Either copy: a server's own will do."""
    return copies[request.param == "bare"]


def test_every_line_of_the_document_runs_and_says_something(copies: tuple[Path, Path]) -> None:
    for command in blocks():
        for place in copies:
            ran = subprocess.run(["sh", "-c", command], cwd=place, capture_output=True, text=True, check=False)
            assert (ran.returncode, ran.stderr) == (0, ""), command
            assert ran.stdout or "diff-filter=D" in command, command


def test_the_decisions_of_a_year(folder: Path) -> None:
    told = vanort(folder, "decisions", "--year", "2025")

    assert {one["decision"].partition(", dnr ")[0] for one in told if one["changes"]} == set(
        plain(folder, "key=Decision")
    )


def test_what_was_changed_under_a_decision(folder: Path) -> None:
    told = vanort(folder, "log", "--decision", DECISION)

    assert [one["commit"] for one in told] == [line.split()[0] for line in plain(folder, "--grep='^Decision: KFN")]
    assert told


def test_the_offices_that_answer(folder: Path) -> None:
    projects = vanort(folder, "list", "projects", "--where", "responsible_function!=")
    told = {one["responsible_function"] for one in projects if one["ref"].startswith("projects/2025/")}
    said = {line.split('"')[1] for line in plain(folder, "responsible_function")}
    assert told == said
    officers = [line for line in plain(folder, "HEAD -- departments") if line.startswith("function = ")]
    departments = vanort(folder, "list", "departments")
    assert {line.split('"')[1] for line in officers} == {
        officer["function"] for one in departments for officer in one.get("officers", ())
    }


def test_the_offices_as_of_the_day_of_a_change(folder: Path) -> None:
    (rename,) = [one for one in vanort(folder, "log", RENAMED) if one["change"] == "rename"]
    author, *lines = plain(folder, "git show -s")
    assert author == f"{rename['author']} {rename['date'][:10]}"
    departments = vanort(folder, "list", "departments", "--at", rename["commit"])
    officers = [officer for one in departments for officer in one.get("officers", ())]
    told = [line.split('"')[1] for line in lines if line.startswith(("person", "function"))]
    assert told == [officer[key] for officer in officers for key in ("person", "function") if key in officer]


def test_whether_commitments_were_settled_before_the_start(folder: Path) -> None:
    late: set[str] = set()
    ref, start = "", ""
    for line in plain(folder, "secured_on) = '"):
        if line.startswith("HEAD:"):
            ref = line.removeprefix("HEAD:").removesuffix(".toml")
            lines = git(folder, "show", line).splitlines()
            start = next(each.split(" = ")[1] for each in lines if each.startswith("start = "))
        elif (day := re.search(r"\d{4}-\d\d-\d\d", line)) and not line.startswith("start") and day[0] > start:
            late.add(ref)
    found = vanort(folder, "check")
    told = {one["ref"] for one in found if (one["clause"], one["severity"]) == ("external-commitments", "violation")}
    assert late == told == {DINNER}


def test_what_was_changed_afterwards_and_who_is_behind_a_value(folder: Path) -> None:
    told = vanort(folder, "log", RENAMED)
    assert [one["commit"] for one in told] == [line.split()[0] for line in plain(folder, "had=")]
    assert {"rename", "new"} < {one["change"] for one in told}, "it is one that got another name"
    blamed = plain(folder, "git blame")[0].split()[0].lstrip("^")
    origins = vanort(folder, "blame", DINNER)
    (origin,) = [found for path, found in origins.items() if path.endswith("].secured_on")]
    assert origin["commit"].startswith(blamed)


def test_where_they_departed_from_the_policy(folder: Path) -> None:
    told = vanort(folder, "log", "--overrides")
    said = [line.split(" ", 1) for line in plain(folder, "Policy-(Override|Breach)")]

    assert [one["commit"] for one in told] == [commit for commit, _trailers in said]
    assert [sorted(one["overrides"]) for one in told] == [
        sorted(re.findall(r"Policy-\w+: (\S+)", trailers)) for _commit, trailers in said
    ]


def test_how_it_stood_on_a_day(folder: Path) -> None:
    lines = plain(folder, "rev-list -1")
    told = vanort(folder, "show", "policy", "--at", "2024-05-17")
    assert f'title = "{told["title"]}"' in lines
    assert f'adopted = "{told["adopted"]}"' in lines


def test_what_was_removed(copies: tuple[Path, Path], tmp_path: Path) -> None:
    place = tmp_path / "r"
    subprocess.run(["git", "clone", "-q", str(copies[0]), str(place)], check=True)
    for ref in (DINNER, RENAMED):
        git(place, "rm", "-q", f"{ref}.toml")
        git(place, "commit", "-qm", "Bort")
    git(place, "revert", "--no-edit", "HEAD")

    told = [
        one for kind in ("projects", "departments", "twin-towns") for one in vanort(place, "list", kind, "--removed")
    ]

    said = {line.split()[-1].removesuffix(".toml"): line.split()[0] for line in plain(place, "last=")}
    assert said == {one["ref"]: one["removed"]["commit"] for one in told}
    assert DINNER in said


async def test_the_same_in_the_app_without_a_people_book(folder: Path) -> None:
    async with writing(Store.open(folder, bare_too=True), size=(120, 40)) as user:
        await user.press("D")
        await user.on(DecisionsScreen)
        await user.until("KFN 2025-05-21 § 101")
        await user.press("escape", "4")
        await user.main.go_to_record(DINNER)
        await user.rest()
        await user.press("w")
        screen = await user.on(ProvenanceScreen)
        screen.list.move_to(next(path for path in screen._origins if path.endswith("].secured_on")))
        await user.rest()
        assert "infört av" in user.screen
        await user.press("escape", "V")
        await user.type("2024-05-17")
        await user.press("enter")
        await user.on(PastScreen)
        assert "SOM DET VAR 17 maj 2024 ·" in user.screen, "a day is no single change"


async def test_a_bare_clone_in_the_app_is_read_and_nothing_of_it_changed(copies: tuple[Path, Path]) -> None:
    bare = copies[1]
    before = git(bare, "for-each-ref"), git(bare, "count-objects", "-v")
    async with writing(Store.open(bare, bare_too=True), size=(120, 40)) as user:
        await user.until("BARA ATT LÄSA · PÅHITTAT EXEMPEL")
        for page, words in {
            "2": "Barn- och",
            "3": "Nordlynge",
            "4": "Fotbollscup",
            "5": "infört av",
            "6": "Personer",
        }.items():
            await user.press(page)
            await user.until(words)
        await user.press("4")
        for key in ("e", "n", "m", "delete", "u", "k", "e"):
            assert f" {key} " not in user.screen.splitlines()[-1], key
            await user.press(key)
            assert user.app.screen is user.main, key
        (refused,) = user.notices
        assert "git clone" in refused
        await user.press("1", "r")
        await user.on(CardScreen)
        assert "BARA ATT LÄSA" in user.screen
        await user.press("escape", "P")
        await user.until("BARA ATT LÄSA · Policyn")
        await user.press("escape", "J")
        await user.until("Projekt efter status")
        await user.press("escape", "I")
        await user.until("Verifierad")
    assert before == (git(bare, "for-each-ref"), git(bare, "count-objects", "-v"))
