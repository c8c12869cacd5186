"""One project from idea to evaluated: every gate is met once the wrong way and once the right way, in the app."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from textual import events
from textual.keys import _character_to_key

from registry.judgement import findings
from registry.records.values import tables
from registry.store import Store
from tests.kit import BUN, PLANNED, TRIP, git, save, torsby, trailers, with_department
from tests.scenarios.kit import OFFICER, add
from tests.tui.form_kit import Writer, writing
from tui.forms.record_form import RecordForm
from tui.screens.next_step import NextStepScreen
from tui.screens.saving import SaveScreen


async def at_what_is_missing(user: Writer, words: str) -> RecordForm:
    """m, and Enter on the first thing that is missing: the form, with the cursor there."""
    await user.press("m")
    await user.on(NextStepScreen)
    assert f"✗ {words}" in user.screen, user.screen
    await user.press("enter", "enter")
    return await user.on(RecordForm)


async def refused(user: Writer, clause: str) -> None:
    """The wrong way: the status alone is moved on. The save says no, in the policy's words; back in the form."""
    await user.field("stage")
    await user.press("right", "ctrl+s")
    screen = await user.on(SaveScreen)
    assert clause in user.screen.replace("\n", " "), user.screen
    await user.press("ctrl+s")
    assert user.app.screen is screen, "it cannot be saved"
    await user.press("escape")
    await user.on(RecordForm)
    await user.field("stage")
    await user.press("left")


async def right(user: Writer, why: str) -> None:
    """What was missing is there: it is saved, and the step is taken from the dialogue."""
    await user.press("ctrl+s")
    await user.said(why)
    await user.press("m")
    await user.on(NextStepScreen)
    assert "inget står i vägen" in user.screen, user.screen
    await user.press("enter")
    await user.said(why)


async def test_from_idea_to_evaluated(tmp_path: Path) -> None:
    today = date.today()
    ahead = {"start": today + timedelta(20), "end": today + timedelta(24)}
    store = with_department(torsby(tmp_path / "r"))
    idea = {**PLANNED, **ahead, "stage": "idea", "purpose": None, "external_organiser": "Torsby IF"}
    save(store, TRIP, act="new", **idea)
    async with writing(store, size=(120, 44)) as user:
        await user.press("4")
        assert "● idé → planerad" in user.screen
        assert "Innan det kan planeras" in user.screen
        form = await at_what_is_missing(user, "saknar ett syfte i ord")
        await user.type("x")
        assert form.root.data()["purpose"] == "x", "the cursor is there"
        await refused(user, "planeras")
        await user.put("purpose", "Elever spelar ihop.")
        await right(user, "Skolan har en plan.")
        assert "● planerad" in user.screen

        save(store, BUN, "Nämnden utsåg rektor.", officers=OFFICER)  # a colleague, meanwhile
        user.main.show_view(await user.main.session.look())
        await at_what_is_missing(user, "saknar en budgetpost med belopp")
        await refused(user, "budgeteras")
        await add(user, "budget", year=str(today.year), source="d", planned="45 000")
        await add(user, "decisions", decision="BUN 2026-03-10 § 31")
        await right(user, "Nämnden beviljade resan.")
        assert "● beslutad" in user.screen

        await at_what_is_missing(user, "ordnas utanför förvaltningen")
        await refused(user, "behandlat och säkerställt")
        await user.field("no_commitments")
        await user.press("j")
        await right(user, "Föreningen betalar allt själv.")

        await at_what_is_missing(user, "saknar ett dokument med hänvisning")
        await refused(user, "dokumenteras")
        await add(user, "documents", title="Reserapport", reference="dnr BUN/2026:17")
        await user.put("start", (today - timedelta(2)).isoformat())
        await user.put("end", (today - timedelta(1)).isoformat())
        await right(user, "Resan tidigarelades och är gjord.")

        await at_what_is_missing(user, "saknar datum för utvärderingen")
        await refused(user, "utvärderas")
        await user.put("date", today.isoformat())
        await user.put("value_achieved", "Tjugofyra elever spelar ihop igen.")
        await right(user, "Skolan har utvärderat.")
        assert "● utvärderad" in user.screen

    subjects = git(store, "log", "--reverse", "--format=%s", "--", f"{TRIP}.toml").splitlines()
    steps = [
        "idé → planerad",
        "planerad → beslutad",
        "beslutad → pågående",
        "pågående → avslutad",
        "avslutad → utvärderad",
    ]
    told = [subject.rpartition(": ")[2] for subject in subjects]
    assert [words for words in told if words in steps] == steps
    assert not [line for line in trailers(store) if line.startswith("Policy-")]
    found = findings(store.committed(), today, [TRIP], store.book)
    assert not [finding for finding in found if finding.severity in {"violation", "exception"}], found


