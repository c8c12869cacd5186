"""The places beside the pages, as stories: a year's money, the committee, the policy, what went against it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from registry.change import Change
from registry.records.kinds import kind_of
from registry.records.values import tables
from registry.store import Store
from registry.toml_files import write
from tests.kit import BUN, PLANNED, SKJERN, TRIP, git, save, torsby, with_trip, write_file
from tests.tui.app_kit import User, using
from tests.tui.form_kit import writing
from tui.screens.main import MainScreen
from tui.screens.places import LeadsToPlaces
from tui.widgets.matter_list import MatterList

YEAR = date.today().year
KULTUR = "departments/kultur"
DINNER = f"projects/{YEAR}/middag"


def with_money(store: Store) -> Store:
    """Two departments: one has used more than its frame, the other's frame is proposed; and central money."""
    registry = dict(store.committed().registry)
    registry["central_funds"] = [
        {"year": YEAR, "amount": 250_000, "state": "decided", "decision": "KF 2025-11-24 § 101"}
    ]
    lines: list[dict[str, Any]] = [
        {"year": YEAR, "source": "department", "department": BUN, "planned": 92_000, "granted": 92_000},
        {"year": YEAR, "source": "central", "applied": 165_000, "granted": 165_000, "spent": 1_000},
        {"year": YEAR, "source": "eu", "programme": "Erasmus+", "planned": 1, "applied": 120_000},
    ]
    ambition = {"name": "Kultur [/fritid]", "ambition": True}
    proposed = [{"year": YEAR, "amount": 40_000, "state": "proposed"}]
    board = {"board": "Barn- och utbildningsnämnden", "board_short": "BUN", "ambition": True}
    frame = [{"year": YEAR, "amount": 80_000, "state": "decided", "decision": "BUN 2025-12-01 § 77"}]
    edits = {
        "registry": registry,
        BUN: {"name": "Barn- och utbildningsförvaltningen", **board, "budget": frame},
        KULTUR: {**ambition, "budget": proposed},
        TRIP: {**PLANNED, "twin_towns": [SKJERN], "cost": 400_000, "budget": lines},
    }
    store.save(Change(edits, "Årets budget.", overrides=("department-funding",)))
    return store


def with_committee(store: Store, **more: Any) -> Store:
    """A coordinator whose name the book has, and an officer who quit."""
    anna = store.people.add({"name": "Anna Exempel"})
    office = {"person": anna, "function": "Samordnare", "mailbox": "international@example.org"}
    officers = [{"person": "p-4tq8ab", "function": "Rektor", "from": date(2026, 1, 1), "until": date(2026, 3, 23)}]
    meetings = [{"date": date(2026, 2, 10), "minutes": "dnr KS/2026:80"}, {"date": date(2026, 3, 10)}]
    edits: dict[str, Any] = {
        "registry": {
            **store.committed().registry,
            "coordinators": [{**office, "from": date(2026, 2, 1), "decision": "KS 2026-01-13 § 5"}],
            "meetings": meetings,
        },
        BUN: {**(store.committed().data(BUN) or {}), "ambition": True, "officers": officers},
        **more,
    }
    store.save(Change(edits, "Kommittén."))
    return store


def row(user: User, words: str) -> str:
    """The line of the screen that has these words, spaces as one."""
    found = next((line for line in user.screen.split("\n") if words in line), "")
    assert found, f"{words!r} is not on the screen:\n{user.screen}"
    return " ".join(found.split())


# money


async def test_the_budget_says_in_words_which_frame_is_exceeded_and_which_is_proposed(tmp_path: Path) -> None:
    async with using(with_money(torsby(tmp_path / "r")), size=(120, 36)) as user:
        await user.press("B")
        assert f"Budget {YEAR}" in user.screen
        assert "165 000 kr av 250 000 kr · 85 000 kr kvar" in row(user, "Centrala medel")
        assert "92 000 kr av 80 000 kr · 12 000 kr över ramen" in row(user, "över ramen")
        assert "Kultur [/fritid]" in row(user, "bara föreslagen")
        assert row(user, "EU-medel").split(" ", 1)[1] == "1 kr 120 000 kr – –"
        assert row(user, "sammanlagt") == "sammanlagt 92 001 kr 285 000 kr 257 000 kr 1 000 kr"
        assert row(user, "Erasmus+").startswith("Erasmus+")
        assert row(user, "Sökt, ej beviljat") == "Sökt, ej beviljat: 120 000 kr"
        told = row(user, "kostar")
        assert told.startswith("kostar 400 000 kr · beviljat i allt 257 000 kr · 143 000 kr saknas")


