"""A small app around the piece that a test looks at: our themes, our styles, our commands."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.widget import Widget

from tui.app_commands import AppCommands
from tui.styles_in_turn import FIRST, OTHERS
from tui.themes import OwnThemes
from tui.widgets.command_footer import CommandFooter


class PageApp(AppCommands, OwnThemes, App[Any]):
    """The widgets that it is given, over the footer."""

    CSS_PATH: ClassVar[list[str]] = [str(path) for path in (FIRST, *OTHERS)]

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets

    def compose(self) -> ComposeResult:
        """As given."""
        yield from self.widgets
        yield CommandFooter()


def screen_lines(app: App[Any]) -> list[str]:
    """What stands on the screen, a string a line."""
    width, height = app.size
    compositor = app.screen._compositor
    del width
    return ["".join(segment.text for segment in strip) for strip in compositor.render_strips()[:height]]


def notices(app: App[Any]) -> list[str]:
    """The notices in the corner of the screen."""
    return [notification.message for notification in app._notifications]
