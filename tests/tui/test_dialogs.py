"""Questions over the page: nothing is deleted by a slip of the finger, and nothing in a record can fool them."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len
from textual.widgets import Static

from registry.errors import Refused
from registry.words import speak
from tests.tui.hostile import HOSTILE
from tests.tui.pages import PageApp, notices, screen_lines
from tui.notices import tell, tell_error
from tui.widgets.dialogs import Answer, Ask, Confirm, key_for_yes
from tui.widgets.inputs import LineInput, LongText


class Asking(PageApp):
    """An app that keeps what was answered."""

    def __init__(self) -> None:
        super().__init__(Static("sidan"))
        self.answers: list[Any] = []

    def confirm(self, started_by: str = "d", **options: Any) -> None:
        question = Confirm("Radera [/foo]?", yes="radera", started_by=started_by, **options)
        self.push_screen(question, self.answers.append)


@pytest.fixture(autouse=True)
def _swedish() -> None:
    speak("sv")


async def test_the_key_that_started_it_never_confirms_it_however_long_it_is_held() -> None:
    app = Asking()
    async with app.run_test() as pilot:
        app.confirm("d,delete")
        await pilot.press("d", "d", "delete", "d", "D")
        assert app.answers == []
        await pilot.press("j")
        await pilot.pause()
        assert app.answers == [True]


async def test_enter_keeps_things_as_they_are() -> None:
    app = Asking()
    async with app.run_test() as pilot:
        app.confirm()
        await pilot.press("enter")
        await pilot.pause()
        app.confirm()
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [False, False]


async def test_yes_is_reached_with_tab_and_with_the_mouse() -> None:
    app = Asking()
    async with app.run_test() as pilot:
        app.confirm()
        await pilot.press("tab", "enter")
        await pilot.pause()
        app.confirm()
        await pilot.press("right", "space")
        await pilot.pause()
        app.confirm()
        await pilot.pause()
        await pilot.click("#yes")
        await pilot.pause()
        app.confirm()
        await pilot.pause()
        await pilot.click("#no")
        await pilot.pause()
        assert app.answers == [True, True, True, False]


async def test_the_answers_name_their_keys_and_what_they_do() -> None:
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        app.confirm("j", detail="Tre projekt\nhör till den.")
        await pilot.pause()
        text = "\n".join(screen_lines(app))
        for words in ("Radera [/foo]?", "Tre projekt", "hör till den.", "Esc nej, behåll", "y radera"):
            assert words in text
        await pilot.press("j")
        assert app.answers == []
        await pilot.press("Y")
        await pilot.pause()
        assert app.answers == [True]


@pytest.mark.parametrize("started_by", ["d", "j", "y", "j,y", "J", "enter", ""])
def test_the_key_for_yes_is_another_than_the_one_that_asked(started_by: str) -> None:
    assert key_for_yes(started_by) not in started_by.lower().split(",")


async def test_the_key_for_yes_in_english_is_y() -> None:
    speak("en")
    assert key_for_yes("d") == "y"


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_asked_about_letter_by_letter(text: str) -> None:
    app = Asking()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.push_screen(Confirm(text, yes=text, detail=text), app.answers.append)
        await pilot.pause()
        assert app.screen.query_one("#no", Answer).has_focus
        assert all(line.isprintable() for line in screen_lines(app))
        await pilot.press("escape")
        app.push_screen(Ask(text, value=text.replace("\n", " "), check=lambda _typed: text), app.answers.append)
        await pilot.press("x")
        await pilot.pause()
        tell(app, text, title=text)
        await pilot.pause()
        assert all(line.isprintable() and cell_len(line) == 80 for line in screen_lines(app))


async def test_a_line_is_asked_for_and_taken_only_when_it_will_do() -> None:
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        check = lambda typed: "" if typed.isdigit() else "Skriv ett årtal, t.ex. 2026."  # noqa: E731
        app.push_screen(Ask("Vilket år?", example="2026", check=check), app.answers.append)
        await pilot.press("x", "enter")
        await pilot.pause()
        assert any("Skriv ett årtal" in line for line in screen_lines(app))
        await pilot.press("backspace", *"2026")
        await pilot.pause()
        assert not any("Skriv ett årtal" in line for line in screen_lines(app))
        await pilot.press("enter")
        await pilot.pause()
        app.push_screen(Ask("Vilket år?", value="2025"), app.answers.append)
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == ["2026", None]


async def test_what_was_refused_is_told_with_its_remedy() -> None:
    app = Asking()
    async with app.run_test(notifications=True) as pilot:
        tell_error(app.screen, Refused("[/foo] kan inte raderas.", "Flytta projekten först."))
        await pilot.pause()
        assert notices(app) == ["[/foo] kan inte raderas.\nFlytta projekten först."]
        assert any("Flytta projekten först." in line for line in screen_lines(app))


async def test_a_field_shows_hidden_characters_and_keeps_them_in_its_value() -> None:
    value = "a\x1b[31mb\u202ec\0"
    field, text = LineInput(), LongText()
    app = PageApp(field, text)
    async with app.run_test(size=(60, 10)) as pilot:
        field.value = value
        text.text = value + "\nrad 2\x9b"
        text.styles.height = 4
        await pilot.pause()
        lines = screen_lines(app)
        assert all(line.isprintable() for line in lines)
        assert "a␛[31mb�c␀" in lines[0]
        field.focus()
        await pilot.press("end", "å")
        assert field.value == value + "å"
        assert "\x9b" in text.text
