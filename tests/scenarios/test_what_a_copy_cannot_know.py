"""A shallow copy, a calendar's last day, an undo before a server's hook: told as they are."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from registry.change import Change
from registry.pushed import brought_in
from registry.store import Store
from tests.kit import SKJERN, TRIP, git, save, torsby, with_trip
from tests.tui.cli.running import vanort
from tests.tui.form_kit import writing
from tui.screens.past import PastScreen
from tui.screens.removed import RemovedScreen
from tui.screens.saving import SaveScreen


@pytest.fixture
def shallow(tmp_path: Path) -> Path:
    """A clone of the latest change alone, which was made under a decision of its own."""
    store = with_trip(torsby(tmp_path / "r"))
    save(store, SKJERN, "Ringde", decision="KS 2026-03-10 § 31", last_contact=date(2026, 1, 2))
    place = tmp_path / "grund"
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{store.folder}", str(place)], check=True)
    return place


def test_what_was_before_a_shallow_copy_is_nobodys(shallow: Path) -> None:
    told = vanort("blame", SKJERN, cwd=shallow)
    assert "KS 2026-03-10" not in told.out
    assert "bara den senaste delen av historiken" in told.err
    assert "Ringde" not in told.out, "nor is its reason that of what was there before"
    for command in (("log",), ("decisions",), ("list", "projects", "--removed")):
        assert "bara den senaste delen av historiken" in vanort(*command, cwd=shallow).err, command
    assert "når inte tillbaka" in vanort("show", SKJERN, "--at", "2020", cwd=shallow).err
    assert "git fetch --unshallow" in vanort("doctor", cwd=shallow).out


def test_a_partial_copy_whose_server_is_gone_says_so_in_one_line(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    git(store, "config", "uploadpack.allowFilter", "true")
    place = tmp_path / "del.git"
    clone = ("git", "clone", "-q", "--bare", "--filter=blob:none", f"file://{store.folder}", str(place))
    subprocess.run(clone, check=True)
    store.folder.rename(tmp_path / "borta")
    for command in (("show", SKJERN), ("list", "twin-towns"), ("check",), ("blame", SKJERN)):
        told = vanort("-r", str(place), *command, cwd=tmp_path)
        assert told.code == 2, command
        (said,) = told.err.splitlines()
        assert "är en ofullständig kopia" in said, command
        assert "git clone" in said
        assert "misslyckades" not in said


async def test_the_app_says_that_a_copy_is_shallow(shallow: Path) -> None:
    async with writing(Store.open(shallow)) as user:
        await user.until("bara den senaste delen av historiken")


@pytest.mark.parametrize("day", ["9999", "9999-12-31", "0001-01-01"])
def test_the_ends_of_the_calendar_are_days_like_any_other(tmp_path: Path, day: str) -> None:
    store = torsby(tmp_path / "r")
    for command in (("show", "registry"), ("log",), ("blame", SKJERN), ("budget",), ("check",)):
        told = vanort(*command, "--at", day, cwd=store.folder)
        assert told.code in {0, 1, 2}, command
        assert "Något gick fel" not in told.err, told.err


def test_an_undone_step_is_let_in_by_the_servers_hook(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"), stage="idea")
    save(store, TRIP, "Planen är klar", stage="planned")
    before = git(store, "rev-parse", "HEAD").strip()
    store.save(store.undoing("HEAD", "Fel projekt"))

    assert brought_in(store, before, "HEAD").refused == ()


async def test_the_past_does_not_know_what_was_removed_later(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    git(store, "rm", "-q", "twin-towns/bomlo.toml")
    git(store, "commit", "-qm", "Bort")
    async with writing(store) as user:
        await user.press("R")
        await user.on(RemovedScreen)
        await user.until("Bömlo")
        await user.press("escape", "V")
        await user.type("HEAD~1")
        await user.press("enter")
        await user.on(PastScreen)
        await user.press("R")
        await user.until("Ingen post är borttagen.")
        await user.press("j")
        assert isinstance(user.app.screen, RemovedScreen), "nothing is brought back in the past"
        await user.press("escape", "J")
        await user.until("Bömlo")
        await user.press("escape", "escape")
        await user.main_again()
        await user.press("R")
        await user.on(RemovedScreen)
        await user.until("Bömlo")
        await user.press("j")
        await user.on(SaveScreen)
        await user.put("words", "Den togs bort av misstag.")
        await user.press("ctrl+s")
        await user.until("Ingen post är borttagen.")
    assert "twin-towns/bomlo" in store.saved()
    told = vanort("list", "twin-towns", "--removed", cwd=store.folder).out
    assert told.strip() == "Ingen post av det slaget är borttagen.", "one was, and is back"


def test_undo_goes_a_step_further_back_each_time_and_redo_forward(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    for text in ("ett", "två"):
        save(store, SKJERN, text, potential=text)
    for _step in range(2):
        assert vanort("undo", "-m", "Fel", cwd=store.folder).code == 0
    assert "potential" not in (store.saved().data(SKJERN) or {})
    assert vanort("undo", "--redo", "-m", "Rätt", cwd=store.folder).code == 0
    assert (store.saved().data(SKJERN) or {})["potential"] == "ett"
    assert vanort("undo", "-m", "Fel", cwd=store.folder).code == 0

    data = {**(store.saved().data(SKJERN) or {}), "potential": "eriks"}
    theirs = store.save(Change({SKJERN: data}, "Eriks"), author={"GIT_AUTHOR_EMAIL": "erik@example.org"}).commit or ""
    refused = vanort("undo", "-m", "Fel", cwd=store.folder)
    assert refused.code == 2, "what others did is not taken back unasked"
    assert "Ingen av de senaste ändringarna är din" in refused.err
    assert vanort("undo", theirs, "-m", "Fel", cwd=store.folder).code == 0
    assert "potential" not in (store.saved().data(SKJERN) or {})
