"""Decisions, comparisons and removed records in the app, as an auditor walks through them."""

from __future__ import annotations

from pathlib import Path

from registry.change import Change
from registry.store import Store
from tests.kit import BUN, SKJERN, TRIP, save, torsby, with_trip
from tests.tui.app_kit import User, using
from tui.forms.record_form import RecordForm
from tui.screens.change import ChangeScreen
from tui.screens.compare import CompareScreen
from tui.screens.decisions import DecisionsScreen
from tui.screens.record_history import RecordHistoryScreen


def with_decisions(store: Store) -> Store:
    """A trip that was granted money under a decision, and whose cost rose without one."""
    with_trip(store)
    line = {
        "year": 2026,
        "source": "department",
        "department": BUN,
        "granted": 45_000,
        "decision": "BUN 2026-03-10 §31",
    }
    save(store, TRIP, "Nämnden beviljade.", decision="BUN 2026-03-10 § 31, dnr BUN/2026:17", budget=[line])
    save(store, TRIP, "Dyrare buss.", cost=60_000)
    return store


def row(user: User, words: str) -> str:
    """The line of the screen that has these words, spaces as one."""
    found = next((line for line in user.screen.split("\n") if words in line), "")
    assert found, f"{words!r} is not on the screen:\n{user.screen}"
    return " ".join(found.split())


async def test_a_decision_leads_to_the_change_under_it_and_to_the_field_that_cites_it(tmp_path: Path) -> None:
    store = with_decisions(torsby(tmp_path / "r"))
    async with using(store, size=(130, 36)) as user:
        await user.press("D")
        screen = await user.until("Ändrat under beslutet")
        assert "BUN 2026-03-10 § 31, dnr BUN/2026:17" in row(user, "▌"), "two writings of one decision are one"
        assert "BUN 2026-03-10 §31" in screen
        await user.press("enter", "enter")
        assert isinstance(user.app.screen, ChangeScreen)
        assert "Nämnden beviljade." in await user.until("Nämnden beviljade.")
        await user.press("escape", "down", "enter")
        assert isinstance(user.app.screen, RecordForm)
        await user.press("escape")
        assert isinstance(user.app.screen, DecisionsScreen)
        await user.press("escape", "escape")
        assert user.app.screen is user.main


async def test_what_was_changed_without_a_decision_is_a_list_of_its_own(tmp_path: Path) -> None:
    store = with_decisions(torsby(tmp_path / "r"))
    async with using(store, size=(130, 36)) as user:
        await user.press("D", "w")
        screen = await user.until("Dyrare") if "Dyrare" in user.screen else await user.until("kostnad")
        assert "Ändrat utan beslut" in screen
        assert "Kostnad: – → 60 000 kr" in " ".join(user.screen.split())
        assert "beviljat" not in row(user, "▌")


async def test_two_dates_are_compared_and_a_change_with_today(tmp_path: Path) -> None:
    store = with_decisions(torsby(tmp_path / "r"))
    save(store, TRIP, "Klart.", purpose="Elever och lärare lär känna varandra över gränsen.")
    async with using(store, size=(80, 24)) as user:
        await user.press("J")
        screen = await user.until("Pengar")
        assert "Tillkommet (2)" in screen
        assert "0 kr → 45 000 kr (+45 000 kr)" in " ".join(screen.split())
        await user.press("escape", "5")
        await user.until("Ändringar 6")
        await user.press("down", "m", "up", "c")
        assert isinstance(user.app.screen, CompareScreen)
        screen = await user.until("Ändrat (1)")
        assert "{+och lärare" in screen
        await user.press("enter")
        assert user.app.screen is user.main
        assert user.main.page.id == "projects"


async def test_a_date_before_the_history_is_told(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with using(store, size=(80, 24)) as user:
        await user.press("J")
        await user.until("Ingenting skiljer.")
        await user.press("d")
        await user.type("1999")
        await user.press("enter")
        await user.until("den börjar")
        assert "1999" in user.screen, "the question stays, to be answered anew"


async def test_a_removed_record_is_found_with_its_life_and_a_renamed_one_is_not(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, potential="Skolor")
    store.save(Change({SKJERN: None}, "Avtalet upphörde.", "KF 2026-03-10 § 3", act="delete"))
    data = store.committed().data("twin-towns/bomlo")
    edits = {"twin-towns/bomlo": None, "twin-towns/bommel": data}
    renamed = {"twin-towns/bommel": "twin-towns/bomlo"}
    store.save(Change(edits, "Annan stavning.", act="rename", renamed_from=renamed))
    async with using(store, size=(110, 30)) as user:
        await user.press("R")
        screen = await user.until("Avtalet upphörde.")
        assert "Skjern" in row(user, "▌")
        assert "omlo" not in screen
        await user.press("enter")
        assert isinstance(user.app.screen, RecordHistoryScreen)
        screen = await user.until("Borttagen ur registret")
        assert "Införd i registret" in screen
        await user.press("escape", "escape")
        assert user.app.screen is user.main
