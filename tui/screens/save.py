"""Saving: what changes, field by field; what the policy says of it; why; under which decision. Then one commit."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from rich.cells import cell_len
from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from registry.change import REASONS, Change, Verdict
from registry.differences import FieldChange, clipped
from registry.errors import VanortError
from registry.findings import Finding
from registry.personal_data import CLAUSE as PERSONAL
from registry.personal_data import false_alarms, with_references
from registry.records.fields import Field
from registry.records.types import Choice as FieldChoice
from registry.records.types import DecisionText, OneOf, SetOf, Text
from registry.records.values import says_nothing
from registry.settling import settle
from registry.store import Conflicted
from registry.words import N_, Words, _, ngettext, speaking
from tui.commands import Command, HasCommands
from tui.commands import Verdict as Usable
from tui.forms.asking import AskedMaker, ReasonField
from tui.forms.change_words import finding_lines, told
from tui.forms.choices import CheckField, ChoiceField
from tui.forms.desk import Desk
from tui.forms.field_input import FieldInput
from tui.forms.group import Group
from tui.forms.lines import DecisionField, LineField
from tui.forms.page import FieldList
from tui.forms.suggestions import Suggestions
from tui.forms.writing import Writing
from tui.keys_in_order import let_keys_go
from tui.notices import remedy, tell, tell_error
from tui.text import line, one_line, plain
from tui.widgets.command_footer import CommandFooter

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

_MOST_FIELDS: Final = 200
_MOST_RECORDS: Final = 60
"""Records whose fields are told: more are not read before a save, and the screen is not to wait for them."""
_LABELS: Final = 36
_NARROW: Final = 40
_BESIDE_TEXT: Final = 3
"""Cells of a line that are taken by the edges and the scroll bar."""
_EXCEPTION_WIDTH: Final = 48
_PAUSE: Final = 0.15
"""Seconds without a keystroke in the decision after which the change is judged under it."""

_REASON: Final = Field(
    "reason",
    OneOf(tuple(FieldChoice(key, Words(words.sv.rstrip("."), words.en.rstrip("."))) for key, words in REASONS.items())),
    Words("Varför", "Why"),
    absent_words=Words("välj, eller skriv med egna ord", "choose, or write it in words"),
)
_WORDS: Final = Field(
    "words",
    Text(sample="Nämnden beviljade medel för resan."),
    Words("Med ord", "In words"),
    absent_words=Words("som nämnden eller du själv skulle säga det", "as the board or you yourself would say it"),
)
_DECISION: Final = Field("decision", DecisionText(), Words("Beslut", "Decision"))


Outcome = Literal["saved", "theirs", ""]
"""What came of a change: it was saved, others' values were chosen for all of it, or it waits."""


async def confirm_change(main: MainScreen, change: Change, about: Content | None = None) -> Outcome:
    """Show what `change` would do, ask why, and save it as one commit. What came of it.

    `about` is said above it. Called from a worker. Where Git has no name for who acts, that is asked first, once. What is refused is said, and
    leaves everything as it was.
    """
    session = main.session
    settling = False
    try:
        if not await someone_acts(main):
            return ""
        while True:
            try:
                verdict = await session.judge(change)
                break
            except Conflicted as clash:
                settled = await _settled(main, change, clash)
                if settled is None:
                    return ""
                change, settling = settled, True
        nothing = not verdict.fields and not change.texts and change.act in {"set", "new", "undo"}
        if nothing and not settling:
            tell(main, _("Nothing is changed."))
            return ""
        if settling and (nothing or (not verdict.fields and change.act == "hand-edit")):
            await _set_aside(main, change)
            main.show_view(await session.look())
            tell(main, _("Theirs stands; nothing is left to save."))
            return "theirs"
        desk = await Desk.open(session, main.view)
    except VanortError as error:
        tell_error(main, error)
        return ""
    outcome: Outcome | None = await main.app.push_screen_wait(SaveScreen(main, change, verdict, desk, about))
    return outcome or ""


async def someone_acts(main: MainScreen) -> bool:
    """Whether Git knows who acts; asks where it does not, and keeps the answer in the registry's own settings."""
    from registry.policy.offices import mailboxes
    from tui.screens.identity import IdentityScreen

    session = main.session
    if await session.run(session.store.repo.identity) is not None:
        return True
    let_keys_go(main, lost=True)
    offices = await session.run(lambda: mailboxes(main.view.snapshot, session.today))
    given = await main.app.push_screen_wait(IdentityScreen(offices))
    if given is None:
        return False
    name, mail = given
    await session.run(lambda: session.store.repo.set_identity(name, mail))
    return True


async def _settled(main: MainScreen, change: Change, clash: Conflicted) -> Change | None:
    """The change with a side chosen for each field that somebody else changed too; None for Esc."""
    from tui.screens.save_settle import SettleScreen

    let_keys_go(main, lost=True)
    choices = await main.app.push_screen_wait(SettleScreen(main.view.names, clash, change))
    if choices is None:
        return None
    return await main.session.run(lambda: settle(main.session.store, change, choices))


