"""Somebody else changed the same fields meanwhile: both values, and for each the choice of one."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from registry.change import Change
from registry.differences import NOTHING, clipped
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
from tui.text import plain

_WIDTH = 70


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
        """For each field its label and the two values."""
        with Vertical(classes="dialogue--box settle"):
            count = len(self._conflicts)
            question = ngettext(
                "Somebody else has changed this too, meanwhile.",
                "Somebody else has changed these too, meanwhile.",
                count,
            )
            yield Static(plain(question), classes="dialogue--question")
            for index, (ref, conflict) in enumerate(self._conflicts):
                yield Static(plain(self._label(ref, conflict)), classes="settle--label")
                mine, theirs = (self._show(ref, conflict, value) for value in (conflict.ours, conflict.theirs))
                line = ChoiceLine(
                    [
                        Choice("mine", _("mine: %(value)s") % {"value": mine}),
                        Choice("theirs", _("theirs: %(value)s") % {"value": theirs}),
                    ],
                    id=f"settle-{index}",
                )
                line.chosen = {0}
                yield line
            yield Static(plain(_("ctrl+s goes on, Esc goes back.")), classes="dialogue--hint")

    def on_mount(self) -> None:
        """The first choice."""
        self.query(ChoiceLine).first().focus()

    def _label(self, ref: str, conflict: Conflict) -> str:
        data = self._change.edits.get(ref)
        if not conflict.field or data is None:
            return _("the whole record")
        return label_at(kind_of(ref), conflict.field, data, self._names)

    def _show(self, ref: str, conflict: Conflict, value: Value) -> str:
        if not conflict.field:
            return _("removed") if value is None else _("kept")
        if is_absent(value):
            return NOTHING
        try:
            words = field_at(kind_of(ref), conflict.field).type.show(value, self._names)
        except BadInput:
            words = str(value)
        return clipped(words, _WIDTH)

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
