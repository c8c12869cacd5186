"""The way back: where links and lines were followed from, the latest last. Esc goes back along it, step by step.

A place (`tui.screens.place`) that leads to a record is set aside as it stands, and comes back with the same line
chosen. Whoever goes elsewhere by a number or by a page's name begins anew.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Final

from registry.records.refs import is_person

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from tui.screens.main import MainScreen

_NAMES: Final = count()


class Trail:
    """The steps from where one began to where one is, on the main screen."""

    def __init__(self, main: MainScreen) -> None:
        self._main = main
        self._steps: list[str | tuple[Screen[Any], ...]] = []
        """A REF, a person's id or a page's; or the places that stood above each other, the lowest first."""

    def __bool__(self) -> bool:
        return bool(self._steps)

    @property
    def _app(self) -> App[object]:
        return self._main.app

    def leave(self, came_from: str) -> None:
        """Remember what is left: the places above the main screen, which are set aside, else `came_from`."""
        stack = self._app.screen_stack
        places = tuple(stack[stack.index(self._main) + 1 :])
        for place in reversed(places):
            self._app.install_screen(place, f"aside-{next(_NAMES)}")  # kept when it is popped
            self._app.pop_screen()  # not awaited: the screen that leads elsewhere cannot wait for its own end
        self._steps.append(places or came_from)

    async def back(self) -> None:
        """One step back."""
        step = self._steps.pop()
        if isinstance(step, tuple):
            for place in step:
                self._app.uninstall_screen(place)
                await self._app.push_screen(place)
        elif "/" in step or is_person(step):
            await self._main.go_to_record(step)
        else:
            await self._main.go(step)

    async def forget(self) -> None:
        """Begin anew; the places that were set aside are gone."""
        for step in self._steps:
            for place in step if isinstance(step, tuple) else ():
                self._app.uninstall_screen(place)
                await place.remove()
        self._steps.clear()
