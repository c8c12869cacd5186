"""Taking a change back: a change of its own, through the same dialogue as any other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from registry.errors import NotFound, VanortError
from registry.history import Entry
from registry.undo_order import next_one
from registry.words import _, speaking
from tui.notices import tell, tell_error
from tui.screens.history import headline
from tui.screens.saving import confirm_change

if TYPE_CHECKING:
    from registry.store import Store
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
    store = main.session.store
    try:
        change = await main.session.run(lambda: store.undoing(entry.commit, ""))
        told = await main.session.run(lambda: _done_again(store, entry)) if change.again else entry
    except VanortError as error:
        tell_error(main, error)
        return False
    with speaking(main.view.snapshot.language):
        why = _("Done again: it was meant after all.") if change.again else _("Undone: it was not meant.")
    if await confirm_change(main, replace(change, why=why), Content("\n").join(headline(told))) != "saved":
        return False
    tell(main, _("The change was done again.") if change.again else _("The change was taken back."))
    return True


def _done_again(store: Store, undo: Entry) -> Entry:
    """The change that an undo took back; the undo itself where this copy does not reach back to it."""
    try:
        return next(store.history(rev=store.repo.resolve(undo.reverts), limit=1), undo)
    except NotFound:
        return undo
