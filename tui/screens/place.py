"""A place beside the pages: a full screen about one matter, which Esc leaves and whose lines lead to records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from registry.words import N_
from tui.commands import Command, HasCommands
from tui.session import Session, View
from tui.text import line
from tui.widgets.command_footer import CommandFooter

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


class Place(HasCommands, Screen[None]):
    """A title, what is to be read, the footer. It follows the registry: a new view is shown when there is one."""

    FOCUSED: ClassVar[str]
    """The selector of what has the focus first."""
    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (
        Command(id="place.leave", keys="escape", label=N_("back"), help=N_("Back to where you were."), rank=5),
    )

    def __init__(self, main: MainScreen) -> None:
        super().__init__(classes="place")
        self.main = main
        self._shown: View | None = None

    @property
    def session(self) -> Session:
        """The opened registry."""
        return self.main.session

    @property
    def view(self) -> View:
        """The registry as it is shown."""
        return self.main.view

    def compose(self) -> ComposeResult:
        yield Static(classes="title-line")
        yield from self.body()
        yield CommandFooter()

    def body(self) -> Iterator[Widget]:
        """What stands between the title and the footer."""
        raise NotImplementedError

    def title_is(self, title: str) -> None:
        """Give the place its title, marked where nothing can be changed."""
        mark = self.session.mark
        self.set_class(bool(mark), "-read-only")
        self.query_one(".title-line", Static).update(line(f" {mark} · {title}" if mark else f" {title}"))

    def on_mount(self) -> None:
        """Show the registry as it is."""
        self.query_one(self.FOCUSED).focus()
        self.look()

    def on_screen_resume(self) -> None:
        """Something may have been saved in a form above this screen."""
        if self.is_mounted:
            self.look()

    def look(self) -> None:
        """Show the registry if it is another one than was shown last."""
        if self._shown is not self.view:
            self._shown = self.view
            self.show_view(self.view)

    def show_view(self, view: View) -> None:
        """There is a new state of the registry."""
        raise NotImplementedError

    async def lead_to(self, ref: str) -> None:
        """Leave for a record, where it still is; Esc there comes back. The registry and the policy open above this place."""
        if ref in self.view.snapshot:
            await self.main.follow("", ref)

    def do_leave(self) -> None:
        """Back."""
        self.dismiss(None)
