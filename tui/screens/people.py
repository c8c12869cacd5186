"""The people book: who the ids in the records are. It is kept outside the history, and the page says so."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from registry.errors import VanortError
from registry.people import PERSON, Book
from registry.people.book import is_erased, is_left
from registry.people.reviewing import FILTERS, Filter, narrowed
from registry.plain_text import fold
from registry.records.values import text
from registry.words import N_, _
from tui.commands import Command, HasCommands, Verdict
from tui.notices import tell, tell_error
from tui.person_card import person_card
from tui.screens.leads_on import LeadsOn
from tui.screens.list_and_detail import ListAndDetail
from tui.screens.page import Page
from tui.screens.people_acts import PeopleActs
from tui.session import Session, View
from tui.text import line
from tui.widgets.card import Card
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows

if TYPE_CHECKING:
    from registry.roles import Role

_PEOPLE = N_("People book")
_REST = 0.25
"""Seconds that the cursor rests on somebody before the history is looked through for them."""
_COPIED = ("email", "telephone", "name")
"""What can be copied beside the id."""


def _writable(page: PeoplePage) -> Verdict:
    book = page.book
    return True if book.writable or book.fault is None else str(book.fault)


def _chosen(page: PeoplePage) -> Verdict:
    return True if page.person else _("There is nobody here yet; press n to add somebody.")


def _editable(page: PeoplePage) -> Verdict:
    if (verdict := _writable(page)) is not True or (verdict := _chosen(page)) is not True:
        return verdict
    if page.book.erased(page.person):
        return _("What was erased cannot be written again; press n to add the person anew.")
    return True


def _erasable(page: PeoplePage) -> Verdict:
    if (verdict := _writable(page)) is not True or (verdict := _chosen(page)) is not True:
        return verdict
    left = page.book.people[page.person]
    return True if not is_left(left) else _("The people book has nothing of this person any more.")


def _named(page: PeoplePage) -> Verdict:
    return True if page.links else _("No record names this person.")


class PeoplePage(HasCommands, LeadsOn, ListAndDetail, PeopleActs, Page):
    """Everybody in the book: a list, and a card for the one under the cursor."""

    DETAIL = "Card"
    COMMAND_TABLE = (
        Command(id="people.edit", keys="e", label=N_("edit"), help=N_("Change what the people book has about somebody."), group=_PEOPLE, writes=True, enabled=_editable, rank=5),
        Command(id="people.new", keys="n", label=N_("new"), help=N_("Put the person into the people book."), group=_PEOPLE, writes=True, enabled=_writable, rank=6),
        Command(id="people.filter", keys="slash", label=N_("search"), help=N_("Show only the people who have these words."), group=_PEOPLE, rank=7),
        Command(id="people.handover", keys="l", label=N_("hand over"), help=N_("Hand all that this person answers for to a successor, or leave the offices vacant, as of a day."), group=_PEOPLE, writes=True, enabled=_named, rank=11),
        Command(id="people.merge", keys="m", label=N_("merge"), help=N_("Make one of two entries that are the same person."), group=_PEOPLE, writes=True, enabled=_erasable, rank=12),
        Command(id="people.erase", keys="d", label=N_("erase"), help=N_("Erase this person from the people book, under a decision."), group=_PEOPLE, writes=True, enabled=_erasable, rank=8),
        Command(id="people.review", keys="v", label=N_("go through"), help=N_("Only those whom no record names, who should be gone, or who lack a basis."), group=_PEOPLE, rank=10),
        Command(id="people.extract", keys="r", label=N_("extract"), help=N_("Write all that is held on this person to a file, for that person."), group=_PEOPLE, enabled=_chosen, rank=9),
        Command(id="people.follow", keys="f", label=N_("follow"), help=N_("Go to a record that names this person."), group=_PEOPLE, enabled=_named, rank=25),
        Command(id="people.export", keys="x", label=N_("export"), help=N_("Write the whole book to a file outside the registry: .csv, .json or .toml."), group=_PEOPLE, rank=30),
        Command(id="people.share-again", keys="", label=N_("send the book again"), help=N_("Send the people book to the server, also where somebody has removed it there."), group=_PEOPLE, writes=True, show=False),
        Command(id="people.copy", keys="ctrl+y", label=N_("copy"), help=N_("Copy the id, the address or the number of this person."), group=_PEOPLE, enabled=_chosen, show=False),
    )  # fmt: skip

    def __init__(self, session: Session, *, id: str) -> None:
        super().__init__(session, id=id)
        self.book = Book()
        """The book as it was last read."""
        self._wanted = ""
        """Whom to put the cursor on when the book has been read."""
        self._former: dict[tuple[str | None, str], list[Role]] = {}
        """Commit and id → the roles that only the history tells of."""

    def compose(self) -> ComposeResult:
        """Where the book is kept, the search, the list and the card."""
        yield Static(classes="book-state")
        yield from self.filter_line()
        with Horizontal(classes="list-and-card"):
            labels = {key: str(PERSON.by_key[key].label) for key in ("name", "title", "organisation")}
            yield RecordList(
                [
                    Column("name", labels["name"], flex=3, min=20),
                    Column("title", labels["title"], flex=2, min=12, drop=2),
                    Column("organisation", labels["organisation"], flex=2, min=12, drop=1),
                ]
            )
            yield Card()

    # what is shown

    @property
    def person(self) -> str:
        """The id under the cursor; "" in an empty list."""
        return cast("str | None", self.list.key) or ""

    ref = person
    """What the card is of."""

    def enter(self) -> None:
        """The page comes into sight: the book is read again, since others may have written in it."""
        self._read()
        if not self.query_one(Input).has_focus:
            self.list.focus()

    def show_view(self, view: View) -> None:  # noqa: ARG002
        """Show a new state of the registry: now if the page is in sight, else when it is."""
        if self.main.page is self:
            self._read()

    def show_record(self, ref: str, at: str = "") -> None:  # noqa: ARG002 - a person is found nothing in
        """Put the cursor on the person with that id, at once or when the book has been read."""
        if not self.show_row(ref):
            self._wanted = ref

    def read_again(self, person: str = "") -> None:
        """Read the book, and put the cursor on somebody."""
        self._wanted = person or self._wanted
        self._read()

    @work(exclusive=True, group="people")
    async def _read(self) -> None:
        view, store, today = self.view, self.session.store, self.session.today

        def reading() -> tuple[Book, Rows[str]]:
            view.snapshot.referrers.get("")  # gathered here, so that no card waits for it
            book = store.book
            return book, _rows(book, [self.reviewed] if self.reviewed else [], view, today)

        try:
            self.book, rows = await self.session.run(reading)
        except VanortError as error:
            tell_error(self, error)
            return
        nobody = _("Nobody is in the people book.\nPress n to add somebody; it can be done from a form as well.")
        self.list.empty = nobody if self.book.writable else ""  # of a book that cannot be read that is not known
        self.list.set_rows(rows)
        if self._wanted:
            self.show_row(self._wanted)
            self._wanted = ""
        self._show_state()
        self._show_count()
        self._show_card()

    def _show_state(self) -> None:
        fault = self.book.fault
        told = str(fault) if fault else _("These names stay in the people book, outside the history.")
        state = self.query_one(".book-state", Static)
        state.set_class(fault is not None, "-fault")
        state.update(line(told))

    def _show_count(self) -> None:
        of = f", {FILTERS[self.reviewed]}" if self.reviewed else ""
        self.query_one(".count", Static).update(line(f"{PERSON.many}{of} {self.list.count_text}"))

    def _show_card(self) -> None:
        card, person = self.query_one(Card), self.person
        self.card = None
        if person in self.book:
            former = self._former.get((self.view.commit, person))
            width = max(30, card.size.width - 3)
            self.card = person_card(self.view, self.book, person, width, today=self.session.today, former=former)
            if former is None:
                self._look_back(person)
        card.show(self.card)
        self.screen.refresh_bindings()

    @work(exclusive=True, group="former")
    async def _look_back(self, person: str) -> None:
        """Find in the history what the person was, once the cursor rests on them."""
        from registry.roles import formerly
        from tui.reading import PATIENCE, Reading

        await asyncio.sleep(_REST)
        view = self.view
        reading = Reading(self.session, lambda store: formerly(store, person, view.snapshot, patience=PATIENCE))
        found: list[Role] = []
        try:
            while not reading.done:
                found += await reading.more()
        except VanortError as error:
            tell_error(self, error)
            return
        finally:
            reading.close()
        self._former[view.commit, person] = found
        if person == self.person and view is self.view:
            self._show_card()

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Somebody else: their card."""
        event.stop()
        self._show_card()

    def on_record_list_changed(self, event: RecordList.Changed) -> None:
        """Other rows: how many of how many."""
        event.stop()
        self._show_count()

    def on_resize(self, _event: events.Resize) -> None:
        """The card has another width."""
        self.call_after_refresh(self._show_card)

    # acts

    @work(exclusive=True, group="act")
    async def do_edit(self) -> None:
        """Open the person's entry."""
        from tui.forms.desk import Desk
        from tui.forms.people import EditPersonScreen

        try:
            screen = EditPersonScreen(await Desk.open(self.session, self.view), self.person)
        except VanortError as error:  # taken out of the book meanwhile
            tell_error(self, error)
            return
        await self._saved(await self.app.push_screen_wait(screen))

    @work(exclusive=True, group="act")
    async def do_new(self) -> None:
        """Open an empty entry."""
        from tui.forms.desk import Desk
        from tui.forms.people import PersonScreen

        desk = await Desk.open(self.session, self.view)
        await self._saved(await self.app.push_screen_wait(PersonScreen(desk, fields=PERSON.fields)))

    async def _saved(self, person: str | None) -> None:
        """Names have changed everywhere; the cursor goes to the person. Nobody: somebody else may have saved."""
        if person is None:
            self._read()
            return
        self._wanted = person
        try:
            self.main.show_view(await self.session.look())
        except VanortError as error:
            tell_error(self, error)
            return
        tell(self, _("Saved in the people book."))

    @work(exclusive=True, group="act")
    async def do_handover(self) -> None:
        """Ask to whom and from which day; the rest is the ordinary save."""
        from tui.forms.desk import Desk
        from tui.screens.handover import HandoverScreen

        try:
            desk = await Desk.open(self.session, self.view)
        except VanortError as error:
            tell_error(self, error)
            return
        if await self.app.push_screen_wait(HandoverScreen(self.main, desk, self.person)):
            tell(self, _("Saved."))

    @work(exclusive=True, group="act")
    async def do_copy(self) -> None:
        """The id, or one of the ways to reach the person."""
        from tui.clipboard import copy_and_tell
        from tui.screens.choose import ChooseScreen

        entry = self.book.people.get(self.person, {})
        options = [self.person, *filter(None, (text(entry, key) for key in _COPIED))]
        chosen: str | None = options[0]
        if len(options) > 1:
            chosen = await self.app.push_screen_wait(ChooseScreen(_("Copy"), [(each, each) for each in options]))
        if chosen:
            await copy_and_tell(self, chosen)

    @work(exclusive=True, group="act")
    async def do_export(self) -> None:
        """Ask for a file until the book could be written to it, or the user thinks better of it."""
        from tui.asking_file import may_write
        from tui.widgets.dialogs import Ask

        question = _("Write the whole people book to which file? It holds personal data.")
        typed: str | None = _("~/people-book.csv")
        store = self.session.store
        while typed := await self.app.push_screen_wait(Ask(question, value=typed or "", check=_file_trouble)):
            target = Path(typed.strip()).expanduser()
            try:
                if (overwrite := await may_write(self, self.session, target)) is None:
                    continue
                await self.session.run(partial(store.people.export, target, overwrite=overwrite))
            except VanortError as error:
                tell_error(self, error)
                continue
            tell(
                self,
                _("The people book was written to %(file)s. It holds personal data: keep it where nobody else reads.")
                % {"file": str(target.absolute())},
            )
            return


def _file_trouble(typed: str) -> str:
    """What can be said against a file name without looking at the disk."""
    from registry.people.exporting import SUFFIXES

    if Path(typed.strip()).suffix.lower() in SUFFIXES:
        return ""
    return _("The file name must end in %(suffixes)s.") % {"suffixes": ", ".join(SUFFIXES)}


def _rows(book: Book, filters: Sequence[Filter], view: View, today: date) -> Rows[str]:
    """Everybody by name, found by all that the book says of them; those who were erased last. `filters` narrow it."""
    people = book.pick_list
    folded = dict(zip(people.ids, people.folded, strict=True))
    erased = sorted(person for person, entry in book.people.items() if is_erased(entry))
    folded |= {person: fold(f"{book.name(person)}  {person}") for person in erased}
    keys = narrowed(book, folded, filters, view.snapshot.referrers, today) if filters else list(folded)
    cells = [
        (book.name(person), text(book.people[person], "title"), text(book.people[person], "organisation"))
        for person in keys
    ]
    return Rows(keys, cells, folded=[folded[person] for person in keys])
