"""Everything about one record decided in the same way: mine or theirs."""

from __future__ import annotations

from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands
from tui.text import plain
from tui.widgets.dialogs import Answer


class SideScreen(HasCommands, ModalScreen[Literal["ours", "theirs"] | None]):
    """Gives the side, or None for Esc."""

    COMMAND_TABLE = (
        Command(id="side.mine", keys="1", label=N_("mine"), help=N_("What I wrote holds.")),
        Command(id="side.theirs", keys="2", label=N_("theirs"), help=N_("What they wrote holds.")),
        Command(id="side.leave", keys="escape", label=N_("back"), help=N_("Decide nothing now.")),
    )

    def __init__(self, title: str, count: int) -> None:
        """`count` things are asked about the record called `title`."""
        super().__init__(classes="dialogue")
        self._question = (ngettext("%(title)s: %(count)s question", "%(title)s: all %(count)s questions", count)) % {
            "title": title,
            "count": count,
        }

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue--box"):
            yield Static(plain(self._question), classes="dialogue--question")
            with Horizontal(classes="dialogue--answers"):
                yield Answer(_("mine everywhere"), "1", id="ours")
                yield Answer(_("theirs everywhere"), "2", id="theirs")
                yield Answer(_("back"), "escape", id="none")

    @on(Answer.Chosen)
    def choose(self, event: Answer.Chosen) -> None:
        """As clicked or entered."""
        chosen = event.answer.id
        self.dismiss("ours" if chosen == "ours" else "theirs" if chosen == "theirs" else None)

    def do_mine(self) -> None:
        """Mine everywhere."""
        self.dismiss("ours")

    def do_theirs(self) -> None:
        """Theirs everywhere."""
        self.dismiss("theirs")

    def do_leave(self) -> None:
        """Nothing is decided."""
        self.dismiss(None)
