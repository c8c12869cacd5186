"""Lists of tables, edited in place: a readable line for each entry, and its fields below the one that is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from registry.records.fields import Field
from registry.records.paths import telling_keys
from registry.records.types import Tables
from registry.records.values import Data, is_absent
from registry.words import N_, _, ngettext
from tui.commands import Command, HasCommands
from tui.forms.field_input import FieldInput, Tone
from tui.forms.group import Group
from tui.forms.page import FieldList, Maker, first_focusable
from tui.forms.slots import Slot
from tui.text import fit, one_line, plain


class EntryLine(HasCommands, Widget, can_focus=True):
    """One entry on one line."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"entry--mark", "entry--removed", "entry--bad"}
    _GROUP = N_("In a list of entries")
    COMMAND_TABLE = (
        Command(id="entry.open", keys="enter,space", label=N_("open"), help=N_("Open or close this entry."), group=_GROUP, rank=8),
        Command(id="entry.remove", keys="delete,backspace", label=N_("remove"), help=N_("Take this entry away when the form is saved; once more brings it back."), group=_GROUP, rank=12),
        Command(id="entry.up", keys="shift+up", label=N_("move up"), help=N_("Move this entry up."), group=_GROUP, rank=14),
        Command(id="entry.down", keys="shift+down", label=N_("move down"), help=N_("Move this entry down."), group=_GROUP, show=False),
    )  # fmt: skip

    def __init__(self, owner: EntryList, entry: Group) -> None:
        super().__init__()
        self.owner = owner
        self.entry = entry
        self.body: FieldList | None = None
        self.wrong = 0
        """How many problems there are inside; said while it is closed."""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - one line
        """``▸ 2026, centrala medel · beviljat 45 000 kr``."""
        width, base = self.size.width, self.rich_style
        mark = "▾ " if self.body is not None else "▸ "
        words = self.owner.words(self.entry)
        style = base
        if self.entry.removed:
            style += self.get_component_rich_style("entry--removed", partial=True)
            words = _("removed: %(entry)s") % {"entry": words}
        tail = ""
        if self.wrong and self.body is None:
            tail = "  ! " + ngettext("%(count)s thing wrong", "%(count)s things wrong", self.wrong) % {
                "count": self.wrong
            }
        room = max(0, width - 2 - len(tail))
        strip = [
            Segment(mark, base + self.get_component_rich_style("entry--mark", partial=True)),
            Segment(fit(one_line(words), room), style),
            Segment(tail, base + self.get_component_rich_style("entry--bad", partial=True)),
        ]
        return Strip(strip).adjust_cell_length(width, base)

    def on_key(self, event: events.Key) -> None:
        """The arrows go to the line above and below."""
        if event.key in {"up", "down"}:
            event.stop()
            (self.screen.focus_previous if event.key == "up" else self.screen.focus_next)()

    def on_click(self) -> None:
        """A click opens or closes it."""
        self.do_open()

    def do_open(self) -> None:
        """Open it, or close it."""
        if self.body is None:
            self.owner.open(self)
        else:
            self.owner.close(self)

    def do_remove(self) -> None:
        """Take it away, or bring it back."""
        self.owner.remove_entry(self)

    def do_up(self) -> None:
        """One place up."""
        self.owner.move(self, -1)

    def do_down(self) -> None:
        """One place down."""
        self.owner.move(self, 1)


