"""Saving: what is asked, what is refused, what two people at once come to, and what must not slip into the history."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from registry.change import Change
from tests.kit import BUN, PLANNED, SKJERN, TRIP, git, save, torsby, trailers, with_trip, write_file
from tests.tui.cli.running import done, vanort
from tests.tui.form_kit import Writer, writing
from tui.forms.asking import ReasonField
from tui.forms.change_words import around_difference
from tui.forms.record_form import RecordForm
from tui.screens.identity import IdentityScreen
from tui.screens.saving import SaveScreen, SettleScreen


async def at_the_dialogue(user: Writer, potential: str = "Musikskolorna") -> SaveScreen:
    """A small change of a town, up to the question why."""
    await user.edit("3", SKJERN)
    await user.write("potential", potential)
    await user.press("ctrl+s")
    return await user.on(SaveScreen)


async def test_a_small_change_takes_a_choice_and_no_words(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        screen = await at_the_dialogue(user)
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
        assert isinstance(screen.focused, ReasonField), "the cursor always begins at the reason"
        await user.press("r", "ctrl+s")
        assert user.app.screen is screen
        assert "skäl i ord" in user.screen
        await user.said("Skolan vill vänta.")
    assert "Skolan vill vänta." in git(store, "log", "-1", "--format=%B")


async def test_long_values_are_wrapped_under_themselves(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    save(
        store, SKJERN, local_name="Ringkøbing-Skjern kommun, som bildades när fem kommuner i västra Jylland slogs ihop"
    )
    async with writing(store, size=(80, 24)) as user:
        await user.edit("3", SKJERN)
        await user.write(
            "local_name", "Ringkøbing-Skjern kommun sedan 2007, enligt vad de själva skrev i våras till oss"
        )
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        assert user.screen.splitlines()[3:7] == [
            "   Lokalt namn  Ringkøbing-Skjern kommun, som bildades när fem kommuner i",
            "                västra Jylland slogs ihop",
            "              → Ringkøbing-Skjern kommun sedan 2007, enligt vad de själva",
            "                skrev i våras till oss",
        ]


async def test_words_that_are_pasted_are_the_reason(tmp_path: Path) -> None:
    async with writing(torsby(tmp_path / "r")) as user:
        screen = await at_the_dialogue(user)
        user.app.post_message(events.Paste("Skolan\nringde"))
        await user.rest()
        assert screen.query_one("#save-words", Input).value == "Skolan ringde"


async def test_esc_goes_back_to_the_form_with_nothing_lost(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await at_the_dialogue(user)
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
        for told in ("tidigare +–", "mitt +mitt förslag", "deras +Eriks förslag"):
            assert re.search(told, user.screen), told
        await user.press("right")
        await user.press("ctrl+s")
        await user.on(SaveScreen)
        assert settle not in user.app.screen_stack
        assert "Eriks" not in user.screen, "theirs is there already"
        await user.said("Orten bytte kommun.")
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
        await at_the_dialogue(user)
        await user.field("reason")
        await user.type("Enligt brev")
        await user.press("ctrl+s")
        await user.main_again()
    assert git(store, "log", "-1", "--format=%B").split("\n\n")[1] == "Enligt brev"


async def test_somebody_who_saves_while_the_reason_is_written_is_met_field_by_field(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await at_the_dialogue(user, "mitt förslag")
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
        screen = await at_the_dialogue(user)
        await user.write("words", "Ring 070-123 45 67 om det.")
        await user.press("ctrl+s")
        await user.until("telefonnummer")
        assert user.app.screen is screen
        await user.said("Skolan ringde om det.")
    assert "070" not in git(store, "log", "-1", "--format=%B")
    assert "Policy-Override" not in git(store, "log", "-1", "--format=%B")


async def test_who_acts_is_asked_once_where_git_does_not_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = torsby(tmp_path / "r")
    nobody = tmp_path / "nobody"
    nobody.write_text("", encoding="utf-8")
    seat = {"function": "Internationell samordnare", "mailbox": "international@example.org", "from": date(2026, 1, 1)}
    save(store, "registry", "Utsedd.", coordinators=[{**seat, "person": "p-7k2m9x"}])
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(nobody))
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Musikskolorna")
        await user.press("ctrl+s")
        await user.on(IdentityScreen)
        assert "Ditt eget namn" in user.screen
        assert "inget personligt" in user.screen
        await user.press("f2", "enter", "enter")
        await user.said("Samtal i går.")
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
        await user.said("Avtalet gäller inte längre.")
    assert SKJERN not in store.committed()


async def test_a_record_that_cannot_be_read_is_removed_and_one_edited_by_hand_is_not(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, f"{SKJERN}.toml", "name = [[[")
    async with writing(store) as user:
        await user.press("3")
        await user.main.go_to_record(SKJERN)
        await user.press("d")
        await user.until("lägg det åt sidan med x")
        git(store, "commit", "-qam", "Trasig")
        await user.main.look_outside()
        await user.rest()
        await user.press("d")
        await user.on(SaveScreen)
        assert "tas bort; historiken finns kvar" in user.screen
        await user.said("Filen gick inte att rädda.")
    assert SKJERN not in store.committed()
    assert git(store, "status", "--porcelain") == ""


async def test_a_people_book_that_cannot_be_read_is_said_where_it_is_saved(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    store.people.add({"name": "Maja Lindqvist"})
    (store.people.repository.folder / "refs" / "heads" / "main").write_text(f"{'0123456789' * 4}\n", encoding="ascii")
    async with writing(store) as user:
        await at_the_dialogue(user, "Fråga Maja Lindqvist")
        assert "personboken kan inte läsas" in user.screen
        await user.said("Samtal i går.")
    assert (store.committed().data(SKJERN) or {})["potential"] == "Fråga Maja Lindqvist"
    told = done("set", SKJERN, "potential=Skolor", "-m", "Ny uppgift.", cwd=store.folder).out
    assert "personboken kan inte läsas" in told


async def test_an_undo_shows_what_is_found_and_overrides_an_exception_with_a_reason_in_words(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    told = {**(store.committed().data(SKJERN) or {}), "potential": "Ring 070-123 45 67"}
    store.save(Change({SKJERN: told}, "Hon bad om det.", overrides=("personal-data",)))
    save(store, SKJERN, "Det hör inte hemma här.", potential=None)
    taken_back = git(store, "rev-parse", "HEAD").strip()
    async with writing(store) as user:
        await user.press("u")
        screen = await user.on(SaveScreen)
        assert "Ta tillbaka den här ändringen?" in user.screen
        assert "Det hör inte hemma här." in user.screen
        assert "ser ut som en personuppgift" in user.screen
        await user.press("ctrl+s")
        assert user.app.screen is screen, "an exception is not saved unasked"
        await user.field("override")
        await user.press("space", "ctrl+s")
        assert user.app.screen is screen, "nor without words of one's own"
        await user.said("Numret är skolans växel.")
        await user.until("Ändringen är tillbakatagen.")
    assert store.committed().data(SKJERN) == told
    assert {"Policy-Override: personal-data", "Change: undo", f"Reverts: {taken_back}"} <= {*trailers(store)}
    async with writing(store) as user:
        await user.press("U")
        await user.on(SaveScreen)
        assert "Gör om den här ändringen?" in user.screen
        assert "Det hör inte hemma här." in user.screen
        await user.press("ctrl+s")
        await user.until("Ändringen är gjord igen.")
    assert git(store, "log", "-1", "--format=%s %b").startswith("Skjern: gjort om Gjort om: ")


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
        await user.said("Förvaltningen bytte namn.")
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


async def test_a_hand_edit_under_an_open_form_is_answered_with_the_apps_own_keys(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        screen = await at_the_dialogue(user)
        write_file(store, f"{SKJERN}.toml", 'name = "Skjern by"\ncountry = "DK"\n')
        await user.field("words")
        await user.type("Skolan ringde")
        await user.press("ctrl+s")
        await user.until("På postens kort sparar k")
        assert user.app.screen is screen
        assert "vanort" not in user.screen


async def test_a_file_moved_by_hand_is_saved_as_a_new_name_and_keeps_its_history(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    korresa, resa = "projects/2026/korresa", "projects/2026/resa"
    git(store, "mv", f"{TRIP}.toml", f"{korresa}.toml")
    told = done("save", "-m", "Ett kortare namn.", cwd=store.folder).out
    assert f"{TRIP} → {korresa}" in told
    assert "historiken följer med" in told
    assert trailers(store) == [f"Renamed-From: {TRIP}", f"Record: {korresa}", "Change: hand-edit"]

    (store.folder / f"{korresa}.toml").rename(store.folder / f"{resa}.toml")
    text = (store.folder / f"{resa}.toml").read_text(encoding="utf-8")
    write_file(store, f"{resa}.toml", text.replace("2026-05-10", "2026-05-11"))
    async with writing(store) as user:
        await user.press("4")
        await user.main.go_to_record(resa)
        await user.press("k")
        await user.on(SaveScreen)
        assert f"Nytt namn i registret: {korresa} → {resa}" in user.screen
        assert "11 maj 2026" in user.screen
        assert "tas bort" not in user.screen
        await user.said("Ännu kortare, och en dag till.")
    assert git(store, "status", "--porcelain") == ""
    assert trailers(store) == [f"Renamed-From: {korresa}", f"Record: {resa}", "Change: hand-edit"]
    assert [one["change"] for one in done("log", resa, "--json", cwd=store.folder).json] == ["hand-edit"] * 2 + ["new"]
    assert vanort("verify", cwd=store.folder).code == 0

    save(store, "projects/2026/annat", act="new", **{**PLANNED, "title": "Annat", "purpose": "En kör kommer hit."})
    (store.folder / "projects/2026/annat.toml").unlink()
    write_file(store, "projects/2026/nytt.toml", text.replace("Ungdomsutbyte med Skjern", "Något nytt"))
    change = store.saving_by_hand([], "Två saker.")
    assert len(change.edits) == 2
    assert not change.renamed_from, "one went and another came"
