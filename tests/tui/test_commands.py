"""A command described once is a key, an entry of the footer and the palette, and a row of the help."""

from __future__ import annotations

from itertools import pairwise

import pytest
from textual.app import ComposeResult
from textual.command import CommandPalette
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, Static

from registry.words import speak
from tests.tui.pages import PageApp, notices, screen_lines
from tui.commands import Command, HasCommands, Verdict, offers, tables
from tui.keys import name_of, trouble_with
from tui.screens.help import HelpScreen
from tui.widgets.command_footer import CommandFooter, arrange
from tui.widgets.inputs import LineInput
from tui.widgets.record_list import RecordList


@pytest.fixture(autouse=True)
def _swedish() -> None:
    speak("sv")


def _may_delete(page: Page) -> Verdict:
    return True if page.deletable else "[/foo] Tre projekt pekar hit: \x1b[31m."


class Page(HasCommands, Screen[None]):
    """A record that can be edited, and deleted once nothing refers to it."""

    COMMAND_TABLE = (
        Command(id="record.edit", keys="e,f2", label="redigera", help="Ändra posten.", group="Posten", rank=10),
        Command(id="record.delete", keys="d", label="radera", help="Ta bort posten.", rank=30, enabled=_may_delete),
        Command(id="record.save", keys="ctrl+s", label="spara", rank=20, priority=True),
        Command(id="record.secret", keys="", label="utan tangent", help="Bara i paletten.", show=False),
    )

    def __init__(self) -> None:
        super().__init__()
        self.deletable = False
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("sidan")
        yield LineInput(id="field")
        yield CommandFooter()

    def do_edit(self) -> None:
        self.done.append("edit")

    async def do_delete(self) -> None:
        self.done.append("delete")

    def do_save(self) -> None:
        self.done.append("save")

    def do_secret(self) -> None:
        self.done.append("secret")


