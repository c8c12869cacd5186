"""What the guide calls keys, and what they are."""

from __future__ import annotations

import re
from typing import Final

from textual.keys import _character_to_key

NAMED: Final = {
    "Enter": "enter",
    "Esc": "escape",
    "Tab": "tab",
    "Skift+Tab": "shift+tab",
    "Shift+Tab": "shift+tab",
    "Mellanslag": "space",
    "Space": "space",
    "Backsteg": "backspace",
    "Backspace": "backspace",
    "Del": "delete",
    "PgUp": "pageup",
    "PgDn": "pagedown",
    "Home": "home",
    "End": "end",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
}
MODIFIERS: Final = {"Skift": "shift", "Shift": "shift", "ctrl": "ctrl"}


def pilot_key(name: str) -> str:
    """The key as Textual knows it. Raises `ValueError` where there is none of that name."""
    if (found := key_named(name)) is None:
        raise ValueError(f"there is no key called {name!r}")
    return found


def key_named(name: str) -> str | None:
    """The same; None where it is no key."""
    if name in NAMED:
        return NAMED[name]
    if re.fullmatch(r"F([1-9]|1[0-2])", name):
        return name.lower()
    modifier, plus, key = name.partition("+")
    if plus and modifier in MODIFIERS and (rest := key_named(key)):
        return f"{MODIFIERS[modifier]}+{rest}"
    return _character_to_key(name) if len(name) == 1 else None