def lacking_a_decision(folder: Path) -> Store:
    """A project that lacks nothing else before it can be decided."""
    store = with_department(torsby(folder))
    save(store, BUN, officers=OFFICER)
    start = date.today() + timedelta(20)
    line = {"year": start.year, "source": "department", "department": BUN, "planned": 45000, "granted": 45000}
    save(store, TRIP, act="new", **{**PLANNED, "start": start, "end": start + timedelta(4), "budget": [line]})
    return store


async def test_the_decision_that_a_step_is_taken_under_is_given_once(tmp_path: Path) -> None:
    store = lacking_a_decision(tmp_path / "r")
    async with writing(store, size=(100, 40)) as user:
        await user.press("4", "m")
        await user.on(NextStepScreen)
        assert "kräver ett beslut" in user.screen
        await user.press("enter")
        screen = await user.on(SaveScreen)
        assert "Ange beslutet nedan" in user.screen
        await user.put("words", "Nämnden beviljade resan.")
        await user.press("ctrl+s")
        assert user.app.screen is screen, "not without the decision"
        await user.put("decision", "BUN 2026-03-10 § 31")
        shown = await user.until("Beslut BUN 2026-03-10 § 31")
        await user.until_gone("Ange beslutet nedan")
        assert "– → start" in shown, "what will be saved is shown before it is"
        await user.press("ctrl+s")
        await user.main_again()
    data = store.committed().data(TRIP) or {}
    (entry,) = tables(data, "decisions")
    assert (data["stage"], entry["decision"], entry["kind"]) == ("decided", "BUN 2026-03-10 § 31", "start")


async def test_ctrl_s_right_after_the_last_letter_of_the_decision_saves(tmp_path: Path) -> None:
    store = lacking_a_decision(tmp_path / "r")
    async with writing(store, size=(100, 40)) as user:
        await user.press("4", "m")
        await user.on(NextStepScreen)
        await user.press("enter")
        await user.on(SaveScreen)
        await user.put("words", "Nämnden beviljade resan.")
        await user.field("decision")
        for letter in "BUN 2026-03-10 § 31":
            user.app.post_message(events.Key(_character_to_key(letter), letter))
        await user.pilot.press("ctrl+s")
        await user.main_again()
    assert len(tables(store.committed().data(TRIP) or {}, "decisions")) == 1


async def test_a_decision_of_a_day_after_the_start_asks_for_what_that_takes(tmp_path: Path) -> None:
    store = lacking_a_decision(tmp_path / "r")
    started = date.today() - timedelta(20)
    trip = {"start": started, "end": started + timedelta(60)}
    save(store, TRIP, "Resan tidigarelades.", **trip)
    async with writing(store, size=(100, 44)) as user:
        await user.edit("4", TRIP)
        await user.field("stage")
        await user.press("right", "ctrl+s")
        await user.on(SaveScreen)
        assert "· saknar beslut" in user.screen, "it has begun: that can be recorded as it is"
        await user.put("words", "Nämnden godkände resan i efterhand.")
        await user.put("decision", f"BUN {date.today() - timedelta(5)} § 31")
        await user.press("tab")
        await user.until_gone("saknar beslut")
        await user.until("· beslutades")
        await user.press("space", "ctrl+s")
        await user.main_again()
    assert "Policy-Override: long-term" in trailers(store)
