"""Asking for an address that a registry is shared at; what may not be used is said while one types."""

from __future__ import annotations

from textual.dom import DOMNode

from registry.errors import BadInput
from registry.git.addresses import parse
from registry.words import _
from tui.notices import remedy
from tui.widgets.dialogs import Ask


async def ask_for_address(node: DOMNode, question: str, now: str = "") -> str | None:
    """What the user types, an address that may be used; None for Esc. Called from a worker."""
    asked = Ask(question, value=now, example=_("git@git.example.org:register.git, or a folder"), check=_trouble)
    typed: str | None = await node.app.push_screen_wait(asked)
    return typed.strip() or None if typed else None


def _trouble(typed: str) -> str:
    try:
        parse(typed)
    except BadInput as error:
        return f"{error.message} {remedy(error)}".strip()
    return ""
