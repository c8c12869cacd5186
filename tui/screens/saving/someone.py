"""Who acts, asked once where Git has no name for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.keys_in_order import let_keys_go

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


async def someone_acts(main: MainScreen) -> bool:
    """Whether Git knows who acts; asks where it does not, and keeps the answer in the registry's own settings."""
    from registry.policy.offices import mailboxes
    from tui.screens.identity import IdentityScreen

    session = main.session
    if await session.run(session.store.repo.identity) is not None:
        return True
    let_keys_go(main, lost=True)
    offices = await session.run(lambda: mailboxes(main.view.snapshot, session.today))
    given = await main.app.push_screen_wait(IdentityScreen(offices))
    if given is None:
        return False
    name, mail = given
    await session.run(lambda: session.store.repo.set_identity(name, mail))
    return True
