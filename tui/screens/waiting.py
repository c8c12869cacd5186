"""Waiting for a server: what is being done, how far it has come, and Esc calls it off."""

from __future__ import annotations

from typing import Any, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.dom import DOMNode
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.errors import VanortError
from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.talking import Call, Submit, Talk
from tui.text import line, plain

T = TypeVar("T")


async def waiting_for(node: DOMNode, what: str, submit: Submit, call: Call[T]) -> T:
    """What `call` gives, `what` it does being shown meanwhile. Raises as `call`; called from a worker."""
    given = await node.app.push_screen_wait(WaitingScreen(what, submit, call))
    if isinstance(given, VanortError):
        raise given
    return given  # type: ignore[no-any-return]


class WaitingScreen(HasCommands, ModalScreen[Any]):
    """Gives what the talk gives, or the `VanortError` that it ended with."""

    COMMAND_TABLE = (
        Command(id="waiting.call-off", keys="escape", label=N_("call it off"), help=N_("End it; nothing of it stays."), rank=1),
    )  # fmt: skip

    def __init__(self, what: str, submit: Submit, call: Call[Any]) -> None:
        super().__init__(classes="dialogue")
        self._what, self._submit, self._call = what, submit, call
        self._talk: Talk | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue--box"):
            yield Static(plain(self._what), classes="dialogue--question")
            yield Static(classes="waiting--progress")
            yield Static(line(_("Esc calls it off.")), classes="dialogue--hint")

    def on_mount(self) -> None:
        """Begin."""
        self._hold()

    @work(exclusive=True, group="talk")
    async def _hold(self) -> None:
        self._talk = Talk(self, self._submit, self._shown)
        try:
            given: Any = await self._talk.hold(self._call)
        except VanortError as error:
            given = error
        self.dismiss(given)

    def _shown(self, words: str) -> None:
        if self.is_mounted:
            self.query_one(".waiting--progress", Static).update(line(words))

    def do_call_off(self) -> None:
        """It ends as soon as it has tidied up."""
        if self._talk is not None:
            self._talk.call_off()
        self._shown(_("Being called off …"))
