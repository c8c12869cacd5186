"""The save dialogue: what changes and what is found above, what is asked below it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from registry.change import REASONS, Change, Verdict
from registry.errors import VanortError
from registry.findings import Finding
from registry.records.values import says_nothing
from registry.store import Conflicted
from registry.words import N_, _, speaking
from tui.commands import Command
from tui.commands import Verdict as Usable
from tui.forms.asking import AskedMaker, ReasonField
from tui.forms.choices import CheckField, ChoiceField
from tui.forms.desk import Desk
from tui.forms.field_input import FieldInput
from tui.forms.group import Group
from tui.forms.lines import DecisionField, LineField
from tui.forms.page import FieldList
from tui.forms.suggestions import Suggestions
from tui.forms.writing import Writing
from tui.keys_in_order import let_keys_go
from tui.notices import remedy, tell
from tui.screens.saving import shown
from tui.screens.saving.meeting import set_aside, settled_by_choice
from tui.screens.saving.personal import HasPersonalData
from tui.screens.saving.questions import questions
from tui.text import line, plain
from tui.widgets.command_footer import CommandFooter

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

_NARROW: Final = 40
_BESIDE_TEXT: Final = 3
"""Cells of a line that are taken by the edges and the scroll bar."""
_PAUSE: Final = 0.15
"""Seconds without a keystroke in the decision after which the change is judged under it."""

Outcome = Literal["saved", "theirs", ""]
"""What came of a change: it was saved, others' values were chosen for all of it, or it waits."""


def _nothing_refuses(screen: SaveScreen) -> Usable:
    if not screen.verdict.refusals or screen.is_to_be_judged:
        return True
    return _("The policy refuses this; Esc leads back to the form.")


