"""Somebody who fills in forms: the app on a real registry, with a way to find a field by its label's key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from registry.store import Store
from tests.tui.app_kit import User
from tui.app import VanortApp
from tui.forms.field_input import FieldInput
from tui.forms.record_form import RecordForm
from tui.screens.main import MainScreen
from tui.screens.saving import SaveScreen

WAITING = frozenset({"act", "follow", "open", "form", "add", "end", "section", "save", "default", "unfinished"})
"""Workers that wait for what the user does next."""
T = TypeVar("T", bound=Screen[object])


class Writer(User):
    """Somebody who fills in forms."""

    async def rest(self) -> None:
        """Until all is done but what waits for the user; the timers of a form are let run."""
        for _round in range(2):
            await self.keys_done()
            waiting = [worker for worker in self.app.workers if not worker.is_finished and worker.group not in WAITING]
            if waiting:
                await self.app.workers.wait_for_complete(waiting)
        await self.pilot.pause()

    async def on(self, kind: type[T]) -> T:
        """Until a screen of this kind is in front; the screen."""
        for _round in range(400):
            if isinstance(self.app.screen, kind) and self.app.screen.focused is not None:
                await self.rest()
                return self.app.screen
            await self.pilot.pause(0.02)
        raise AssertionError(f"{kind.__name__} never came:\n{self.screen}\n{self.notices}")

    async def edit(self, page: str, ref: str) -> RecordForm:
        """Open the form of a record from its page."""
        await self.press(page)
        main = self.main
        await main.go_to_record(ref)
        await self.rest()
        await self.press("e")
        return await self.on(RecordForm)

    async def field(self, key: str) -> FieldInput:
        """Go to the field `key` (the last one in sight of that name)."""
        found = [
            widget
            for widget in self.app.screen.query(Widget)
            if isinstance(widget, FieldInput) and widget.slot.key == key and widget.display
        ]
        assert found, f"no field {key}"
        widget = found[-1]
        assert isinstance(widget, Widget)
        widget.focus()
        await self.rest()
        return widget

    async def write(self, key: str, text: str) -> FieldInput:
        """Go to a field, clear it and type."""
        field = await self.field(key)
        await self.pilot.press("end", "ctrl+u")
        await self.type(text)
        return field

    async def put(self, key: str, text: str) -> None:
        """As `write`, of a text from elsewhere: pasted, which takes the test a fraction of the time."""
        await self.field(key)
        await self.pilot.press("end", "ctrl+u")
        self.app.post_message(events.Paste(text))
        await self.rest()

    async def save(self, why: str = "Nya uppgifter från orten.", *, decision: str = "") -> None:
        """Save the form, saying why."""
        await self.press("ctrl+s")
        await self.on(SaveScreen)
        if why:
            await self.write("words", why)
        if decision:
            await self.write("decision", decision)
        await self.press("ctrl+s")

    async def said(self, why: str, decision: str = "") -> None:
        """Answer the save dialogue, save, and wait until the form is gone."""
        await self.on(SaveScreen)
        await self.put("words", why)
        if decision:
            await self.put("decision", decision)
        await self.press("ctrl+s")
        await self.main_again()

    async def main_again(self) -> None:
        """Until the form is gone."""
        for _round in range(400):
            if isinstance(self.app.screen, MainScreen):
                await self.rest()
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"still here:\n{self.screen}\n{self.notices}")


@asynccontextmanager
async def writing(
    store: Store, *, size: tuple[int, int] = (100, 40), language: str | None = None
) -> AsyncIterator[Writer]:
    """The app, opened on `store`, for somebody who fills in forms."""
    app = VanortApp(store.folder, language=language, watch=False)
    async with app.run_test(size=size, notifications=True) as pilot:
        writer = Writer(app, pilot)
        for _round in range(400):
            if isinstance(app.screen, MainScreen):
                break
            await pilot.pause(0.02)
        await writer.rest()
        yield writer
