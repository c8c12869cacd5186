"""Something long, done a portion at a time on the registry's thread: how far it has come, and a way to call it off."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.errors import VanortError
from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.session import Session
from tui.text import line
from tui.widgets.command_footer import CommandFooter

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from registry.progress import Progress
    from registry.store import Store

T = TypeVar("T")
Start = Callable[["Store"], "Generator[Progress, None, T]"]
"""What begins it, on the registry's thread; what the generator returns is what comes of it."""


class Stopped(VanortError):
    """Somebody called it off."""


async def carried_through(node: DOMNode, session: Session, title: str, start: Start[T]) -> T:
    """What comes of `start`, with how far it has come in sight meanwhile. From a worker.

    Raises `Stopped` where the user called it off, and whatever `VanortError` it ends with.
    """
    ended = await node.app.push_screen_wait(WorkingScreen(session, title, start))
    if isinstance(ended, VanortError):
        raise ended
    made: T = ended
    return made


class WorkingScreen(HasCommands, ModalScreen[Any]):
    """Gives what came of it, or the error that it ended with."""

    COMMAND_TABLE = (
        Command(id="working.stop", keys="escape", label=N_("stop"), help=N_("Stop; nothing is written."), rank=1),
    )

    def __init__(self, session: Session, title: str, start: Start[Any]) -> None:
        super().__init__(classes="dialogue")
        self._session, self._title, self._start = session, title, start
        self._stopped = False

    def compose(self) -> ComposeResult:
        """What is done, and how far it has come."""
        with Vertical(classes="dialogue--box"):
            yield Static(line(self._title), classes="dialogue--question")
            yield Static(line(_("It begins …")), classes="dialogue--detail")
            yield CommandFooter()

    def on_mount(self) -> None:
        """Begin."""
        self._go_on()

    @work(group="working")
    async def _go_on(self) -> None:
        try:
            steps = await self._session.run(lambda: self._start(self._session.store))
            while not self._stopped:
                done, found = await self._session.run(lambda: _next(steps))
                if done:
                    self.dismiss(found)
                    return
                self.query_one(".dialogue--detail", Static).update(line(_told(found)))
            await self._session.run(steps.close)
            self.dismiss(Stopped(_("Stopped; nothing was written.")))
        except VanortError as error:
            self.dismiss(error)

    def do_stop(self) -> None:
        """Stop after what is being done."""
        self._stopped = True


def _next(steps: Generator[Progress, None, Any]) -> tuple[bool, Any]:
    """Whether it has come to its end; with what came of it, else how far it has come."""
    try:
        return False, next(steps)
    except StopIteration as ended:
        return True, ended.value


def _told(progress: Progress) -> str:
    return (
        _("%(what)s: %(count)s") % {"what": progress.what, "count": progress.done} if progress.done else progress.what
    )
