"""The terminal's own cursor, which screen readers and input methods follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.geometry import Offset

if TYPE_CHECKING:
    from textual.app import App

    _App = App[Any]
else:
    _App = object


class TerminalCursor(_App):
    """Mixed into the app, named before `App`: the cursor stands where the focused field's does, whatever moved that.

    Textual notes the place when a field is entered or written in; where the page is laid out or scrolled afterwards,
    the terminal's cursor would stay behind.
    """

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor stands."""
        focused = self.screen.focused if self.screen_stack else None
        place = getattr(
            focused, "cursor_screen_offset", None
        )  # an input or a text area, neither of which is imported yet
        return place if isinstance(place, Offset) else Offset(0, 0)

    @cursor_position.setter
    def cursor_position(self, _place: Offset) -> None:
        """Fields say where they think they are; it is looked up when it is needed."""
