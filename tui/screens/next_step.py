"""The next step of a project: which steps there are, what stands in the way of each, and the reason that a stop takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from registry.deciding import wants_its_decision
from registry.policy.stages import Point, gate, is_open, is_step_back, needs_reason, steps_from, taken
from registry.records.headings import STAGE_LABELS
from registry.records.values import day, says_nothing, text
from registry.snapshot import Record, Snapshot
from registry.words import N_, _, ngettext
from tui.cards.gate import before, met
from tui.commands import Command, HasCommands
from tui.text import line, plain
from tui.widgets.columns import Column
from tui.widgets.inputs import LineInput
from tui.widgets.record_list import RecordList
from tui.widgets.record_rows import Rows

_ALL_THE_SAME: Final = "!"
"""The row below the open points that takes the step although they are open."""
_WIDTH: Final = 64


class Step(NamedTuple):
    """A step to take: the stage, and in words why it is a stop or a step back."""

    stage: str
    reason: str = ""


class Mend(NamedTuple):
    """A field to go to first."""

    field: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that is offered."""

    stage: str
    back: bool
    reason: bool
    """Whether it takes a reason in the record."""
    points: tuple[Point, ...]
    """Its gate; of a step that takes a reason none: that is asked for here."""
    undecided: bool = False
    """Whether the decision is still to be named: the step is saved under it, and enters it."""

    @property
    def missing(self) -> list[Point]:
        """The points that are open."""
        return [point for point in self.points if not point.met]

    @property
    def state(self) -> str:
        """What stands in its way, in short."""
        if self.reason:
            return _("takes a reason")
        if is_open(self.points):
            return _("takes a decision") if self.undecided else _("nothing stands in the way")
        count = len(self.missing)
        return ngettext("%(count)s thing is missing", "%(count)s things are missing", count) % {"count": count}


def choices(snapshot: Snapshot, record: Record, on: date) -> list[Choice]:
    """Every step from where the project is, the next one first."""
    stage = text(record.data, "stage")
    made = []
    for step in steps_from(stage):
        reason = needs_reason(stage, step)
        points = () if reason else tuple(gate(snapshot, record, step, on))
        decided = points
        if wants_its_decision("set", record.ref, record.data, taken(record.data, step)):
            decided = tuple(point for point in points if point.met or point.field != "decisions")
        made.append(Choice(step, is_step_back(stage, step), reason, decided, undecided=decided != points))
    return made


class NextStepScreen(HasCommands, ModalScreen[Step | Mend | None]):
    """Gives the step to take, the field to go to first, or None for Esc."""

    COMMAND_TABLE = (
        Command(id="step.leave", keys="escape", label=N_("back"), help=N_("Back; no step is taken."), priority=True),
    )

    def __init__(self, record: Record, steps: Sequence[Choice], today: date) -> None:
        super().__init__(classes="dialogue")
        self._record = record
        self._steps: Mapping[str, Choice] = {choice.stage: choice for choice in steps}
        begun = day(record.data, "start") or day(record.data, "end")
        self._has_begun = begun is not None and begun <= today

    def compose(self) -> ComposeResult:
        """The steps; below them what the one under the cursor asks for; how to go on."""
        with Vertical(classes="dialogue--box next-step"):
            yield Static(line(_("Next step: %(title)s") % {"title": self._record.title}), classes="dialogue--question")
            yield RecordList([Column("step", "", flex=1), Column("state", "", width=26)], show_header=False, id="steps")
            yield Static(id="step-met")
            yield RecordList([Column("point", "", flex=1)], show_header=False, id="step-missing")
            yield LineInput(id="step-reason", placeholder=_("why, as the record will say it"))
            yield Static(classes="dialogue--trouble", id="step-trouble")
            yield Static(classes="dialogue--hint", id="step-hint")

    def on_mount(self) -> None:
        """The next step under the cursor."""
        steps = self._list("steps")
        steps.styles.height = len(self._steps)
        rows = [(self._called(choice), choice.state) for choice in self._steps.values()]
        steps.set_rows(Rows(list(self._steps), rows))
        steps.focus()
        self._show()

    @staticmethod
    def _called(choice: Choice) -> str:
        label = str(STAGE_LABELS[choice.stage])
        return _("back to: %(stage)s") % {"stage": label} if choice.back else label

    def _list(self, id: str) -> RecordList[str]:
        return self.query_one(f"#{id}", RecordList)

    @property
    def _chosen(self) -> Choice:
        return self._steps[self._list("steps").key or next(iter(self._steps))]

    def _show(self) -> None:
        """What the step under the cursor asks for."""
        choice = self._chosen
        there = self.query_one("#step-met", Static)
        head = [] if choice.reason or not choice.points else [Content.styled(before(choice.stage), "$accent")]
        there.update(Content("\n").join([Content(""), *head, *met(choice.points, _WIDTH)]))
        missing = self._list("step-missing")
        rows = [(point.field, f"✗ {point.message}") for point in choice.missing]
        if rows and self._has_begun:
            rows.append((_ALL_THE_SAME, _("it has happened: record it all the same")))
        missing.set_rows(Rows([str(at) for at in range(len(rows))], [(words,) for _field, words in rows]))
        missing.styles.height = len(rows)
        missing.display = bool(rows)
        self._fields = [field for field, _words in rows]
        self.query_one("#step-reason").display = choice.reason
        self._complain("")
        self._hint()

    def _hint(self) -> None:
        choice = self._chosen
        if self._list("step-missing").has_focus:
            words = _("Enter opens the form there, Esc goes back.")
        elif choice.reason:
            words = _("Enter asks why, Esc goes back.")
        elif choice.missing:
            words = _("Enter goes to what is missing, Esc goes back.")
        elif choice.undecided:
            words = _("Enter takes the step, and asks for the decision; Esc goes back.")
        else:
            words = _("Enter takes the step, Esc goes back.")
        self.query_one("#step-hint", Static).update(line(words))

    def _complain(self, words: str) -> None:
        self.query_one("#step-trouble", Static).update(plain(words))

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another step: what it asks for."""
        event.stop()
        if event.list.id == "steps":
            self._show()

    def on_descendant_focus(self) -> None:
        """Enter does something else here."""
        self._hint()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: on a step takes it, or leads to what it lacks; on what is missing, into the form."""
        event.stop()
        choice = self._chosen
        if event.list.id == "step-missing":
            field = self._fields[int(event.key)]
            self.dismiss(Step(choice.stage) if field == _ALL_THE_SAME else Mend(field))
        elif choice.reason:
            self.query_one("#step-reason").focus()
        elif choice.missing:
            self._list("step-missing").focus()
        else:
            self.dismiss(Step(choice.stage))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter after the reason takes the step."""
        event.stop()
        if says_nothing(event.value):
            self._complain(_("Say in a few words why."))
        else:
            self.dismiss(Step(self._chosen.stage, event.value.strip()))

    def on_key(self, event: events.Key) -> None:
        """The arrows lead from one list to the other."""
        steps, missing, reason = self._list("steps"), self._list("step-missing"), self.query_one("#step-reason")
        if event.key == "up" and (reason.has_focus or (missing.has_focus and missing.cursor == 0)):
            event.stop()
            steps.focus()

    def do_leave(self) -> None:
        """No step is taken."""
        self.dismiss(None)
