"""Days to be good at (POLICY.md), through the app: a dinner that nobody decided on, a town that asks for an agreement."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from registry.judgement import findings
from tests.kit import BUN, PLANNED, SKJERN, git, save, torsby, trailers, with_department
from tests.scenarios.kit import OFFICER, add, card
from tests.tui.form_kit import writing
from tui.forms.record_form import RecordForm
from tui.screens.next_step import NextStepScreen
from tui.screens.saving import SaveScreen

DINNER = "projects/2026/middag-korsamling"


async def test_a_dinner_that_nobody_decided_in_time_is_recorded_as_it_happened(tmp_path: Path) -> None:
    today = date.today()
    store = with_department(torsby(tmp_path / "r"))
    save(store, BUN, "Rektor.", officers=OFFICER)
    asked = {"received": today - timedelta(30), "received_from": "Torsby IF", "external_organiser": "Torsby IF"}
    owed = [{"id": "k1", "kind": "finance", "party": "Torsby IF", "amount": 10_000}]
    paid = [{"id": "b1", "year": today.year, "source": "participants", "planned": 10_000}]
    idea = {**PLANNED, **asked, "stage": "idea", "start": None, "end": None, "commitments": owed, "budget": paid}
    save(store, DINNER, act="new", **{**idea, "title": "Middag för körerna"})
    yesterday = (today - timedelta(1)).isoformat()
    async with writing(store, size=(120, 44)) as user:
        await user.press("4")
        assert "förfrågan från Torsby IF" in user.screen
        assert "inte besvarad" in user.screen
        await user.press("e")
        await user.on(RecordForm)
        await user.put("start", yesterday)
        await user.put("end", yesterday)
        await user.field("stage")
        await user.press("p", "ctrl+s")
        screen = await user.on(SaveScreen)
        assert "behandlat och säkerställt innan projektet dras igång" in " ".join(user.screen.split())
        await user.put("words", "Middagen blev av; ingen hann besluta.")
        await user.press("ctrl+s")
        assert user.app.screen is screen, "a breach is ticked, and not slipped past"
        await user.field("override")
        await user.press("space", "ctrl+s")
        await user.main_again()
        assert "Policy-Breach: external-commitments" in trailers(store)

        await user.press("m")
        await user.on(NextStepScreen)
        assert "kräver ett beslut" in user.screen
        await user.press("enter")  # it has happened: record it all the same, without one
        await user.on(SaveScreen)
        await user.put("words", "Kommunen betalade middagen utan beslut.")
        await user.field("override")
        await user.press("space", "ctrl+s")
        await user.main_again()
        await user.until("bryter mot policyn: saknar beslut")
        assert "”Ansvaret för den fortlöpande politiska behandlingen" in card(user)

    assert "Policy-Breach: political-responsibility" in trailers(store)
    found = findings(store.committed(), today, [DINNER], store.book)
    assert {finding.clause for finding in found if finding.severity == "violation"} == {
        "external-commitments",
        "political-responsibility",
    }


async def test_a_town_asks_for_an_agreement_and_is_declined_and_an_old_agreement_is_renewed(tmp_path: Path) -> None:
    today = date.today()
    store = torsby(tmp_path / "r")
    async with writing(store, size=(120, 44)) as user:
        await user.press("3", "n")
        await user.on(RecordForm)
        await user.put("name", "Vinje")
        await user.write("country", "Norge")
        await user.press("enter")
        await user.field("agreement_status")
        await user.press("f")
        await user.put("received", (today - timedelta(3)).isoformat())
        await user.put("received_from", "Vinje kommune")
        await user.put("answer_by", (today + timedelta(30)).isoformat())
        await user.save("Vinje frågar om ett vänortsavtal.")
        await user.main_again()
        assert "avtal föreslaget, inget ingånget" in card(user)
        assert "förfrågan från Vinje kommune" in card(user)
        assert "svara senast" in card(user)
        town = next(ref for ref in store.committed().refs("twin-towns") if "vinje" in ref)

        await user.press("e")
        await user.on(RecordForm)
        await user.put("answered", today.isoformat())
        await user.field("agreement_status")
        await user.press("a", "ctrl+s")
        await user.said("Policyn vill inte ha nya avtal.")
        assert "föreslaget avtal avböjt, inget ingånget" in card(user)
        assert "besvarad" in card(user)

        await user.edit("3", SKJERN)
        await add(user, "agreement_events", date=today.isoformat(), kind="f", decision="KF 2026-11-23 § 101")
        await user.press("ctrl+s")
        await user.said("Femtio år: avtalet är förnyat.")
        assert "förnyat · KF 2026-11-23 § 101" in card(user)

    assert store.committed().data(town)["agreement_status"] == "declined"  # type: ignore[index]
    assert "Policy-" not in git(store, "log", "--format=%B"), "neither is a new agreement"
    assert not [one for one in findings(store.committed(), today) if one.clause == "no-new-agreements"]
