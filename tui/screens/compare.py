"""Two dates side by side: what came, what went, what changed, and the sums of money and stages then and now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.widget import Widget

from registry.comparing import Comparison, compare
from registry.comparing_words import money_rows, stage_rows
from registry.errors import NotFound, VanortError
from registry.names import RecordNames
from registry.records.types import Names
from registry.sentences import sentence
from registry.store import Store
from registry.words import N_, _
from tui.commands import Command
from tui.notices import in_words, tell_error
from tui.screens.place import Place
from tui.sentence_text import sentence_lines
from tui.session import View
from tui.text import line
from tui.widgets.dialogs import Ask
from tui.widgets.sheet import Item, Sheet, heading

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

_GROUP = N_("Compare")
_NOW = "HEAD"


class CompareScreen(Place):
    """What differs from `old` to `new`: dates, commits or tags. Without, this year so far."""

    FOCUSED = "Sheet"
    COMMAND_TABLE = (
        Command(id="compare.from", keys="d", label=N_("from another date"), help=N_("Compare from another date, commit or tag."), group=_GROUP, rank=10),
        Command(id="compare.to", keys="D", label=N_("to another date"), help=N_("Compare to another date, commit or tag."), group=_GROUP, rank=11),
    )  # fmt: skip

    def __init__(self, main: MainScreen, old: str = "", new: str = _NOW) -> None:
        super().__init__(main)
        then = main.session.rev if main.session.rev != _NOW else ""  # from the day that is looked at
        self.old = old or then or str(main.session.today.year - 1)
        self.new = new
        self._chosen = bool(old or then)

    def body(self) -> Iterator[Widget]:
        """One page."""
        yield Sheet(_("being looked through …"))

    def show_view(self, view: View) -> None:  # noqa: ARG002
        """Compare."""
        self.title_is(f"{self._called(self.old)} → {self._called(self.new)}")
        self._compare()

    @staticmethod
    def _called(when: str) -> str:
        if when == _NOW:
            return _("today, as last saved")
        return when[:10]

    @work(exclusive=True, group="look")
    async def _compare(self) -> None:
        old, new, strict = self.old, self.new, self._chosen

        def comparing() -> tuple[Comparison, Names]:
            return _compared(self.session.store, old, new, strict=strict)

        try:
            found, names = await self.session.run(comparing)
        except VanortError as error:
            tell_error(self, error)
            trouble = Item(line(str(error)), skipped=True)
            self.query_one(Sheet).show(lambda _width: [trouble])
            return
        self.query_one(Sheet).show(lambda width: list(_lines(found, names, width)))

    async def on_sheet_opened(self, event: Sheet.Opened) -> None:
        """To the record, where it still is; else to its history."""
        event.stop()
        if event.goal in self.view.snapshot:
            await self.lead_to(event.goal)
        else:
            from tui.screens.record_history import RecordHistoryScreen

            self.app.push_screen(RecordHistoryScreen(self.session, self.view, event.goal))

    @work(exclusive=True, group="act")
    async def do_from(self) -> None:
        """Ask for the earlier one."""
        if (typed := await self._ask(_("Compare from which date, commit or tag?"))) is not None:
            self.old, self._chosen = typed, True
            self.show_view(self.view)

    @work(exclusive=True, group="act")
    async def do_to(self) -> None:
        """Ask for the later one."""
        if (typed := await self._ask(_("Compare to which date, commit or tag?"))) is not None:
            self.new = typed
            self.show_view(self.view)

    async def _ask(self, question: str) -> str | None:
        session = self.session

        async def looking(when: str) -> str:
            try:
                await session.run(lambda: session.store.at(when))
            except VanortError as error:
                return in_words(error)
            return ""

        asked = Ask(question, example=_("2025-06-01, 2025, yesterday or a commit"), attempt=looking)
        typed: str | None = await self.app.push_screen_wait(asked)
        return typed.strip() if typed is not None else None


def _compared(store: Store, old: str, new: str, *, strict: bool) -> tuple[Comparison, Names]:
    """The comparison; where nobody chose the date and the history begins later, from its first commit."""
    from registry.git.ancestry import first_commit
    from registry.git.log import changed_refs

    try:
        before = store.at(old)
    except NotFound:
        if strict:
            raise
        before = store.committed(first_commit(store.repo))
    after = store.at(new)
    names = RecordNames(after, before, person=store.person)
    refs = changed_refs(store.repo, before.commit or "", after.commit or "")
    return compare(before, after, refs, names), names


def _lines(found: Comparison, names: Names, width: int) -> Iterator[Item]:
    """Figures first, then records."""
    if not (found.added or found.removed or found.changed):
        yield Item(line(_("Nothing differs."), style="$text-muted"), skipped=True)
        return
    for title, rows in ((_("Projects by stage"), stage_rows(found)), (_("Money"), money_rows(found))):
        if rows:
            yield from heading(title)
            yield from (Item(line("  ".join(row)), skipped=False) for row in rows)
    for title, refs in ((_("Added"), found.added), (_("Removed"), found.removed)):
        if refs:
            yield from heading(f"{title} ({len(refs)})")
            yield from (Item(line(names.record(ref)), ref) for ref in refs)
    if found.changed:
        yield from heading(f"{_('Changed')} ({len(found.changed)})")
    for ref, changes in found.changed.items():
        told = [part for change in changes for part in sentence_lines(sentence(change, names), width)]
        yield Item(Content("\n").join([line(names.record(ref), style="bold"), *told]), ref)
