"""A change judged and shown, and saved where that is wished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from registry.change import Change
from registry.errors import VanortError
from registry.store import Conflicted
from registry.words import _
from tui.forms.desk import Desk
from tui.notices import tell, tell_error
from tui.screens.saving.meeting import set_aside, settled_by_choice
from tui.screens.saving.screen import Outcome, SaveScreen
from tui.screens.saving.someone import someone_acts

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


async def confirm_change(main: MainScreen, change: Change, about: Content | None = None) -> Outcome:
    """Show what `change` would do, ask why, and save it as one commit. What came of it.

    `about` is said above it. Called from a worker. Where Git has no name for who acts, that is asked first, once. What is refused is said, and
    leaves everything as it was.
    """
    session = main.session
    settling = False
    try:
        if not await someone_acts(main):
            return ""
        while True:
            try:
                verdict = await session.judge(change)
                break
            except Conflicted as clash:
                settled = await settled_by_choice(main, change, clash)
                if settled is None:
                    return ""
                change, settling = settled, True
        nothing = not verdict.fields and not change.texts and change.act in {"set", "new", "undo"}
        if nothing and not settling:
            tell(main, _("Nothing is changed."))
            return ""
        if settling and (nothing or (not verdict.fields and change.act == "hand-edit")):
            await set_aside(main, change)
            main.show_view(await session.look())
            tell(main, _("Theirs stands; nothing is left to save."))
            return "theirs"
        desk = await Desk.open(session, main.view)
    except VanortError as error:
        tell_error(main, error)
        return ""
    outcome: Outcome | None = await main.app.push_screen_wait(SaveScreen(main, change, verdict, desk, about))
    return outcome or ""
