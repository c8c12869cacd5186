"""Every change of one record."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.screens.history import HistoryPane
from tui.session import Session, View
from tui.text import line
from tui.widgets.command_footer import CommandFooter
from tui.widgets.record_list import RecordList


class RecordHistoryScreen(HasCommands, Screen[None]):
    """The history of the record `ref`."""

    COMMAND_TABLE = (
        Command(id="record-history.leave", keys="escape", label=N_("back"), help=N_("Back to the record."), rank=5),
    )

    def __init__(self, session: Session, view: View, ref: str) -> None:
        super().__init__()
        self.session = session
        self._view = view
        self._ref = ref

    def compose(self) -> ComposeResult:
        title = _(" %(title)s · history") % {"title": self._view.snapshot.title(self._ref)}
        yield Static(line(f" {title}"), classes="title-line")
        yield HistoryPane(self.session, self._ref)
        yield CommandFooter()

    def on_mount(self) -> None:
        """Read it."""
        self.query_one(HistoryPane).show_commit(self._view.snapshot.commit)
        self.query_one(RecordList).focus()

    def do_leave(self) -> None:
        """Back."""
        self.dismiss(None)
