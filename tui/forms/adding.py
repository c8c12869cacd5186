"""Adding what a list of a form does not have: a person, a department or a town, which is then chosen in the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.records.kinds import KINDS
from registry.records.types import Person, Ref
from tui.forms.desk import Desk
from tui.forms.people import PersonScreen
from tui.forms.picking import PickField

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


async def add_and_pick(main: MainScreen, desk: Desk, field: PickField, typed: str) -> None:
    """Ask for what `field` lacks, beginning with what was typed, and choose it there. Called from a worker."""
    added = await _added(main, desk, field, typed.strip())
    if added is not None:
        await desk.read_again(main.view)
        field.pick(added)


async def _added(main: MainScreen, desk: Desk, field: PickField, typed: str) -> str | None:
    """The id or the REF of what was added; None where nothing was."""
    kind = field.item_type
    if isinstance(kind, Person):
        person = await main.app.push_screen_wait(PersonScreen(desk, typed))
        if person is not None:
            main.show_view(await main.session.look())
        return person
    if isinstance(kind, Ref):
        from tui.screens.form import open_form

        other = KINDS[kind.folder]
        return await open_form(main, other, {other.title_key: typed} if typed else {})
    return None
