"""The one way for text from records to reach the screen.

Textual reads markup in every plain `str` that it is given: ``[/foo]`` crashes a label, ``[Draft]`` vanishes and
``[@click=app.quit]`` becomes a live link. `Content` is never read as markup, so widgets get `Content` from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len, split_graphemes
from textual.content import Content
from textual.style import Style

from registry import plain_text

ELLIPSIS: Final = "…"
_LONGEST_LINE: Final = 20_000
_SLIMMEST: Final = 20
"""Cells that a wrapped text has at least."""
_LEAST_OF_LABEL: Final = 8
"""Cells that are left of a label's beginning."""
_NO_BREAK: Final = "\u00a0"
_HELD: Final = "\uf8ff"
"""Stands for a no-break space while lines are broken; no text that may be shown has it."""
_UNSTEADY: Final = re.compile("[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")


def plain(value: object, *, style: str | Style = "") -> Content:
    """`value` as it stands, over several lines if it has them, with all that is invisible made visible."""
    return _content(steady(plain_text.visible(str(value))), style)


def line(value: object, *, style: str | Style = "", width: int = 0) -> Content:
    """`value` on one line, shortened to `width` cells if that is given."""
    text = one_line(value)
    return _content(shorten(text, width) if width else text, style)


def one_line(value: object) -> str:
    """The string that `line` shows, for widgets that draw their own lines."""
    text = str(value)
    if len(text) > _LONGEST_LINE:
        text = text[:_LONGEST_LINE] + ELLIPSIS
    return steady(plain_text.line(text))


def shorten(text: str, width: int) -> str:
    """`text` cut to at most `width` cells, with ``…`` where something was left out.

    Never through the middle of what a reader sees as one character: an emoji keeps its modifiers, a letter its marks.
    """
    if len(text) <= width and text.isascii():
        return text
    if width <= 0:
        return ""
    if text.isascii():
        return text[: width - 1].rstrip() + ELLIPSIS
    if len(text) <= 4 * width and cell_len(text) <= width:
        return text
    room = width - 1
    end = used = 0
    for _start, stop, cells in split_graphemes(text[: 16 * width])[0]:
        if used + cells > room:
            break
        used += cells
        end = stop
    if end == len(text):
        return text
    return text[:end].rstrip() + ELLIPSIS


def shorten_subject(text: str, width: int) -> str:
    """``title: what of it`` cut to `width` cells so that both can still be read: a long title gives way first.

    It keeps two fifths of the line at least; who reads a list of changes looks for what was changed.
    """
    title, colon, rest = text.partition(": ")
    room = max(width - cell_len(rest) - len(colon), 2 * width // 5)
    if not colon or cell_len(text) <= width or cell_len(title) <= room:
        return shorten(text, width)
    return shorten(f"{shorten(title, room)}{colon}{rest}", width)


def shorten_label(text: str, width: int) -> str:
    """The label of a value in an entry, cut in the middle: its last words tell it from its neighbours."""
    whole, _comma, last = text.rpartition(", ")
    room = width - len(last) - 2
    if len(text) <= width or not whole or room < _LEAST_OF_LABEL:
        return shorten(text, width)
    return f"{shorten(whole, room)}, {last}"


def wrapped(text: Content, width: int) -> list[Content]:
    """`text` in lines of at most `width` cells; an amount stays whole, though Textual breaks at no-break spaces too."""
    if _NO_BREAK not in text.plain:
        return text.wrap(width)
    held = Content(text.plain.replace(_NO_BREAK, _HELD), list(text.spans), strip_control_codes=False)
    return [
        Content(part.plain.replace(_HELD, _NO_BREAK), list(part.spans), strip_control_codes=False)
        for part in held.wrap(width)
    ]


def hanging(before: Content, text: Content, width: int) -> Iterator[Content]:
    """`text` after `before`, in lines of at most `width` cells, wrapped under itself."""
    indent = before.cell_length
    for number, part in enumerate(wrapped(text, max(_SLIMMEST, width - indent)) or [Content("")]):
        yield Content.assemble(Content(" " * indent) if number else before, part.rstrip())


def from_to(before: Content, old: Content, new: Content, width: int) -> Iterator[Content]:
    """``before old → new``, on one line where there is room, else one below the other, each wrapped under itself."""
    arrow = Content.styled("→ ", "$accent")
    one = Content.assemble(before, old, " ", arrow, new)
    if one.cell_length <= width:
        yield one
        return
    yield from hanging(before, old, width)
    yield from hanging(Content.assemble(" " * max(0, before.cell_length - arrow.cell_length), arrow), new, width)


def steady(text: str) -> str:
    """`text` without the joiners and modifiers that make one emoji of several.

    Terminals disagree about how wide such an emoji is, and one cell too many breaks every column to the right of it.
    """
    return text if text.isascii() else _UNSTEADY.sub("", text)


def fit(text: str, width: int, align: str = "left") -> str:
    """`text` shortened or padded to exactly `width` cells. `align` is "left" or "right"."""
    text = shorten(text, width)
    padding = " " * (width - cell_len(text))
    return padding + text if align == "right" else text + padding


def _content(text: str, style: str | Style) -> Content:
    """All control characters are visible by now; Textual's own stripping would hide some of them instead."""
    content = Content(text, strip_control_codes=False)
    return content.stylize(style) if style and text else content
