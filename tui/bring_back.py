"""Bringing back what was, from wherever it is looked at: through the same dialogue as any other change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.errors import VanortError
from registry.words import _
from tui.notices import tell, tell_error

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


async def bring_back(main: MainScreen, ref: str, when: str, field: str = "") -> bool:
    """Show what would come back and ask why; whether it was saved. Called from a worker."""
    from tui.screens.saving import confirm_change

    try:
        change = await main.session.run(lambda: main.session.store.bringing_back(ref, when, "", field))
    except VanortError as error:
        tell_error(main, error)
        return False
    if await confirm_change(main, change) != "saved":
        return False
    tell(main, _("It was brought back."))
    return True
