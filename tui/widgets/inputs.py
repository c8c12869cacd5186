"""Textual's text fields, made safe for text that came from a record.

Textual writes the value of a field to the terminal as it is; an escape sequence in it would be obeyed.
"""

from __future__ import annotations

from typing import Any

from rich.highlighter import Highlighter
from rich.text import Text
from textual.widgets import Input, TextArea

from registry.plain_text import one_to_one


class _Shown(Highlighter):
    """Shows hidden characters; as many as there are, so that the cursor stands where it is."""

    def __call__(self, text: str | Text) -> Text:
        plain = text if isinstance(text, str) else text.plain
        return Text(one_to_one(plain), no_wrap=True, overflow="ignore", end="")

    def highlight(self, text: Text) -> None:
        """Nothing is highlighted."""


class LineInput(Input):
    """A field of one line. Its value is what was written; only what is shown is made visible."""

    def __init__(self, value: str | None = None, **options: Any) -> None:
        super().__init__(value, highlighter=_Shown(), **options)


class LongText(TextArea):
    """A field of several lines, likewise."""

    def get_line(self, line_index: int) -> Text:
        """A line as it is shown."""
        return Text(one_to_one(self.document.get_line(line_index)), end="", no_wrap=True)
