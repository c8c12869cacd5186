"""The form of a record as it stands on the screen: its sections, what is said beside its fields, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from registry.change import Change
from registry.creation import new_record
from registry.drafts import Draft, Drafts, NamesErased, key_for_new
from registry.errors import VanortError
from registry.findings import Finding
from registry.records.fields import Kind
from registry.records.values import Data, text
from registry.toml_files import normal, same
from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands
from tui.forms import questions
from tui.forms.adding import Adding
from tui.forms.desk import Desk, decisions_in
from tui.forms.entry_list import EntryList
from tui.forms.field_help import help_for
from tui.forms.field_input import FieldInput
from tui.forms.findings import Remarks, remarks
from tui.forms.going import go_to, go_to_trouble
from tui.forms.group import Group
from tui.forms.keeping import PAUSE, Keeper
from tui.forms.lines import DecisionField
from tui.forms.making import FormMaker
from tui.forms.page import FieldList, first_focusable
from tui.forms.section_keys import IN_A_FORM, LeadsToSections
from tui.forms.sections import SectionBox
from tui.forms.suggestions import Suggestions
from tui.forms.writing import Writing
from tui.keys_in_order import hold_keys, let_keys_go
from tui.notices import tell, tell_error
from tui.text import line
from tui.widgets.command_footer import CommandFooter
from tui.widgets.dialogs import Told

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

PAUSE_BEFORE_JUDGING = 0.15
"""Seconds without a keystroke after which the policy is asked."""
AT_ONCE = 2
"""Sections that are there in the first frame; the others follow, and are rarely in sight then."""


class RecordForm(HasCommands, LeadsToSections, Adding, Writing, Screen[str | None]):
    """Gives the REF of what was saved, or None."""

    COMMAND_TABLE = (
        Command(id="form.save", keys="ctrl+s", label=N_("save"), help=N_("See what changes, say why, and save."), group=IN_A_FORM, priority=True, rank=1),
        Command(id="form.leave", keys="escape", label=N_("back"), help=N_("Leave the form; asks if something was written."), group=IN_A_FORM, rank=2),
        *LeadsToSections.SECTION_COMMANDS,
    )  # fmt: skip

    def __init__(
        self,
        main: MainScreen,
        kind: Kind,
        desk: Desk,
        data: Data,
        *,
        ref: str,
        base: str | None,
        drafts: Drafts,
        draft: Draft | None,
        at: str = "",
    ) -> None:
        """`base` is the commit that the draft, or else `data`, was made on; `at` the path of the field to begin in."""
        super().__init__()
        self.main = main
        self.kind = kind
        self.ref = ref
        self.root = Group(kind.fields, draft.data if draft else data)
        if draft:
            self.root.restore(draft.texts)
        self._desk = desk
        self._base = base
        self._original = normal(data)
        self._draft = draft
        self._maker = FormMaker(desk, self.root)
        self.boxes = [
            SectionBox(section, self._maker)
            for section in kind.sections
            if any(not field.automatic or self.root.holds(field.key) for field in section.fields)
        ]
        self._keeper = Keeper(drafts.place(ref or key_for_new(kind.id), draft), self._base, self.root)
        self._found: tuple[Finding, ...] = ()
        self._at = at
        self._strict = False
        self._told_of_erased = False
        self._pending: dict[str, Timer] = {}
        desk.decisions = tuple(dict.fromkeys((*decisions_in(kind, data), *desk.decisions)))

    def compose(self) -> ComposeResult:
        """The title, what there is to say of the whole, the sections, the help, the footer."""
        with Horizontal(classes="form--top"):
            yield Static(classes="form--title")
            yield Static(classes="form--state")
        yield Static(classes="form--said")
        with VerticalScroll(classes="form--body", can_focus=False):
            yield from self.boxes[:AT_ONCE]
        yield Static(classes="form--help")
        yield Suggestions()
        yield CommandFooter()

    def on_mount(self) -> None:
        """The cursor in the first field."""
        self._tell_state()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        first = next((found for box in self.boxes if (found := first_focusable(box)) is not None), None)
        if first is not None:
            first.focus()
            self.query_one(".form--body").scroll_home(animate=False)
        let_keys_go(self)
        self.call_after_refresh(self._mount_the_rest)

    async def _mount_the_rest(self) -> None:
        await self.query_one(".form--body").mount(*self.boxes[AT_ONCE:])
        if self._at:
            await go_to(self._at, self.boxes, self.root)
        self._tell_of_bodies()
        self._remark()
        self._judge_soon()

    # what is said

    @property
    def changed(self) -> bool:
        """Whether anything stands here that is not saved."""
        return bool(self.root.unread_places()) or not same(normal(self.root.data()), self._original)

    def _tell_state(self) -> None:
        title = text(self.root.data(), self.kind.title_key)
        heading = f"{self.kind.one} · {title}" if title else str(self.kind.new)
        self.query_one(".form--title", Static).update(line(heading))
        state = _("not changed")
        if self.changed:
            kept = self._keeper.kept or (self._draft.when if self._draft else None)
            state = _("changed · kept as a draft %(time)s") % {"time": f"{kept:%H:%M}"} if kept else _("changed")
            state = state if kept or not self._told_of_erased else _("changed · not kept: names somebody erased")
        self.query_one(".form--state", Static).update(line(state))

    def _remark(self) -> None:
        """Say beside every field, and above the form, what there is to say."""
        said = remarks(self.kind, self.root, self._found, strict=self._strict)
        for fields in self._lists():
            for child in fields.children:
                if isinstance(child, FieldInput):
                    remark = said.about(child.slot.group, child.slot.key)
                    if remark != child.found:
                        child.found = remark
                        fields.renote(child)
                if isinstance(child, EntryList):
                    child.count_wrong(said.wrong_in)
        self._say_of_all(said)

    def _lists(self) -> Iterator[FieldList]:
        for box in self.boxes:
            if box.fields is not None:
                yield from box.fields.lists()

    def _say_of_all(self, said: Remarks) -> None:
        whole = self.query_one(".form--said", Static)
        words = said.in_short
        whole.display = bool(words)
        if words:
            whole.update(line(words))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What the field is about, and what the policy says of it; and what was written is kept."""
        said = help_for(event.widget, self._desk.quotes, self.size.width - 2)
        self.query_one(".form--help", Static).update(said)
        self.run_worker(self._keep(), group="draft")

    # while somebody writes

    def on_field_input_edited(self, event: FieldInput.Edited) -> None:
        """Open what matters now, say what is wrong, keep a draft soon, ask the policy soon."""
        event.stop()
        for fields in list(self._lists()):
            fields.sync()
        for box in self.boxes:
            box.sync()
        self._tell_of_bodies()
        self._keeper.touch()
        self._tell_state()
        self._remark()
        self._after("draft", PAUSE, lambda: self.run_worker(self._keep(), group="draft"))
        self._judge_soon()

    def _tell_of_bodies(self) -> None:
        """A board or a body that is written here decides here, before it is saved as well."""
        if self.kind.id in {"departments", "registry"} and self._desk.written(self.root.data()):
            for fields in self._lists():
                for child in fields.children:
                    if isinstance(child, DecisionField):
                        fields.renote(child)

    def _after(self, name: str, seconds: float, do: object) -> None:
        if name in self._pending:
            self._pending[name].stop()
        self._pending[name] = self.set_timer(seconds, do)  # type: ignore[arg-type]

    async def _keep(self) -> None:
        error = await self._keeper.keep()
        if isinstance(error, NamesErased):
            self._tell_of_erased(error)
        elif error is not None:
            tell_error(self, error)
        elif self._stands:
            self._tell_state()

    def follow(self) -> None:
        """The registry is another: what stands here may name somebody who has been erased by that."""
        if self._stands and self.changed:
            self._keeper.touch()
            self.run_worker(self._keep(), group="draft")
            self._judge_soon()

    def _tell_of_erased(self, error: NamesErased) -> None:
        """Say so until it has been read, once; what is written from then on is looked through each time."""
        self._draft = None  # what was kept is gone
        self._tell_state()
        if not self._told_of_erased:
            self._told_of_erased = True
            self.app.push_screen(Told(error.message, detail=error.hint))

    @property
    def _stands(self) -> bool:
        """Whether the form is on the screen still: what was asked for in the background may come back too late."""
        return bool(self.query(".form--said"))

    def _judge_soon(self) -> None:
        self._after("judge", PAUSE_BEFORE_JUDGING, self._judge)

    @work(exclusive=True, group="judge")
    async def _judge(self) -> None:
        """Ask the policy; what somebody else changed meanwhile is settled when the form is saved."""
        try:
            verdict = await self.main.session.judge(self._change())
        except VanortError:
            self._found = ()
        else:
            self._found = (*verdict.introduced, *verdict.elsewhere)
        if self._stands:
            self._remark()

    def _change(self) -> Change:
        """The change that the form amounts to. Raises `BadInput` for a new record without a title."""
        data = self.root.data()
        if self.ref:
            return Change({self.ref: data}, "", base=self._base)
        ref, made = new_record(self.kind, data, self.main.view.snapshot, self._desk.today)
        return Change({ref: made}, "", act="new", base=self._base)

    # going about

    def on_resize(self) -> None:
        """Lists open under a field are in the wrong place now."""
        self.query_one(Suggestions).close()

    # the end of it

    def do_save(self) -> None:
        """See what changes, say why, save; what stands in the way is shown where it is."""
        if self.app.screen is self:
            hold_keys(self)
            self._end()

    @work(exclusive=True, group="end")
    async def _end(self) -> None:
        try:
            await self._save()
        finally:
            let_keys_go(self, lost=True)

    async def _save(self) -> None:
        from tui.screens.saving import confirm_change

        self._strict = True
        self._remark()
        if (count := len(self.root.unread_places())) > 0:
            go_to_trouble(self)
            words = ngettext(
                "One field cannot be read yet; it says why.",
                "%(count)s fields cannot be read yet; they say why.",
                count,
            )
            tell(self, words % {"count": count}, severity="warning")
            return
        try:
            change = self._change()
        except VanortError as error:
            go_to_trouble(self)
            tell_error(self, error)
            return
        if self.ref and not self.changed:
            tell(self, _("Nothing is changed."))
            return
        await self._keep()
        if outcome := await confirm_change(self.main, change):
            await self._keeper.throw_away()
            saved = self.main.session.saved or change  # under another name, where the title had somebody's
            self.dismiss(next(iter(saved.edits)) if outcome == "saved" else None)

    @work(exclusive=True, group="end")
    async def do_leave(self) -> None:
        """Leave; where something was written, ask what becomes of it."""
        if not self.changed:
            await self._keeper.throw_away()
            self.dismiss(None)
            return
        answer = await self.app.push_screen_wait(questions.leaving())
        if answer == "keep":
            self._keeper.touch()
            await self._keep()
            self.dismiss(None)
        elif answer == "drop":
            await self._keeper.throw_away()
            self.dismiss(None)

    def on_unmount(self) -> None:
        """If the app ends under the form, what stands in it is kept."""
        self._keeper.end()
