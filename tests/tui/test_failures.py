"""Leaving the app while something is still being read is no failure."""

from __future__ import annotations

import asyncio
from typing import Any

from textual import work
from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from tui.failures import MeetsFailures


class Facts(Static):
    """Says when it goes."""

    def on_unmount(self) -> None:
        self.app.query_one(Reading).facts_are_gone.set()


class Reading(Widget):
    """Shows what it has read only after its facts have gone, as a slow disk would have it."""

    def __init__(self) -> None:
        super().__init__()
        self.facts_are_gone = asyncio.Event()
        self.tried = False

    def compose(self) -> ComposeResult:
        """The place for what is read."""
        yield Facts()

    def on_mount(self) -> None:
        self.read()

    @work
    async def read(self) -> None:
        """Read, and show it."""
        await self.facts_are_gone.wait()
        self.tried = True
        self.query_one(Facts).update("read")


class ReadingApp(MeetsFailures, App[Any]):
    """One page."""

    def compose(self) -> ComposeResult:
        """The page."""
        self.page = Reading()
        yield self.page


async def test_what_is_read_too_late_to_be_shown_is_no_defect() -> None:
    app = ReadingApp()
    async with app.run_test() as pilot:
        await pilot.pause()
    assert app.page.tried, "the page was still reading as its facts went"
    assert app.defect is None
