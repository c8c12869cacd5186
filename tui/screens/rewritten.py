"""Tells, loudly, that a branch no longer has what was seen in it: looked for when the first frame is out, and after saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.words import _
from tui.notices import tell
from tui.widgets.dialogs import Confirm

if TYPE_CHECKING:
    from registry.trust.marks import Lost
    from tui.screens.main import MainScreen


async def tell_if_rewritten(main: MainScreen, told: tuple[Lost, ...]) -> tuple[Lost, ...]:
    """Look whether anything has disappeared, and say so where it was not `told` before; what is lost now."""
    from registry.trust.marks import look

    repo = main.session.store.repo
    lost = tuple(each for each in (await main.session.run(lambda: look(repo))).lost if not each.removed)
    if lost and lost != told:
        what = "\n".join(f"{each}." for each in lost)
        await tell_of_rewriting(main, f"{what}\n\n{_('If it was done on purpose: vanort verify --accept')}")
    return lost


async def tell_of_rewriting(main: MainScreen, what: str) -> None:
    """A question that cannot be overlooked; where somebody is in the middle of something else, a notice."""
    if main.app.screen is not main:
        tell(main, what, title=_("The history has been rewritten"), severity="error")
        return
    wanted = await main.app.push_screen_wait(
        Confirm(
            _("The history has been rewritten"),
            detail=what,
            yes=_("look through the history"),
            no=_("not now"),
        )
    )
    if wanted:
        from tui.screens.verify import VerifyScreen

        main.app.push_screen(VerifyScreen(main))
