"""The policy, clause by clause: its words, how grave, whether in force, what serves it, what it finds now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import events, work
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from registry.errors import VanortError
from registry.words import N_, _
from tui.commands import Command
from tui.judging import findings_of
from tui.notices import tell, tell_error
from tui.policy_text import ClauseNow, about, clause_text, clauses_now
from tui.screens.list_and_detail import ListAndDetail
from tui.screens.place import Place
from tui.session import View
from tui.text import line, plain
from tui.widgets.columns import Column, Tone
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows

if TYPE_CHECKING:
    from registry.findings import Finding
    from tui.screens.main import MainScreen


def _tone(count: str) -> Tone:
    return "warning" if count.isdigit() and count != "0" else "muted"


class PolicyScreen(Place):
    """The clauses, and the chosen one to read."""

    FOCUSED = "RecordList"
    COMMAND_TABLE = (
        Command(id="policy.edit", keys="e", label=N_("edit the policy"), help=N_("The policy's goals, priorities, clauses and settings."), group=N_("The policy"), writes=True, rank=10),
    )  # fmt: skip

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main)
        self._clauses: dict[str, ClauseNow] = {}
        self._counted = False

    def body(self) -> Iterator[Widget]:
        """What the policy is, its clauses, and the one under the cursor."""
        yield Static(classes="policy--about")
        with Horizontal(classes="list-and-card"):
            yield RecordList(
                [
                    Column("clause", _("Clause"), width=22),
                    Column("quote", _("The policy's words"), flex=1, min=24, drop=1),
                    Column("how", _("How grave"), width=18, style="muted"),
                    Column("count", _("Finds"), width=6, align="right", style=_tone),
                ]
            )
            with VerticalScroll(classes="detail", can_focus=False):
                yield Static(classes="detail-text")

    def show_view(self, view: View) -> None:
        """The clauses at once, what they find when that is known."""
        self.title_is(_("The policy, clause by clause"))
        self.query_one(".policy--about", Static).update(Content("\n").join(about(view.snapshot.policy)))
        self._show(view, None)
        self._judge(view)

    @work(exclusive=True, group="look")
    async def _judge(self, view: View) -> None:
        try:
            self._show(view, await findings_of(self.session, view))
        except VanortError as error:
            tell_error(self, error)

    def _show(self, view: View, found: Sequence[Finding] | None) -> None:
        self._counted = found is not None
        self._clauses = {clause.id: clause for clause in clauses_now(view.snapshot.policy, found or ())}
        rows = [(own, clause.quote, clause.how, self._count(clause)) for own, clause in self._clauses.items()]
        numbers = [len(clause.found) for clause in self._clauses.values()]
        self.query_one(RecordList).set_rows(Rows(list(self._clauses), rows, order={"count": numbers}))
        self._show_clause()

    def _count(self, clause: ClauseNow) -> str:
        if clause.served is None or not clause.served.rules or clause.off is not None:
            return "–"
        return str(len(clause.found)) if self._counted else "…"

    def _show_clause(self) -> None:
        clause = self._clauses.get(self.query_one(RecordList).key or "")
        told = [] if clause is None else list(clause_text(clause, counted=self._counted))
        self.query_one(".detail-text", Static).update(Content("\n").join(told))

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another clause."""
        event.stop()
        self._show_clause()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """What the clause finds."""
        event.stop()
        clause = self._clauses[event.key]
        if clause.found:
            self.app.push_screen(FindingsScreen(self.main, clause.id))
        elif self._counted:
            tell(self, _("It finds nothing now."))

    def on_resize(self, event: events.Resize) -> None:
        """Beside each other, or one above the other."""
        self.set_class(event.size.width < ListAndDetail.SIDE_BY_SIDE, "-stacked")

    def do_edit(self) -> None:
        """Edit the policy in its form."""
        self.main.edit("policy")


class FindingsScreen(Place):
    """What one clause finds now."""

    FOCUSED = "RecordList"

    def __init__(self, main: MainScreen, clause: str) -> None:
        super().__init__(main)
        self._clause = clause
        self._found: list[Finding] = []

    def body(self) -> Iterator[Widget]:
        """The policy's words, the findings, and the one under the cursor in full."""
        yield Static(classes="policy--about")
        yield RecordList(
            [
                Column("record", _("Record"), flex=1, width=44, min=20),
                Column("what", _("What is found"), flex=2, min=30),
                Column("how", _("How grave"), width=18, style="muted", drop=1),
            ],
            empty=_("It finds nothing now."),
        )
        yield Static(classes="policy--finding")

    def show_view(self, view: View) -> None:
        """Look for them."""
        self.title_is(_("The policy · %(clause)s") % {"clause": self._clause})
        self._judge(view)

    @work(exclusive=True, group="look")
    async def _judge(self, view: View) -> None:
        try:
            every = await findings_of(self.session, view)
        except VanortError as error:
            tell_error(self, error)
            return
        self._found = [finding for finding in every if finding.clause == self._clause]
        quote = next((finding.quote for finding in self._found if finding.quote), "")
        self.query_one(".policy--about", Static).update(
            plain(_("“%(quote)s”") % {"quote": quote}) if quote else Content("")
        )
        rows = [(view.names.record(found.ref), found.message, str(found.how_grave)) for found in self._found]
        self.query_one(RecordList).set_rows(Rows(list(range(len(rows))), rows))
        self._show_finding()

    def _show_finding(self) -> None:
        key = self.query_one(RecordList).key
        told = Content("")
        if key is not None and key < len(self._found):
            found = self._found[key]
            told = Content("\n").join([line(self.view.names.record(found.ref), style="bold"), plain(found.message)])
        self.query_one(".policy--finding", Static).update(told)

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another finding."""
        event.stop()
        self._show_finding()

    async def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """To its record."""
        event.stop()
        await self.lead_to(self._found[event.key].ref)
