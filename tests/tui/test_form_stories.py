"""Forms as people use them, on real registries: what is typed ends in one commit that anybody can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import SKJERN, TRIP, git, torsby, with_trip
from tests.tui.form_kit import writing
from tui.forms.questions import Choose
from tui.forms.record_form import RecordForm
from tui.screens.main import MainScreen
from tui.screens.saving import SaveScreen


async def test_a_town_is_edited_and_git_log_says_what_happened_and_why(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Lärlingar till Skjern Bank")
        await user.write("last_contact", "4 maj")
        assert "= 4 maj 2026" in user.screen
        await user.save("Samtal med skolan i Skjern.", decision="KS 2026-03-10 § 31")
        await user.main_again()

    message = git(store, "log", "-1", "--format=%B")
    assert message.startswith("Skjern: ")
    assert "Samtal med skolan i Skjern." in message
    assert "Senaste kontakt: – → 4 maj 2026" in message
    assert "Decision: KS 2026-03-10 § 31" in message
    assert f"Record: {SKJERN}" in message
    content = (store.folder / f"{SKJERN}.toml").read_text(encoding="utf-8")
    assert 'potential = "Lärlingar till Skjern Bank"' in content
    assert "last_contact = 2026-05-04" in content
    assert git(store, "status", "--porcelain") == ""


async def test_the_comments_of_a_file_survive_the_form(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    file = store.folder / f"{SKJERN}.toml"
    comments = [line for line in file.read_text(encoding="utf-8").splitlines() if "#" in line]
    assert comments
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Musikskolorna")
        await user.save()
        await user.main_again()

    after = file.read_text(encoding="utf-8")
    assert [line for line in after.splitlines() if "#" in line] == comments


async def test_ore_are_refused_beside_the_field_and_what_was_typed_stays(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"))) as user:
        form = await user.edit("4", TRIP)
        field = await user.write("cost", "12 500,50")
        assert "ören" in user.screen
        await user.press("ctrl+s")
        assert isinstance(user.app.screen, RecordForm)
        assert field.has_focus
        assert field.value == "12 500,50"
        await user.write("cost", "12 500")
        assert "12\u00a0500\u00a0kr" in user.screen
        assert form.root.data()["cost"] == 12500


async def test_esc_leaves_at_once_what_is_unchanged_and_asks_about_what_is_not(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.press("escape")
        await user.main_again()

        await user.edit("3", SKJERN)
        await user.write("potential", "Halvfärdigt")
        await user.press("escape")
        await user.on(Choose)
        await user.press("escape")
        form = await user.on(RecordForm)
        assert form.root.data()["potential"] == "Halvfärdigt"

        await user.press("escape")
        await user.on(Choose)
        await user.press("s")
        await user.main_again()

        form = await user.edit("3", SKJERN)
        assert "potential" not in form.root.data()
    assert git(store, "rev-list", "--count", "HEAD").strip() == "1"


async def test_what_is_left_as_a_draft_is_offered_again_with_what_was_typed_wrong(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.write("potential", "Halvfärdigt")
        await user.write("last_contact", "någon gång i våras")
        await user.press("escape")
        await user.on(Choose)
        await user.press("b")
        await user.main_again()

        await user.press("e")
        await user.until("Det finns ett utkast till Skjern")
        await user.press("enter")
        form = await user.on(RecordForm)
        assert form.root.data()["potential"] == "Halvfärdigt"
        field = await user.field("last_contact")
        assert field.value == "någon gång i våras"
        assert "är inget datum" in user.screen
        await user.write("last_contact", "2026-05-04")
        await user.save()
        await user.main_again()

        await user.edit("3", SKJERN)  # no draft is left
    assert "last_contact = 2026-05-04" in (store.folder / f"{SKJERN}.toml").read_text(encoding="utf-8")


async def test_a_project_is_written_down_with_a_new_department_and_a_person_added_on_the_way(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.press("4", "n")
        await user.on(RecordForm)
        await user.write("title", "Ungdomsutbyte med Skjern")
        await user.write("department", "Kulturförvaltningen")
        await user.press("enter")
        await user.until("Förvaltning · Kulturförvaltningen")
        await user.save("")
        await user.until("Projekt · Ungdomsutbyte med Skjern")
        form = await user.on(RecordForm)
        assert form.root.data()["department"] == "departments/kulturforvaltningen"

        await user.write("responsible", "Maja Lindqvist")
        await user.press("enter")
        await user.until("En ny person")
        await user.write("title", "Rektor")
        await user.press("ctrl+s")
        await user.on(RecordForm)
        person = form.root.data()["responsible"]
        assert str(person).startswith("p-")
        assert "Maja Lindqvist" in user.screen

        await user.write("twin_towns", "skj")
        await user.press("enter")
        assert form.root.data()["twin_towns"] == [SKJERN]
        await user.save("")
        await user.main_again()

    ref = "projects/2026/ungdomsutbyte-med-skjern"
    data = store.committed().data(ref) or {}
    assert (data["title"], data["responsible"]) == ("Ungdomsutbyte med Skjern", person)
    assert store.book.name(str(person)) == "Maja Lindqvist"
    everything = git(store, "log", "-p", "--all") + "".join(
        git(store, "cat-file", "-p", line.split()[0])
        for line in git(store, "rev-list", "--objects", "--all").splitlines()
    )
    assert str(person) in everything
    assert "Lindqvist" not in everything


async def test_the_board_of_a_new_department_decides_before_the_department_is_saved(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.press("2", "n")
        await user.on(RecordForm)
        assert "Ny förvaltning" in user.screen
        await user.write("name", "Kulturförvaltningen")
        await user.press("f6", "down", "enter", "enter")
        await user.write("decision", "KFN 2026-08-20 § 12")
        assert "”KFN” beslutar inte här" in user.screen
        await user.write("board", "Kultur- och fritidsnämnden")
        await user.write("board_short", "KFN")
        await user.until("20 augusti 2026, § 12 ✓")
        assert "beslutar inte här" not in user.screen


async def test_entries_are_added_moved_and_taken_away_in_place(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    async with writing(store, size=(100, 60)) as user:
        form = await user.edit("4", TRIP)
        before = len(form.root.lists["budget"])
        adding = form.query("AddLine")
        budget = next(line for line in adding if line.parent.slot.key == "budget")  # type: ignore[union-attr]
        budget.focus()
        await user.press("enter")
        await user.until("ny post: budgetpost")
        await user.write("year", "2027")
        source = await user.field("source")
        await user.press("e")
        assert source.slot.value == "eu"
        await user.write("programme", "Erasmus+")
        await user.write("applied", "120 000")
        entry = form.root.data()["budget"][-1]
        assert (entry["year"], entry["source"], entry["applied"]) == (2027, "eu", 120000)
        assert entry["id"]

        line = next(line for line in form.query("EntryLine") if line.entry.data() == entry)
        line.focus()
        await user.press("shift+up")
        assert form.root.data()["budget"][before - 1] == entry or before == 0
        await user.press("delete")
        assert "tas bort: 2027" in user.screen
        assert len(form.root.data().get("budget", [])) == before
        await user.press("delete")
        assert len(form.root.data()["budget"]) == before + 1
        await user.save("Ansökan till EU.")
        await user.main_again()
    assert len((store.committed().data(TRIP) or {})["budget"]) == before + 1


async def test_a_section_opens_when_it_matters(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r")), size=(100, 70)) as user:
        form = await user.edit("4", TRIP)
        evaluation = next(box for box in form.query("SectionBox") if "Utvärdering" in str(box.section.label))
        assert not evaluation.is_open
        stage = await user.field("stage")
        await user.press("a")
        assert stage.slot.value == "completed"
        await user.rest()
        assert evaluation.is_open
        await user.press("left")
        assert evaluation.is_open, "what has been opened does not shut under somebody's hands"


async def test_the_registry_and_the_policy_are_edited_in_the_same_form(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store, size=(100, 60)) as user:
        await user.main.go_to_record("policy")
        form = await user.on(RecordForm)
        await user.write("lead_time_days", "90")
        assert "dagar" in user.screen
        assert form.kind.id == "policy"
        await user.save("Kommittén har enats om det.")
        await user.main_again()
    assert (store.committed().data("policy") or {})["lead_time_days"] == 90


async def test_what_has_nothing_changed_is_not_saved(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with writing(store) as user:
        await user.edit("3", SKJERN)
        await user.press("ctrl+s")
        await user.until("Ingenting är ändrat")
        assert isinstance(user.app.screen, RecordForm)


async def test_letters_that_no_field_takes_do_nothing(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"))) as user:
        await user.edit("4", TRIP)
        await user.field("stage")
        await user.press("q")
        assert isinstance(user.app.screen, RecordForm)
        assert " q " not in user.screen.split("\n")[-1]


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_the_form_fits_the_terminal_and_scrolls_with_the_focus(tmp_path: Path, size: tuple[int, int]) -> None:
    async with writing(with_trip(torsby(tmp_path / "r")), size=size) as user:
        form = await user.edit("4", TRIP)
        for _step in range(60):
            await user.press("tab")
            focused = form.focused
            assert focused is not None
            body = form.query_one(".form--body").region
            assert body.y <= focused.region.y < body.bottom or focused.region.height > body.height
        lines = user.screen.split("\n")
        assert len(lines) == size[1]
        assert "ctrl+s spara" in lines[-1]


async def test_a_hand_edited_record_is_not_opened_in_the_form(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    file = store.folder / f"{SKJERN}.toml"
    file.write_text(file.read_text(encoding="utf-8") + 'potential = "för hand"\n', encoding="utf-8")
    async with writing(store) as user:
        await user.press("3")
        await user.main.go_to_record(SKJERN)
        await user.press("e")
        await user.until("ändrad för hand")
        assert isinstance(user.app.screen, MainScreen)
        assert not user.app.query(SaveScreen)
