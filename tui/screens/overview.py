"""The first page: what asks for attention, how much there is of what, and what was done last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from registry.errors import VanortError
from registry.records.dates import show_date
from registry.records.headings import MANY, STAGE_LABELS
from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands, Verdict
from tui.looking_ahead import Lookout, is_too_large
from tui.notices import tell_error, tell_refusal
from tui.screens.outlook_panel import OutlookPanel
from tui.screens.page import Page
from tui.session import Session, View
from tui.text import line
from tui.widgets.matter_list import UNFOLD, Item, MatterList
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Mark

if TYPE_CHECKING:
    from registry.history import Entry
    from registry.policy.outlook import Outlook
    from registry.visits import News

SOON = timedelta(days=30)
LATEST = 8
"""How many of the last changes are told."""
_EDIT = N_("Registry")
_RECORD = N_("Record")


class Matter(NamedTuple):
    """A line of the overview: what it says, the record or page that it leads to, and what is out of the ordinary."""

    goal: str
    text: str
    mark: Mark | None = None


def _is_about_a_field(page: OverviewPage) -> Verdict:
    item = page.query_one(MatterList).item
    return True if item and item.field else _("This line is about no one field; Enter leads on.")


class OverviewPage(HasCommands, Page):
    """What there is, and what was done last."""

    COMMAND_TABLE = (
        Command(id="overview.registry", keys="r", label=N_("the registry"), help=N_("Bodies that decide, coordinators, central money, meetings."), group=_EDIT, rank=30),
        Command(id="overview.mend", keys="a", label=N_("mend"), help=N_("Go straight to the field that this line is about."), group=_RECORD, writes=True, enabled=_is_about_a_field, rank=22),
    )  # fmt: skip

    def __init__(self, session: Session, *, id: str) -> None:
        super().__init__(session, id=id)
        self._last: list[Entry] = []
        self._begun = False
        self._last_as_of: str | None = ""
        self._lookout = Lookout(session)
        self._outlook: Outlook | None = None
        self._news: News | None = None
        self._looked_ahead_of: View | None = None
        self._unfolded: set[str] = set()

    def compose(self) -> ComposeResult:
        with Vertical(classes="matters"):
            yield Static(line(_(" To do now")), classes="heading")
            yield MatterList(empty=_("Nothing asks for attention."))
            yield Static(id="matter-detail", classes="detail-line")
        with VerticalScroll(classes="facts"):
            yield OutlookPanel()
            yield Static(id="facts")

    def enter(self) -> None:
        """The page comes into sight."""
        self.query_one(MatterList).focus()
        if self.view.looked:
            self._look_ahead(self.view)

    def show_view(self, view: View) -> None:
        """Show a new state of the registry; what goes through all of it follows, and until then what was found before."""
        self._show_matters(view)
        self._show_facts(view)
        if self._begun and view.commit != self._last_as_of:
            self._read_last()
        if view.looked and self.main.page is self:
            self._look_ahead(view)

    def begin(self) -> None:
        """Read the last changes; they are no part of the first frame."""
        self._begun = True
        self._read_last()

    # what waits for somebody

    def _look_ahead(self, view: View) -> None:
        if self._looked_ahead_of is not view:
            self._looked_ahead_of = view
            self.call_after_refresh(self._looking_ahead, view)

    @work(exclusive=True, group="outlook")
    async def _looking_ahead(self, view: View) -> None:
        try:
            self._news = None if self.session.read_only else await self.main.visits.news(view.commit)
            if is_too_large(view):
                self._show_ahead(None)
                return
            async for outlook in self._lookout.look(view):
                self._show_ahead(outlook)
        except VanortError as error:
            self._looked_ahead_of = None
            tell_error(self, error)

    def _show_ahead(self, outlook: Outlook | None) -> None:
        self._outlook = outlook
        self._show_matters(self.main.view)
        self._show_facts(self.main.view)
        self.query_one(OutlookPanel).show(self._outlook, self._news, self.session.today)

    def _show_matters(self, view: View) -> None:
        ahead = self._outlook
        found = [_item(one) for one in matters(view, self.session.today, coming=ahead is None)]
        if ahead is not None:
            from tui.screens.outlook_text import items

            asked = () if view.summary.coordinated else ("registry",)
            below = list(items(ahead, self._unfolded, view.faults, asked))
            if not found and not ahead.section("now"):
                found.append(Item("nothing", "", _("Nothing has to be done now.")))
            found += below
        self.query_one(MatterList).show(found)

    @work(exclusive=True, group="last")
    async def _read_last(self) -> None:
        self._last_as_of = self.main.view.commit
        try:
            self._last = await self.session.history().more(LATEST)
        except VanortError as error:
            tell_error(self, error)
        else:
            self._show_facts(self.main.view)

    def _show_facts(self, view: View) -> None:
        last = [] if self._news is not None else last_changes(self._last)
        self.query_one("#facts", Static).update(Content("\n").join([*facts(view), *last]))

    def on_resize(self, event: events.Resize) -> None:
        """Beside each other, or one above the other."""
        self.set_class(event.size.width < 100, "-stacked")
        self.set_class(event.size.height < 24, "-low")

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """The line in full, and the policy's own sentence, under the list."""
        event.stop()
        item = self.query_one(MatterList).item
        told = [] if item is None else [f"{item.title} {item.words}".strip()]
        if item is not None and item.detail:
            told.append(_("The policy: “%(quote)s”") % {"quote": item.detail})
        self.query_one("#matter-detail", Static).update(Content("\n").join(line(each) for each in told))

    async def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Go where the line leads."""
        event.stop()
        item = self.query_one(MatterList).item_of(str(event.key))
        if item is None or not item.goal:
            return
        if item.goal.startswith(UNFOLD):
            self._unfolded.add(item.goal.removeprefix(UNFOLD))
            self._show_matters(self.main.view)
        elif item.goal in self.main.view.summary.counts:  # a kind that has a page
            await self.main.go(item.goal)
        elif item.goal in self.main.view.strangers:
            self._ask_about(item.goal)
        elif item.goal in self.main.view.drafts:
            from tui.screens.form import take_up

            take_up(self.main, item.goal)
        else:
            await self.main.follow("overview", item.goal, item.field)

    async def on_outlook_panel_followed(self, event: OutlookPanel.Followed) -> None:
        """A project of the timeline was clicked."""
        event.stop()
        await self.main.follow("overview", event.ref)

    @work(exclusive=True, group="act")
    async def _ask_about(self, path: str) -> None:
        if self.session.read_only:
            tell_refusal(self, self.session.read_only)
            return
        from tui.hand_edits import ask_about_stranger

        await ask_about_stranger(self.main, path)

    def do_mend(self) -> None:
        """Into the form, at the field."""
        item = self.query_one(MatterList).item
        if item is not None:
            self.main.edit(item.goal, item.field)

    def do_registry(self) -> None:
        """Edit the registry record."""
        self.main.edit("registry")


def _item(matter: Matter) -> Item:
    """A matter as a line; its key tells it from what else is said of the same record."""
    mark = matter.mark
    key = f"{mark.name if mark else 'first'}:{matter.goal}"
    if mark is None:
        return Item(key, matter.goal, matter.text, "", "●", "accent")
    return Item(key, matter.goal, matter.text, "", mark.symbol, "warning", mark.word)


def matters(view: View, today: date, *, coming: bool = True) -> Iterator[Matter]:
    """What asks for attention now, the gravest first; `coming` where nothing else tells what begins soon."""
    for ref in view.faults:
        yield Matter(ref, _("%(ref)s cannot be read") % {"ref": ref}, Mark.BROKEN)
    for ref in sorted(view.unsaved - set(view.faults)):
        yield Matter(
            ref,
            _("%(title)s is edited by hand and not saved") % {"title": view.snapshot.title(ref)},
            Mark.EDITED_BY_HAND,
        )
    for path in view.strangers:
        yield Matter(path, _("%(file)s has a name that no record can have") % {"file": path}, Mark.BROKEN)
    for key, title in view.drafts.items():
        yield Matter(key, _("There is a draft of %(title)s, which was renamed or removed since") % {"title": title})
    summary = view.summary
    if not summary.counts["departments"]:
        yield Matter("departments", _("Add the departments of your municipality"))
    if not summary.coordinated:
        yield Matter("registry", _("Say who is in charge of international contacts"))
    if not summary.counts["projects"]:
        yield Matter("projects", _("Write down the first project; an idea is enough"))
    if is_too_large(view):
        yield Matter(
            "policy",
            _("With so many records the policy is not judged unasked; the command vanort check does"),
        )
    if not coming:
        return
    for start, ref, title in summary.coming:
        if today.isoformat() <= start <= (today + SOON).isoformat():
            starts = _("%(title)s starts %(day)s") % {"title": title, "day": show_date(date.fromisoformat(start))}
            yield Matter(ref, starts)


def facts(view: View) -> Iterator[Content]:
    """How much there is of what."""
    yield Content.styled(_("In the registry"), "$accent")
    for kind_id, count in view.summary.counts.items():
        yield Content.assemble(f"  {count:>4}  ", str(MANY[kind_id]).lower())
    stages = [
        f"{view.summary.stages[stage]} {label}" for stage, label in STAGE_LABELS.items() if stage in view.summary.stages
    ]
    if stages:
        yield Content.styled(f"        {' · '.join(stages)}", "$text-muted")


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
