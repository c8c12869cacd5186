"""Asking for a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from registry.errors import BadInput
from registry.records.dates import parse_date
from registry.words import _

if TYPE_CHECKING:
    from textual.dom import DOMNode


async def ask_for_day(node: DOMNode, question: str, today: date) -> date | None:
    """The day that the user names, by any way of writing one; None for Esc. From a worker."""
    from tui.widgets.dialogs import Ask

    def trouble(typed: str) -> str:
        try:
            parse_date(typed, today)
        except BadInput as error:
            return str(error)
        return ""

    typed = await node.app.push_screen_wait(
        Ask(question, example=_("2026-05-04, 4 maj or today"), check=trouble, guide="history")
    )
    return parse_date(typed, today) if typed else None
