"""The two lines at the foot of a form: what the field under the cursor is about, and what the policy says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.content import Content
from textual.widget import Widget

from registry.words import _
from tui.forms.field_input import FieldInput
from tui.text import line, plain

_NARROWEST: Final = 20


def help_for(widget: Widget, quotes: Mapping[str, str], width: int) -> Content:
    """What is said of the field that `widget` is or stands in, within `width` cells; nothing where it is in none."""
    found = next((node for node in widget.ancestors_with_self if isinstance(node, FieldInput)), None)
    if found is None:
        return Content("")
    field = found.slot.field
    quote = quotes.get(field.clause, "")
    first = str(field.help) or found.label or str(field.label)
    second = _("The policy: “%(quote)s”") % {"quote": quote} if quote else ""
    cells = max(_NARROWEST, width)
    return plain(f"{line(first, width=cells).plain}\n{line(second, width=cells).plain}")
