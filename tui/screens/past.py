"""The whole app as of a day: lists, cards, overview, budget, committee, all to be read only; Esc leads back."""

from __future__ import annotations

from dataclasses import replace

from textual.widgets import Static

from registry.errors import VanortError
from registry.words import N_, _
from tui.commands import Command
from tui.notices import in_words, tell_error
from tui.past import PastSession, open_past
from tui.screens.main import MainScreen
from tui.text import line
from tui.widgets.dialogs import Ask


class PastScreen(MainScreen):
    """The main screen, of a registry that is past."""

    COMMAND_TABLE = (
        Command(id="go.back", keys="escape,b,backspace", label=N_("back"), help=N_("Back to where a link was followed, and from there to the registry as it is now."), group=N_("Go to"), rank=4),
        replace(MainScreen.commands["place.compare"], rank=6),
    )  # fmt: skip

    def __init__(self, session: PastSession) -> None:
        assert session.view is not None  # noqa: S101 - it was opened with one
        super().__init__(session, session.view)

    def on_mount(self) -> None:
        """All of it can be shown at once: nothing about it changes any more."""
        super().on_mount()
        for page in self.query("Page"):
            page.begin()  # type: ignore[attr-defined]

    def show_top(self) -> None:
        """As on any day, unmistakably marked."""
        told = _("%(mark)s · to be read only · Esc: back to today") % {"mark": self.session.mark}
        self.query_one("#where", Static).update(line(f"{told} · {self.view.municipality}"))
        self.query_one("#day", Static).update("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is always a way back: to today."""
        return True if parameters == ("go.back",) else super().check_action(action, parameters)

    async def do_back(self) -> None:
        """Back along the trail, and at its beginning to today."""
        if self.trail:
            await super().do_back()
        else:
            self.dismiss(None)


async def show_past(main: MainScreen, when: str, ref: str = "") -> None:
    """Open the registry as of a revision or a day, over the screens in sight, at the record `ref` if it was there.

    What cannot be opened is said.
    """
    try:
        session = await open_past(main.session, when)
    except VanortError as error:
        tell_error(main, error)
        return
    past = PastScreen(session)
    await main.app.push_screen(past)
    if ref and ref in past.view.snapshot:
        await past.go_to_record(ref)


async def ask_for_a_day(main: MainScreen) -> None:
    """Ask which day, until there is such a one, and show it. Called from a worker."""
    opened: list[PastSession] = []

    async def opening(when: str) -> str:
        try:
            opened.append(await open_past(main.session, when))
        except VanortError as error:
            return in_words(error)
        return ""

    question = _("Open the registry as it was: a day (2025-06-01, 2025, yesterday, 2 weeks ago), a tag or a commit")
    if await main.app.push_screen_wait(Ask(question, attempt=opening)) is not None:
        await main.app.push_screen(PastScreen(opened[-1]))