class SaveScreen(HasPersonalData, Writing, Screen[Outcome]):
    """Gives what came of the change."""

    COMMAND_TABLE = (
        Command(id="save.now", keys="ctrl+s", label=N_("save"), help=N_("Save the change; it is kept with what you say here."), priority=True, enabled=_nothing_refuses, rank=1),
        Command(id="save.leave", keys="escape", label=N_("back"), help=N_("Back; nothing is saved and nothing is lost."), rank=2),
    )  # fmt: skip

    def __init__(
        self, main: MainScreen, change: Change, verdict: Verdict, desk: Desk, about: Content | None = None
    ) -> None:
        super().__init__()
        self._about = about
        self.main = main
        self.change = change
        self.verdict = verdict
        self._desk = desk
        self._saving = False
        self._said: tuple[Finding, ...] = verdict.exceptions
        """The exceptions that are asked about below."""
        self._judged_under = change.decision
        self._pause: Timer | None = None
        proposed = change.act == "undo" and verdict.exceptions  # an exception takes words of one's own
        said = {"words": "" if proposed else change.why, "decision": change.decision}
        self.group = Group(
            questions(self._said), {**said, "reason": "new-information"} if change.act == "new" else said
        )

    def compose(self) -> ComposeResult:
        """What changes and what is found scrolls; what is asked stands below it."""
        with Horizontal(classes="form--top"):
            yield Static(line(shown.title(self.change)), classes="form--title")
            yield Static(line(shown.count(self.verdict)), classes="form--state")
        with VerticalScroll(classes="save--changes"):
            yield Static(self._changes(), id="save-fields")
            yield Static(id="save-findings")
        with Vertical(classes="save--asked"):
            yield FieldList(self.group.fields, self.group, AskedMaker(self._desk, self.group))
            yield Static(classes="dialogue--trouble", id="save-trouble")
        yield Suggestions()
        yield CommandFooter()

    def on_mount(self) -> None:
        """The cursor at the reason, always: a letter chooses, more of them are words."""
        self._show_findings()
        self.query_one(ReasonField).focus()
        let_keys_go(self)
        self.look_for_people()

    def on_resize(self) -> None:
        """Long values are wrapped elsewhere."""
        self.query_one("#save-fields", Static).update(self._changes())

    # what is shown

    def _changes(self) -> Content:
        width = max(_NARROW, self.app.size.width - _BESIDE_TEXT)
        lines = shown.changes(self.change, self.verdict, self.main.view, width)
        return Content("\n").join([self._about, Content(""), *lines] if self._about else lines)

    def _show_findings(self) -> None:
        found = self.query_one("#save-findings", Static)
        words = shown.findings(self.verdict, self._desk)
        found.update(words)
        found.display = bool(words.plain)

    # what is asked

    @property
    def _why(self) -> str:
        """The words, else the choice as the registry's language has it."""
        words = self.query_one("#save-words", LineField).value.strip()
        if words:
            return words
        chosen = self.group.get("reason")
        with speaking(self.main.view.snapshot.language):
            return str(REASONS[chosen]) if chosen else ""

    @property
    def _decision(self) -> str:
        """The decision as it stands in its field."""
        return self.query_one(DecisionField).value.strip()

    @property
    def is_to_be_judged(self) -> bool:
        """Whether another decision is given than the change was judged under."""
        return bool(self.query(DecisionField)) and self._decision != self._judged_under

    def asked_for(self) -> Change:
        """The change with what was said of it."""
        overrides = self.group.get("override") or []
        return replace(
            self.change,
            why=self._why,
            decision=self._decision,
            overrides=tuple(overrides),
            correction=self.change.correction or self.group.get("reason") == "correction",
        )

    def _missing(self, change: Change) -> tuple[str, type[Widget]] | None:
        """What has to be said before it can be saved, and where."""
        clauses = {finding.clause for finding in self._said}
        if clauses - {*change.overrides}:
            return _("This is an exception. Tick it to save anyway, and say why in words."), CheckField
        words = self.query_one("#save-words", LineField).value
        if (self.verdict.needs_words or change.overrides) and says_nothing(words):
            why = _("Status, money, commitments and dates after a decision ask for a reason in words.")
            return (_("An exception asks for a reason in words.") if change.overrides else why), LineField
        if says_nothing(change.why):
            return _("Choose why, or say it in words."), ChoiceField
        if change.decision and self.group.unread.get("decision"):
            return _("The decision cannot be read yet; it says why."), DecisionField
        return None

    def on_field_input_edited(self, event: FieldInput.Edited) -> None:
        """No complaint stands longer than what it is about; a decision may itself be part of the change."""
        event.stop()
        self.complain("")
        if isinstance(event.source, DecisionField):
            self._stop_waiting()
            self._pause = self.set_timer(_PAUSE, self._follow_decision)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The decision is there: whatever else it takes is asked now, and not while somebody types."""
        if isinstance(event.widget, DecisionField) and not self._saving:
            self._stop_waiting()
            self._follow_decision(ask=True)

    def _stop_waiting(self) -> None:
        if self._pause is not None:
            self._pause.stop()

    @work(exclusive=True, group="judge")
    async def _follow_decision(self, *, ask: bool = False) -> None:
        """What is shown follows the decision."""
        if self.is_to_be_judged:
            await self._judge_again()
        if ask:
            await self._ask_what_is_met()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on."""
        event.stop()
        self.focus_next()

    def complain(self, trouble: str) -> None:
        """Say what is wrong, until something else is typed."""
        self.query_one("#save-trouble", Static).update(plain(trouble))

    async def do_now(self) -> None:
        """Save, unless that is being done already."""
        if not self._saving:
            self._saving = True
            self._save()

    @work(group="save")
    async def _save(self) -> None:
        try:
            await self._try_to_save()
        finally:
            self._saving = False

    async def _try_to_save(self) -> None:
        """Save; what is refused is said here, and Esc leads back with nothing lost."""
        self._stop_waiting()
        await self.look_again()
        change = self.asked_for()
        if (missing := self._missing(change)) is not None:
            words, where = missing
            self.complain(words)
            self.query(where).first().focus()
            return
        session = self.main.session
        try:
            saved = await session.save(change)
        except Conflicted as clash:
            settled = await settled_by_choice(self.main, change, clash)
            if settled is not None:
                self.change = settled
                await self.look_again()
                if not self.verdict.fields and settled.act in {"set", "hand-edit"}:
                    await set_aside(self.main, settled)
                    tell(self.main, _("Theirs stands; nothing is left to save."))
                    self.dismiss("theirs")
            return
        except VanortError as error:
            self.complain(f"{error.message} {remedy(error)}".strip())
            await self.look_again()
            return
        finally:
            if session.view is not None:
                self.main.show_view(session.view)
        if saved.commit is None:
            tell(self.main, _("Nothing differs, so nothing was saved."))
        self.dismiss("theirs" if saved.commit is None else "saved")

    async def look_again(self) -> None:
        """Show what would be changed and found now, with what was said of it, and ask what that takes."""
        await self._judge_again()
        await self._ask_what_is_met()

    async def _judge_again(self) -> None:
        """Show what would be changed and found now."""
        change = self.asked_for()
        try:
            verdict = await self.main.session.judge(change)
        except VanortError:
            return
        self.verdict = verdict
        self._judged_under = change.decision
        self.look_for_people()
        self.query_one("#save-fields", Static).update(self._changes())
        self._show_findings()
        self.query_one(".form--state", Static).update(line(shown.count(self.verdict)))
        self.refresh_bindings()

    async def _ask_what_is_met(self) -> None:
        """Ask anew where other exceptions are met than those that are asked about."""
        had = {(finding.clause, finding.message) for finding in self._said}
        self._said = self.verdict.exceptions
        if {(finding.clause, finding.message) for finding in self._said} != had:
            await self._ask_anew()

    async def _ask_anew(self) -> None:
        """The questions again, where other exceptions are met than before; what was said stays."""
        said = self.group.data()
        clauses = {finding.clause for finding in self._said}
        said["override"] = [clause for clause in said.get("override", []) if clause in clauses]
        words = {key: unread.text for key, unread in self.group.unread.items()}
        self.group = Group(questions(self._said), said)
        self.group.restore(words)
        old = self.query_one(FieldList)
        new = FieldList(self.group.fields, self.group, AskedMaker(self._desk, self.group))
        await old.remove()
        await self.query_one(".save--asked").mount(new, before=0)
        first = self.query(CheckField) or self.query("#save-words")
        first.first().focus()

    def do_leave(self) -> None:
        """Nothing is saved; what was replaced here alone is said to be so."""
        if self.referred:
            tell(self, _("The form has the names still; F6 replaces them when it is saved."))
        self.dismiss("")
