"""Keys that arrive in one burst, each of which is to find what the one before it opened.

Textual hands every key to the widget that has the focus when the key arrives. Of ``/skj``, typed fast or sent over a
slow line, all four would reach the list before the first has opened the search, and ``k`` would be a command there.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.app import App

    _App = App[Any]
else:
    _App = object

_LOST: Final = 0.5
"""Seconds after which a key is not waited for: where its widget went first, nothing comes back from it."""


class KeysInOrder(_App):
    """Mixed into the app, named before `App`: a key waits until the one before it has done what it does.

    That is known by a message sent after each key to the same widget. It takes the same way, through the same queues,
    and so comes back to the app behind the key; twice, since what a key does may send a message of its own first.
    What opens something in the background calls `hold_keys`, and what was opened `let_keys_go`.
    """

    class Passed(Message):
        """Bubbles to the app behind the key with that `number`, which `target` was given."""

        def __init__(self, number: int, target: Widget, *, again: bool = False) -> None:
            super().__init__()
            self.number = number
            self.target = target
            self.again = again

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._waiting_keys: deque[events.Event] = deque()
        self._held = False
        self._number = 0
        self._under_way = False
        """Whether the key of that number still does what it does."""

    @property
    def keys_under_way(self) -> bool:
        """Whether a key has still to do what it does; those that are held wait for somebody else."""
        return self._under_way or (bool(self._waiting_keys) and not self._held)

    async def on_event(self, event: events.Event) -> None:
        """Pass keys on one at a time, everything else at once."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded and self.screen_stack:
            self._waiting_keys.append(event)
            await self._next_key()
        else:
            await super().on_event(event)

    async def _next_key(self) -> None:
        if self._under_way or self._held or not self._waiting_keys:
            return
        self._under_way = True
        self._number += 1
        number, target = self._number, self.focused or self.screen
        asyncio.get_running_loop().call_later(_LOST, self.call_later, self._done, number)
        await super().on_event(self._waiting_keys.popleft())
        if not target.post_message(self.Passed(number, target)):
            self.call_later(self._done, number)

    def on_keys_in_order_passed(self, passed: Passed) -> None:
        """The key has been dealt with; the next one comes after what it asked of the app."""
        once_more = not passed.again and passed.target is (self.focused or self.screen)
        if not (once_more and passed.target.post_message(self.Passed(passed.number, passed.target, again=True))):
            self.call_later(self._done, passed.number)

    async def _done(self, number: int) -> None:
        if number == self._number:
            self._under_way = False
            await self._next_key()

    def hold_keys(self) -> None:
        """Something is being opened that what is typed from now on is meant for."""
        self._held = True

    def let_keys_go(self, *, lost: bool = False) -> None:
        """It is there; or there is something else (`lost`), for which those keys were not meant."""
        if not self._held:
            return
        self._held = False
        if lost:
            self._waiting_keys.clear()
        self.call_later(self._next_key)


def hold_keys(near: Widget) -> None:
    """`KeysInOrder.hold_keys` of the app that `near` is in, if it is one."""
    if isinstance(near.app, KeysInOrder):
        near.app.hold_keys()


def let_keys_go(near: Widget, *, lost: bool = False) -> None:
    """`KeysInOrder.let_keys_go` of the app that `near` is in, if it is one."""
    if isinstance(near.app, KeysInOrder):
        near.app.let_keys_go(lost=lost)
