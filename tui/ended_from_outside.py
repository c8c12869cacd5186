"""The app is ended by somebody else: its window is closed, the connection breaks, the machine shuts down."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from textual.app import App

    _App = App[Any]
else:
    _App = object

_SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_BY_SIGNAL: Final = 128
"""What shells add to a signal's number in the exit code of what it ended."""
_HEARD: Final = 0.5
"""Seconds after which the loop has heard of a signal that came while it stood still."""


class EndedFromOutside(_App):
    """Mixed into the app, named before `App`: it then leaves as if by its own key.

    What stands in a form is kept as a draft, a save that has begun is finished, and the terminal is given back as it
    was. Without this the process would be gone at once, and a terminal that lives on would stay in the app's mode.
    """

    def on_mount(self) -> None:
        """Listen, where there is a terminal."""
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            with suppress(NotImplementedError, RuntimeError):  # no such thing on Windows, or not in the main thread
                loop.add_signal_handler(number, self._leave, number)

    _lent = False
    """Whether another program has the terminal, or had it a moment ago."""

    @contextmanager
    def interrupted_by(self, stop: Callable[[], None]) -> Iterator[None]:
        """While another program has the terminal, ctrl+c is not for the app: it calls `stop`."""
        self._lent = True
        before = signal.signal(signal.SIGINT, lambda _number, _frame: stop())
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
            asyncio.get_running_loop().call_later(_HEARD, self._taken_back)

    def _taken_back(self) -> None:
        self._lent = False

    def _leave(self, number: int) -> None:
        if number == signal.SIGINT and self._lent:
            return
        self.exit(return_code=_BY_SIGNAL + number)
