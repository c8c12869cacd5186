"""The looks of text that a widget draws itself and that are the same wherever it stands: a name, and a style of the theme.

A component class for each would do as well. But Textual matches every one of them with every rule, for every widget
that has it and twice before the first frame, as if it were a widget more; they are for what depends on the focus.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rich.style import Style as RichStyle
from textual.style import Style

_TONES: Final[Mapping[str, str]] = {
    "header": "$text-muted",
    "empty": "$text-muted",
    "mark": "$warning",
    "muted": "$text-muted",
    "strong": "bold",
    "accent": "$accent",
    "good": "$good",
    "warning": "$warning",
    "bad": "$bad",
    "key": "bold $accent",
    "label": "$foreground",
}


def toned(name: str) -> RichStyle:
    """The style of a tone in the theme that the app has now, to be laid over a widget's own."""
    return Style.parse(_TONES[name]).rich_style
