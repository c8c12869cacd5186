"""All changes, newest first, or those that a filter keeps; the chosen one with its reason, its decision and its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from registry.differences import NOTHING
from registry.errors import BadInput, VanortError
from registry.health.whole import cut_off
from registry.history import Entry
from registry.history_filter import Filter, Known, complete, parse_filter, unfinished
from registry.history_filter.gathering import known_of
from registry.policy import Terms
from registry.records.dates import show_date
from registry.records.types import BARE, Names
from registry.searching import found
from registry.sentences import sentence, sentences
from registry.store import Store
from registry.timeline import history_of
from registry.words import N_, _, lowered
from tui.commands import Command, HasCommands, Verdict
from tui.notices import tell, tell_error
from tui.reading import PATIENCE, Reading
from tui.screens.list_and_detail import ListAndDetail
from tui.screens.page import Page
from tui.sentence_text import pieces_text, sentence_lines
from tui.session import Session, View
from tui.text import from_to, hanging, line, plain, shorten, shorten_subject
from tui.widgets.columns import Column
from tui.widgets.filter_help import FilterHelp, FilterSuggester
from tui.widgets.inputs import LineInput
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

_HISTORY = N_("History")
_UNWRAPPED = 1_000_000
_INDENT = " " * 4
MOST = 5000
"""Changes that the list holds; a filter searches the whole history for as many of its own."""


def _chosen(pane: HistoryPane) -> Verdict:
    return True if pane.entry is not None else _("There is no change here.")


def _of_a_record(pane: HistoryPane) -> Verdict:
    return True if pane.entry is not None and pane.entry.refs else _("This change touched no record.")


class HistoryPane(HasCommands, ListAndDetail, Vertical):
    """A list of changes and the chosen one; of one record, or of all."""

    DETAIL = ".detail"
    COMMAND_TABLE = (
        Command(id="history.filter", keys="slash", label=N_("search"), help=N_("Show only the changes that a filter keeps: by:anna decision:KS field:budget 2025, or words."), group=_HISTORY, rank=7),
        Command(id="history.record", keys="f", label=N_("to the record"), help=N_("Go to the record that was changed."), group=_HISTORY, enabled=_of_a_record, rank=20),
        Command(id="history.take-back", keys="z", label=N_("take back"), help=N_("Undo this change; what came after stays."), group=_HISTORY, enabled=_chosen, writes=True, rank=8),
        Command(id="history.as-of", keys="v", label=N_("that day"), help=N_("Open the whole registry as it was after this change."), group=_HISTORY, enabled=_chosen, rank=21),
        Command(id="history.mark", keys="m", label=N_("mark"), help=N_("Mark this change; c on another compares the two."), group=_HISTORY, enabled=_chosen, show=False),
        Command(id="history.compare", keys="c", label=N_("compare"), help=N_("Compare the registry after this change with today, or with the marked change."), group=_HISTORY, enabled=_chosen, rank=23),
        Command(id="history.copy", keys="ctrl+y", label=N_("copy"), help=N_("Copy the change as text."), group=_HISTORY, enabled=_chosen, show=False),
    )  # fmt: skip

    def __init__(self, session: Session, ref: str = "", *, id: str | None = None, classes: str = "") -> None:
        super().__init__(id=id, classes=classes)
        self.session = session
        self.of = ref
        self._entries: list[Entry] = []
        self._read_for: str | None = ""
        self._filter = Filter()
        self._known = Known()
        self._searching = False
        self._names: Names = BARE
        self._marked: Entry | None = None
        self._said: dict[str, str] = {}
        """Commit → what it did to the record that this is the history of."""

    def compose(self) -> ComposeResult:
        with Horizontal(classes="filter-line"):
            yield Static(classes="count")
            yield LineInput(
                placeholder=_("by:anna decision:KS field:budget 2025 word"),
                classes="filter",
                suggester=FilterSuggester(lambda: self._known),
            )
        yield FilterHelp()
        with Horizontal(classes="list-and-card"):
            yield RecordList(self.columns(), empty=self.empty())
            with VerticalScroll(classes="detail", can_focus=True):
                yield Static(classes="detail-text")

    # what a pane of other changes says in another way

    most = MOST

    def wanted(self, _entry: Entry) -> bool:
        """Whether a change belongs here."""
        return True

    def columns(self) -> list[Column]:
        """The columns of the list."""
        return [
            Column("day", _("Entered"), width=10),
            Column("subject", _("What"), flex=1, min=46, shorten=shorten if self.of else shorten_subject),
            Column("author", _("By"), width=18, drop=1),
            Column("decision", _("Decision"), width=18, drop=2),
        ]

    def cells(self, entry: Entry) -> tuple[str, ...]:
        """What the columns say of a change."""
        day = f"{entry.date.astimezone():%Y-%m-%d}"
        return (day, self._said.get(entry.commit, entry.subject) or NOTHING, entry.author or NOTHING, entry.decision)

    def empty(self) -> str:
        """What is said where there is none."""
        return _("Nothing has been saved yet.")

    def counted(self, count: str) -> str:
        """How many there are, in words."""
        return _(" Changes  %(count)s") % {"count": count}

    # reading and showing

    @property
    def main(self) -> MainScreen:
        """The app's own screen, which knows the records."""
        return cast(
            "MainScreen", next(screen for screen in reversed(self.app.screen_stack) if hasattr(screen, "go_to_record"))
        )

    @property
    def entry(self) -> Entry | None:
        """The change under the cursor."""
        key = self.query_one(RecordList).key
        return None if key is None else next((entry for entry in self._entries if entry.commit == key), None)

    def show_commit(self, commit: str | None) -> None:
        """Read the history again if it is not that of `commit`."""
        if commit != self._read_for:
            self._read_for = commit
            self._read()

    def start(self, store: Store, wanted: Filter) -> Iterator[Entry | None]:
        """The changes that the filter keeps, as they are found."""
        if not self.of:
            return found(store.repo, wanted, self.session.rev, patience=PATIENCE)
        entries = history_of(store.repo, self.of, self.session.rev, fields=True, patience=PATIENCE)
        return (entry for entry in entries if entry is None or (wanted.matches(entry) and self._say(entry)))

    def _say(self, entry: Entry) -> bool:
        """Put into words what a change did to the one record: on the registry's thread, which may read names of people."""
        told = sentences(entry, entry.of, self._names)
        self._said[entry.commit] = "; ".join(each.words.removesuffix(":") for each in told) or entry.subject
        return True

    @work(exclusive=True, group="history")
    async def _read(self) -> None:
        self._names = self.main.view.names
        reading = Reading(self.session, partial(self.start, wanted=self._filter))
        entries: list[Entry] = []
        self._searching = True
        try:
            while not reading.done and len(entries) < self.most:
                first, more = not entries, list(filter(self.wanted, await reading.more()))
                if more or first:
                    entries = entries + more
                    self._entries = entries
                    self._show_rows()
        except VanortError as error:
            tell_error(self, error)
        finally:
            reading.close()
        self._searching = False
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self.query_one(RecordList)
        rows.empty = self._nothing()
        keys, cells = [entry.commit for entry in self._entries], [self.cells(entry) for entry in self._entries]
        order = {"day": [entry.date for entry in self._entries]}
        rows.set_rows(Rows(keys, cells, order=order))
        self._show_count()
        self._show_detail()

    def _nothing(self) -> str:
        """What is said where the list is empty."""
        if self._searching:
            return _("being looked through …")
        return _("No change is like that.") if self._filter else self.empty()

    def _show_count(self) -> None:
        total = len(self._entries)
        count = str(total) if total < self.most else _("the latest %(count)s") % {"count": self.most}
        self.query_one(".count", Static).update(line(self.counted(count) + (" …" if self._searching else "")))

    # the filter

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search anew as one types; what cannot be understood yet is said, and what was found before stays."""
        event.stop()
        event.prevent_default()  # rows that are there are not all there is: the history itself is searched
        try:
            wanted = parse_filter(event.value, self.session.today, typing=True)
        except BadInput as error:
            self._help(str(error), wrong=True)
            return
        if wanted != self._filter:
            self._filter = wanted
            self._read()
        if keyword := unfinished(event.value):
            said = _("Nothing stands after “%(keyword)s:” yet. Shown are: %(what)s.")
            self._help(said % {"keyword": keyword, "what": lowered(wanted.in_words())}, wrong=True)
        else:
            self._help()

    def _help(self, meaning: str = "", *, wrong: bool = False) -> None:
        typed, typing = self.query_one(Input).value, self.query_one(Input).has_focus
        meaning = meaning or (self._filter_of(typed).in_words() if typed.strip() else "")
        self.query_one(FilterHelp).tell(meaning, complete(typed, self._known), wrong=wrong, typing=typing)

    def _filter_of(self, typed: str) -> Filter:
        try:
            return parse_filter(typed, self.session.today, typing=True)
        except BadInput:
            return self._filter

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Into the filter: there is help, and what can be named is looked up. Out of it: the help goes."""
        if self.query_one(Input).has_focus:
            self._look_up()
        self._help()

    @work(exclusive=True, group="known")
    async def _look_up(self) -> None:
        snapshot, entries = self.main.view.snapshot, self._entries

        def looking() -> Known:
            return known_of(snapshot, ((entry.author, entry.raw.message) for entry in entries))

        try:
            self._known = await self.session.run(looking)
        except VanortError:  # what is wrong with the folder is told elsewhere
            return
        self._help()

    @work(exclusive=True, group="detail")
    async def _show_detail(self) -> None:
        entry, names, policy = self.entry, self.main.view.names, self.main.view.snapshot.policy
        target = self.query_one(".detail-text", Static)
        width = self.query_one(self.DETAIL).scrollable_content_region.width
        if entry is None:
            target.update(Content(""))
            return
        try:
            quotes = Terms.of(policy).quotes
            told = await self.session.run(lambda: list(detail(entry, names, self.of, width, quotes)))
        except VanortError as error:
            told = [plain(str(error))]
        target.update(Content("\n").join(told))
        self.query_one(".detail", VerticalScroll).scroll_home(animate=False)

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another change."""
        event.stop()
        self._show_detail()

    def on_record_list_changed(self, event: RecordList.Changed) -> None:
        """Other rows."""
        event.stop()
        self._show_count()

    def on_resize(self, _event: events.Resize) -> None:
        """What is told is wrapped elsewhere."""
        self.call_after_refresh(self._show_detail)

    async def do_record(self) -> None:
        """Go to the record that was changed, where it still is."""
        entry, main = self.entry, self.main
        there = [ref for ref in (entry.refs if entry else ()) if ref in main.view.snapshot]
        if not there:
            return
        if self.of:  # above the record itself
            self.screen.dismiss(None)
            await main.go_to_record(self.of if self.of in there else there[0])
        else:
            await main.follow("history", there[0])

    @work(exclusive=True, group="act")
    async def do_take_back(self) -> None:
        """Show the change and ask whether to take it back."""
        from tui.screens.undo import take_back

        if (entry := self.entry) is not None and await take_back(self.main, entry):
            self.show_commit(self.main.view.snapshot.commit)

    @work(exclusive=True, group="act")
    async def do_as_of(self) -> None:
        """The registry as it was after the change."""
        from tui.screens.past import show_past

        if (entry := self.entry) is not None:
            await show_past(self.main, entry.commit, self.of or next(iter(entry.refs), ""))

    def do_mark(self) -> None:
        """Remember this change, to be compared with another."""
        if (entry := self.entry) is not None:
            self._marked = entry
            tell(self, _("Marked; c on another change compares the two."))

    def do_compare(self) -> None:
        """The registry after this change beside the marked one, else beside today's."""
        from tui.screens.compare import CompareScreen

        marked, entry = self._marked, self.entry
        if entry is not None:
            ends = (
                [entry]
                if marked in {None, entry}
                else sorted([marked or entry, entry], key=lambda one: one.raw.committed)
            )
            self._marked = None
            self.app.push_screen(CompareScreen(self.main, *(one.commit for one in ends)))

    async def do_copy(self) -> None:
        """The change to the clipboard."""
        from tui.clipboard import copy_and_tell

        view = self.main.view
        if (entry := self.entry) is not None:
            told = detail(entry, view.names, self.of, quotes=Terms.of(view.snapshot.policy).quotes)
            await copy_and_tell(self, "\n".join(part.plain for part in told))


