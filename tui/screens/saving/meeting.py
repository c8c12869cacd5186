"""A change that meets somebody else's: a side is chosen for each field that both changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from registry.change import Change
from registry.settling import settle
from registry.store import Conflicted
from tui.keys_in_order import let_keys_go
from tui.screens.saving.settle import SettleScreen

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


async def settled_by_choice(main: MainScreen, change: Change, clash: Conflicted) -> Change | None:
    """The change with a side chosen for each field that somebody else changed too; None for Esc."""
    let_keys_go(main, lost=True)
    choices = await main.app.push_screen_wait(SettleScreen(main.view.names, clash, change))
    if choices is None:
        return None
    return await main.session.run(lambda: settle(main.session.store, change, choices))


async def set_aside(main: MainScreen, change: Change) -> None:
    """Have what is saved stand in the folder too, where somebody else's values were chosen over a hand edit."""
    store = main.session.store
    for ref in change.texts if change.act == "hand-edit" else ():
        await main.session.write(partial(store.discard, ref))
