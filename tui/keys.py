"""Which keys may be used, and what they are called on the screen."""

from __future__ import annotations

import re
from typing import Final

from textual.keys import format_key

from registry.words import N_, _

TRAPS: Final = frozenset(
    {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+left_square_bracket", "ctrl+enter", "alt+enter", "shift+enter"}
    | {"ctrl+c", "ctrl+q", "ctrl+z", "[", "]", "{", "}", "\\", "`", "~", "^", "@", "$"}
)
"""Keys that terminals send as another key or keep to themselves, and characters that Nordic keyboards hide."""

TAKEN_BY_TERMINALS: Final = frozenset({"f1", "f10", "f11"})
"""Keys that some terminals use for their own help, menu and full screen: fine beside another key, not alone."""

_ARROWS: Final = ("up", "down", "left", "right", "home", "end")
_NAMED: Final = frozenset(
    {*_ARROWS, "pageup", "pagedown", "enter", "escape", "space", "tab", "shift+tab", "delete", "insert", "backspace"}
    | {f"{modifier}+{arrow}" for modifier in ("ctrl", "shift") for arrow in _ARROWS}
)
_SAFE: Final = re.compile(r"[^\W_]|f([1-9]|1[0-2])|ctrl\+[a-z]|[/?+\-.,;:!<>*=%&()'\"#]")

_NAMES: Final = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": N_("Space"),
    "backspace": N_("Backspace"),
    "delete": "Del",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def split_keys(keys: str) -> tuple[str, ...]:
    """The single keys of a comma-separated list such as ``"e,f2"``; ``"comma"`` stands for the comma itself."""
    return tuple(key.strip() for key in keys.split(",") if key.strip())


def trouble_with(keys: str) -> str:
    """Why `keys` should not be bound, or "" if every terminal and keyboard has them."""
    single = split_keys(keys)
    for key in single:
        plain = format_key(key)
        if key in TRAPS or plain in TRAPS:
            return _("Many terminals or keyboards have no %(key)s.") % {"key": name_of(key)}
        if key not in _NAMED and not _SAFE.fullmatch(key) and not _SAFE.fullmatch(plain):
            return _("There is no key called %(key)s.") % {"key": key}
    if single and set(single) <= TAKEN_BY_TERMINALS:
        return _("Some terminals keep %(key)s for themselves; give a second key.") % {"key": name_of(single[0])}
    return ""


def name_of(key: str) -> str:
    """What `key` is called on the screen: ``e``, ``Enter``, ``F2``, ``ctrl+s``, ``↑``."""
    *modifiers, last = key.split("+") if key != "+" else [key]
    name = _(_NAMES[last]) if last in _NAMES else format_key(last)
    if re.fullmatch(r"f\d+", last):
        name = last.upper()
    return "+".join([*modifiers, name])