class HistoryPage(Page):
    """The history of the whole registry, as one of the pages."""

    def compose(self) -> ComposeResult:
        yield HistoryPane(self.session)

    def show_view(self, view: View) -> None:
        """Show a new state of the registry, when the page is in sight."""
        if self.main.page is self:
            self.query_one(HistoryPane).show_commit(view.snapshot.commit)

    def enter(self) -> None:
        """The page comes into sight."""
        self.query_one(HistoryPane).show_commit(self.view.snapshot.commit)
        self.query_one(RecordList).focus()


_NONE: Final[Mapping[str, str]] = {}


def detail(
    entry: Entry, names: Names, ref: str = "", width: int = 0, quotes: Mapping[str, str] = _NONE
) -> Iterator[Content]:
    """A change to read: what, who decided, who entered it, why, and every field before and after.

    In lines of `width` cells; 0 leaves them as long as they are. `quotes` are the policy's words, for the clauses that
    it made an exception from.
    """
    yield from headline(entry, quotes)
    width = width or _UNWRAPPED
    told = _of_record(entry, entry.of or ref, names, width) if ref else _of_all(entry, names, width)
    yield from told
    yield Content("")
    yield line(entry.commit[:10], style="$text-muted")


def _of_record(entry: Entry, ref: str, names: Names, width: int) -> Iterator[Content]:
    """What it did to one record, sentence by sentence."""
    yield Content("")
    for told in sentences(entry, ref, names):
        yield from sentence_lines(told, width)


