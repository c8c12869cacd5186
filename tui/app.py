"""The app: which registry is open, in which language, and what happens to it from outside.

What the user does is on the screens (`tui/screens/`); what becomes of it is done by the registry, through
`tui.session`. This module only opens, closes and keeps an eye on the folder.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import work
from textual.app import App
from textual.screen import Screen

from registry.errors import VanortError
from registry.words import N_, _, from_environment, speak
from tui.app_commands import AppCommands
from tui.commands import Command
from tui.ended_from_outside import EndedFromOutside
from tui.failures import MeetsFailures
from tui.keys_in_order import KeysInOrder
from tui.notices import tell, tell_error
from tui.session import Session, View
from tui.styles_in_turn import StylesInTurn
from tui.terminal_cursor import TerminalCursor
from tui.themes import OwnThemes

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

WATCH_SECONDS = 1.0
"""How often the folder is looked at for what others did; the issue is noticed within two seconds."""


class VanortApp(
    AppCommands, OwnThemes, StylesInTurn, TerminalCursor, MeetsFailures, EndedFromOutside, KeysInOrder, App[None]
):
    """The full-screen app."""

    TITLE = "Vänort"

    COMMAND_TABLE = (
        Command(
            id="app.leave",
            keys="q",
            label=N_("quit"),
            help=N_("Leave the app. Everything that was saved is saved."),
            group=N_("Everywhere"),
            rank=60,
        ),
        Command(
            id="app.git-commands",
            keys="f12",
            label=N_("what was run"),
            help=N_("The Git commands that the app has run, for those who want to know."),
            group=N_("Everywhere"),
            show=False,
        ),
    )

    def __init__(
        self, folder: Path | None = None, *, language: str | None = None, watch: bool = True, remembered: bool = True
    ) -> None:
        """`folder` is the registry; None: the one last opened, else the first-run screen asks."""
        super().__init__()
        self._folder = folder
        self._language = language
        self._watch = watch
        self._remembered = remembered
        self._to_remember: Path | None = None
        self._opening: Session | None = None
        self._main: MainScreen | None = None
        self.session: Session | None = None
        """The registry that is shown."""

    def on_load(self) -> None:
        """Before there is a screen: the language, and what there is to open."""
        speak(self._language or from_environment() or "sv")
        if (folder := self._folder or _last_opened()) is not None:
            self._opening = Session(folder)

    def get_default_screen(self) -> Screen[Any]:
        """The main screen, where it can be shown at once: an empty one first takes a tenth of the start."""
        if self._opening is not None:
            with suppress(VanortError):  # it is opened once more, and then told
                if (view := self._opening.open_at_once()) is not None:
                    return self._main_screen(self._opening, view)
        return super().get_default_screen()

    def on_mount(self) -> None:
        """Open what there is to open, if it is not in sight already."""
        if self.session is not None:
            self.call_later(self._begin_when_shown)  # not now: until the app is mounted, nothing is drawn
        elif self._opening is not None:
            self.open_registry(self._opening, chosen=self._folder is not None)
        else:
            self._ask_what_to_open()

    def _ask_what_to_open(self) -> None:
        from tui.screens.first_run import FirstRunScreen

        self.read_other_styles()
        self.push_screen(FirstRunScreen(), self._chosen)

    def _chosen(self, folder: Path | None) -> None:
        if folder is None:
            self.exit()
        else:
            self.open_registry(Session(folder), chosen=True)

    @work(exclusive=True, group="open")
    async def open_registry(self, session: Session, *, chosen: bool) -> None:
        """Open a registry and show it. What cannot be opened is said, and the first-run screen asks."""
        try:
            view = await session.open()
        except VanortError as error:
            session.close()
            self.read_other_styles()
            if chosen:
                tell_error(self, error)
            self._ask_what_to_open()
            return
        if self.session is not None:
            self.session.close()
        await self.push_screen(self._main_screen(session, view))
        self._begin_when_shown()

    def _main_screen(self, session: Session, view: View) -> MainScreen:
        from tui.screens.main import MainScreen

        if self._language is None:
            speak(view.summary.language or "sv")
        if self._remembered and not view.fictional:
            self._to_remember = session.store.folder
        self.session = session
        self._main = MainScreen(session, view)
        return self._main

    def _begin_when_shown(self) -> None:
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """The first frame is out: what it did not need comes now."""
        if self.session is None or self._main is None:
            return
        self.read_other_styles()
        self._main.begin()
        self._remember()
        if (recovered := self.session.store.recovered) is not None:
            tell(self, recovered.message)
        if self._watch:
            _collect_as_usual()
            self.set_interval(WATCH_SECONDS, self._main.look_outside)

    async def do_leave(self) -> None:
        """Quit; a form with unsaved work is asked about by its own screen."""
        self.exit()

    def do_git_commands(self) -> None:
        """Show what was run."""
        from tui.screens.git_commands import GitCommandsScreen

        self.push_screen(GitCommandsScreen())

    def _remember(self) -> None:
        if self._to_remember is not None:
            from tui.memory import remember

            remember(self._to_remember)
            self._to_remember = None

    def on_unmount(self) -> None:
        """Let the registry's thread finish; who left at once comes back here all the same."""
        self._remember()
        if self._main is not None and self._main.sharing is not None:
            self._main.sharing.call_off()
        if self.session is not None:
            self.session.close()

    @property
    def can_lend_the_terminal(self) -> bool:
        """Whether another program can have the terminal for a while."""
        return self._driver is not None and self._driver.can_suspend

    async def suspended(self, action: Callable[[], Any]) -> None:
        """Do something that needs the terminal for itself, such as an editor; then draw the screen again."""
        from textual.app import SuspendNotSupported

        try:
            with self.suspend():
                action()
        except SuspendNotSupported:
            tell(self, _("This terminal cannot be lent to another program."), severity="warning")
        self.refresh(layout=True)


def _last_opened() -> Path | None:
    from tui.memory import last_opened

    return last_opened()


def _collect_as_usual() -> None:
    """What was made by now stays; of what comes, garbage is collected (`tui.cli` holds that off until here)."""
    gc.freeze()
    gc.set_threshold(10_000)


def run_app(folder: Path | None, *, lang: str | None = None, demo: bool = False) -> int:
    """Open the app on the terminal, until the user leaves it; its exit code.

    A `demo` is not remembered as the registry opened last. A defect that ended the app is raised, once the terminal is
    the user's again.
    """
    app = VanortApp(folder, language=lang, remembered=not demo)
    app.run()
    if app.defect is not None:
        raise app.defect
    return app.return_code or 0
