"""Sharing from the app, a step at a time: while the server is talked to, the thread that owns Git belongs to others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from registry.git.network import Progress, Wire
from registry.sharing.syncing import Synced, Where, steps, sync
from tui.session import Session
from tui.talking import Talk

if TYPE_CHECKING:
    import threading

    from textual.dom import DOMNode


class Syncing(Talk):
    """One sync, from beginning to end."""

    def __init__(
        self, node: DOMNode, session: Session, shown: Callable[[str], None], landed: Callable[[], Awaitable[None]]
    ) -> None:
        """`shown` is told how far it has come; `landed` after each step that may have changed the registry."""
        super().__init__(node, session.submit, shown)
        self._session = session
        self._landed = landed

    async def sync(self, *, may_ask: bool) -> Synced:
        """Share, letting Git ask on the terminal where it has to and that is wanted. Raises as `steps`."""
        synced = await self._in_steps()
        if may_ask and await self.may_git_ask(synced.kind, synced.message):
            synced = await self.on_the_terminal(self._at_once)
            await self._session.look()
            await self._landed()
        return synced

    async def _in_steps(self) -> Synced:
        wire = Wire(self.progress(), self._cancel)
        running = await self._session.run(lambda: steps(self._session.store, wire))

        def go_on() -> Where | Synced:
            try:
                return next(running)
            except StopIteration as ended:
                synced: Synced = ended.value
                return synced

        now = await self._session.run(go_on)
        while not isinstance(now, Synced):
            if now == "network":
                now = await asyncio.to_thread(go_on)
            else:
                now = await self._session.write(go_on)
                await self._landed()
        return now

    def _at_once(self, *, progress: Callable[[Progress], None] | None, cancel: threading.Event, ask: bool) -> Synced:
        return sync(self._session.store, progress=progress, cancel=cancel, ask=ask)
