"""Somebody else changed the same fields meanwhile: both values, and for each the choice of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.change import Change
from registry.differences import NOTHING, is_long
from registry.errors import BadInput
from registry.merge import Conflict
from registry.records.kinds import kind_of
from registry.records.paths import field_at, label_at
from registry.records.types import Names
from registry.records.values import Value, is_absent
from registry.settling import Side
from registry.store import Conflicted
from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands
from tui.forms.choices import Choice, ChoiceLine
from tui.text import line, plain
from tui.three_sides import Version, side_lines, whole_before, whole_changes, whole_words

_WIDTH = 72


class SettleScreen(HasCommands, ModalScreen[Mapping[tuple[str, str], Side] | None]):
    """Gives (REF, field) → side, or None for Esc."""

    COMMAND_TABLE = (
        Command(id="settle.take", keys="ctrl+s", label=N_("go on"), help=N_("Go on with these values."), priority=True, rank=1),
        Command(id="settle.leave", keys="escape", label=N_("back"), help=N_("Decide nothing now."), rank=2),
    )  # fmt: skip

    def __init__(self, names: Names, clash: Conflicted, change: Change) -> None:
        super().__init__(classes="dialogue")
        self._names = names
        self._change = change
        self._conflicts = [(ref, conflict) for ref, found in clash.conflicts.items() for conflict in found]

    def compose(self) -> ComposeResult:
        """For each field its label, what it was, and the two values; long ones side by side."""
        with VerticalScroll(classes="dialogue--box settle", can_focus=False):
            count = len(self._conflicts)
            question = ngettext(
                "Somebody else has changed this too, meanwhile.",
                "Somebody else has changed these too, meanwhile.",
                count,
            )
            yield Static(plain(question), classes="dialogue--question")
            for index, (ref, conflict) in enumerate(self._conflicts):
                yield Static(line(self._label(ref, conflict)), classes="settle--label")
                yield Static(Content("\n").join(self._sides(ref, conflict)), classes="settle--sides")
                choice = ChoiceLine([Choice("mine", _("mine")), Choice("theirs", _("theirs"))], id=f"settle-{index}")
                choice.chosen = {0}
                yield choice
            yield Static(plain(_("ctrl+s goes on, Esc goes back.")), classes="dialogue--hint")

    def on_mount(self) -> None:
        """The first choice."""
        self.query(ChoiceLine).first().focus()

    def _label(self, ref: str, conflict: Conflict) -> str:
        data = self._change.edits.get(ref)
        if not conflict.field or data is None:
            return _("the whole record")
        return label_at(kind_of(ref), conflict.field, data, self._names)

    def _sides(self, ref: str, conflict: Conflict) -> Iterator[Content]:
        names = ((_("before"), conflict.base), (_("mine"), conflict.ours), (_("theirs"), conflict.theirs))
        before, mine, theirs = (self._side(name, ref, conflict, value) for name, value in names)
        if not conflict.field:
            before = before._replace(words=whole_before(conflict.base), changes=())
        yield from side_lines(before, mine, theirs, self._names, _WIDTH)

    def _side(self, name: str, ref: str, conflict: Conflict, value: Value) -> Version:
        if not conflict.field:
            changes = whole_changes(ref, conflict.base, value, self._names)
            return Version(name, whole_words(conflict.base, value), changes=changes)
        try:
            field = field_at(kind_of(ref), conflict.field)
        except BadInput:
            return Version(name, NOTHING if is_absent(value) else str(value))
        words = NOTHING if is_absent(value) else field.type.show(value, self._names)
        return Version(name, words, long=value if is_long(field.type) and isinstance(value, str) else None)

    def do_take(self) -> None:
        """As chosen."""
        choices: dict[tuple[str, str], Side] = {}
        for index, (ref, conflict) in enumerate(self._conflicts):
            line = self.query_one(f"#settle-{index}", ChoiceLine)
            choices[ref, conflict.field] = "mine" if line.choices[line.at].value == "mine" else "theirs"
        self.dismiss(choices)

    def do_leave(self) -> None:
        """Nothing is decided."""
        self.dismiss(None)
