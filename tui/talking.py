"""How a screen talks to a server: it shows how far it has come, can call it off, and lends the terminal where Git must ask.

Behind a screen nobody can be asked for a password or whether a host is the right one. Where one is needed, and the user
agrees, the app steps aside and Git asks on the real terminal.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from registry.git.network import PHASES, NetworkTrouble, Progress
from registry.words import _
from tui.text import one_line
from tui.widgets.dialogs import Confirm

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from registry.git.network_trouble import Kind
    from tui.app import VanortApp

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
_ASKS = frozenset({"credentials", "host-key"})


class Call(Protocol[T_co]):
    """What talks to the server."""

    def __call__(self, *, progress: Callable[[Progress], None] | None, cancel: threading.Event, ask: bool) -> T_co:
        """Talk. Raises `NetworkTrouble`."""


class Submit(Protocol):
    """Has work done on the thread that it belongs to, as `Session.submit`."""

    def __call__(self, work: Callable[[], T], /) -> Future[T]:
        """Begin it."""


class Talk:
    """One talk with a server, from beginning to end."""

    def __init__(self, node: DOMNode, submit: Submit, shown: Callable[[str], None]) -> None:
        """`shown` is told how far it has come, in words for one line."""
        self._app = cast("VanortApp", node.app)
        self._submit = submit
        self._shown = shown
        self._cancel = threading.Event()

    def call_off(self) -> None:
        """Have it end; nothing of it stays."""
        self._cancel.set()

    async def hold(self, call: Call[T]) -> T:
        """Talk; Git asks on the terminal where it has to and may. Raises as `call`; called from a worker."""
        progress = self.progress()
        try:
            return await asyncio.wrap_future(
                self._submit(lambda: call(progress=progress, cancel=self._cancel, ask=False))
            )
        except NetworkTrouble as trouble:
            if not await self.may_git_ask(trouble.kind, trouble.message):
                raise
        return await self.on_the_terminal(call)

    def progress(self) -> Callable[[Progress], None]:
        """Takes progress on any thread, and shows it as long as the app is there."""
        loop = asyncio.get_running_loop()

        def told(now: Progress) -> None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._shown, in_words(now))

        return told

    async def may_git_ask(self, kind: Kind | None, message: str) -> bool:
        """Whether Git has to ask, can, and the user agrees, where the talk failed with this `kind`."""
        if kind not in _ASKS or not self._app.can_lend_the_terminal:
            return False
        return await self._app.push_screen_wait(_may_git_ask(message))

    async def on_the_terminal(self, call: Call[T]) -> T:
        """Talk with the terminal lent to Git; ctrl+c calls it off. Raises as `call`."""
        done: list[Future[T]] = []

        def asking() -> None:
            print("\n" + _("Git asks for what the server wants to know. Ctrl+C leads back to Vänort."), flush=True)
            done.append(self._submit(lambda: call(progress=None, cancel=self._cancel, ask=True)))
            with self._app.interrupted_by(self.call_off):
                done[0].exception()

        await self._app.suspended(asking)
        return done[0].result()


def in_words(now: Progress) -> str:
    """``Receiving … 40 %``."""
    percent = "" if now.percent is None else f" {now.percent} %"
    return f"{_(PHASES[now.phase])} …{percent}"


def _may_git_ask(message: str) -> Confirm:
    return Confirm(
        _("The server wants to know more. Shall Git ask, on the terminal?"),
        detail=one_line(message),
        yes=_("yes, let it ask"),
        no=_("no, call it off"),
    )
