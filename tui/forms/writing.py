"""Screens that somebody writes on: a letter that no field took does nothing there, and nothing says that it would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual.binding import ActiveBinding
from textual.screen import Screen

if TYPE_CHECKING:
    _Screen = Screen[Any]
else:
    _Screen = object


class Writing(_Screen):
    """Mixed into a screen, named before it. Elsewhere in the app ``q`` quits: here that would be a slip of the finger."""

    def on_key(self, event: events.Key) -> None:
        """The question mark still opens the help."""
        if event.is_printable and event.character != "?":
            event.stop()

    def follow(self) -> None:
        """The registry, or the people book, is another than when this was opened."""

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Without those that never get here."""
        found = super().active_bindings
        return {key: binding for key, binding in found.items() if binding.binding.id != "app.leave"}
