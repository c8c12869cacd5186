"""Every decision that was ever cited, with what was done under it and what cites it; and what was done without one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from textual import work
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from registry.decisions_cited import Cases
from registry.decisions_read import collect, without_decision
from registry.differences import FieldChange
from registry.errors import VanortError
from registry.history import Entry
from registry.snapshot import Snapshot
from registry.words import N_, _
from tui.commands import Command
from tui.notices import tell_error
from tui.reading import PATIENCE, Reading
from tui.screens.change import ChangeScreen
from tui.screens.list_and_detail import ListAndDetail
from tui.screens.place import Place
from tui.session import View
from tui.text import hanging, line
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows
from tui.widgets.sheet import Item, Sheet, heading

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

_GROUP = N_("Decisions")
_CHANGE, _FIELD = "change ", "field "
Undecided = tuple[Entry, list[FieldChange]]


class DecisionsScreen(ListAndDetail, Place):
    """The decisions, the latest first, and all that there is about the one under the cursor."""

    FOCUSED = "RecordList"
    DETAIL = "Sheet"
    COMMAND_TABLE = (
        Command(id="decisions.filter", keys="slash", label=N_("search"), help=N_("Show only the rows that have these words."), group=_GROUP, rank=7),
        Command(id="decisions.without", keys="w", label=N_("without decision"), help=N_("What was changed of status, money, commitments or agreements without a decision; or the decisions again."), group=_GROUP, rank=10),
    )  # fmt: skip

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main)
        self._without = False
        self._cases: dict[str, Cases] = {}
        self._undecided: dict[str, Undecided] = {}

    def body(self) -> Iterator[Widget]:
        """A line to search in, the list, and what it says of the row under the cursor."""
        yield from self.filter_line()
        with Horizontal(classes="list-and-card"):
            yield RecordList(
                [
                    Column("decision", _("Decision"), flex=1, min=24),
                    Column("changes", _("Changes"), width=9, align="right"),
                    Column("cited", _("Cited"), width=7, align="right"),
                ],
                empty=_("being looked through …"),
            )
            yield Sheet(classes="detail")

    def show_view(self, view: View) -> None:
        """Read the records and the history."""
        self._title(reading=True)
        self._read(view)

    def _title(self, *, reading: bool) -> None:
        title = _("Changed without a decision") if self._without else _("Decisions")
        self.title_is(title + (" …" if reading else ""))

    @work(exclusive=True, group="look")
    async def _read(self, view: View) -> None:
        self._cases, self._undecided = {}, {}
        try:
            await (self._read_undecided() if self._without else self._read_decisions(view.snapshot))
        except VanortError as error:
            tell_error(self, error)
        self.list.empty = _("Every such change rests on a decision.") if self._without else _("No decision is cited.")
        self._title(reading=False)
        self._show()

    async def _read_decisions(self, snapshot: Snapshot) -> None:
        reading = Reading(
            self.session, lambda store: collect(store.repo, snapshot, self.session.rev, patience=PATIENCE)
        )
        with closing(reading):
            while not reading.done:
                if page := await reading.more():
                    self._cases = {case.words: case for case in page[-1].all()}
                    self._show()

    async def _read_undecided(self) -> None:
        reading = Reading(self.session, lambda store: without_decision(store.repo, self.session.rev, patience=PATIENCE))
        with closing(reading):
            while not reading.done:
                if page := await reading.more():
                    self._undecided |= {entry.commit: (entry, changes) for entry, changes in page}
                    self._show()

    def _show(self) -> None:
        if self._without:
            keys = list(self._undecided)
            cells = [
                (f"{entry.date.astimezone():%Y-%m-%d}  {entry.subject}", str(len(changes)), "")
                for entry, changes in self._undecided.values()
            ]
        else:
            keys = list(self._cases)
            cells = [(words, str(len(c.changes) or "–"), str(len(c.cited) or "–")) for words, c in self._cases.items()]
        self.list.set_rows(Rows(keys, cells))
        self._show_count()
        self._show_chosen()

    def _show_count(self) -> None:
        self.query_one(".count", Static).update(line(f" {self.list.count_text}"))

    def _show_chosen(self) -> None:
        key = self.list.key or ""
        if key in self._cases:
            case = self._cases[key]
            self.query_one(Sheet).show(lambda width: list(_case(case, self.view, width)))
        elif key in self._undecided:
            entry, changes = self._undecided[key]
            self.query_one(Sheet).show(lambda width: list(_bare(entry, changes, self.view, width)))
        else:
            self.query_one(Sheet).show(lambda _width: [])

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another decision."""
        event.stop()
        self._show_chosen()

    def on_record_list_changed(self, event: RecordList.Changed) -> None:
        """Other rows."""
        event.stop()
        self._show_count()

    def do_without(self) -> None:
        """The other list."""
        self._without = not self._without
        self.show_view(self.view)

    def on_sheet_opened(self, event: Sheet.Opened) -> None:
        """To the change, or into the field that cites it."""
        event.stop()
        if event.goal.startswith(_CHANGE):
            self.app.push_screen(ChangeScreen(self.main, event.goal.removeprefix(_CHANGE)))
        else:
            ref, _blank, path = event.goal.removeprefix(_FIELD).partition(" ")
            if ref in self.view.snapshot:
                self.main.edit(ref, path)


def _case(case: Cases, view: View, width: int) -> Iterator[Item]:
    """All that there is about a decision."""
    for written in case.written:
        yield Item(line(written, style="$accent bold" if written == case.words else "$text-muted"), skipped=True)
    yield from heading(_("Changed under it"))
    for done in case.changes:
        day = Content.styled(f"{done.when.astimezone():%Y-%m-%d}  ", "$text-muted")
        yield Item(_wrapped(day, line(f"{done.subject} ({done.author})"), width), _CHANGE + done.commit)
    if not case.changes:
        yield Item(line(_("Nothing; no change names it."), style="$text-muted"), skipped=True)
    yield from heading(_("What cites it"))
    for cited in case.cited:
        where = f"{view.names.record(cited.ref)} · {cited.field}"
        said = f"{where} ({_('expected')})" if cited.expected else where
        yield Item(_wrapped(Content(""), line(said), width), f"{_FIELD}{cited.ref} {cited.field}")
    if not case.cited:
        yield Item(line(_("No record cites it now."), style="$text-muted"), skipped=True)


def _bare(entry: Entry, changes: list[FieldChange], view: View, width: int) -> Iterator[Item]:
    """A change without a decision."""
    yield Item(_wrapped(Content(""), line(entry.subject, style="bold"), width), _CHANGE + entry.commit)
    who = f"{entry.date.astimezone():%Y-%m-%d} · {entry.author}"
    yield Item(line(who, style="$text-muted"), skipped=True)
    for change in changes:
        said = f"{view.names.record(change.ref)} · {change.line(width=60)}"
        yield Item(_wrapped(Content(""), line(said), width), f"{_FIELD}{change.ref} {change.path}")


def _wrapped(before: Content, text: Content, width: int) -> Content:
    return Content("\n").join(hanging(before, text, width))
