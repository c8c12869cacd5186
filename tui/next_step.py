"""Taking a project a step on, back, or off its way: asked in a dialogue, saved as any other change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.change import Change
from registry.policy.stages import taken
from registry.words import _
from tui.notices import tell
from tui.screens.next_step import Mend, NextStepScreen, choices
from tui.screens.saving import confirm_change

if TYPE_CHECKING:
    from tui.screens.main import MainScreen


async def take_step(main: MainScreen, ref: str) -> None:
    """Offer the steps; save the one that is taken, or open the form at what it lacks. Called from a worker."""
    view = main.view
    record = view.snapshot.record(ref)
    if record is None:
        return
    today = main.session.today
    steps = choices(view.snapshot, record, today)
    answer = await main.app.push_screen_wait(NextStepScreen(record, steps, today))
    if answer is None:
        return
    if isinstance(answer, Mend):
        main.edit(ref, answer.field)
        return
    edits = {ref: taken(record.data, answer.stage, answer.reason)}
    if await confirm_change(main, Change(edits, answer.reason, base=view.snapshot.commit)) == "saved":
        tell(main, _("Saved."))
