"""Taking a change back: a change of its own, through the same dialogue as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from registry.errors import VanortError
from registry.history import Entry
from registry.undo_order import next_one
from registry.words import _, speaking
from tui.notices import tell, tell_error
from tui.screens.history import headline
from tui.screens.save import confirm_change

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


async def undo_last(main: MainScreen) -> None:
    """Take back one's own last change that still stands, if the user says so. Called from a worker."""
    await _take_back_one(main, _("None of the latest changes is yours to undo; history shows those of others."))


async def redo_last(main: MainScreen) -> None:
    """Bring back what one undid last, if the user says so. Called from a worker."""
    await _take_back_one(main, _("You have undone nothing since your last change."), redo=True)


async def _take_back_one(main: MainScreen, none: str, *, redo: bool = False) -> None:
    try:
        entry = await main.session.run(lambda: next_one(main.session.store, redo=redo))
    except VanortError as error:
        tell_error(main, error)
        return
    if entry is None:
        tell(main, none, severity="warning")
    else:
        await take_back(main, entry)


async def take_back(main: MainScreen, entry: Entry) -> bool:
    """Show what would come back and, if the user says so, take the change back. Whether it was. Called from a worker.

    A reason is proposed, since most undos are of a slip; what the rules find is said and overridden as for any change.
    """
    with speaking(main.view.snapshot.language):
        why = _("Undone: it was not meant.")
    try:
        change = await main.session.run(lambda: main.session.store.undoing(entry.commit, why))
    except VanortError as error:
        tell_error(main, error)
        return False
    if await confirm_change(main, change, Content("\n").join(headline(entry))) != "saved":
        return False
    tell(main, _("The change was taken back."))
    return True
