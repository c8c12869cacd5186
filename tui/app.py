"""The app: which registry is open, in which language, and what happens to it from outside.

What the user does is on the screens (`tui/screens/`); what becomes of it is done by the registry, through
`tui.session`. This module only opens, closes and keeps an eye on the folder.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import App

from registry.errors import VanortError
from registry.words import N_, _, from_environment, speak
from tui.app_commands import AppCommands
from tui.commands import Command
from tui.ended_from_outside import EndedFromOutside
from tui.failures import MeetsFailures
from tui.keys_in_order import KeysInOrder
from tui.notices import tell, tell_error
from tui.session import Session
from tui.terminal_cursor import TerminalCursor
from tui.themes import STYLE_SHEETS, OwnThemes

WATCH_SECONDS = 1.0
"""How often the folder is looked at for what others did; the issue is noticed within two seconds."""


class VanortApp(AppCommands, OwnThemes, TerminalCursor, MeetsFailures, EndedFromOutside, KeysInOrder, App[None]):
    """The full-screen app."""

    CSS_PATH: ClassVar[list[Any]] = [*STYLE_SHEETS, "styles/screens.tcss", "styles/form.tcss"]
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
        self.session: Session | None = None

    def on_mount(self) -> None:
        """Open what there is to open."""
        speak(self._language or from_environment() or "sv")
        folder = self._folder or _last_opened()
        if folder is None:
            self._ask_what_to_open()
        else:
            self.open_registry(folder, chosen=self._folder is not None)

    def _ask_what_to_open(self) -> None:
        from tui.screens.first_run import FirstRunScreen

        self.push_screen(FirstRunScreen(), self._chosen)

    def _chosen(self, folder: Path | None) -> None:
        if folder is None:
            self.exit()
        else:
            self.open_registry(folder, chosen=True)

    @work(exclusive=True, group="open")
    async def open_registry(self, folder: Path, *, chosen: bool) -> None:
        """Open the registry in `folder` and show it. What cannot be opened is said, and the first-run screen asks."""
        from tui.screens.main import MainScreen

        session = Session(folder)
        try:
            with self.batch_update():  # nothing to see yet: an empty screen need not be drawn
                view = await session.open()
        except VanortError as error:
            session.close()
            if chosen:
                tell_error(self, error)
            self._ask_what_to_open()
            return
        if self.session is not None:
            self.session.close()
        self.session = session
        if self._language is None:
            speak(view.summary.language or "sv")
        main = MainScreen(session, view)
        await self.push_screen(main)
        if self._remembered and not view.fictional:
            self._to_remember = session.store.folder
            self.call_after_refresh(self._remember)
        if (recovered := session.store.recovered) is not None:
            tell(self, recovered.message)
        if self._watch:
            self.call_after_refresh(_collect_as_usual)
            self.set_interval(WATCH_SECONDS, main.look_outside)

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
        if self.session is not None:
            self.session.close()

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
