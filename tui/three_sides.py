"""What stood before, mine and theirs, as text on the screen: below each other, long texts side by side, word by word.

It is the same wherever two people wrote the same thing differently: a save that met another, two copies being shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from registry.differences import NOTHING, FieldChange, clipped, differences
from registry.records.refs import is_ref
from registry.records.types import Names
from registry.records.values import Value
from registry.sentences import sentence
from registry.word_diff import shortened, word_diff
from registry.words import _, ngettext
from tui.sentence_text import pieces_text, sentence_lines
from tui.text import hanging, line, plain

_BETWEEN: Final = " │ "
_SIDE_BY_SIDE: Final = 70
"""Cells from which long texts stand beside each other."""
_BOTH: Final = 2
_BEGINNING: Final = 120
"""Characters of a long text as it stood before: what differs from it is marked in the others."""
_MOST_CHANGES: Final = 8
"""Fields of a whole record that are told."""


class Version(NamedTuple):
    """One version: what it is called here, the value in words, and who wrote it, when and why.

    `long` is a text of several lines, shown by what differs from the one before; `changes` are what it did to a record.
    """

    name: str
    words: str
    by: str = ""
    long: str | None = None
    changes: Sequence[FieldChange] = ()


def side_lines(before: Version, mine: Version, theirs: Version, names: Names, width: int) -> Iterator[Content]:
    """All three, in lines of at most `width` cells."""
    labels = max(cell_len(side.name) for side in (before, mine, theirs)) + 2
    texts = [version.long for version in (mine, theirs) if version.long is not None]
    if len(texts) < _BOTH or all(len(text) <= width - labels and "\n" not in text for text in texts):
        texts = []
    shown = before._replace(words=clipped(before.words, _BEGINNING)) if texts else before
    yield from _side(shown, labels, width, names)
    if not texts:
        yield from _side(mine, labels, width, names)
        yield from _side(theirs, labels, width, names)
        return
    yield Content("")
    columns = [list(_long(side, before.long or "", width)) for side in (mine, theirs)]
    if width < _SIDE_BY_SIDE:
        for column in columns:
            yield from column
            yield Content("")
    else:
        yield from _beside(columns, width)


def _side(side: Version, labels: int, width: int, names: Names) -> Iterator[Content]:
    label = Content.styled(f"{side.name:{labels}}", "$accent")
    yield from hanging(label, line(side.words), width)
    indent = Content(" " * labels)
    if side.by:
        yield from hanging(indent, line(side.by, style="$text-muted"), width)
    for change in side.changes[:_MOST_CHANGES]:
        for part in sentence_lines(sentence(change, names), width - labels):
            yield Content.assemble(indent, part)
    if (more := len(side.changes) - _MOST_CHANGES) > 0:
        said = ngettext("… and %(count)s more field", "… and %(count)s more fields", more) % {"count": more}
        yield Content.assemble(indent, line(said, style="$text-muted"))


def _column(width: int) -> int:
    return width if width < _SIDE_BY_SIDE else (width - len(_BETWEEN)) // 2


def _long(side: Version, before: str, width: int) -> Iterator[Content]:
    room = _column(width)
    yield line(side.name, style="$accent bold")
    if side.by:
        yield from line(side.by, style="$text-muted").wrap(room)
    text = side.long or ""
    told = pieces_text(shortened(word_diff(before, text))) if before else plain(text)
    for part in told.split("\n"):
        yield from part.wrap(room) or [Content("")]


def _beside(columns: Sequence[Sequence[Content]], width: int) -> Iterator[Content]:
    room = _column(width)
    for left, right in zip_longest(*columns, fillvalue=Content("")):
        told = left.rstrip()
        yield Content.assemble(told, " " * (room - told.cell_length), (_BETWEEN, "$rule"), right.rstrip())


def whole_before(base: Value) -> str:
    """Whether a whole record was there before."""
    return NOTHING if base is None else _("was there")


def whole_words(base: Value, value: Value) -> str:
    """What became of it on one side."""
    if value is None:
        return _("removed")
    if base is None:
        return _("new")
    return _("kept") if base == value else _("edited")


def whole_changes(ref: str, base: Value, value: Value, names: Names) -> list[FieldChange]:
    """What one side did to a whole record, field by field; nothing where it is removed or cannot be read."""
    if not is_ref(ref) or not _is_record(value) or not (base is None or _is_record(base)):
        return []
    return differences(ref, base, value, names)


def _is_record(value: Value) -> bool:
    return isinstance(value, dict)
