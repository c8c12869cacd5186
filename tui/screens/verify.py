"""Whether the history can be trusted: looked through a portion at a time, between which the registry is others'."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from textual import work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from registry.errors import VanortError
from registry.words import N_, _
from tui.commands import Command, Verdict
from tui.notices import tell_error
from tui.screens.place import Place
from tui.session import View
from tui.text import line, plain
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows

if TYPE_CHECKING:
    from registry.findings import Finding
    from registry.trust.report import Report, Told
    from registry.trust.verifying import Progress
    from tui.screens.main import MainScreen


class _Row(NamedTuple):
    """A line of the list: what was found, or a change made without Vänort; of the whole history without a commit."""

    told: Told | None
    finding: Finding | None


def _is_running(screen: VerifyScreen) -> Verdict:
    return True if screen.running else _("It has come to its end.")


class VerifyScreen(Place):
    """How far it has come, the answer, and all that was found."""

    FOCUSED = "RecordList"
    COMMAND_TABLE = (
        Command(id="verify.stop", keys="s", label=N_("stop"), help=N_("Stop looking; what was done is kept."), enabled=_is_running, when_usable=True, rank=10),
    )  # fmt: skip

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main)
        self.running = False
        self._stopped = False
        self._rows: list[_Row] = []

    def body(self) -> Iterator[Widget]:
        """The answer, the findings, and the one under the cursor in full."""
        yield Static(classes="policy--about")
        yield RecordList(
            [
                Column("day", _("Entered"), width=10),
                Column("author", _("By"), width=18, drop=1),
                Column("record", _("Record"), flex=1, width=30, min=16),
                Column("what", _("What is found"), flex=2, min=30),
                Column("how", _("How grave"), width=18, style="muted", drop=2),
            ],
            empty=_("Nothing was found."),
        )
        yield Static(classes="policy--finding")

    def show_view(self, view: View) -> None:
        """Look through the history, which may be another one."""
        self.title_is(_("Can the history be trusted?"))
        self.running, self._stopped = True, False
        self._verify(view.commit)

    @work(exclusive=True, group="look")
    async def _verify(self, commit: str | None) -> None:
        from registry.trust.report import report
        from registry.trust.verifying import Verification

        repo = self.session.store.repo
        self._say([plain(_("Looking through the history …"))])
        try:
            run = await self.session.run(lambda: Verification(repo, commit, portion=_PORTION))
            steps = run.steps()
            while (progress := await self.session.run(lambda: next(steps, None))) is not None:
                if self._stopped:
                    await self.session.run(steps.close)
                    self._say([plain(_("Stopped. What was looked at is remembered, and need not be looked at again."))])
                    return
                self._show_progress(progress)
            self._show(await self.session.run(lambda: report(repo, run.result())))
        except VanortError as error:
            tell_error(self, error)
        finally:
            self.running = False
            self.refresh_bindings()

    def _show_progress(self, progress: Progress) -> None:
        told = _("Looking at change %(done)s of %(total)s …") % progress._asdict()
        self._say([plain(told)])
        self.refresh_bindings()

    def _say(self, lines: list[Content]) -> None:
        self.query_one(".policy--about", Static).update(Content("\n").join(lines))

    def _show(self, done: Report) -> None:
        from registry.trust.report import in_words

        answer = _("Verified.") if done.verified else _("Not verified.")
        style = "bold $text-success" if done.verified else "bold $text-error"
        self._say([line(answer, style=style), plain(". ".join(in_words(done)) + ".")])
        self._rows = [_Row(None, found) for found in done.general]
        self._rows += [_Row(told, found) for told in done.told for found in told.findings]
        self._rows += [_Row(told, None) for told in done.outside]
        self.query_one(RecordList).set_rows(Rows(list(range(len(self._rows))), list(map(self._cells, self._rows))))
        self._show_row()

    def _cells(self, row: _Row) -> tuple[str, ...]:
        from registry.trust.words import how_grave

        told, found = row
        day = told.entered.date().isoformat() if told is not None and told.entered else ""
        ref = found.ref if found else ""
        return (
            day,
            told.author if told else "",
            self.view.names.record(ref) if ref else told.subject if told else "",
            found.message if found else _("made without Vänort"),
            str(how_grave(found)) if found else "",
        )

    def _show_row(self) -> None:
        key = self.query_one(RecordList).key
        lines: list[Content] = []
        if key is not None and key < len(self._rows):
            told, found = self._rows[key]
            if told is not None:
                lines.append(line(f"{told.subject}  {told.commit[:12]}", style="bold"))
            lines.append(plain(found.message if found else _("made without Vänort")))
        self.query_one(".policy--finding", Static).update(Content("\n").join(lines))

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another line."""
        event.stop()
        self._show_row()

    async def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """To its record, if it is about one."""
        event.stop()
        found = self._rows[event.key].finding
        if found is not None and found.ref:
            await self.lead_to(found.ref)

    def do_stop(self) -> None:
        """Stop after what is being looked at."""
        self._stopped = True


_PORTION = 50
"""Commits at a time: a save waits no longer than that takes."""
