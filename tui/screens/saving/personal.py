"""What looks like personal data in a change: ids in place of names, and false alarms that are accepted once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work

from registry.change import Change, Verdict
from registry.differences import clipped
from registry.errors import VanortError
from registry.personal_data import CLAUSE, false_alarms, with_references
from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.commands import Verdict as Usable
from tui.forms.lines import LineField
from tui.notices import remedy

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


def _found(screen: HasPersonalData) -> bool:
    return any(finding.clause == CLAUSE for finding in screen.verdict.exceptions)


def _holds_names(screen: HasPersonalData) -> Usable:
    return True if _found(screen) and screen.holds_names else _("No name was found.")


def _holds_texts(screen: HasPersonalData) -> Usable:
    return True if _found(screen) and screen.false_alarms else _("Nothing was found that could be one.")


class HasPersonalData(HasCommands):
    """Mixed into the save dialogue."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (
        Command(id="save.refer", keys="f6", label=N_("id for name"), help=N_("Put the person's id in place of each name from the people book; it shows as the name."), enabled=_holds_names, when_usable=True, rank=3),
        Command(id="save.accept", keys="f7", label=N_("false alarm"), help=N_("Say that a text only looks like personal data; it is not asked about again."), enabled=_holds_texts, when_usable=True, rank=4),
    )  # fmt: skip

    main: MainScreen
    change: Change
    verdict: Verdict
    holds_names = False
    """Whether it would bring in names that ids could stand for."""
    false_alarms: tuple[str, ...] = ()
    """What looks like personal data, and is of nobody in the book."""
    referred = False
    """Whether ids were put in place of names."""

    def asked_for(self) -> Change:
        """The change with what was said of it."""
        raise NotImplementedError

    async def look_again(self) -> None:
        """Show what would be changed and found now."""
        raise NotImplementedError

    def complain(self, trouble: str) -> None:
        """Say what is wrong."""
        raise NotImplementedError

    @work(exclusive=True, group="people")
    async def look_for_people(self) -> None:
        """What of it can be said by an id, and what may be a false alarm."""
        if not _found(self):
            self.holds_names, self.false_alarms = False, ()
            self.refresh_bindings()
            return
        change, store = self.asked_for(), self.main.session.store

        def looking() -> tuple[bool, tuple[str, ...]]:
            before, book = store.saved(), store.people.to_search_with()
            named = with_references(before, change, book) is not change
            return named, tuple(false_alarms(before, change, book))

        self.holds_names, self.false_alarms = await self.main.session.run(looking)
        self.refresh_bindings()

    @work(exclusive=True, group="act")
    async def do_refer(self) -> None:
        """Ids in place of names, in what is saved and in the reason."""
        change, store = self.asked_for(), self.main.session.store
        made = await self.main.session.run(
            lambda: with_references(store.saved(), change, store.people.to_search_with())
        )
        words = self.query_one("#save-words", LineField)
        if words.value.strip() and made.why != change.why:
            words.value = made.why
        self.referred = self.referred or made.edits != self.change.edits
        self.change = replace(self.change, edits=made.edits)
        await self.look_again()

    @work(exclusive=True, group="act")
    async def do_accept(self) -> None:
        """A change of its own, in the registry, with the reason; then it is judged again."""
        from registry.accepting import accepting
        from tui.screens.choose import ChooseScreen
        from tui.widgets.dialogs import Ask

        found: str | None = next(iter(self.false_alarms), None)
        if len(self.false_alarms) > 1:
            options = [(each, each) for each in self.false_alarms]
            found = await self.app.push_screen_wait(ChooseScreen(_("Which is a false alarm?"), options))
        if found is None:
            return
        question = _("Why is “%(text)s” nobody's personal data?") % {"text": clipped(found)}
        why = await self.app.push_screen_wait(Ask(question, example=_("The switchboard's number.")))
        if not why:
            return
        session, text = self.main.session, found
        try:
            change = await session.run(lambda: accepting(session.store.saved(), session.store.book, text, why))
            await session.save(change)
        except VanortError as error:
            self.complain(f"{error.message} {remedy(error)}".strip())
            return
        await self.look_again()
