"""Pick an amount, find who decided it in two keys, open that day, bring the old value back, and read it in `git log`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from registry.store import Store
from tests.kit import SKJERN, TRIP, git, save, torsby, trailers, with_trip
from tests.tui.cli.running import vanort
from tests.tui.form_kit import Writer, writing
from tui.screens.change import ChangeScreen
from tui.screens.past import PastScreen
from tui.screens.provenance import ProvenanceScreen
from tui.screens.saving import SaveScreen
from tui.widgets.dialogs import Ask

LINE: dict[str, Any] = {"id": "b1", "year": 2026, "source": "department", "department": "departments/bun"}


def plain_spaces(text: str) -> str:
    """The text with spaces that break lines, for amounts to be looked for."""
    return text.replace("\u00a0", " ")


def decided(folder: Path) -> Store:
    """A trip whose money was granted by one decision and lowered by another."""
    store = with_trip(torsby(folder))
    save(store, TRIP, "Planen är klar", budget=[{**LINE, "planned": 45000}])
    granted = {**LINE, "planned": 45000, "granted": 45000}
    save(store, TRIP, "Beviljat", decision="BUN 2026-03-10 § 31", budget=[granted])
    save(store, TRIP, "Sänkt", decision="BUN 2026-04-14 § 40", budget=[{**granted, "granted": 40000}])
    return store


async def at_the_amount(user: Writer) -> ProvenanceScreen:
    """The trip's values, with the cursor on the money that was granted."""
    await user.press("4")
    await user.main.go_to_record(TRIP)
    await user.rest()
    await user.press("w")
    screen = await user.on(ProvenanceScreen)
    assert screen.list.move_to("budget[b1].granted")
    await user.rest()
    return screen


async def test_an_amount_leads_to_who_decided_it_to_that_day_and_back_to_what_it_was(tmp_path: Path) -> None:
    store = decided(tmp_path / "r")
    async with writing(store, size=(120, 40)) as user:
        await at_the_amount(user)
        assert "beslutat: BUN 2026-04-14 § 40, angivet i ändringen" in user.screen
        assert "infört av Anna Exempel" in user.screen
        await user.press("enter")
        await user.on(ChangeScreen)
        assert "45 000 kr → 40 000 kr" in plain_spaces(user.screen)
        await user.press("v")
        past = await user.on(PastScreen)
        assert re.search(rf"SOM DET VAR \d+ \w+ \d{{4}} \({past.session.rev[:10]}\)", user.screen)
        assert past.view.snapshot.data(TRIP) == store.saved().data(TRIP)
        await user.press("escape", "escape")
        await user.on(ProvenanceScreen)

        await user.press("j")
        await user.on(SaveScreen)
        assert "40 000 kr → 45 000 kr" in plain_spaces(user.screen)
        await user.put("words", "Sänkningen gällde ett annat projekt.")
        await user.press("ctrl+s")
        await user.until("Det är återställt.")

    assert (store.saved().data(TRIP) or {})["budget"][0]["granted"] == 45000
    message = git(store, "log", "-1", "--format=%B")
    assert "Sänkningen gällde ett annat projekt." in message
    assert "40 000 kr → 45 000 kr" in plain_spaces(message)
    assert trailers(store) == [f"Record: {TRIP}", "Change: restore"]


async def test_a_decision_beside_the_value_is_told_from_the_changes_own(tmp_path: Path) -> None:
    lines = [{**LINE, "planned": 45000, "decision": "BUN 2025-12-01 § 7"}]
    store = with_trip(torsby(tmp_path / "r"))
    save(store, TRIP, "Planen är klar", budget=lines)
    save(store, TRIP, "Beviljat", decision="BUN 2026-03-10 § 31", budget=[{**lines[0], "granted": 45000}])
    async with writing(store, size=(120, 40)) as user:
        screen = await at_the_amount(user)
        assert "beslutat: BUN 2026-03-10 § 31, angivet i ändringen" in user.screen
        screen.list.move_to("budget[b1].planned")
        await user.rest()
        assert "beslutat: BUN 2025-12-01 § 7, angivet bredvid värdet i posten" in user.screen
    told = vanort("blame", TRIP, cwd=store.folder).out
    assert told.count("angivet i ändringen") == told.count("angivet bredvid värdet i posten") == 1


