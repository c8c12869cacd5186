"""The help: every command that works where the user stands, found by typing, taken with Enter."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from registry.words import N_, _
from tui.commands import Command, HasCommands, Offer
from tui.text import line
from tui.widgets.columns import Column
from tui.widgets.command_footer import CommandFooter
from tui.widgets.inputs import LineInput
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows


class HelpScreen(HasCommands, ModalScreen[Offer | None]):
    """Gives back the command that the user chose, or None. Commands that cannot be used now say why."""

    COMMAND_TABLE = (
        Command(
            id="help.close",
            keys="escape",
            label=N_("back"),
            help=N_("Close the help."),
            rank=1,
        ),
        Command(
            id="help.next",
            keys="down",
            key_text="↑↓",
            label=N_("choose"),
            help=N_("To the next command."),
            rank=5,
        ),
        Command(
            id="help.guide",
            keys="f1,f3",
            label=N_("guide"),
            help=N_("The page of the guide that helps where you were."),
            rank=3,
        ),
        Command(id="help.previous", keys="up", label=N_("up"), help=N_("To the command above."), show=False),
    )

    def __init__(self, offers: Sequence[Offer]) -> None:
        super().__init__()
        self._offers = list(offers)

    def compose(self) -> ComposeResult:
        """A line to type in, and the list."""
        with Vertical(classes="help--box"):
            with Horizontal(classes="help--top"):
                yield Static(line(_("Help")), classes="help--title")
                yield LineInput(placeholder=_("type to find"), classes="help--filter")
                yield Static(classes="help--count")
            yield RecordList[int](
                [
                    Column("key", _("Key"), width=10, style="accent"),
                    Column("what", _("Command"), width=22, style="strong"),
                    Column("help", _("What it does"), flex=1, min=40),
                    Column("group", _("Where"), width=16, style="muted", drop=1),
                ]
            )
            yield Static(classes="help--about")
        yield CommandFooter()

    def on_mount(self) -> None:
        """Fill the list; typing starts at once."""
        rows = self.query_one(RecordList)
        rows.can_focus = False
        cells = [(offer.key_text, offer.label, _about(offer), offer.group) for offer in self._offers]
        rows.set_rows(Rows(range(len(cells)), cells))

    @on(Input.Changed)
    def find(self, event: Input.Changed) -> None:
        """Show what has all the words that were typed."""
        self.query_one(RecordList).set_filter(event.value)

    @on(RecordList.Changed)
    def count(self, event: RecordList.Changed) -> None:
        """Say how many there are."""
        self.query_one(".help--count", Static).update(line(event.list.count_text))

    @on(RecordList.Highlighted)
    def tell_all(self, event: RecordList.Highlighted) -> None:
        """The whole sentence of the command under the cursor, for which its column may be too narrow."""
        about = "" if event.key is None else _about(self._offers[event.key])
        self.query_one(".help--about", Static).update(line(about))

    @on(Input.Submitted)
    @on(RecordList.Opened)
    def choose(self) -> None:
        """Take the command under the cursor."""
        key = self.query_one(RecordList).key
        if key is not None:
            self.dismiss(self._offers[key])

    def do_close(self) -> None:
        """Back to where the user stood."""
        self.dismiss(None)

    def do_guide(self) -> None:
        """The guide instead, about what lies under the help."""
        self.dismiss(next((offer for offer in self._offers if offer.command.id == "app.guide"), None))

    def do_next(self) -> None:
        """One command down."""
        self.query_one(RecordList).do_down()

    def do_previous(self) -> None:
        """One command up."""
        self.query_one(RecordList).do_up()


def _about(offer: Offer) -> str:
    """What the command does, or why it cannot be done now."""
    verdict = offer.verdict
    return offer.help if verdict is True else _("Not now: %(why)s") % {"why": verdict}
