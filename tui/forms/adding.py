"""What a list to pick from does not have yet is added from where it is wanted, and picked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import work
from textual.screen import Screen

from registry.records.kinds import KINDS
from registry.records.types import Person, Ref
from tui.forms.desk import Desk
from tui.forms.people import PersonScreen
from tui.forms.picking import PickField
from tui.keys_in_order import hold_keys, let_keys_go

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

    _Screen = Screen[Any]
else:  # as in `tui.commands`: the style sheet comes from the first DOM base, which must stay the screen
    _Screen = object


class Adding(_Screen):
    """Mixed into a screen with fields that pick, named before it."""

    main: MainScreen
    _desk: Desk

    def on_pick_field_add_wanted(self, event: PickField.AddWanted) -> None:
        """A person, a department or a town that the list does not have."""
        event.stop()
        hold_keys(self)
        self._add(event.field, event.typed)

    @work(exclusive=True, group="add")
    async def _add(self, field: PickField, typed: str) -> None:
        try:
            await self._add_and_pick(field, typed)
        finally:
            let_keys_go(self, lost=True)

    async def _add_and_pick(self, field: PickField, typed: str) -> None:
        kind = field.item_type
        added: str | None = None
        if isinstance(kind, Person):
            added = await self.app.push_screen_wait(PersonScreen(self._desk, typed.strip()))
            if added is not None:
                self.main.show_view(await self.main.session.look())
        elif isinstance(kind, Ref):
            other = KINDS[kind.folder]
            from tui.screens.form import open_form

            added = await open_form(self.main, other, {other.title_key: typed.strip()} if typed.strip() else {})
        if added is not None:
            await self._desk.read_again(self.main.view)
            field.pick(added)
