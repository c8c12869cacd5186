"""The style sheets: those of the first frame at once, the others when it is out.

To parse a style sheet takes its time, and two thirds of the rules are for what comes later: forms, dialogues, the other
pages. All of them before the first frame would be a tenth of the start.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events

if TYPE_CHECKING:
    from textual.app import App

    _App = App[Any]
else:
    _App = object

_STYLES: Final = Path(__file__).parent / "styles"
FIRST: Final = _STYLES / "first.tcss"
"""What the first frame shows."""
OTHERS: Final = tuple(_STYLES / name for name in ("base.tcss", "screens.tcss", "form.tcss"))


class StylesInTurn(_App):
    """Mixed into the app, named before `App`."""

    CSS_PATH: ClassVar[list[Any]] = [FIRST]

    _all_read = False

    def read_other_styles(self) -> None:
        """Read the others: when the first frame is out, and before anything else than the first frame is to be shown."""
        if not self._all_read:
            self._all_read = True
            self.stylesheet.read_all([*OTHERS])

    async def on_event(self, event: events.Event) -> None:
        """Who presses a key before the first frame is out may be opening a form with it."""
        if isinstance(event, events.InputEvent):
            self.read_other_styles()
        await super().on_event(event)
