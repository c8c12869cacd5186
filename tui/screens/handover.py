"""A change of person in all roles: who comes after, from which day, and what changes hands. Then the ordinary save."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.change import Change
from registry.errors import VanortError
from registry.handover import Handover, Role, handover
from registry.records.dates import show_date
from registry.records.fields import Field
from registry.records.kinds import kind_of
from registry.records.types import Date, DecisionText, Person
from registry.records.values import text
from registry.words import N_, Words, _
from tui.commands import Command, HasCommands
from tui.forms.adding import Adding
from tui.forms.desk import Desk
from tui.forms.field_input import FieldInput
from tui.forms.group import Group
from tui.forms.making import FormMaker
from tui.forms.page import FieldList
from tui.forms.suggestions import Suggestions
from tui.text import line, plain
from tui.widgets.command_footer import CommandFooter

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

_FIELDS: Final = (
    Field(
        "successor", Person(), Words("Efterträdare", "Successor"), absent_words=Words("ingen: vakant", "none: vacant")
    ),
    Field("on", Date(), Words("Från och med", "From"), required=True),
    Field(
        "decision",
        DecisionText(),
        Words("Utsedd genom", "Appointed by"),
        matters=lambda said: bool(text(said, "successor")),
    ),
)


class HandoverScreen(HasCommands, Adding, ModalScreen[bool]):
    """Gives whether the change was saved."""

    COMMAND_TABLE = (
        Command(id="handover.go-on", keys="ctrl+s", label=N_("go on"), help=N_("See the change field by field, say why, and save."), priority=True, rank=1),
        Command(id="handover.leave", keys="escape", label=N_("back"), help=N_("Back; nobody leaves anything."), rank=2),
    )  # fmt: skip

    def __init__(self, main: MainScreen, desk: Desk, person: str) -> None:
        super().__init__(classes="dialogue")
        self.main = main
        self._desk = desk
        self._person = person
        self.group = Group(_FIELDS)

    def compose(self) -> ComposeResult:
        """To whom and when; below it what changes hands."""
        with Vertical(classes="dialogue--box handover"):
            yield Static(self._heading, classes="dialogue--question")
            yield FieldList(_FIELDS, self.group, FormMaker(self._desk, self.group))
            with VerticalScroll(classes="handover--roles"):
                yield Static()
            yield Static(classes="dialogue--trouble")
            yield CommandFooter()
        yield Suggestions()

    @property
    def _heading(self) -> Content:
        """Who it is that leaves."""
        name = self.main.view.names.person(self._person)
        return line(_("%(name)s leaves all offices and roles") % {"name": name})

    def on_mount(self) -> None:
        """What is asked for first."""
        self._look()

    def on_field_input_edited(self, event: FieldInput.Edited) -> None:
        """Somebody else, or another day: other roles."""
        event.stop()
        self.query_one(FieldList).sync()
        self._look()

    @work(exclusive=True, group="roles")
    async def _look(self) -> None:
        """What would change hands, or why nothing does."""
        trouble, roles = self._unsaid, Content("")
        if not trouble:
            try:
                roles = Content("\n").join(self._told(await self._found()))
            except VanortError as error:
                trouble = str(error)
        self._complain(trouble if self._day else "")
        hint = _("Say from which day: the first one without the person.")
        self.query_one(".handover--roles > Static", Static).update(roles if self._day else line(hint))

    @property
    def _day(self) -> date | None:
        day = self.group.get("on")
        return day if isinstance(day, date) and "on" not in self.group.unread else None

    @property
    def _unsaid(self) -> str:
        """What has to be said or put right first; "" for nothing."""
        if self.group.unread:
            return _("One field cannot be read yet; it says why.")
        return "" if self._day else _("Say from which day.")

    async def _found(self) -> Handover:
        """What the handover comes to. Raises `VanortError` where it comes to nothing."""
        said, view = self.group.data(), self.main.view
        day = self._day or date.max
        handing = partial(handover, view.snapshot, self._person, text(said, "successor"), day, names=view.names)
        return await self.main.session.run(lambda: handing(text(said, "decision")))

    def _told(self, found: Handover) -> Iterator[Content]:
        """The roles, record by record."""
        new, day = text(self.group.data(), "successor"), show_date(self._day or date.max)
        names = {"name": self.main.view.names.person(new), "day": day}
        head = _("From %(day)s %(name)s has:") if new else _("Vacant from %(day)s:")
        yield Content.styled(line(head % names).plain, "$accent")
        yield from map(self._role, found.roles)
        if found.kept:
            yield Content.styled(_("The name stays until somebody takes over:"), "$warning")
            yield from map(self._role, found.kept)

    def _role(self, role: Role) -> Content:
        """``Barn- och utbildningsförvaltningen · Utbytesansvariga · Rektor``."""
        label = str(kind_of(role.ref).by_key[role.field].label)
        said = [self.main.view.snapshot.title(role.ref), label, role.function]
        return Content.assemble("  ", line(" · ".join(filter(None, said))))

    def _complain(self, trouble: str) -> None:
        self.query_one(".dialogue--trouble", Static).update(plain(trouble))

    @work(exclusive=True, group="act")
    async def do_go_on(self) -> None:
        """Through the ordinary save; Esc there comes back here, with all that was filled in."""
        from tui.screens.saving import confirm_change

        if trouble := self._unsaid:
            self._complain(trouble)
            return
        snapshot = self.main.view.snapshot
        try:
            found = await self._found()
        except VanortError as error:
            self._complain(str(error))
            return
        decision = text(self.group.data(), "decision")
        change = Change(found.edits, "", decision, base=snapshot.commit)
        if await confirm_change(self.main, change, self._heading):
            self.dismiss(True)

    def do_leave(self) -> None:
        """Nothing happens."""
        self.dismiss(False)
