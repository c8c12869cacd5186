"""Short notices in the corner of the screen, safe for text from records."""

from __future__ import annotations

from hashlib import sha256
from typing import Final, Literal

from textual.app import App
from textual.dom import DOMNode
from textual.notifications import Notification, Notify

from registry.errors import NoRecordFile, NotThen, VanortError
from registry.plain_text import visible
from registry.words import _
from tui.text import steady

Severity = Literal["information", "warning", "error"]
_LONGEST: Final = 600
_SECONDS: Final = {"information": 5.0, "warning": 8.0, "error": 15.0}


def tell(node: DOMNode, message: str, *, title: str = "", severity: Severity = "information") -> None:
    """Show `message` for a while. It is never read as markup, and a very long one is cut."""
    app: App[object] = node if isinstance(node, App) else node.app
    app.notify(_cut(message), title=_cut(title), severity=severity, timeout=_SECONDS[severity], markup=False)


def tell_refusal(node: DOMNode, why: str) -> None:
    """Show why a key does nothing here: once, however often it is pressed while that is in sight."""
    told = _cut(why)
    number = sha256(told.encode("utf-8")).hexdigest()  # of what has the same identity, Textual shows one
    app: App[object] = node if isinstance(node, App) else node.app
    app.post_message(Notify(Notification(told, severity="warning", timeout=_SECONDS["warning"], identity=number)))


def tell_error(node: DOMNode, error: VanortError) -> None:
    """Show what was refused or failed, with its remedy."""
    tell(node, in_words(error), severity="error")


def in_words(error: VanortError) -> str:
    """What was refused or failed, and below it the remedy."""
    return "\n".join(filter(None, (error.message, *error.more, remedy(error))))


def remedy(error: VanortError) -> str:
    """What to do about it, here in the app: a hint may name the commands of the command line."""
    if isinstance(error, NoRecordFile):
        return _("Move away what lies there; on the record's card, x brings back the saved version.")
    if isinstance(error, NotThen):
        return _("It came with a later change; z on that change in the history takes it back.")
    return _("On the record's card, k saves the hand edit and x sets it aside.") if error.by_hand else error.hint


def _cut(text: str) -> str:
    shown = steady(visible(text[: 2 * _LONGEST]))
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
