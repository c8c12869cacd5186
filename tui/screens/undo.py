"""Taking a change back: shown first, with its fields the other way round; then one commit like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.errors import VanortError
from registry.history import Entry
from registry.records.types import Names
from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.notices import tell, tell_error
from tui.screens.history import detail
from tui.text import plain
from tui.widgets.inputs import LineInput

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


class UndoScreen(HasCommands, ModalScreen[str | None]):
    """Gives the reason for taking `entry` back, or None for Esc."""

    COMMAND_TABLE = (
        Command(id="undo.take-back", keys="ctrl+s", label=N_("take it back"), help=N_("Save the values from before this change."), priority=True),
        Command(id="undo.leave", keys="escape", label=N_("leave it"), help=N_("Nothing happens."), priority=True),
    )  # fmt: skip

    def __init__(self, entry: Entry, told: list[Content]) -> None:
        super().__init__(classes="dialogue")
        self._entry = entry
        self._told = told

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue--box"):
            yield Static(plain(_("Take this change back?")), classes="dialogue--question")
            with VerticalScroll(classes="undo-detail"):
                yield Static(Content("\n").join(self._told))
            yield Static(plain(_("Why")))
            yield LineInput(value=_("Undone: it was not meant."))
            yield Static(plain(_("ctrl+s takes it back, Esc leaves it as it is.")), classes="dialogue--hint")

    def on_mount(self) -> None:
        """The reason can be written over."""
        self.query_one(LineInput).focus()

    def do_take_back(self) -> None:
        """Do it."""
        self.dismiss(self.query_one(LineInput).value)

    def do_leave(self) -> None:
        """Nothing happens."""
        self.dismiss(None)


async def take_back(main: MainScreen, entry: Entry) -> bool:
    """Show a change and, if the user says so, take it back as a change of its own. Whether it was."""
    names: Names = main.view.names
    try:
        told = await main.session.run(lambda: list(detail(entry, names)))
        why = await main.app.push_screen_wait(UndoScreen(entry, told))
        if why is None:
            return False
        await main.session.undo(entry.commit, why)
    except VanortError as error:
        tell_error(main, error)
        return False
    finally:
        if main.session.view is not None:
            main.show_view(main.session.view)
    tell(main, _("The change was taken back."))
    return True
