"""What every page of the main screen is: something that shows a view of the registry, when it is in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.containers import Vertical

from tui.session import Session, View

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


class Page(Vertical):
    """A page under a number key."""

    def __init__(self, session: Session, *, id: str) -> None:
        super().__init__(id=id, classes="page")
        self.session = session

    @property
    def main(self) -> MainScreen:
        """The screen that this page is on."""
        return cast("MainScreen", self.screen)

    @property
    def view(self) -> View:
        """The registry as it is shown."""
        return self.main.view

    def begin(self) -> None:
        """The first frame is out: there is time for what it did not need."""

    def enter(self) -> None:
        """The page comes into sight."""

    def resume(self) -> None:
        """What stood above the page is gone: it is in sight again."""

    def show_view(self, view: View) -> None:
        """There is a new state of the registry."""

    def show_marks(self) -> None:
        """Other records than before are new to the user."""

    def show_record(self, ref: str, at: str = "") -> None:
        """Put a record in sight, on a page that has records, and point out the field of the path `at`."""
