"""The guide in the app: from where one is to the page that helps there, on to others, and back."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
from textual.screen import Screen

import tui
from registry.store import Store
from registry.words import LANGUAGES, speaking
from tests.kit import torsby, with_trip
from tests.tui.app_kit import using
from tui.guide import pages
from tui.guide.places import PAGES
from tui.screens.guide import GuideScreen

OF_NO_MATTER = {
    "Ask",
    "CalendarScreen",
    "Choose",
    "ChooseScreen",
    "Confirm",
    "GuideScreen",
    "HelpScreen",
    "MainScreen",
    "PastScreen",
    "Place",
    "RecordForm",
    "Told",
}
"""Screens of which what lies under them, or what is shown on them, says which page helps."""


def screens() -> set[str]:
    """Every screen of the app, by the name of its class."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    waiting: list[type] = [Screen]
    found = set()
    while waiting:
        for below in waiting.pop().__subclasses__():
            waiting.append(below)
            if below.__module__.startswith("tui."):
                found.add(below.__name__)
    return found


def test_every_screen_leads_to_a_page_that_there_is_in_both_languages() -> None:
    from registry.records.kinds import KINDS

    in_table = {place for place in PAGES if place[0].isupper()}
    assert screens() - OF_NO_MATTER == in_table
    assert {place for place in PAGES if place.startswith("form ")} == {f"form {kind}" for kind in KINDS}
    for language in LANGUAGES:
        with speaking(language):
            assert {*PAGES.values()} <= {*pages.names()}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Torsby's registry, with a project."""
    return with_trip(torsby(tmp_path / "r"))


async def test_f3_opens_the_page_that_helps_and_leads_on_and_back(store: Store) -> None:
    async with using(store, size=(80, 24), language="sv") as user:
        for page, title in (("1", "Kommittén och året"), ("4", "Ett projekt"), ("6", "Personer")):
            await user.press(page, "f3")
            assert f"Guide · {title}" in user.screen
            await user.press("escape")
            assert " 1 Översikt" in user.screen

        await user.press("f3", "f")
        await user.until("Till vilken sida?")
        await user.type("personuppg")
        await user.press("enter")
        assert "Guide · Personuppgifter" in user.screen
        assert "Vad som finns var" in user.screen
        await user.press("pagedown")
        assert "Vad som finns var" not in user.screen
        await user.press("a")
        await user.type("tangenter")
        await user.press("enter", "f3")
        assert "Guide · Tangenter" in user.screen
        assert "ctrl+p" in user.screen

        await user.press("escape")
        assert "Guide · Personuppgifter" in user.screen
        assert "Vad som finns var" not in user.screen, "it is read on from where it was left"
        await user.press("escape")
        assert "Guide · Personer" in user.screen
        await user.press("escape")
        assert " 1 Översikt" in user.screen


async def test_the_help_leads_to_the_guide_from_a_form_and_a_dialogue_keeps_its_own(store: Store) -> None:
    async with using(store, size=(80, 24), language="en") as user:
        await user.press("4", "e", "f1")
        assert "F1 guide" in user.screen
        await user.press("f1")
        assert "Guide · A project, from idea" in user.screen
        await user.press("escape")
        assert "Plan" in user.screen
        await user.press("escape", "m", "f3")
        assert "Guide · A project, from idea" in user.screen
        await user.press("escape")
        assert "Next step" in user.screen
        await user.press("escape", "B", "f3")
        assert "Guide · Money and decisions" in user.screen


async def test_a_click_on_a_link_turns_to_the_page_and_leaves_the_program_for_nothing(store: Store) -> None:
    from textual.widgets import Markdown

    async with using(store, language="en") as user:
        await user.press("f3")
        guide = user.app.screen
        assert isinstance(guide, GuideScreen)
        text = guide.query_one(Markdown)
        for target in ("../schema/", "people.md#keep", "#spring", "gone.md"):
            guide.post_message(Markdown.LinkClicked(text, target))
            await user.rest()
        assert "Guide · People" in user.screen
        assert any("../schema/" in told for told in user.notices)
        assert any("no page called gone" in told for told in user.notices)


async def test_where_the_guide_is_not_installed_that_is_said(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "folder", lambda: tmp_path / "nowhere")
    async with using(store, language="en") as user:
        await user.press("f3")
        await user.until("The guide is not installed with this program.")