def _of_all(entry: Entry, names: Names, width: int) -> Iterator[Content]:
    """Every field of every record, before and after; a rewritten text word by word."""
    for new, old in entry.renamed.items():
        yield Content("")
        yield from hanging(
            Content(""), line(_("New name in the registry: %(old)s → %(new)s") % {"old": old, "new": new}), width
        )
    if entry.begins:
        yield Content("")
        yield from hanging(Content(""), line(cut_off(entry.repo)), width)
    for ref in entry.refs:
        if entry.unreadable(ref)[1]:
            yield Content("")
            yield line(f"{ref}: " + _("The file could not be read"))
    changes = entry.fields(names)
    many = len({change.ref for change in changes}) > 1
    last = ""
    for change in changes:
        if change.ref != last:
            yield Content("")
            if many:
                yield line(names.record(change.ref), style="bold")
            last = change.ref
        yield line(change.label, style="$text-muted")
        if pieces := sentence(change, names).pieces:
            for part in pieces_text(pieces).split("\n"):
                yield from hanging(Content(_INDENT), part, width)
            continue
        old, new = change.show(change.old, names), change.show(change.new, names)
        yield from from_to(Content(_INDENT), line(old, style="$text-muted"), line(new), width)


def headline(entry: Entry, quotes: Mapping[str, str] = _NONE) -> Iterator[Content]:
    """What a change was, who decided, who entered it, and why."""
    yield line(entry.subject or NOTHING, style="bold")
    when = entry.date.astimezone()
    for decision in entry.decisions:
        yield line(_("decided: %(decision)s") % {"decision": decision}, style="$accent")
    said = _("entered by %(author)s, %(day)s at %(time)s")
    yield line(
        said % {"author": entry.author or NOTHING, "day": show_date(when.date()), "time": when.strftime("%H:%M")},
        style="$text-muted",
    )
    if entry.correction:
        yield line(_("A correction of the record, not an event."), style="$text-muted")
    if entry.why:
        yield Content("")
        yield plain(entry.why)
    yield from _overrides(entry, quotes)


def _overrides(entry: Entry, quotes: Mapping[str, str]) -> Iterator[Content]:
    """The clauses that it went against, each with the policy's words."""
    said = [(_("exception from %(clause)s"), clause) for clause in entry.exceptions]
    said += [(_("breach of %(clause)s"), clause) for clause in entry.breaches]
    for words, clause in said:
        yield Content("")
        yield line(words % {"clause": clause}, style="$warning")
        if quote := quotes.get(clause):
            yield plain(_("“%(quote)s”") % {"quote": quote}, style="italic")
