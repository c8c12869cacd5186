"""Somebody in the people book, added or put right. Their name stays in the book; records have an id."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.errors import VanortError
from registry.people import PERSON
from registry.records.fields import Field
from registry.records.values import Data, text
from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands
from tui.forms.desk import Desk
from tui.forms.field_input import FieldInput
from tui.forms.group import Group
from tui.forms.lines import LineField
from tui.forms.making import FormMaker
from tui.forms.page import FieldList
from tui.forms.suggestions import Suggestions
from tui.keys_in_order import let_keys_go
from tui.notices import tell_error
from tui.text import plain
from tui.widgets.dialogs import Confirm


class PersonScreen(HasCommands, ModalScreen[str | None]):
    """Gives the id of the person who was added, or None."""

    COMMAND_TABLE = (
        Command(id="person.save", keys="ctrl+s", label=N_("add"), help=N_("Put the person into the people book."), priority=True, rank=1),
        Command(id="person.leave", keys="escape", label=N_("back"), help=N_("Add nobody."), rank=2),
    )  # fmt: skip

    def __init__(self, desk: Desk, name: str = "", *, fields: Sequence[Field] = PERSON.sections[0].fields) -> None:
        """`name` is what was typed already; `fields` are asked for."""
        super().__init__(classes="dialogue")
        self._desk = desk
        self._fields = tuple(fields)
        self.group = Group(self._fields, self.before(name))
        self._began = self.group.data()

    def before(self, name: str) -> Data:
        """What stands in the fields at first."""
        return {"name": name} if name else {}

    @property
    def words(self) -> tuple[str, str]:
        """The heading, and what becomes of what is written."""
        return (
            _("A new person"),
            _("This stays in the people book, which is not part of the history. ctrl+s adds, Esc goes back."),
        )

    def compose(self) -> ComposeResult:
        """The fields of a person, and what becomes of them."""
        heading, hint = self.words
        with Vertical(classes="dialogue--box person"):
            yield Static(plain(heading), classes="dialogue--question")
            yield FieldList(self._fields, self.group, FormMaker(self._desk, self.group))
            yield Static(classes="dialogue--trouble")
            yield Static(plain(hint), classes="dialogue--detail")
        yield Suggestions()

    def on_mount(self) -> None:
        """What was typed meanwhile is meant for this."""
        self.call_after_refresh(let_keys_go, self)

    def on_field_input_edited(self, event: FieldInput.Edited) -> None:
        """No complaint stands longer than what it is about."""
        event.stop()
        self.complain("")

    @work(exclusive=True)
    async def do_save(self) -> None:
        """Put them into the book; what will not do is said."""
        if self.group.unread:
            self._go_to_trouble()
            return
        if not text(self.group.data(), "name").strip():
            self.complain(_("Write a name."))
            return
        try:
            person = await self.keep(self.group.data())
        except VanortError as error:
            self.complain(str(error))
            return
        if person is not None:
            self.dismiss(person)

    def _go_to_trouble(self) -> None:
        """The cursor to the first field that cannot be read, beside which it is said why: not here once more."""
        for field in self.query(LineField):
            if field.slot.problem:
                field.focus()
                break
        count = len(self.group.unread)
        words = ngettext(
            "One field cannot be read yet; it says why.", "%(count)s fields cannot be read yet; they say why.", count
        )
        self.complain(words % {"count": count})

    async def keep(self, data: Data) -> str | None:
        """Store what was written; the person's id, or None where it has been told why not."""
        session = self._desk.session
        return await session.run(lambda: session.store.people.add(data))

    def complain(self, trouble: str) -> None:
        """Say below the fields what is wrong; "" for nothing."""
        self.query_one(".dialogue--trouble", Static).update(plain(trouble))

    def do_leave(self) -> None:
        """Nothing happens; what was written is asked about first."""
        if self.group.data() == self._began and not self.group.unread:
            self.dismiss(None)
            return
        ask = Confirm(
            _("What you have written is not saved."),
            yes=_("throw it away"),
            no=_("write on"),
            started_by="escape",
        )
        self.app.push_screen(ask, self._left)

    def _left(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)


class EditPersonScreen(PersonScreen):
    """Changes the entry of `person`. Gives their id, or None where nothing was changed."""

    COMMAND_TABLE = (
        Command(id="person.save", keys="ctrl+s", label=N_("save"), help=N_("Keep this in the people book."), priority=True, rank=1),
        Command(id="person.leave", keys="escape", label=N_("back"), help=N_("Change nothing."), rank=2),
    )  # fmt: skip

    def __init__(self, desk: Desk, person: str) -> None:
        """Raises `Refused` where nobody in the desk's book has that id."""
        self.person = person
        self._base = desk.book
        self._seen = desk.book.entry(person)
        super().__init__(desk, fields=PERSON.fields)

    def before(self, name: str) -> Data:  # noqa: ARG002
        """The entry as it is."""
        return self._seen

    @property
    def words(self) -> tuple[str, str]:
        """Who it is, and what becomes of what is written."""
        return (
            self._base.name(self.person),
            _("This stays in the people book, which is not part of the history. ctrl+s saves, Esc goes back."),
        )

    async def keep(self, data: Data) -> str | None:
        """Store the fields that were changed, and no others: somebody else may have changed those."""
        from registry.people.merging import PersonClash

        changes = {key: data.get(key) for key in {**self._seen, **data} if data.get(key) != self._seen.get(key)}
        session, base = self._desk.session, self._base
        people = session.store.people
        try:
            await session.run(lambda: people.set(self.person, changes, base))
        except PersonClash as clash:
            tell_error(self, clash)
            self._base = await session.run(people.load)  # both values have been shown: the next save is an answer
            self.complain(_("Nothing is saved yet. ctrl+s once more lets what you wrote hold; Esc leaves it as it is."))
            return None
        return self.person
