"""Each input by itself, with the keys and the mouse, on a real registry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from registry.words import speak
from tests.kit import BUN, SKJERN, TRIP, save, torsby, with_trip
from tests.tui.form_kit import writing
from tui.forms.dates import CalendarScreen, Month
from tui.forms.options import Option, Options
from tui.forms.record_form import RecordForm
from tui.forms.suggestions import Suggestions


async def test_a_day_is_chosen_in_the_month_and_moved_by_a_day(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"), start=date(2026, 5, 4))) as user:
        form = await user.edit("4", TRIP)
        await user.field("start")
        await user.press("f4")
        await user.on(CalendarScreen)
        screen = user.screen
        assert "maj 2026" in screen
        assert "må ti on to fr lö sö" in screen
        assert "19   4  5  6  7  8  9 10" in screen, "the week's number, then its days"
        await user.press("pagedown", "down", "right", "enter")
        await user.on(RecordForm)
        assert form.root.data()["start"] == date(2026, 6, 12)
        assert "= 12 juni 2026" in user.screen
        await user.press("shift+up", "shift+up", "shift+down")
        assert form.root.data()["start"] == date(2026, 6, 13)


async def test_a_day_is_clicked_and_esc_chooses_none(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"), start=date(2026, 5, 4))) as user:
        form = await user.edit("4", TRIP)
        await user.field("start")
        await user.press("f4")
        await user.on(CalendarScreen)
        await user.pilot.click(Month, offset=(3 + 3 * 4 + 1, 2))
        await user.on(RecordForm)
        assert form.root.data()["start"] == date(2026, 5, 8)
        await user.press("f4")
        await user.on(CalendarScreen)
        await user.press("right", "escape")
        await user.on(RecordForm)
        assert form.root.data()["start"] == date(2026, 5, 8)


def test_the_month_stays_within_what_a_date_can_be() -> None:
    month = Month(date(1900, 1, 31), date(2026, 1, 1))
    month.post_message = lambda _message: True  # type: ignore[method-assign]
    month.by_month(-1)
    assert month.day == date(1900, 1, 31)
    month.by_month(1)
    assert month.day == date(1900, 2, 28)


async def test_choices_are_made_with_arrows_letters_and_clicks_and_cleared(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"))) as user:
        await user.edit("4", TRIP)
        field = await user.field("cooperation")
        await user.press("n")
        assert field.slot.value == "network"
        await user.press("right")
        assert field.slot.value == "other"
        await user.press("right")
        assert field.slot.value == "twin-town"
        await user.pilot.click(field, offset=(14, 0))
        await user.rest()
        assert field.slot.value == "partnership"
        await user.press("delete")
        assert field.slot.value is None


async def test_yes_and_no_and_unknown_are_three_and_no_is_not_said_twice(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r")), size=(100, 60)) as user:
        form = await user.edit("4", TRIP)
        youth = await user.field("youth")
        assert "● okänt" in user.screen
        await user.press("n")
        assert youth.slot.value is False
        await user.press("o")
        assert youth.slot.value is None
        open_ended = await user.field("open_ended")
        await user.press("j")
        assert open_ended.slot.value is True
        assert any(child.display for child in form.query("DateField") if child.slot.key == "review_due"), (
            "now it matters"
        )
        await user.press("n")
        assert open_ended.slot.value is None, "no is what absence means here"


async def test_goals_are_ticked_and_the_evaluation_asks_about_them(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"), goals=["democracy"], evaluation={"due": date(2026, 9, 1)})
    async with writing(store, size=(100, 90)) as user:
        form = await user.edit("4", TRIP)
        assert "Resultat: Demokrati" in user.screen.replace("Resultat:\n", "Resultat: ")
        goals = await user.field("goals")
        await user.press("n")
        assert goals.slot.value == ["democracy", "knowledge"]
        result = await user.field("results.knowledge")
        await user.press("d")
        assert result.slot.value == "partly"
        assert form.root.data()["evaluation"]["results"] == {"knowledge": "partly"}


async def test_several_are_picked_by_typing_and_taken_away_again(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"))) as user:
        await user.edit("4", TRIP)
        towns = await user.field("twin_towns")
        await user.press("end")
        await user.type("; per")
        await user.press("enter")
        assert towns.slot.value == [SKJERN, "twin-towns/perna"]
        await user.type("paskon")
        await user.press("down", "up", "enter")
        assert towns.slot.value == [SKJERN, "twin-towns/perna", "twin-towns/paskon"]
        await user.type("skj")
        assert "✓ Skjern" in user.screen
        await user.press("enter")
        assert towns.slot.value == ["twin-towns/perna", "twin-towns/paskon"]
        await user.type("atlantis")
        await user.press("escape")
        assert "heter ”atlantis”" in user.screen
        assert towns.slot.typed == "Pernå; Påskön; atlantis"


async def test_one_is_picked_with_the_mouse_and_esc_closes_the_list_alone(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"))) as user:
        form = await user.edit("3", SKJERN)
        country = await user.field("country")
        await user.type("Nor")
        rows = user.app.screen.query_one(Suggestions)
        assert rows.display
        await user.press("escape")
        assert user.app.screen is form
        assert not rows.display
        await user.type("ge")
        await user.pilot.click(Suggestions, offset=(4, 0))
        await user.rest()
        assert country.slot.value == "NO"
        assert isinstance(country, Input)
        assert country.value == "Norge"


async def test_a_click_on_a_label_goes_to_its_field(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"))) as user:
        form = await user.edit("4", TRIP)
        fields = form.query("FieldList").first()
        cost = await user.field("purpose")
        await user.field("title")
        await user.pilot.click(fields, offset=(3, cost.virtual_region.y))  # type: ignore[attr-defined]
        await user.rest()
        assert form.focused is cost


async def test_long_text_grows_and_is_written_in_the_users_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\ntr a-z A-Z < "$1" > "$1.new"\nmv "$1.new" "$1"\n', encoding="utf-8")
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    async with writing(with_trip(torsby(tmp_path / "r"), stage="idea", purpose=None)) as user:
        form = await user.edit("4", TRIP)
        field = await user.field("purpose")
        before = field.size.height  # type: ignore[attr-defined]
        await user.type("ett")
        await user.press("enter")
        await user.type("sju")
        assert form.root.data()["purpose"] == "ett\nsju"
        assert field.size.height > before  # type: ignore[attr-defined]
        monkeypatch.setattr(user.app, "suspended", _lend(user.app))
        await user.press("f4")
        assert form.root.data()["purpose"] == "ETT\nSJU"
        await user.press("tab")
        assert form.focused is not field


def _lend(app: object) -> object:
    """Pilot has no terminal to lend; the editor runs all the same."""

    async def suspended(action: object) -> None:
        action()  # type: ignore[operator]

    return suspended


async def test_enter_and_the_arrows_go_from_field_to_field(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"))) as user:
        form = await user.edit("3", SKJERN)
        await user.field("name")
        await user.press("enter", "down", "up")
        assert form.focused.slot.key == "local_name"  # type: ignore[union-attr]
        await user.press("ctrl+down")
        assert form.focused.slot.key == "agreement_year"  # type: ignore[union-attr]
        await user.press("f6")
        await user.until("Gå till")
        await user.type("samarb")
        await user.press("enter")
        await user.on(RecordForm)
        assert form.focused.slot.key == "potential"  # type: ignore[union-attr]


async def test_the_help_line_says_what_a_field_is_about_and_what_the_policy_says(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"))) as user:
        await user.edit("4", TRIP)
        await user.field("department")
        assert "Den som bär projektet." in user.screen
        assert "Policyn: ”planeras”" in user.screen


async def test_two_people_of_one_name_are_told_apart(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"), stage="idea", responsible=None)
    rector = store.people.add({"name": "Maja Lindqvist", "title": "Rektor"})
    store.people.add({"name": "Maja Lindqvist", "title": "Kyrkoherde"})
    async with writing(store) as user:
        await user.edit("4", TRIP)
        field = await user.field("responsible")
        await user.type("Maja Lindqvist")
        assert field.slot.value is None
        await user.type(" rekt")
        await user.press("enter")
        assert field.slot.value == rector
        assert "Maja Lindqvist, Rektor" in user.screen


async def test_a_form_made_like_another_takes_over_what_is_not_about_one_occasion(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"), start=date(2026, 5, 4), cost=45000)
    async with writing(store) as user:
        await user.press("4")
        await user.main.go_to_record(TRIP)
        await user.press("c")
        form = await user.on(RecordForm)
        data = form.root.data()
        assert data["department"] == BUN
        assert "cost" not in data
        assert "start" not in data


async def test_the_form_speaks_english(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r")), language="en") as user:
        await user.edit("4", TRIP)
        assert "ctrl+s save" in user.screen
        assert "● planned" in user.screen
    speak("sv")


def test_options_are_found_by_any_words_and_those_that_begin_so_come_first() -> None:
    options = Options([Option("a", "Västra Påskön"), Option("b", "Påskön", "Chile"), Option("c", "Pernå")])
    assert [option.value for option in options.find("pask", 8)] == ["b", "a"]
    assert [option.value for option in options.find("chile pas", 8)] == ["b"]
    assert options.count("p") == 3
    assert options.named("PÅSKÖN") == options.by_value["b"]
    assert options.named("Påskön, Chile") == options.by_value["b"]
    assert options.named("nowhere") is None


async def test_a_department_with_hundreds_of_towns_to_choose_from_says_how_many_more(tmp_path: Path) -> None:
    async with writing(with_trip(torsby(tmp_path / "r"))) as user:
        await user.edit("3", SKJERN)
        await user.field("country")
        await user.press("delete", "down")
        assert "till; skriv vidare" in user.screen


async def test_an_entry_that_was_begun_and_left_empty_is_none(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    save(store, TRIP, "Plan.", deadlines=[{"id": "d1", "what": "Ansökan", "date": date(2026, 9, 1)}])
    async with writing(store, size=(100, 80)) as user:
        form = await user.edit("4", TRIP)
        adding = next(line for line in form.query("AddLine") if line.parent.slot.key == "deadlines")  # type: ignore[union-attr]
        adding.focus()
        await user.press("enter")
        await user.until("ny post: frist")
        assert not form.changed
        lines = [line for line in form.query("EntryLine") if line.parent.slot.key == "deadlines"]  # type: ignore[union-attr]
        lines[-1].focus()
        await user.press("delete")
        assert "ny post: frist" not in user.screen
