"""Forgetting somebody: where they appear and what will remain, under which decision and why; then it is asked once more."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.errors import VanortError
from registry.records.fields import Field
from registry.records.types import DecisionText, Person, Text
from registry.records.values import text
from registry.words import N_, Words, _
from tui.commands import Command, HasCommands, Verdict
from tui.erasure_text import appears_lines, erased_lines, plan_lines
from tui.forms.adding import Adding
from tui.forms.desk import Desk
from tui.forms.field_input import FieldInput
from tui.forms.group import Group
from tui.forms.making import FormMaker
from tui.forms.page import FieldList
from tui.forms.suggestions import Suggestions
from tui.notices import tell_error
from tui.text import line, plain
from tui.widgets.command_footer import CommandFooter
from tui.widgets.dialogs import Confirm

if TYPE_CHECKING:
    from registry.erasing import Appears, Plan
    from tui.screens.main import MainScreen

_FIELDS: Final = (
    Field("decision", DecisionText(), Words("Beslut", "Decision"), required=True),
    Field(
        "basis",
        Text(sample="gallringsbeslut"),
        Words("Grund", "Basis"),
        Words(
            "Utan personuppgifter. Nämner den gallring eller arkiv blir det en gallring.",
            "Without personal data. One that names archives or disposal makes it a disposal.",
        ),
        required=True,
    ),
    Field(
        "successor",
        Person(),
        Words("Efterträdare", "Successor"),
        absent_words=Words("ingen: uppdragen blir vakanta", "none: the offices are vacant"),
    ),
)
_PAUSE: Final = 0.2
"""Seconds without a keystroke after which it is looked again."""


def _is_to_be_done(screen: EraseScreen) -> Verdict:
    return _("It has been done.") if screen.done else True


class EraseScreen(HasCommands, Adding, ModalScreen[bool]):
    """Gives whether the person was erased. What was done, and what is left to do elsewhere, is read before it closes."""

    COMMAND_TABLE = (
        Command(id="erase.go-on", keys="ctrl+s", label=N_("go on"), help=N_("Erase the person; it is asked once more."), priority=True, enabled=_is_to_be_done, rank=1),
        Command(id="erase.leave", keys="escape", label=N_("back"), help=N_("Back; nobody is erased by that."), rank=2),
    )  # fmt: skip

    def __init__(self, main: MainScreen, desk: Desk, person: str) -> None:
        super().__init__(classes="dialogue")
        self.main = main
        self._desk = desk
        self._person = person
        self._known: Appears | None = None
        self.group = Group(_FIELDS)
        self.done = False
        """Whether it has been done, and is read of."""

    def compose(self) -> ComposeResult:
        """Under what; below it where the person appears."""
        with Vertical(classes="dialogue--box handover"):
            heading = _("Erase %(name)s from the people book") % {"name": self._desk.book.name(self._person)}
            yield Static(line(heading), classes="dialogue--question")
            yield FieldList(_FIELDS, self.group, FormMaker(self._desk, self.group))
            with VerticalScroll(classes="handover--roles"):
                yield Static(line(_("Looking where the person appears …")))
            yield Static(classes="dialogue--trouble")
            yield CommandFooter()
        yield Suggestions()

    def on_mount(self) -> None:
        """Where they appear, at once."""
        self._look()

    def on_field_input_edited(self, event: FieldInput.Edited) -> None:
        """What will remain follows what is said."""
        event.stop()
        self._complain("")
        self._look()

    @work(exclusive=True, group="appears")
    async def _look(self) -> None:
        from registry.erasing import appears

        session, title = self.main.session, self.main.view.snapshot.title
        try:
            if (known := self._known) is None:
                known = self._known = await session.run(lambda: appears(session.store, self._person))
            else:
                await asyncio.sleep(_PAUSE)
            planned = None if self._unsaid else await self._planned()
            told = list(plan_lines(planned, title) if planned else appears_lines(known, title))
        except VanortError as error:
            self._complain(str(error))
            return
        self._show(told)

    def _show(self, told: list[str]) -> None:
        self.query_one(".handover--roles > Static", Static).update(Content("\n").join(map(line, told)))

    async def _planned(self) -> Plan:
        """What it would do. Raises `VanortError` for what cannot be meant."""
        from registry.erasing import plan

        said, store = self.group.data(), self.main.session.store
        planning = partial(plan, store, self._person, text(said, "decision"), text(said, "basis"), known=self._known)
        return await self.main.session.run(lambda: planning(successor=text(said, "successor")))

    @property
    def _unsaid(self) -> str:
        """What has to be said or put right first; "" for nothing."""
        if self.group.unread:
            return _("One field cannot be read yet; it says why.")
        said = self.group.data()
        return "" if text(said, "decision") and text(said, "basis") else _("Give the decision, and the basis for it.")

    def _complain(self, trouble: str) -> None:
        self.query_one(".dialogue--trouble", Static).update(plain(trouble))

    @work(exclusive=True, group="act")
    async def do_go_on(self) -> None:
        """Ask once more, with another key than this one; then it is done at once."""
        if trouble := self._unsaid:
            self._complain(trouble)
            return
        try:
            planned = await self._planned()
        except VanortError as error:
            self._complain(str(error))
            return
        question = Confirm(
            _("Erase for good? What the people book says of the person is nowhere afterwards."),
            detail=planned.name,
            yes=_("erase"),
            no=_("no, keep it"),
            started_by="ctrl+s",
        )
        if await self.app.push_screen_wait(question):
            await self._erase(planned)

    async def _erase(self, planned: Plan) -> None:
        from registry.erasing import erase
        from registry.sharing.people import share_book

        session = self.main.session
        try:
            erased = await session.write(lambda: erase(session.store, planned))
        except VanortError as error:
            tell_error(self, error)
            return
        session.saves += erased.commit is not None
        self.done = True
        self.query_one(FieldList).display = False
        self.query_one(".dialogue--question", Static).update(line(f"{planned.person}: {_('erased')}"))
        self.refresh_bindings()
        shared = await asyncio.to_thread(share_book, session.store)
        book = await session.run(session.store.people.load)
        self._show(list(erased_lines(erased, shared, book, planned.person)))
        if erased.trouble:
            self._complain(_("It is erased, and not on record yet: %(reason)s") % {"reason": erased.trouble})

    def do_leave(self) -> None:
        """Back to the book."""
        self.dismiss(self.done)
