"""The app on a real registry, used through Pilot as a person would."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from registry.store import Store
from tests.tui.pages import notices
from tui.app import VanortApp
from tui.screens.main import MainScreen

_QUIET = {"look", "last", "outlook", "history", "detail", "people", "known"}
"""Workers that end by themselves; others may wait for the user."""


class User:
    """Somebody at the keyboard."""

    def __init__(self, app: VanortApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, and wait until the app has come to rest."""
        await self.pilot.press(*keys)
        await self.rest()

    async def type(self, text: str) -> None:
        """Type letters, as fast as somebody who does not look at the screen between them."""
        for letter in text:
            self.app.post_message(events.Key(_character_to_key(letter), letter))
        await self.rest()

    async def rest(self) -> None:
        """Until all keys, workers and messages are done."""
        await self.keys_done()
        while waiting := [worker for worker in self.app.workers if not worker.is_finished and worker.group in _QUIET]:
            with suppress(WorkerCancelled):  # what was being read is no longer asked for: somebody typed on
                await self.app.workers.wait_for_complete(waiting)
            await self.pilot.pause()
        await self.pilot.pause()

    async def keys_done(self) -> None:
        """Until every key that was pressed has done what it does."""
        await self.pilot.pause()
        while self.app.keys_under_way:
            await self.pilot.pause(0.01)

    async def until(self, words: str) -> str:
        """Until `words` are on the screen (at most some seconds); the screen then."""
        for _round in range(400):
            if words in self.screen or any(words in notice for notice in self.notices):
                return self.screen
            await self.pilot.pause(0.02)
        raise AssertionError(f"{words!r} never came on the screen:\n{self.screen}\n{self.notices}")

    async def until_gone(self, words: str) -> None:
        """Until `words` are on the screen no longer."""
        for _round in range(400):
            if words not in self.screen:
                return
            await self.pilot.pause(0.02)
        raise AssertionError(f"{words!r} never went from the screen:\n{self.screen}")

    @property
    def screen(self) -> str:
        """What stands on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    @property
    def notices(self) -> list[str]:
        """What was said in the corner of the screen."""
        return notices(self.app)

    @property
    def main(self) -> MainScreen:
        """The app's own screen."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, MainScreen))


@asynccontextmanager
async def using(
    store: Store, *, size: tuple[int, int] = (140, 44), language: str | None = None, watch: bool = False
) -> AsyncIterator[User]:
    """The app, opened on `store`, at rest on its overview."""
    app = VanortApp(store.folder, language=language, watch=watch)
    async with app.run_test(size=size, notifications=True) as pilot:
        user = User(app, pilot)
        for _round in range(400):
            if any(isinstance(screen, MainScreen) for screen in app.screen_stack):
                break
            await pilot.pause(0.02)
        await user.rest()
        yield user
