"""Cards: what a record's head tells, what a closer look finds, and the ways that lead from it into the form."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest
from textual.widgets import Input

from registry.change import Change
from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, with_trip, write_file
from tests.tui.form_kit import Writer, writing
from tui.forms.field_input import FieldInput
from tui.forms.record_form import RecordForm
from tui.screens.browse import BrowsePage
from tui.screens.choose import ChooseScreen
from tui.screens.next_step import NextStepScreen
from tui.screens.past import PastScreen
from tui.screens.saving import SaveScreen
from tui.widgets.card import Card


def card(user: Writer) -> str:
    """What the card says, on one line."""
    shown = cast("BrowsePage", user.main.page).card
    return " ".join(shown.content.plain.split()) if shown else ""


def at(form: RecordForm) -> str:
    """The key of the field that the cursor is in."""
    assert form.focused is not None
    return next(node.slot.key for node in form.focused.ancestors_with_self if isinstance(node, FieldInput))


async def test_a_project_says_why_it_counts_and_what_it_waits_for(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"), youth=True, cost=45_000, purpose="Elever spelar ihop.")
    decided = {"decisions": [{"decision": "BUN 2026-03-10 § 31"}], "decision_expected": "KS 2026-06-01"}
    line = {"id": "b1", "year": 2026, "source": "participants", "planned": 45_000}
    officers = [{"person": "p-4tq8ab", "from": date(2026, 1, 1)}]
    save(store, BUN, "Rektor.", officers=officers, ambition=True, budget=[{"year": date.today().year, "amount": 90_000, "state": "decided"}])  # fmt: skip
    save(store, TRIP, "Nämnden sade ja.", stage="decided", budget=[line], **decided)
    save(store, TRIP, "Bussen blev dyrare.", cost=57_000, budget=[{**line, "planned": 57_000}])
    async with writing(store, size=(140, 44)) as user:
        await user.press("4")
        assert "◆◆·" in user.screen
        assert "prioriterad: ungdomsutbyte, Europa" in card(user)
        assert "Europarådets 46 medlemmar" in card(user)
        assert "väntades: KS, 1 juni 2026" in card(user)
        await user.until("behöver ett nytt beslut")
        assert "kostnad 45 000 kr → 57 000 kr" in card(user).replace("\u00a0", " ")
        assert "✗" not in card(user), "nothing is against the policy"
        assert "inget står i vägen · m tar steget: pågående" in card(user)
        await user.press("V")
        await user.type("HEAD")
        await user.press("enter")
        await user.on(PastScreen)
        await user.press("4")
        assert "inget står i vägen" in user.screen
        assert "m tar steget" not in user.screen, "no step is taken in the past"
        await user.press("escape", "2")
        await user.until("taget 0")
        assert "kvar 90 000 kr" in card(user).replace("\u00a0", " ")
        assert "utbytesansvarig p-4tq8ab" in card(user)
        await user.press("3")
        await user.main.go_to_record(SKJERN)
        await user.until("1 aktuellt projekt")
        assert "senaste projekt: Ungdomsutbyte med Skjern" in card(user)


async def test_what_the_card_points_out_leads_to_its_field(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    save(store, BUN, "Ambition.", ambition=True)
    async with writing(store, size=(120, 44)) as user:
        await user.press("2")
        await user.until("saknas: saknar utbytesansvarig")
        assert "”Varje förvaltning med ambitioner" in card(user), "in the policy's own words"
        await user.press("a")
        screen = await user.on(ChooseScreen)
        screen.query_one(Input).value = "vilken nämnd"
        await user.press("escape")
        await user.press("4")
        page = cast("BrowsePage", user.main.page)
        jump = next(index for index, jump in enumerate(page.jumps) if jump.field == "decisions")
        page.query_one(Card).post_message(Card.Jumped(jump))
        form = await user.on(RecordForm)
        assert form.focused is not None
        assert at(form) == "decisions"


async def test_moving_on_leaves_nothing_of_the_record_before(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store, size=(120, 44)) as user:
        await user.press("3")
        for _town in range(5):
            await user.pilot.press("down")
        await user.until("inte prioriterad")
        page = cast("BrowsePage", user.main.page)
        assert page.card is not None
        assert page.card.content.plain.startswith(store.committed().title(page.ref))


async def test_a_stop_and_a_step_back_ask_why(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    async with writing(store, size=(120, 44)) as user:
        await user.press("4", "m")
        screen = await user.on(NextStepScreen)
        await user.press("down", "down", "enter", "enter")
        assert user.app.screen is screen
        assert "Säg med några ord varför" in user.screen
        await user.type("Ingen kan resa")
        await user.press("enter")
        await user.on(SaveScreen)
        assert "Ingen kan resa" in user.screen
        await user.press("ctrl+s")
        await user.main_again()
        assert card(user).startswith("Ungdomsutbyte med Skjern inställd Ingen kan resa")

        await user.press("m")
        await user.on(NextStepScreen)
        await user.press("down", "enter")
        await user.on(SaveScreen)
        await user.put("words", "Nu kan de resa.")
        await user.press("ctrl+s")
        await user.main_again()
    data = store.committed().data(TRIP) or {}
    assert data["stage"] == "planned"
    assert "stage_reason" not in data, "what it was stopped for is past, and stands in the history"
    assert "Skäl till statusen: – → Ingen kan resa" in git(store, "log", "--format=%B")


async def test_no_step_where_there_is_none_to_take(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    async with writing(store, size=(120, 44)) as user:
        await user.press("3", "m")
        assert "Bara projekt har steg" in " ".join(user.notices)
        write_file(store, f"{TRIP}.toml", (store.folder / f"{TRIP}.toml").read_text("utf-8") + "# för hand\n")
        user.main.show_view(await user.main.session.look())
        await user.press("4", "m")
        assert "ändrad för hand" in " ".join(user.notices)


async def test_what_was_recorded_afterwards_lacks_nothing_that_its_source_lacks(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    old = date.today() - timedelta(3000)
    old_trip = {"title": "Körresa", "stage": "completed", "start": old, "recorded_afterwards": True, "source": "Excel"}
    save(store, TRIP, act="new", **old_trip)
    async with writing(store, size=(120, 44)) as user:
        await user.press("4")
        await user.until("saknas i underlaget")
        assert "✗" not in card(user)
        await user.press("m")
        await user.on(NextStepScreen)
        assert "inget står i vägen" in user.screen


async def test_a_commitment_that_was_settled_in_the_registry_after_the_start_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = date.today() - timedelta(10)
    promise = {"id": "k1", "kind": "finance", "party": "Torsby IF", "amount": 10_000, "treated": "KS 2026-02-03 § 12"}
    outside = {"external_organiser": "Torsby IF", "start": start, "end": start + timedelta(40)}
    with monkeypatch.context() as before:
        before.setenv("GIT_AUTHOR_DATE", f"{start - timedelta(20)}T12:00:00+0100")
        store = with_trip(torsby(tmp_path / "r"))
        data = {**(store.saved().data(TRIP) or {}), **outside, "commitments": [promise]}
        store.save(Change({TRIP: data}, "Kassan har inte svarat.", overrides=("external-commitments",)))
    save(store, TRIP, "Kassan bekräftade.", commitments=[{**promise, "secured_on": start - timedelta(20)}])
    async with writing(store, size=(140, 44)) as user:
        await user.press("4")
        await user.until("att tänka på: åtagandet infördes som behandlat")
        told = card(user).replace("\u00a0", " ")
        assert "efter starten" in told
        assert "varje åtagande för kommunen" in told, "in the policy's own words"
        page = cast("BrowsePage", user.main.page)
        assert "commitments[k1].secured_on" in {jump.field for jump in page.jumps}
        assert "commitments[k1].treated" not in {jump.field for jump in page.jumps}, "that was there before"
