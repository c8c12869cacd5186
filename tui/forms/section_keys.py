"""Going from section to section of a form: by choosing one, or to the next and the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import work
from textual.screen import Screen

from registry.words import N_, _
from tui.commands import Command
from tui.forms.page import first_focusable
from tui.forms.sections import SectionBox
from tui.screens.choose import ChooseScreen

if TYPE_CHECKING:
    _Screen = Screen[Any]
else:
    _Screen = object

IN_A_FORM: Final = N_("In a form")


class LeadsToSections(_Screen):
    """Mixed into a screen that has sections; its `COMMAND_TABLE` takes in `SECTION_COMMANDS` where they are to stand."""

    SECTION_COMMANDS: ClassVar[tuple[Command, ...]] = (
        Command(id="form.section", keys="f6", label=N_("section"), help=N_("Go to a section of the form."), group=IN_A_FORM, rank=20),
        Command(id="form.next-section", keys="ctrl+down", label=N_("next section"), help=N_("To the next section."), group=IN_A_FORM, priority=True, show=False),
        Command(id="form.last-section", keys="ctrl+up", label=N_("section before"), help=N_("To the section before."), group=IN_A_FORM, priority=True, show=False),
    )  # fmt: skip
    boxes: Sequence[SectionBox]
    """In the order of the screen."""

    @work(exclusive=True, group="section")
    async def do_section(self) -> None:
        """Choose a section and go there."""
        options = [(str(index), str(box.section.label)) for index, box in enumerate(self.boxes)]
        chosen = await self.app.push_screen_wait(ChooseScreen(_("Go to"), options))
        if chosen is not None:
            box = self.boxes[int(chosen)]
            box.open(focus=True)
            self.call_after_refresh(box.scroll_visible, top=True, animate=False)

    def do_next_section(self) -> None:
        """To the next section."""
        self._by_section(1)

    def do_last_section(self) -> None:
        """To the section before."""
        self._by_section(-1)

    def _by_section(self, by: int) -> None:
        here = next((i for i, box in enumerate(self.boxes) if box.has_focus_within), 0)
        target = self.boxes[min(len(self.boxes) - 1, max(0, here + by))]
        first = first_focusable(target)
        if first is not None:
            first.focus()
            target.scroll_visible(top=True, animate=False)
