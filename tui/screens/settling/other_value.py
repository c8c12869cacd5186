"""A third value, typed as in a form, where neither what I wrote nor what they wrote is to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.errors import BadInput
from registry.merge.outcome import WHOLE_RECORD
from registry.records.fields import Field
from registry.records.refs import parse_id
from registry.records.types import Tables, Text
from registry.sharing.choices import Choice
from registry.sharing.meetings import NAME
from registry.sharing.settlement import Question
from registry.words import N_, Words, _
from tui.commands import Command, HasCommands
from tui.forms.adding import Adding
from tui.forms.desk import Desk
from tui.forms.field_input import FieldInput
from tui.forms.group import Group
from tui.forms.making import FormMaker
from tui.forms.page import FieldList, first_focusable
from tui.forms.suggestions import Suggestions
from tui.text import line, plain
from tui.widgets.dialogs import Ask

if TYPE_CHECKING:
    from tui.screens.main import MainScreen
    from tui.screens.settling.screen import SettlingScreen

_FILE: Final = Field("text", Text(long=True, searched=False), Words("Text", "Text"))


def cannot_be_written(question: Question) -> str:
    """Why no third value can be written for it, a whole sentence; "" where one can."""
    meeting = question.meeting
    if meeting.kind is None or meeting.field == NAME:
        return ""
    if meeting.field == WHOLE_RECORD:
        return _("It is the whole record: take mine or theirs, and edit it afterwards.")
    field = meeting.described
    if field is None or field.automatic or isinstance(field.type, Tables):
        return _("This cannot be typed here: take mine or theirs, and edit the record afterwards.")
    return ""


async def ask_for_value(screen: SettlingScreen, question: Question) -> Choice | None:
    """The choice of what the user writes; None for Esc. Called from a worker."""
    meeting = question.meeting
    if meeting.field == NAME:
        return await _ask_for_name(screen, question)
    session = screen.session
    view = session.view
    if view is None:
        return None
    desk = await Desk.open(session, view)
    field = meeting.described or _FILE
    now = question.value if isinstance(question.value, str) or meeting.kind is not None else meeting.theirs
    label = f"{meeting.title} · {meeting.label_by(view.names)}"
    group = Group((field,), {} if now is None else {field.key: now})
    written = await screen.app.push_screen_wait(OtherValueScreen(screen.main, desk, line(label), field, group))
    return Choice("edited", group.get(field.key)) if written else None


async def _ask_for_name(screen: SettlingScreen, question: Question) -> Choice | None:
    meeting = question.meeting
    folder, _slash, name = str(question.value or meeting.ours).rpartition("/")
    asked = Ask(_("What is it to be called in the registry?"), value=name, check=_trouble)
    typed = await screen.app.push_screen_wait(asked)
    return Choice("edited", f"{folder}/{parse_id(typed)}") if typed else None


def _trouble(typed: str) -> str:
    try:
        parse_id(typed)
    except BadInput as error:
        return str(error)
    return ""


class OtherValueScreen(HasCommands, Adding, ModalScreen[bool]):
    """One field, filled in. Gives whether it is to be taken; the value is in `group`."""

    COMMAND_TABLE = (
        Command(id="other.take", keys="ctrl+s", label=N_("take it"), help=N_("This is to hold."), priority=True, rank=1),
        Command(id="other.leave", keys="escape", label=N_("back"), help=N_("Decide nothing now."), rank=2),
    )  # fmt: skip

    def __init__(self, main: MainScreen, desk: Desk, about: Content, field: Field, group: Group) -> None:
        super().__init__(classes="dialogue")
        self.main = main
        self.group = group
        self._desk, self._about, self._field = desk, about, field

    def compose(self) -> ComposeResult:
        """What it is about, and the field."""
        with Vertical(classes="dialogue--box other-value"):
            yield Static(self._about, classes="dialogue--question")
            yield FieldList((self._field,), self.group, FormMaker(self._desk, self.group))
            yield Static(classes="dialogue--trouble")
            yield Static(plain(_("ctrl+s takes it, Esc goes back.")), classes="dialogue--hint")
        yield Suggestions()

    def on_mount(self) -> None:
        """The cursor in the field."""
        if (first := first_focusable(self.query_one(FieldList))) is not None:
            first.focus()

    def on_field_input_edited(self, event: FieldInput.Edited) -> None:
        """No complaint stands longer than what it is about."""
        event.stop()
        self._complain("")

    def _complain(self, trouble: str) -> None:
        self.query_one(".dialogue--trouble", Static).update(plain(trouble))

    def do_take(self) -> None:
        """Take what was written, if it can be read."""
        if any(group.unread for group in self.group.groups()):
            self._complain(_("One field cannot be read yet; it says why."))
        else:
            self.dismiss(True)

    def do_leave(self) -> None:
        """Nothing is decided."""
        self.dismiss(False)
