"""The first page: what asks for attention, how much there is of what, and what was done last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from registry.errors import VanortError
from registry.records.dates import show_date
from registry.records.headings import MANY, STAGE_LABELS
from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands
from tui.notices import tell_error
from tui.screens.page import Page
from tui.session import Session, View
from tui.text import line
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Mark, Rows

if TYPE_CHECKING:
    from registry.history import Entry

SOON = timedelta(days=30)
LATEST = 8
"""How many of the last changes are told."""
_EDIT = N_("Registry")


class Matter(NamedTuple):
    """A line of the overview: what it says, the record or page that it leads to, and what is out of the ordinary."""

    goal: str
    text: str
    mark: Mark | None = None


class OverviewPage(HasCommands, Page):
    """What there is, and what was done last."""

    COMMAND_TABLE = (
        Command(id="overview.registry", keys="r", label=N_("the registry"), help=N_("Bodies that decide, coordinators, central money, meetings."), group=_EDIT, rank=30),
    )  # fmt: skip

    def __init__(self, session: Session, *, id: str) -> None:
        super().__init__(session, id=id)
        self._last: list[Entry] = []
        self._shown_commit: str | None = ""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="list-and-card"):
            with Vertical(classes="matters"):
                yield Static(line(_(" Now")), classes="heading")
                yield RecordList(
                    [Column("what", "", flex=1)], show_header=False, empty=_("Nothing asks for attention.")
                )
            with VerticalScroll(classes="facts", can_focus=False):
                yield Static(id="facts")

    def enter(self) -> None:
        """The page comes into sight."""
        self.query_one(RecordList).focus()

    def show_view(self, view: View) -> None:
        """Show a new state of the registry."""
        found = list(matters(view, self.session.today))
        keys = [f"{number}:{matter.goal}" for number, matter in enumerate(found)]
        marks = {key: matter.mark for key, matter in zip(keys, found, strict=True) if matter.mark}
        self.query_one(RecordList).set_rows(Rows(keys, [(matter.text,) for matter in found], marks=marks))
        self._show_facts(view)
        if view.commit != self._shown_commit:
            self._shown_commit = view.commit
            self.call_after_refresh(self._read_last)

    @work(exclusive=True, group="last")
    async def _read_last(self) -> None:
        try:
            self._last = await self.session.history().more(LATEST)
        except VanortError as error:
            tell_error(self, error)
        else:
            self._show_facts(self.main.view)

    def _show_facts(self, view: View) -> None:
        self.query_one("#facts", Static).update(Content("\n").join([*facts(view), *last_changes(self._last)]))

    def on_resize(self, event: events.Resize) -> None:
        """Beside each other, or one above the other."""
        self.set_class(event.size.width < 100, "-stacked")

    async def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Go where the line leads."""
        event.stop()
        goal = str(event.key).partition(":")[2]
        if goal in self.main.view.summary.counts:  # a kind that has a page
            await self.main.go(goal)
        else:
            await self.main.go_to_record(goal)

    def do_registry(self) -> None:
        """Edit the registry record."""
        self.main.edit("registry")


def matters(view: View, today: date) -> Iterator[Matter]:
    """What asks for attention now, the gravest first."""
    for ref in view.faults:
        yield Matter(ref, _("%(ref)s cannot be read") % {"ref": ref}, Mark.BROKEN)
    for ref in sorted(view.unsaved - set(view.faults)):
        yield Matter(
            ref,
            _("%(title)s is edited by hand and not saved") % {"title": view.snapshot.title(ref)},
            Mark.EDITED_BY_HAND,
        )
    summary = view.summary
    if not summary.counts["departments"]:
        yield Matter("departments", _("Add the departments of your municipality"))
    if not summary.coordinated:
        yield Matter("registry", _("Say who is in charge of international contacts"))
    if not summary.counts["projects"]:
        yield Matter("projects", _("Write down the first project; an idea is enough"))
    for start, ref, title in summary.coming:
        if today.isoformat() <= start <= (today + SOON).isoformat():
            starts = _("%(title)s starts %(day)s") % {"title": title, "day": show_date(date.fromisoformat(start))}
            yield Matter(ref, starts)


def facts(view: View) -> Iterator[Content]:
    """How much there is of what."""
    yield Content.styled(_("In the registry"), "$accent")
    for kind_id, count in view.summary.counts.items():
        yield Content.assemble(f"  {count:>4}  ", str(MANY[kind_id]).lower())
    for stage, label in STAGE_LABELS.items():
        if stage in view.summary.stages:
            yield Content.styled(f"        {view.summary.stages[stage]:>4}  {label}", "$text-muted")


def last_changes(entries: list[Entry]) -> Iterator[Content]:
    """The last changes, each with who entered it and when."""
    if not entries:
        return
    yield Content("")
    yield Content.styled(ngettext("Last change", "Last changes", len(entries)), "$accent")
    for entry in entries:
        yield Content.assemble("  ", line(entry.subject))
        said = _("entered by %(author)s %(day)s") % {
            "author": entry.author,
            "day": show_date(entry.date.astimezone().date()),
        }
        yield Content.assemble("    ", line(said, style="$text-muted"))
