"""The sections of a form: open where they matter or hold something, else one line that Enter opens."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from registry.records.fields import Section
from registry.words import N_, _
from tui.commands import Command, HasCommands
from tui.forms.page import FieldList, Maker, first_focusable
from tui.text import fit, one_line


class SectionHead(HasCommands, Widget):
    """The name of a section; while it is closed it takes the focus, and Enter opens it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"section--name", "section--hint"}
    COMMAND_TABLE = (
        Command(id="section.open", keys="enter,space", label=N_("open"), help=N_("Open this section."), rank=8),
    )

    def __init__(self, box: SectionBox) -> None:
        super().__init__()
        self._box = box

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - one line
        """``▸ Utvärdering   Enter öppnar``, or the name alone."""
        width, base = self.size.width, self.rich_style
        box = self._box
        name = one_line(box.section.label)
        style = base + self.get_component_rich_style("section--name", partial=True)
        if box.is_open:
            return Strip([Segment(fit(name, width), style)])
        hint = base + self.get_component_rich_style("section--hint", partial=True)
        return Strip(
            [Segment(f"▸ {name}   ", style), Segment(_("nothing here yet · Enter opens"), hint)]
        ).adjust_cell_length(width, base)

    def on_key(self, event: events.Key) -> None:
        """The arrows go on."""
        if event.key in {"up", "down"}:
            event.stop()
            (self.screen.focus_previous if event.key == "up" else self.screen.focus_next)()

    def on_click(self) -> None:
        """A click opens it."""
        if not self._box.is_open:
            self.do_open()

    def do_open(self) -> None:
        """Open it and go in."""
        self._box.open(focus=True)


class SectionBox(Widget):
    """One section."""

    def __init__(self, section: Section, maker: Maker) -> None:
        super().__init__()
        self.section = section
        self._maker = maker
        self.fields: FieldList | None = None
        self._head = SectionHead(self)

    @property
    def is_open(self) -> bool:
        """Whether its fields are in sight."""
        return self.fields is not None

    @property
    def matters(self) -> bool:
        """Whether it is to be open: always, while its condition holds, or because it holds something."""
        root, section = self._maker.root, self.section
        if section.matters is None or section.matters(root.data()):
            return True
        return any(root.holds(field.key) for field in section.fields if not field.automatic)

    def _made(self) -> FieldList:
        heading = str(self.section.label)
        return FieldList(self.section.fields, self._maker.root, self._maker, heading=heading)

    def compose(self) -> ComposeResult:
        """Its name, and its fields if it is open."""
        yield self._head
        if self.matters:
            self.fields = self._made()
            yield self.fields
        self._head.can_focus = not self.is_open

    def open(self, *, focus: bool = False) -> None:
        """Show its fields."""

        async def go() -> None:
            first = first_focusable(await self.shown())
            if focus and first is not None:
                first.focus()

        self.call_later(go)

    async def shown(self) -> FieldList:
        """Its fields, once they are there to be gone to."""
        if self.fields is None:
            self.fields = self._made()
            self._head.can_focus = False
            self._head.refresh()
            await self.mount(self.fields)
        return self.fields

    def sync(self) -> None:
        """Open it if it matters now."""
        if self.is_mounted and self.fields is None and self.matters:
            self.open()