async def test_a_value_without_a_decision_says_who_entered_it_and_no_more(tmp_path: Path) -> None:
    async with writing(decided(tmp_path / "r"), size=(80, 24)) as user:
        screen = await at_the_amount(user)
        screen.list.move_to("purpose")
        await user.rest()
        assert "beslutat:" not in user.screen
        assert "infört av Anna Exempel" in user.screen
        screen.list.move_to("budget[b1].planned")
        await user.rest()
        await user.press("j")
        await user.until("fanns inte då")
        (told,) = user.notices
        assert told.startswith("”Budget 2026, förvaltningens medel”"), "nobody knows its id"
        assert "z på den ändringen" in told
        assert "vanort" not in told
        await user.press("enter")
        await user.on(ChangeScreen)
        assert "z ta tillbaka" in user.screen
        await user.press("escape")
        await user.on(ProvenanceScreen)
        await user.press("escape", "5")
        await user.until("z ta tillbaka")


async def test_the_past_can_be_walked_about_in_and_nothing_in_it_can_be_changed(tmp_path: Path) -> None:
    store = decided(tmp_path / "r")
    before = git(store, "rev-parse", "HEAD")
    async with writing(store) as user:
        await user.press("V")
        await user.type("HEAD~1")
        await user.press("enter")
        await user.on(PastScreen)
        assert "J jämför" in user.screen.splitlines()[-1]
        await user.press("4")
        assert "Ungdomsutbyte med Skjern" in user.screen
        for key in ("e", "n", "m", "d", "y", "u"):
            await user.press(key)
            assert isinstance(user.app.screen, PastScreen), key
            (told,) = user.notices  # the same is told once
            assert "Det här är registret som det var" in told, key
        await user.press("w")
        await user.on(ProvenanceScreen)
        assert "SOM DET VAR" in user.screen
        await user.press("j")
        assert isinstance(user.app.screen, ProvenanceScreen)
        await user.press("escape", "B")
        await user.until("Budgetramar")
        assert "SOM DET VAR" in user.screen
        await user.press("escape", "5")
        await user.until("Beviljat")
        assert "Sänkt" not in user.screen, "what came later is not known then"
        await user.press("escape")
        await user.main_again()
        assert "SOM DET VAR" not in user.screen
    assert git(store, "rev-parse", "HEAD") == before


async def test_a_day_before_the_registry_began_is_one_clear_line(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.press("V")
        await user.type("1999-01-01")
        await user.press("enter")
        await user.until("Registret har ingen historik")
        assert isinstance(user.app.screen, Ask), "it can be written anew"
        await user.pilot.press("ctrl+u")
        await user.type("i dag")
        await user.press("enter")
        await user.on(PastScreen)


async def test_the_registry_of_the_past_is_read_on_a_card(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(store, SKJERN, "Ny uppgift", potential="Skolor")
    async with writing(store) as user:
        await user.press("V")
        await user.type("HEAD~1")
        await user.press("enter")
        await user.on(PastScreen)
        await user.press("r")
        await user.until("Torsby kommun")
        assert "SOM DET VAR" in user.screen
        await user.press("w")
        await user.on(ProvenanceScreen)


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_in_a_small_window_there_are_values_to_choose_and_a_line_to_answer_in(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    store = decided(tmp_path / "r")
    async with writing(store, size=size) as user:
        await user.press("4")
        await user.main.go_to_record(TRIP)
        await user.press("w")
        screen = await user.on(ProvenanceScreen)
        screen.list.move_to("stage")
        await user.rest()
        assert screen.list.size.height > 2
        assert "Status" in user.screen
        assert "j återställ" in user.screen.splitlines()[-1] or size[0] == 40
        await user.press("escape", "V")
        ask = await user.on(Ask)
        await user.type("HEAD~1")
        assert "HEAD~1" in user.screen
        assert ask.query_one(Input).region.bottom <= size[1]