async def test_enter_on_a_project_of_the_budget_leads_to_it(tmp_path: Path) -> None:
    async with using(with_money(torsby(tmp_path / "r")), size=(80, 24)) as user:
        await user.press("B", "end", "enter")
        assert user.app.screen is user.main
        assert user.main.page.id == "projects"
        assert "▌  Ungdomsutbyte med Skjern" in user.screen


async def test_the_arrows_change_the_year_and_an_empty_year_says_where_frames_are_entered(tmp_path: Path) -> None:
    async with using(with_money(torsby(tmp_path / "r")), size=(80, 24)) as user:
        await user.press("B", "right")
        assert f"Inga pengar är införda för {YEAR + 1}." in user.screen
        assert f"Det finns pengar för {YEAR}" in user.screen
        assert "En förvaltnings ram på förvaltningen, under Förvaltningar (2)" in user.screen
        await user.press("left")
        assert "över ramen" in user.screen
        await user.press("escape")
        assert isinstance(user.app.screen, MainScreen)


async def test_a_hand_edit_outside_shows_in_the_budget_at_once(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with using(store, watch=True) as user:
        await user.press("B")
        assert "Inga pengar är införda" in user.screen
        text = (store.folder / "registry.toml").read_text(encoding="utf-8")
        frame = f'\n[[central_funds]]\nyear = {YEAR}\namount = 5000\nstate = "proposed"\n'
        write_file(store, "registry.toml", text + frame)
        await user.until("bara föreslagen")
        assert "0 kr av 5 000 kr" in row(user, "bara föreslagen")


# the committee


async def test_the_committee_of_another_day_still_has_who_quit_since(tmp_path: Path) -> None:
    async with using(with_committee(with_trip(torsby(tmp_path / "r")))) as user:
        await user.press("K")
        assert "Anna Exempel · Samordnare · international@example.org · sedan 1 februari 2026" in user.screen
        assert "vakant sedan 24 mars 2026 · Rektor" in user.screen
        assert "Barn- och utbildningsförvaltningen: platsen är vakant" in user.screen
        assert row(user, "10 mars 2026") == "10 mars 2026 inget protokoll angivet"
        await user.press("d")
        await user.type("23 mars 2026")
        await user.press("enter")
        screen = await user.until("Samordningskommittén 23 mars 2026")
        assert "Vakanta platser" not in screen
        assert "p-4tq8ab · Rektor · sedan 1 januari 2026" in screen
        assert "dnr KS/2026:80" in screen


async def test_what_is_no_day_is_said_and_the_committee_stays(tmp_path: Path) -> None:
    async with using(torsby(tmp_path / "r")) as user:
        await user.press("K", "d")
        await user.type("31 juni")
        await user.press("enter")
        assert "Det finns ingen sådan dag" in user.screen
        await user.press("escape")
        assert "vakant; ingen har förts in" in user.screen
        assert "Inget möte är infört" in user.screen


async def test_a_seat_leads_to_its_department_and_a_project_without_one_to_the_project(tmp_path: Path) -> None:
    async with using(with_committee(with_trip(torsby(tmp_path / "r")))) as user:
        await user.press("K", "down", "enter")
        assert user.main.page.id == "departments"
        await user.press("K", "down", "down", "enter")
        assert user.main.page.id == "projects"


# the policy


async def test_the_policy_lists_its_clauses_with_what_they_find_and_leads_there(tmp_path: Path) -> None:
    async with using(with_trip(torsby(tmp_path / "r")), size=(120, 36)) as user:
        await user.press("P")
        assert "Inte inställt: framförhållning (kontrolleras inte), utvärdering inom (kontrolleras inte)" in user.screen
        assert row(user, "ordinary-contacts").endswith("genom uppbyggnaden –")
        assert "ordnar listor" in row(user, "priority-europe")
        await user.press(*["down"] * 4)
        assert "”Målet för Torsby kommuns internationella" in user.screen
        assert "tillämpas av en regel som ser på: projekt" in user.screen
        assert "Den finner 1 sak nu" in user.screen
        await user.press("enter")
        assert "Ungdomsutbyte med Skjern" in row(user, "▌")
        await user.press("enter")
        assert user.app.screen is user.main
        assert user.main.page.id == "projects"


async def test_the_policy_is_edited_from_its_place_which_then_shows_it(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.press("P", "e")
        await user.until("Nya vänortsavtal")
        await user.write("lead_time_days", "90")
        await user.save()
        screen = await user.until("Inte inställt: utvärdering inom")
        assert "framförhållning" not in screen
        await user.press("escape")
        assert isinstance(user.app.screen, MainScreen)


async def test_a_clause_that_is_switched_off_names_the_decision(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    policy = dict(store.committed().policy)
    off = {"id": "platform", "on": False, "decision": "KF 2026-03-25 § 18", "quote": "[b]Plattform[/b]"}
    others = [clause for clause in tables(policy, "clauses") if clause["id"] != "platform"]
    policy["clauses"] = [off, *others, {"id": "moon", "quote": "Till månen."}]
    write_file(store, "policy.toml", write(policy, kind_of("policy").order))
    async with using(store) as user:
        await user.press("P", "down")
        assert "[b]Plattform[/b]" in user.screen
        assert "avstängd genom KF 2026-03-25 § 18" in user.screen
        await user.press("end")
        assert "Ingenting i programmet tillämpar en sats med detta id." in user.screen


# exceptions and breaches


def with_exception_and_breach(store: Store) -> Store:
    """A town that lays obligations on the municipality, and a dinner that was held though nobody had treated it."""
    town = {**(store.committed().data(SKJERN) or {}), "financial_obligations": True}
    store.save(Change({SKJERN: town}, "Avtalet säger så.", "KS 2026-03-10 § 31", overrides=("no-obligations",)))
    held = date.today() - timedelta(days=3)
    commitment = {"kind": "finance", "party": "Norra bygdegården", "amount": 10_000}
    dinner: dict[str, Any] = {
        **PLANNED,
        "title": "Middag",
        "external_organiser": "Norra bygdegården",
        "stage": "ongoing",
        "start": held,
        "end": held,
        "commitments": [commitment],
        "decisions": [{"decision": "KS 2026-03-10 § 32", "kind": "start"}],
        "budget": [{"year": held.year, "source": "central", "granted": 0, "planned": 10_000, "applied": 10_000}],
    }
    overrides = ("external-commitments", "exchange-officer", "central-funds", "long-term", "political-responsibility")
    change = Change({DINNER: dinner}, "Ingen hann behandla den.", act="new", overrides=overrides)
    store.save(change)
    return store


async def test_every_exception_and_breach_is_listed_with_its_clause_its_reason_and_who_decided(tmp_path: Path) -> None:
    store = with_exception_and_breach(with_trip(torsby(tmp_path / "r")))
    async with using(store, size=(160, 40)) as user:
        await user.press("A")
        screen = await user.until("Avsteg och brott 2")
        assert "Middag" in row(user, "▌")
        assert "brott" in row(user, "▌")
        assert "Ingen hann behandla den." in screen
        assert "brott mot external-commitments" in screen
        assert "”I den mån internationella kontakter" in screen
        assert "Ny förvaltning" not in screen
        await user.press("down")
        assert "avsteg från no-obligations" in user.screen
        assert "beslutat: KS 2026-03-10 § 31" in user.screen
        await user.press("f")
        assert user.app.screen is user.main
        assert user.main.page.id == "twin-towns"


async def test_a_registry_without_exceptions_says_so(tmp_path: Path) -> None:
    async with using(torsby(tmp_path / "r"), language="en") as user:
        await user.press("A")
        assert "No exception from the policy and no breach of it has ever been recorded." in user.screen


# the way back


def chosen(user: User) -> str:
    """The line under the cursor."""
    return row(user, "▌")


async def opened(user: User, key: str, *moves: str) -> str:
    """A place, and the cursor on a line there; the line."""
    await user.press(key, *moves)
    assert user.app.screen is not user.main
    return chosen(user)


async def test_escape_on_a_record_leads_back_to_the_same_line_of_the_place(tmp_path: Path) -> None:
    store = with_exception_and_breach(with_committee(with_money(torsby(tmp_path / "r"))))
    async with using(store, size=(160, 40)) as user:
        for key, moves, leads in (("B", ("end",), "enter"), ("K", ("down",), "enter"), ("A", ("down",), "f")):
            line = await opened(user, key, *moves)
            place = user.app.screen
            await user.press(leads)
            assert user.app.screen is user.main
            assert "Esc tillbaka" in user.screen.split("\n")[-1]
            await user.press("escape")
            assert user.app.screen is place, key
            assert chosen(user) == line
            await user.press("escape")
            assert user.app.screen is user.main
            await user.press("1")


async def test_the_way_back_is_walked_step_by_step_over_places_and_links(tmp_path: Path) -> None:
    store = with_money(torsby(tmp_path / "r"))
    async with using(store, size=(120, 36)) as user:
        await user.press("P", *["down"] * 4)
        clause = chosen(user)
        await user.press("enter")
        finding = chosen(user)
        await user.press("enter")
        assert user.main.page.id == "projects"
        await user.press("f")
        await user.type("barn")
        await user.press("enter")
        assert user.main.page.id == "departments"
        await user.press("escape")
        assert user.main.page.id == "projects"
        await user.press("escape")
        assert chosen(user) == finding
        await user.press("escape")
        assert chosen(user) == clause
        await user.press("escape")
        assert user.app.screen is user.main


async def test_the_place_that_is_come_back_to_shows_what_was_saved_meanwhile(tmp_path: Path) -> None:
    store = with_money(torsby(tmp_path / "r"))
    async with using(store, size=(120, 36)) as user:
        await user.press("B", "right", "left", "end", "enter")
        save(store, TRIP, "Dyrare.", cost=500_000)
        user.main.show_view(await user.main.session.look())
        await user.press("escape")
        assert "kostar 500 000 kr" in row(user, "kostar")


async def test_who_goes_elsewhere_by_a_number_has_no_way_back_and_nothing_is_left_standing(tmp_path: Path) -> None:
    async with using(with_money(torsby(tmp_path / "r")), size=(120, 36)) as user:
        await user.press("B", "end")
        place = user.app.screen
        await user.press("enter", "3", "escape")
        assert user.main.page.id == "twin-towns"
        assert not place.is_attached
        assert not user.notices
        await user.press("1")
        matters = user.main.page.query_one(MatterList)
        items = [item for key in matters.keys_shown if (item := matters.item_of(key)) and "/" in item.goal]
        matters.move_to(items[-1].key)
        await user.press("enter")
        assert user.main.page.id == items[-1].goal.partition("/")[0]
        await user.press("escape")
        assert user.main.page.id == "overview"
        assert matters.item == items[-1]


# all of them


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_every_place_fits_the_terminal_and_is_left_with_escape(tmp_path: Path, size: tuple[int, int]) -> None:
    store = with_committee(with_money(torsby(tmp_path / "r")))
    async with using(store, size=size) as user:
        for command in LeadsToPlaces.COMMAND_TABLE:
            if command.id == "place.past":
                continue  # it asks for a day first
            if command.keys:
                await user.press(command.keys)
            else:
                await user.main.command(command.id)
                await user.rest()
            lines = user.screen.split("\n")
            assert len(lines) == size[1]
            assert "Esc tillbaka" in lines[-1]
            await user.press("escape")
            assert user.app.screen is user.main


async def test_what_is_not_well_is_told_and_enter_sees_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    store = torsby(tmp_path / "r")
    (store.folder / ".gitattributes").unlink()
    git(store, "commit", "-qam", "Utan")
    async with using(store) as user:
        await user.press("ctrl+p")
        await user.type("står allt väl")
        await user.press("enter")
        await user.until("Vanlig Git för samman poster rad för rad")
        assert "1 sak behöver ses till." in user.screen
        assert "Enter ordnar det." in user.screen
        assert "✓   Git " in user.screen
        await user.press("enter")
        await user.until("Vanlig Git för samman poster fält för fält här")
        await user.until("Ingenting här behöver något.")
        await user.press("escape")
        assert user.app.screen is user.main
    assert "merge=vanort" in (store.folder / ".git/info/attributes").read_text()
