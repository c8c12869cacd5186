"""What is done with somebody in the people book beyond editing: two made one, all that is held told, forgotten, gone through."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from textual import work

from registry.change import Change
from registry.errors import VanortError
from registry.people.reviewing import FILTERS, Filter, narrowed
from registry.words import _
from tui.notices import tell, tell_error
from tui.text import line
from tui.widgets.dialogs import Ask, Confirm

if TYPE_CHECKING:
    from textual.widget import Widget

    from registry.people import Book
    from tui.screens.main import MainScreen
    from tui.session import Session, View

    class _Page(Widget):
        session: Session
        book: Book

        @property
        def main(self) -> MainScreen: ...
        @property
        def view(self) -> View: ...
        @property
        def person(self) -> str: ...
        def read_again(self, person: str = "") -> Any: ...

else:
    _Page = object

_SUFFIXES: Final = (".html", ".md", ".json")


class PeopleActs(_Page):
    """Mixed into the page of the people book."""

    reviewed: Filter | None = None
    """What of the book is gone through; None for all of it."""

    @work(exclusive=True, group="act")
    async def do_review(self) -> None:
        """Choose what is gone through: whom no record names, who should be gone, who is there without a basis."""
        from tui.screens.choose import ChooseScreen

        book, named, today = self.book, self.view.snapshot.referrers, date.today()
        options = [("", _("everybody (%(count)s)") % {"count": len(book.people)})]
        for key, words in FILTERS.items():
            count = len(narrowed(book, book.people, [key], named, today))
            options.append((key, f"{words} ({count})"))
        chosen = await self.app.push_screen_wait(ChooseScreen(_("Whom to go through"), options))
        if chosen is not None:
            self.reviewed = next((key for key in FILTERS if key == chosen), None)
            self.read_again()

    @work(exclusive=True, group="act")
    async def do_merge(self) -> None:
        """Choose the entry that this one is the same person as; the records change in the ordinary save."""
        from registry.one_person import renaming
        from tui.screens.choose import ChooseScreen
        from tui.screens.saving import confirm_change

        old, book, snapshot = self.person, self.book, self.view.snapshot
        others = [(person, book.line(person)) for person in book.find("") if person != old]
        question = _("%(name)s is the same person as") % {"name": book.name(old)}
        into = await self.app.push_screen_wait(ChooseScreen(question, others))
        if into is None:
            return
        about = _("%(old)s (%(id)s) becomes %(new)s (%(into)s)") % {
            "old": book.line(old),
            "id": old,
            "new": book.line(into),
            "into": into,
        }
        try:
            edits = await self.session.run(lambda: renaming(snapshot, old, into))
            if edits:
                change = Change(edits, "", base=snapshot.commit)
                agreed = await confirm_change(self.main, change, line(about)) != ""
            else:
                confirm = Confirm(about, yes=_("make them one"), no=_("no, keep both"), started_by="m")
                agreed = await self.app.push_screen_wait(confirm)
            if not agreed:
                return
            people = self.session.store.people
            await self.session.run(lambda: people.change(lambda now: now.with_merged(old, into)))
        except VanortError as error:
            tell_error(self, error)
            return
        tell(self, _("They are one person from now on."))
        self.read_again(into)

    @work(exclusive=True, group="act")
    async def do_erase(self) -> None:
        """Where the person appears, what will remain, under which decision; then it is asked."""
        from tui.forms.desk import Desk
        from tui.screens.erase import EraseScreen

        person = self.person
        try:
            desk = await Desk.open(self.session, self.view)
        except VanortError as error:
            tell_error(self, error)
            return
        await self.app.push_screen_wait(EraseScreen(self.main, desk, person))
        self.read_again(person)

    @work(exclusive=True, group="act")
    async def do_extract(self) -> None:
        """Ask for a file until the extract could be written to it, or the user thinks better of it."""
        from registry.people.extract_text import write
        from registry.people.extracting import extract

        person, store = self.person, self.session.store
        typed: str | None = f"~/{_('extract')}-{person}.html"
        question = _("Write all that is held on this person to which file? Read it before you hand it out.")
        while typed := await self.app.push_screen_wait(Ask(question, value=typed or "", check=_file_trouble)):
            target = Path(typed.strip()).expanduser()
            try:
                await self.session.run(lambda file=target: write(extract(store, person), file, store.folder))  # type: ignore[misc]
            except VanortError as error:
                tell_error(self, error)
                continue
            tell(
                self,
                _("The extract was written to %(file)s. It holds personal data: keep it where nobody else reads.")
                % {"file": str(target.absolute())},
            )
            return

    @work(exclusive=True, group="act")
    async def do_share_again(self) -> None:
        """Send the book to the server, also where somebody has removed it there."""
        from registry.sharing.people import share_book

        store = self.session.store
        tell(self, _("The people book is being sent …"))
        shared = await asyncio.to_thread(share_book, store, again=True)
        if shared is None:
            tell(self, _("The registry is not shared with anybody yet."), severity="warning")
        elif shared.message:
            tell(self, f"{shared.message}\n{shared.hint}".strip(), severity="warning")
        elif shared.state == "conflicts":
            tell(
                self,
                _("The people book has something that a person has to decide; share to see it."),
                severity="warning",
            )
        else:
            tell(self, _("The people book is shared."))
        self.read_again()


def _file_trouble(typed: str) -> str:
    """What can be said against a file name without looking at the disk."""
    if Path(typed.strip()).suffix.lower() in _SUFFIXES:
        return ""
    return _("The file name must end in %(suffixes)s.") % {"suffixes": ", ".join(_SUFFIXES)}
