"""Choosing one of several things by typing a part of its name."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.text import line
from tui.widgets.columns import Column
from tui.widgets.inputs import LineInput
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows


class ChooseScreen(HasCommands, ModalScreen[str | None]):
    """Gives the key of the chosen option, or None for Esc."""

    COMMAND_TABLE = (
        Command(id="choose.leave", keys="escape", label=N_("back"), help=N_("Choose nothing."), priority=True),
    )

    def __init__(self, question: str, options: Sequence[tuple[str, str]], *, guide: str = "") -> None:
        """`options` are (key, name); `guide` is the page that helps here, where it is another than below this."""
        super().__init__(classes="dialogue")
        self.guide_page = guide
        self._question = question
        self._options = options

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialogue--box"):
            yield Static(line(self._question), classes="dialogue--question")
            yield LineInput(placeholder=_("words to search for"))
            yield RecordList([Column("name", "", flex=1)], show_header=False, empty=_("Nothing has these words."))
            yield Static(line(_("Enter takes it, Esc cancels.")), classes="dialogue--hint")

    def on_mount(self) -> None:
        """Fill the list."""
        options = self.query_one(RecordList)
        options.styles.height = min(12, max(2, len(self._options)))
        options.set_rows(Rows([key for key, _name in self._options], [(name,) for _key, name in self._options]))
        self.query_one(Input).focus()

    def on_key(self, event: events.Key) -> None:
        """The arrows move in the list while one types."""
        options = self.query_one(RecordList)
        if event.key in {"up", "down"} and not options.has_focus:
            event.stop()
            (options.do_up if event.key == "up" else options.do_down)()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        event.stop()
        self.query_one(RecordList).set_filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the first."""
        event.stop()
        self.dismiss(self.query_one(RecordList).key)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """This one."""
        event.stop()
        self.dismiss(event.key)

    def do_leave(self) -> None:
        """Nothing is chosen."""
        self.dismiss(None)