class AddLine(HasCommands, Widget, can_focus=True):
    """The line below the entries, on which Enter adds one."""

    ALLOW_SELECT = False
    COMMAND_TABLE = (Command(id="entry.add", keys="enter,space", label=N_("add"), help=N_("Add an entry."), rank=8),)

    class Wanted(Message):
        """One is to be added."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - one line
        """``+ budgetpost``."""
        return Strip([Segment(fit(self._words, self.size.width), self.rich_style)])

    def on_key(self, event: events.Key) -> None:
        """The arrows go on."""
        if event.key in {"up", "down"}:
            event.stop()
            (self.screen.focus_previous if event.key == "up" else self.screen.focus_next)()

    def on_click(self) -> None:
        """As Enter."""
        self.do_add()

    def do_add(self) -> None:
        """Add one."""
        self.post_message(self.Wanted())


class EntryList(FieldInput, Widget):
    """All entries of one list."""

    label_beside = False

    def __init__(self, slot: Slot, maker: Maker, label: str = "") -> None:
        self.attach(slot, maker.desk, label)
        super().__init__()
        self._maker = maker

    @property
    def field(self) -> Field:
        """The list's description."""
        return self.slot.field

    @property
    def entries(self) -> list[Group]:
        """The entries as they are being edited, those to be removed included."""
        return self.slot.group.lists[self.field.key]

    @property
    def lines(self) -> list[EntryLine]:
        """Their lines, in order."""
        return [child for child in self.children if isinstance(child, EntryLine)]

    @property
    def note(self) -> tuple[str, Tone]:
        """What was found of the list as a whole."""
        return self.found or ("", "muted")

    def compose(self) -> ComposeResult:
        """Its name, unless the section says it; a line an entry; and one to add by."""
        if self.label:
            yield Static(plain(self.label), classes="entries--label")
        yield from (EntryLine(self, entry) for entry in self.entries)
        kind = self.field.type
        name = str(kind.entry) if isinstance(kind, Tables) else ""
        yield AddLine("+ " + _("add: %(kind)s") % {"kind": name})

    def count_wrong(self, wrong_in: Callable[[Group], int]) -> None:
        """Say on each line how many things are wrong in its entry."""
        for line in self.lines:
            if (wrong := wrong_in(line.entry)) != line.wrong:
                line.wrong = wrong
                line.refresh()

    def words(self, entry: Group) -> str:
        """An entry on one line: what tells it from others, then the rest with its labels."""
        data = entry.data()
        telling = telling_keys(self.field, data)
        said = [self._show(key, data) for key in telling]
        rest = [
            f"{str(item.label).lower()} {self._show(item.key, data)}"
            for item in self.field.fields
            if item.key not in telling and item.key != "id" and not is_absent(data.get(item.key))
        ]
        kind = self.field.type
        empty = _("new: %(kind)s") % {"kind": kind.entry if isinstance(kind, Tables) else ""}
        return " · ".join(filter(None, [", ".join(said), *rest])) or empty

    def _show(self, key: str, data: Data) -> str:
        item = self.field.inner(key)
        return item.type.show(data[key], self.desk.names) if item else str(data[key])

    def open(self, line: EntryLine, *, focus: bool = True) -> None:
        """Show the fields of an entry below its line, and go there."""

        async def go() -> None:
            first = first_focusable(await self.shown(line))
            if focus and first is not None:
                first.focus()

        self.call_later(go)

    async def shown(self, line: EntryLine) -> FieldList:
        """The fields of an entry, once they are there to be gone to."""
        if line.body is None:
            line.body = FieldList(self.field.fields, line.entry, self._maker)
            line.refresh()
            await self.mount(line.body, after=line)
        return line.body

    def close(self, line: EntryLine) -> None:
        """Hide the fields of an entry; what stands in them stays."""
        if line.body is not None:
            line.body.remove()
            line.body = None
        line.refresh()
        line.focus()

    def on_add_line_wanted(self, event: AddLine.Wanted) -> None:
        """A new entry, opened."""
        event.stop()
        entry = self.slot.group.add(self.field.key)
        line = EntryLine(self, entry)
        mounted = self.mount(line, before=self.query_one(AddLine))

        async def go() -> None:
            await mounted
            self.open(line)

        self.call_later(go)

    def remove_entry(self, line: EntryLine) -> None:
        """Take an entry away, or bring it back; one that was begun and is empty goes at once."""
        entry = line.entry
        if entry.added and entry.empty:
            self.entries.remove(entry)
            self.screen.focus_next()
            if line.body is not None:
                line.body.remove()
            line.remove()
        else:
            entry.removed = not entry.removed
            if entry.removed and line.body is not None:
                self.close(line)
        line.refresh()
        self.edited()

    def move(self, line: EntryLine, by: int) -> None:
        """Move an entry up (-1) or down (1)."""
        lines = self.lines
        at = lines.index(line)
        if not self.slot.group.move(self.field.key, line.entry, by):
            return
        other = lines[at + by]
        if by < 0:
            self.move_child(line, before=other)
        else:
            self.move_child(line, after=other.body or other)
        if line.body is not None:
            self.move_child(line.body, after=line)
        self.edited()

    def on_field_input_edited(self) -> None:
        """Something in an entry is another: its line says so."""
        for line in self.lines:
            line.refresh()
