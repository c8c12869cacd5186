"""Adding somebody to the people book from a form. Their name stays in the book; the record gets an id."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.errors import VanortError
from registry.people import PERSON
from registry.records.values import text
from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.forms.desk import Desk
from tui.forms.field_input import FieldInput
from tui.forms.group import Group
from tui.forms.making import FormMaker
from tui.forms.page import FieldList
from tui.forms.suggestions import Suggestions
from tui.text import plain


class PersonScreen(HasCommands, ModalScreen[str | None]):
    """Gives the id of the person who was added, or None."""

    COMMAND_TABLE = (
        Command(id="person.save", keys="ctrl+s", label=N_("add"), help=N_("Put the person into the people book."), priority=True, rank=1),
        Command(id="person.leave", keys="escape", label=N_("back"), help=N_("Add nobody."), rank=2),
    )  # fmt: skip

    def __init__(self, desk: Desk, name: str = "") -> None:
        """`name` is what was typed already."""
        super().__init__(classes="dialogue")
        self._desk = desk
        self.group = Group(PERSON.sections[0].fields, {"name": name} if name else {})

    def compose(self) -> ComposeResult:
        """The fields of a person, and what becomes of them."""
        with Vertical(classes="dialogue--box person"):
            yield Static(plain(_("A new person")), classes="dialogue--question")
            yield FieldList(PERSON.sections[0].fields, self.group, FormMaker(self._desk, self.group))
            yield Static(classes="dialogue--trouble")
            yield Static(
                plain(
                    _("This stays in the people book, which is not part of the history. ctrl+s adds, Esc goes back.")
                ),
                classes="dialogue--detail",
            )
        yield Suggestions()

    def on_field_input_edited(self, event: FieldInput.Edited) -> None:
        """No complaint stands longer than what it is about."""
        event.stop()
        self.query_one(".dialogue--trouble", Static).update("")

    @work(exclusive=True)
    async def do_save(self) -> None:
        """Put them into the book; what will not do is said."""
        if self.group.unread:
            self._complain(next(iter(self.group.unread.values())).problem)
            return
        if not text(self.group.data(), "name").strip():
            self._complain(_("Write a name."))
            return
        data, session = self.group.data(), self._desk.session
        try:
            person = await session.run(lambda: session.store.people.add(data))
        except VanortError as error:
            self._complain(str(error))
            return
        self.dismiss(person)

    def _complain(self, trouble: str) -> None:
        self.query_one(".dialogue--trouble", Static).update(plain(trouble))

    def do_leave(self) -> None:
        """Nobody."""
        self.dismiss(None)