async def _set_aside(main: MainScreen, change: Change) -> None:
    """Have what is saved stand in the folder too, where somebody else's values were chosen over a hand edit."""
    store = main.session.store
    for ref in change.texts if change.act == "hand-edit" else ():
        await main.session.write(partial(store.discard, ref))


def _nothing_refuses(screen: SaveScreen) -> Usable:
    if not screen.verdict.refusals or screen.is_to_be_judged:
        return True
    return _("The policy refuses this; Esc leads back to the form.")


def _found_personal(screen: SaveScreen) -> bool:
    return any(finding.clause == PERSONAL for finding in screen.verdict.exceptions)


def _holds_names(screen: SaveScreen) -> Usable:
    return True if _found_personal(screen) and screen.holds_names else _("No name was found.")


def _holds_texts(screen: SaveScreen) -> Usable:
    return True if _found_personal(screen) and screen.false_alarms else _("Nothing was found that could be one.")


class SaveScreen(HasCommands, Writing, Screen[Outcome]):
    """Gives what came of the change."""

    COMMAND_TABLE = (
        Command(id="save.now", keys="ctrl+s", label=N_("save"), help=N_("Save the change; it is kept with what you say here."), priority=True, enabled=_nothing_refuses, rank=1),
        Command(id="save.refer", keys="f6", label=N_("id for name"), help=N_("Put the person's id in place of each name from the people book; it shows as the name."), enabled=_holds_names, when_usable=True, rank=3),
        Command(id="save.accept", keys="f7", label=N_("false alarm"), help=N_("Say that a text only looks like personal data; it is not asked about again."), enabled=_holds_texts, when_usable=True, rank=4),
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
        self.holds_names = False
        """Whether it would bring in names that ids could stand for."""
        self.false_alarms: tuple[str, ...] = ()
        """What looks like personal data, and is of nobody in the book."""
        self._referred = False
        """Whether ids were put in place of names."""
        self._pause: Timer | None = None
        proposed = change.act == "undo" and verdict.exceptions  # an exception takes words of one's own
        said = {"words": "" if proposed else change.why, "decision": change.decision}
        self.group = Group(self._fields(), {**said, "reason": "new-information"} if change.act == "new" else said)

    def _fields(self) -> tuple[Field, ...]:
        said = {finding.clause: clipped(finding.message, _EXCEPTION_WIDTH) for finding in reversed(self._said)}
        choices = tuple(FieldChoice(clause, Words(words, words)) for clause, words in reversed(said.items()))
        override = Field(
            "override", SetOf(OneOf(choices)), Words("Spara ändå", "Save anyway"), absent_words=Words("", "")
        )
        return (*((override,) if choices else ()), _REASON, _WORDS, _DECISION)

    def compose(self) -> ComposeResult:
        """What changes and what is found scrolls; what is asked stands below it."""
        with Horizontal(classes="form--top"):
            yield Static(line(self._title()), classes="form--title")
            yield Static(line(self._count()), classes="form--state")
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
        self._look_for_people()

    def on_resize(self) -> None:
        """Long values are wrapped elsewhere."""
        self.query_one("#save-fields", Static).update(self._changes())

    # what is shown

    def _title(self) -> str:
        acts = {
            "new": _("Add"),
            "delete": _("Remove"),
            "rename": _("Give another id"),
            "hand-edit": _("Save the hand edit"),
            "undo": _("Do this change again?") if self.change.again else _("Take this change back?"),
            "import": _("Take in"),
        }
        return acts.get(self.change.act, _("Save the change"))

    def _count(self) -> str:
        count = len(self.verdict.fields)
        return ngettext("%(count)s field", "%(count)s fields", count) % {"count": count}

    def _changes(self) -> Content:
        names = self.main.view.names
        width = max(_NARROW, self.app.size.width - _BESIDE_TEXT)
        by_record: dict[str, list[FieldChange]] = {}
        for item in self.verdict.fields:
            by_record.setdefault(item.ref, []).append(item)
        by_hand = self.change.renamed_from if self.change.act == "hand-edit" else {}
        refs = list(dict.fromkeys([*by_record, *by_hand])) or list(self.change.edits)
        lines: list[Content] = [self._about, Content("")] if self._about else []
        for ref in refs[:_MOST_RECORDS]:
            lines.append(Content.styled(line(self._title_of(ref)).plain, "bold"))
            if ref in by_hand:
                said = _("New name in the registry: %(old)s → %(new)s") % {"old": by_hand[ref], "new": ref}
                lines.append(line(f"  {said}"))
            if self.change.edits.get(ref, {}) is None:
                lines.append(Content.styled("  " + _("is removed; its history stays"), "$warning"))
                continue
            whole = self.change.act in {"new", "undo", "import"} and ref not in self.main.view.snapshot
            fields = by_record.get(ref, [])
            labels = min(_LABELS, max((cell_len(one_line(item.label)) for item in fields), default=0))
            lines.extend(
                part for item in fields[:_MOST_FIELDS] for part in told(item, names, labels, width, whole=whole)
            )
            if len(fields) > _MOST_FIELDS:
                lines.append(line("  …"))
        if left := len(refs) - _MOST_RECORDS:
            more = ngettext("… and %(count)s other record", "… and %(count)s other records", left) % {"count": left}
            lines.extend([line(more)] if left > 0 else [])
        return Content("\n").join(lines)

    def _title_of(self, ref: str) -> str:
        after = self.main.view.snapshot.edited(self.change.edits)
        title = after.title(ref) if ref in after else self.main.view.snapshot.title(ref)
        return title if title != ref else ref

    def _findings(self) -> Content:
        verdict = self.verdict
        shown = [*verdict.refusals, *verdict.exceptions, *verdict.advice]
        rest = [found for found in verdict.elsewhere if found not in shown]
        lines = [part for finding in [*shown, *rest] for part in finding_lines(finding, self._desk)]
        if verdict.refusals:
            words = _("This cannot be saved as it stands. Esc leads back to the form.")
            if verdict.undecided.issuperset(verdict.refusals):
                words = _("Give the decision below: it is entered in the project too.")
            lines.append(Content.styled(words, "$bad bold"))
        return Content("\n").join([Content(""), *lines]) if lines else Content("")

    def _show_findings(self) -> None:
        found = self.query_one("#save-findings", Static)
        words = self._findings()
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

    def _asked_for(self) -> Change:
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
        self._complain("")
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

    def _complain(self, trouble: str) -> None:
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
        await self._look_again()
        change = self._asked_for()
        if (missing := self._missing(change)) is not None:
            words, where = missing
            self._complain(words)
            self.query(where).first().focus()
            return
        session = self.main.session
        try:
            saved = await session.save(change)
        except Conflicted as clash:
            settled = await _settled(self.main, change, clash)
            if settled is not None:
                self.change = settled
                await self._look_again()
                if not self.verdict.fields and settled.act in {"set", "hand-edit"}:
                    await _set_aside(self.main, settled)
                    tell(self.main, _("Theirs stands; nothing is left to save."))
                    self.dismiss("theirs")
            return
        except VanortError as error:
            self._complain(f"{error.message} {remedy(error)}".strip())
            await self._look_again()
            return
        finally:
            if session.view is not None:
                self.main.show_view(session.view)
        if saved.commit is None:
            tell(self.main, _("Nothing differs, so nothing was saved."))
        self.dismiss("theirs" if saved.commit is None else "saved")

    async def _look_again(self) -> None:
        """Show what would be changed and found now, with what was said of it, and ask what that takes."""
        await self._judge_again()
        await self._ask_what_is_met()

    async def _judge_again(self) -> None:
        """Show what would be changed and found now."""
        change = self._asked_for()
        try:
            verdict = await self.main.session.judge(change)
        except VanortError:
            return
        self.verdict = verdict
        self._judged_under = change.decision
        self._look_for_people()
        self.query_one("#save-fields", Static).update(self._changes())
        self._show_findings()
        self.query_one(".form--state", Static).update(line(self._count()))
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
        self.group = Group(self._fields(), said)
        self.group.restore(words)
        old = self.query_one(FieldList)
        new = FieldList(self.group.fields, self.group, AskedMaker(self._desk, self.group))
        await old.remove()
        await self.query_one(".save--asked").mount(new, before=0)
        first = self.query(CheckField) or self.query("#save-words")
        first.first().focus()

    # what looks like personal data

    @work(exclusive=True, group="people")
    async def _look_for_people(self) -> None:
        """What of it can be said by an id, and what may be a false alarm."""
        if not _found_personal(self):
            self.holds_names, self.false_alarms = False, ()
            self.refresh_bindings()
            return
        change, store = self._asked_for(), self.main.session.store

        def looking() -> tuple[bool, tuple[str, ...]]:
            before, book = store.saved(), store.people.to_search_with()
            named = with_references(before, change, book) is not change
            return named, tuple(false_alarms(before, change, book))

        self.holds_names, self.false_alarms = await self.main.session.run(looking)
        self.refresh_bindings()

    @work(exclusive=True, group="act")
    async def do_refer(self) -> None:
        """Ids in place of names, in what is saved and in the reason."""
        change, store = self._asked_for(), self.main.session.store
        made = await self.main.session.run(
            lambda: with_references(store.saved(), change, store.people.to_search_with())
        )
        words = self.query_one("#save-words", LineField)
        if words.value.strip() and made.why != self._why:
            words.value = made.why
        self._referred = self._referred or made.edits != self.change.edits
        self.change = replace(self.change, edits=made.edits)
        await self._look_again()

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
            self._complain(f"{error.message} {remedy(error)}".strip())
            return
        await self._look_again()

    def do_leave(self) -> None:
        """Nothing is saved; what was replaced here alone is said to be so."""
        if self._referred:
            tell(self, _("The form has the names still; F6 replaces them when it is saved."))
        self.dismiss("")
