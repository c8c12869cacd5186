"""The main job in the app, and what an auditor makes of it who has a clone, plain Git, and nothing else."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.kit import SKJERN, git
from tests.tui.cli.running import done
from tests.tui.form_kit import Writer, writing
from tui.app import VanortApp
from tui.forms.record_form import RecordForm
from tui.screens.first_run import FirstRunScreen
from tui.screens.main import MainScreen

DECISION = "BUN 2026-03-10 § 31, dnr BUN/2026:17"


async def first_start() -> Path:
    """The app's first start, with nothing but Enter; the folder of the registry that it made."""
    app = VanortApp()
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        user = Writer(app, pilot)
        await user.on(FirstRunScreen)
        await pilot.press("enter")
        await user.until("6  vänorter")
        assert isinstance(app.screen, MainScreen)
        assert app.session is not None
        return app.session.folder


async def a_year_in_the_app(folder: Path) -> str:
    """A department, a project, its decision and its moved dates, an error and its undoing; the project's REF."""
    from registry.store import Store

    store = Store.open(folder)
    async with writing(store) as user:
        await user.press("2", "n")
        await user.on(RecordForm)
        await user.write("name", "Barn- och utbildningsförvaltningen")
        await user.write("board", "Barn- och utbildningsnämnden")
        await user.write("board_short", "BUN")
        await user.save("Ny i registret.")
        await user.main_again()
        assert "Barn- och utbildningsnämnden" in user.screen

        await user.press("4", "n")
        await user.on(RecordForm)
        await user.write("title", "Ungdomsutbyte med Skjern")
        await user.write("start", "4 maj 2028")
        await user.write("end", "10 maj 2028")
        await user.save("Planeras av skolan.")
        await user.main_again()
        ref = next(row.ref for row in store.committed().rows_of("projects"))

        await user.edit("4", ref)
        await user.write("cost", "180 000")
        await user.save("Nämnden beviljade medel för resan.", decision=DECISION)
        await user.main_again()

        await user.edit("4", ref)
        await user.write("start", "2028-05-11")
        await user.write("end", "2028-05-17")
        await user.save("Skjern bad om en vecka senare.")
        await user.main_again()

        await user.edit("4", ref)
        await user.write("cost", "1 800 000")
        await user.save("Fel antal nollor.")
        await user.main_again()
        await user.press("u")
        await user.until("Ta tillbaka den här ändringen?")
        await user.press("ctrl+s")
        await user.until("Ändringen är tillbakatagen.")
    return ref


async def test_a_year_in_the_app_is_what_was_meant_and_an_auditor_can_read_it(tmp_path: Path) -> None:
    folder = await first_start()
    ref = await a_year_in_the_app(folder)
    the_records_are_what_was_meant(folder, ref)
    an_auditor_with_a_clone_reads_who_what_why_and_under_which_decision(folder, ref, tmp_path / "granskning")
    every_commit_has_trailers_that_git_reads_and_none_is_empty(folder)


def the_records_are_what_was_meant(folder: Path, ref: str) -> None:
    project = done("show", ref, "--json", cwd=folder).json
    assert (project["start"], project["end"], project["cost"]) == ("2028-05-11", "2028-05-17", 180000)
    assert done("list", "departments", "--json", cwd=folder).json[0]["board_short"] == "BUN"
    assert done("list", "twin-towns", "--json", cwd=folder).json[-1]["ref"] == SKJERN


def an_auditor_with_a_clone_reads_who_what_why_and_under_which_decision(folder: Path, ref: str, clone: Path) -> None:
    subprocess.run(["git", "clone", "-q", str(folder), str(clone)], check=True)

    log = git(clone, "log", "--reverse", "--format=%an: %s%n%b", "--", f"{ref}.toml").replace("\u00a0", " ")
    told = [
        "Anna Exempel: ",
        "Planeras av skolan.",
        "Nämnden beviljade medel för resan.",
        "Kostnad: – → 180 000 kr",
        f"Decision: {DECISION}",
        "Skjern bad om en vecka senare.",
        "Startdatum: 4 maj 2028 → 11 maj 2028",
        "Slutdatum: 10 maj 2028 → 17 maj 2028",
        "Fel antal nollor.",
        "Kostnad: 180 000 kr → 1 800 000 kr",
        "Kostnad: 1 800 000 kr → 180 000 kr",
        "Reverts: ",
    ]
    at = -1
    for words in told:
        assert log.find(words, at + 1) > at, f"{words!r} does not come after what came before:\n{log}"
        at = log.find(words, at + 1)

    decided = git(clone, "log", "--format=%H", f"--grep=^Decision: {re.escape(DECISION)}").split()
    assert len(decided) == 1
    assert "+cost = 180000" in git(clone, "show", "--format=", decided[0])
    readme = (clone / "README.md").read_text(encoding="utf-8")
    assert "git log" in readme


def every_commit_has_trailers_that_git_reads_and_none_is_empty(folder: Path) -> None:
    for commit in git(folder, "rev-list", "HEAD").split():
        message = git(folder, "log", "-1", "--format=%B", commit)
        trailers = dict(
            line.split(": ", 1) for line in git(folder, "interpret-trailers", "--parse", input=message).splitlines()
        )
        assert {"Change", "Record"} <= set(trailers)
        assert git(folder, "show", "--format=", "--name-only", commit).strip()
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "fsck", "--strict", "--no-dangling") == ""