class Registry(PageApp):
    """An app with that page."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()

    def on_mount(self) -> None:
        self.push_screen(self.page)
        self.page.set_focus(None)


def footer(app: PageApp) -> str:
    return screen_lines(app)[-1].strip()


async def test_a_key_does_it_and_so_does_the_second_key() -> None:
    app = Registry()
    async with app.run_test() as pilot:
        app.page.set_focus(None)
        await pilot.press("e", "f2")
        assert app.page.done == ["edit", "edit"]


async def test_what_cannot_be_done_says_why_and_is_not_done() -> None:
    app = Registry()
    async with app.run_test(notifications=True) as pilot:
        app.page.set_focus(None)
        await pilot.press("d")
        await pilot.pause()
        assert app.page.done == []
        assert notices(app) == ["[/foo] Tre projekt pekar hit: ␛[31m."]
        assert any("[/foo] Tre projekt pekar hit: ␛[31m." in line for line in screen_lines(app))
        app.page.deletable = True
        await pilot.press("d")
        assert app.page.done == ["delete"]


async def test_the_footer_names_the_keys_in_words_and_dims_what_cannot_be_done() -> None:
    app = Registry()
    async with app.run_test(size=(100, 20)) as pilot:
        app.page.set_focus(None)
        await pilot.pause()
        assert footer(app).startswith("e redigera   d radera   ctrl+s spara   ? hjälp")
        assert footer(app).endswith("ctrl+p allt")
        strip = app.page.query_one(CommandFooter).render_line(0)
        colour = {segment.text: segment.style.color for segment in strip if segment.style}
        assert colour["redigera"] != colour["radera"]
        app.page.deletable = True
        app.page.refresh_bindings()
        await pilot.pause()
        strip = app.page.query_one(CommandFooter).render_line(0)
        colour = {segment.text: segment.style.color for segment in strip if segment.style}
        assert colour["redigera"] == colour["radera"]


async def test_the_footer_speaks_english_too() -> None:
    speak("en")
    app = Registry()
    async with app.run_test(size=(100, 20)) as pilot:
        app.page.set_focus(None)
        await pilot.pause()
        assert footer(app).endswith("everything")
        assert "? help" in footer(app)


@pytest.mark.parametrize("width", [12, 30, 60, 80, 160])
async def test_the_footer_stays_on_one_line_and_keeps_what_matters(width: int) -> None:
    app = Registry()
    async with app.run_test(size=(width, 20)) as pilot:
        app.page.set_focus(None)
        await pilot.pause()
        assert len(screen_lines(app)[-1]) == width
        entries = arrange(offers(app.page), width)
        assert all(left.x + left.width <= right.x for left, right in pairwise(entries))
        assert "? hjälp" in footer(app)
        assert ("ctrl+s spara" in footer(app)) is (width >= 60)


async def test_a_click_on_the_footer_is_as_good_as_the_key() -> None:
    app = Registry()
    async with app.run_test(size=(80, 20)) as pilot:
        app.page.set_focus(None)
        await pilot.pause()
        await pilot.click(CommandFooter, offset=(4, 0))
        assert app.page.done == ["edit"]


async def test_while_somebody_types_letters_are_letters_and_the_footer_says_so() -> None:
    app = Registry()
    async with app.run_test(size=(100, 20)) as pilot:
        app.page.query_one(Input).focus()
        await pilot.press("e", "d", "ctrl+s")
        await pilot.pause()
        assert app.page.query_one(Input).value == "ed"
        assert app.page.done == ["save"]
        assert footer(app).startswith("F2 redigera   ctrl+s spara   F1 hjälp")
        assert "radera" not in footer(app)


async def test_the_help_is_found_by_typing_and_enter_does_the_command() -> None:
    app = Registry()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        app.page.set_focus(None)
        await pilot.press("question_mark")
        await pilot.pause()
        text = "\n".join(screen_lines(app))
        assert "Ändra posten." in text
        assert "Inte nu: [/foo] Tre projekt" in text
        assert "utan tangent" in text
        await pilot.press(*"andra post")
        await pilot.pause()
        assert app.screen.query_one(RecordList).shown == 1
        await pilot.press("enter")
        await pilot.pause()
        assert app.page.done == ["edit"]
        assert app.screen is app.page


async def test_the_help_closes_with_escape_and_does_nothing() -> None:
    app = Registry()
    async with app.run_test() as pilot:
        app.page.set_focus(None)
        await pilot.press("f1", "down", "escape")
        await pilot.pause()
        assert app.screen is app.page
        assert app.page.done == []


async def test_trying_a_dimmed_command_in_the_help_says_why() -> None:
    app = Registry()
    async with app.run_test(notifications=True) as pilot:
        app.page.set_focus(None)
        await pilot.press("question_mark", *"radera", "enter")
        await pilot.pause()
        assert app.page.done == []
        assert notices(app) == ["[/foo] Tre projekt pekar hit: ␛[31m."]


async def test_the_palette_holds_every_command_also_those_without_a_key() -> None:
    app = Registry()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        app.page.set_focus(None)
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"utan")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.page.done == ["secret"]


async def test_the_palette_shows_why_something_cannot_be_done_letter_by_letter() -> None:
    app = Registry()
    async with app.run_test(size=(100, 30)) as pilot:
        app.page.set_focus(None)
        await pilot.press("ctrl+p")
        await pilot.press(*"radera")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, CommandPalette)
        options = app.screen.query_one(OptionList)
        prompts = [str(options.get_option_at_index(index).prompt) for index in range(options.option_count)]
        assert any("Radera" in prompt and "[/foo] Tre projekt pekar hit: ␛[31m." in prompt for prompt in prompts)


async def test_a_palette_search_that_finds_nothing_says_so_in_the_users_language() -> None:
    app = Registry()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p", *"zzzz")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert any("Inget kommando innehåller de orden." in line for line in screen_lines(app))


async def test_users_bind_commands_to_keys_of_their_own() -> None:
    app = Registry()
    async with app.run_test(size=(100, 20)) as pilot:
        app.page.set_focus(None)
        problems = app.rebind(
            {"record.edit": "r", "record.nothing": "x", "record.delete": "ctrl+m", "record.save": " "},
            tables(Page, Registry),
        )
        assert problems == [
            "Det finns inget kommando som heter record.nothing.",
            "Många terminaler eller tangentbord saknar ctrl+m.",
            "Kommandot record.save behöver en tangent.",
        ]
        await pilot.press("e", "r")
        await pilot.pause()
        assert app.page.done == ["edit"]
        assert footer(app).startswith("r redigera   d radera   ctrl+s spara")


async def test_a_dialogue_hides_the_commands_beneath_it() -> None:
    class Question(HasCommands, ModalScreen[None]):
        COMMAND_TABLE = (Command(id="question.close", keys="escape", label="stäng"),)

        def do_close(self) -> None:
            self.dismiss()

    app = Registry()
    async with app.run_test() as pilot:
        app.push_screen(Question())
        await pilot.pause()
        assert [offer.command.id for offer in offers(app.screen)] == ["question.close"]
        await pilot.press("e", "question_mark")
        assert app.page.done == []
        assert not isinstance(app.screen, HelpScreen)


def test_a_key_that_terminals_or_nordic_keyboards_lack_is_refused_where_it_is_declared() -> None:
    for keys in (
        "ctrl+h",
        "ctrl+m",
        "ctrl+i",
        "alt+enter",
        "ctrl+enter",
        "left_square_bracket",
        "[",
        "f11",
        "f1",
        "f13",
    ):
        with pytest.raises(ValueError, match="x"):
            Command(id="x", keys=keys, label="x")
    for keys in ("e", "E", "å", "f2", "f1,question_mark", "?", "slash", "ctrl+s", "enter", "shift+tab", "1", "comma"):
        assert trouble_with(keys) == ""


def test_a_command_without_its_method_is_noticed_at_once() -> None:
    with pytest.raises(TypeError, match="do_fly"):
        type("Bird", (HasCommands, Static), {"COMMAND_TABLE": (Command(id="bird.fly", keys="f", label="flyg"),)})


def test_keys_are_called_what_is_printed_on_them() -> None:
    names = [name_of(key) for key in ("e", "enter", "escape", "f2", "ctrl+s", "question_mark", "slash", "up", "space")]
    assert names == ["e", "Enter", "Esc", "F2", "ctrl+s", "?", "/", "↑", "Mellanslag"]
