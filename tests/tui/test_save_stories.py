"""Saving: what is asked, what is refused, what two people at once come to, and what must not slip into the history."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from tests.kit import BUN, SKJERN, TRIP, git, save, torsby, trailers, with_trip
from tests.tui.form_kit import writing
from tui.forms.change_words import around_difference
from tui.forms.record_form import RecordForm
from tui.screens.identity import IdentityScreen
from tui.screens.save import SaveScreen
from tui.screens.save_settle import SettleScreen


async def test_a_small_change_takes_a_choice_and_no_words(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Musikskolorna")
        await user.press("ctrl+s")
        screen = await user.on(SaveScreen)
        assert "Konkreta projekt" in user.screen
        assert "– → Musikskolorna" in user.screen
        await user.press("ctrl+s")
        assert user.app.screen is screen, "a reason is asked for"
        await user.field("reason")
        await user.press("r", "ctrl+s")
        await user.main_again()
    assert git(store, "log", "-1", "--format=%B").split("\n\n")[1] == "Rättelse."
    assert "Correction: yes" in trailers(store)


async def test_a_status_asks_for_words(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    async with writing(store) as user:
        await user.edit("4", TRIP)
        await user.field("stage")
        await user.press("left")
        await user.write("stage_reason", "Klassen har ingen lärare som kan följa med.")
        await user.press("ctrl+s")
        screen = await user.on(SaveScreen)
        assert isinstance(screen.focused, Input), "the cursor is where the words go"
        await user.field("reason")
        await user.press("r", "ctrl+s")
        assert user.app.screen is screen
        assert "skäl i ord" in user.screen
        await user.write("words", "Skolan vill vänta.")
        await user.press("ctrl+s")
        await user.main_again()
    assert "Skolan vill vänta." in git(store, "log", "-1", "--format=%B")


async def test_esc_goes_back_to_the_form_with_nothing_lost(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Musikskolorna")
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        await user.press("escape")
        form = await user.on(RecordForm)
        assert form.root.data()["potential"] == "Musikskolorna"
    assert git(store, "rev-list", "--count", "HEAD").strip() == "1"


async def test_a_decision_is_read_as_it_is_typed_and_a_bad_one_is_refused(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    async with writing(store) as user:
        await user.edit("4", TRIP)
        await user.write("cost", "45 000")
        await user.press("ctrl+s")
        screen = await user.on(SaveScreen)
        await user.write("words", "Nämnden beviljade medel.")
        await user.write("decision", "BUN 2026-03-10")
        assert "är inget beslut" in user.screen
        await user.press("ctrl+s")
        assert user.app.screen is screen
        await user.type(" § 31")
        assert "Barn- och utbildningsnämnden, 10 mars 2026, § 31 ✓" in user.screen
        await user.press("ctrl+s")
        await user.main_again()
    assert "Decision: BUN 2026-03-10 § 31" in trailers(store)


async def test_bodies_and_decisions_in_use_are_offered(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    save(store, TRIP, "Nämnden sade ja.", decision="BUN 2026-03-10 § 31", cost=45000)
    async with writing(store) as user:
        await user.edit("4", TRIP)
        await user.write("decision_expected", "BUN 2026-09-10")
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        await user.write("decision", "bu")
        assert "BUN · Barn- och utbildningsnämnden" in user.screen
        assert "BUN 2026-03-10 § 31" in user.screen
        await user.press("down", "enter")
        decision = await user.field("decision")
        assert decision.slot.value == "BUN 2026-03-10 § 31"


async def test_two_who_change_the_same_field_are_shown_both_values_and_choose(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "mitt förslag")
        await user.write("successor", "Ringkøbing-Skjern")
        save(store, SKJERN, "Erik hann före.", potential="Eriks förslag", last_contact=None)
        await user.press("ctrl+s")
        settle = await user.on(SettleScreen)
        assert "mitt: mitt förslag" in user.screen
        assert "deras: Eriks förslag" in user.screen
        await user.press("right")
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        assert settle not in user.app.screen_stack
        assert "Eriks" not in user.screen, "theirs is there already"
        await user.write("words", "Orten bytte kommun.")
        await user.press("ctrl+s")
        await user.main_again()
    now = store.committed().data(SKJERN) or {}
    assert (now["potential"], now["successor"]) == ("Eriks förslag", "Ringkøbing-Skjern")


async def test_who_chooses_the_others_value_for_all_of_it_is_done(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "mitt förslag")
        save(store, SKJERN, "Erik hann före.", potential="Eriks förslag")
        last = git(store, "rev-parse", "HEAD")
        await user.press("ctrl+s")
        await user.on(SettleScreen)
        await user.press("right", "ctrl+s")
        await user.main_again()
        assert "Den andras ändring får stå" in " ".join(user.notices)
        assert "Sparat." not in " ".join(user.notices)
        await user.press("e")
        form = await user.on(RecordForm)
        assert not form.changed, "no draft of mine is left"
        assert form.root.data()["potential"] == "Eriks förslag"
    assert git(store, "rev-parse", "HEAD") == last


async def test_words_typed_where_the_choice_is_are_words_and_none_is_lost(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Musikskolorna")
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        await user.field("reason")
        await user.type("Enligt brev")
        await user.press("ctrl+s")
        await user.main_again()
    assert git(store, "log", "-1", "--format=%B").split("\n\n")[1] == "Enligt brev"


async def test_somebody_who_saves_while_the_reason_is_written_is_met_field_by_field(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "mitt förslag")
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        await user.write("words", "Samtal i går.")
        save(store, SKJERN, "Erik hann före.", potential="Eriks förslag")
        await user.press("ctrl+s")
        await user.on(SettleScreen)
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        assert "Eriks förslag → mitt förslag" in user.screen
        assert "Samtal i går." in user.screen
        await user.press("ctrl+s")
        await user.main_again()
    assert (store.committed().data(SKJERN) or {})["potential"] == "mitt förslag"
    assert git(store, "rev-list", "--count", "HEAD").strip() == "3"


async def test_a_name_of_the_book_in_free_text_is_an_exception_that_takes_a_tick_and_words(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    store.people.add({"name": "Maja Lindqvist"})
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Fråga Maja Lindqvist")
        await user.until("ser ut som en personuppgift")
        await user.press("ctrl+s")
        screen = await user.on(SaveScreen)
        assert "”Maja Lindqvist” ser ut som en personuppgift (namn ur personboken)" in user.screen
        await user.write("words", "Hon har bett om det.")
        await user.press("ctrl+s")
        assert user.app.screen is screen
        await user.field("override")
        await user.press("space", "ctrl+s")
        await user.main_again()
    assert "Policy-Override: personal-data" in trailers(store)


async def test_a_telephone_number_in_the_reason_is_found_too(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Musikskolorna")
        await user.press("ctrl+s")
        screen = await user.on(SaveScreen)
        await user.write("words", "Ring 070-123 45 67 om det.")
        await user.press("ctrl+s")
        await user.until("telefonnummer")
        assert user.app.screen is screen
        await user.write("words", "Skolan ringde om det.")
        await user.press("ctrl+s")
        await user.main_again()
    assert "070" not in git(store, "log", "-1", "--format=%B")
    assert "Policy-Override" not in git(store, "log", "-1", "--format=%B")


async def test_who_acts_is_asked_once_where_git_does_not_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = torsby(tmp_path / "r")
    nobody = tmp_path / "nobody"
    nobody.write_text("", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(nobody))
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Musikskolorna")
        await user.press("ctrl+s")
        await user.on(IdentityScreen)
        await user.type("Internationell samordnare")
        await user.press("enter")
        await user.type("international@example.org")
        await user.press("enter")
        await user.on(SaveScreen)
        await user.write("words", "Samtal i går.")
        await user.press("ctrl+s")
        await user.main_again()
    assert (
        git(store, "log", "-1", "--format=%an <%ae>").strip() == "Internationell samordnare <international@example.org>"
    )


async def test_a_record_is_removed_through_the_same_dialogue_and_undone(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.press("3")
        await user.main.go_to_record(SKJERN)
        await user.press("d")
        await user.on(SaveScreen)
        assert "tas bort; historiken finns kvar" in user.screen
        await user.write("words", "Avtalet gäller inte längre.")
        await user.press("ctrl+s")
        await user.main_again()
    assert SKJERN not in store.committed()


async def test_a_department_that_projects_name_is_renamed_with_its_references(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    async with writing(store) as user:
        await user.press("2")
        await user.main.go_to_record(BUN)
        await user.press("y")
        await user.until("Nytt id")
        await user.press("end", "ctrl+u")
        await user.type("skola")
        await user.press("enter")
        await user.on(SaveScreen)
        await user.write("words", "Förvaltningen bytte namn.")
        await user.press("ctrl+s")
        await user.main_again()
    assert (store.committed().data(TRIP) or {})["department"] == "departments/skola"


def test_long_texts_are_shortened_around_what_differs() -> None:
    old = "Inledning. " * 30 + "Resan går i maj." + " Slutord." * 30
    new = old.replace("i maj", "i juni")
    before, after = around_difference(old, new)
    assert "maj" in before
    assert "juni" in after
    assert before.startswith("…")
    assert after.endswith("…")
    assert len(after) < 120
    assert around_difference("a", "") == ("a", "")
    assert around_difference("lika", "lika och mer") == ("lika", "lika och mer")
