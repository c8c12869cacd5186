"""What the head of a card is written on: the record, what is known of it, and the links that are made on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content
from textual.style import Style

from registry.records.dates import show_date
from registry.records.values import Data, day, text
from registry.snapshot import Record
from registry.words import _
from tui.session import View
from tui.text import line

if TYPE_CHECKING:
    from registry.closer_look import CloserLook


_MARK: Final = "marked"


class Jump(NamedTuple):
    """A field that a card leads into the form at, and why."""

    field: str
    words: str


@dataclass(slots=True)
class Sheet:
    """One card while it is written."""

    view: View
    record: Record
    today: date
    width: int
    """Cells from side to side."""
    closer: CloserLook | None = None
    """None until it has been looked into."""
    pointed: str = ""
    """The path of the field that somebody was led here for; it is marked."""
    jumps: list[Jump] = field(default_factory=list)

    @property
    def data(self) -> Data:
        """The record's values."""
        return self.record.data

    def link(self, ref: str) -> Content:
        """A record's name, to be followed."""
        return link(self.view, ref)

    def jump(self, path: str, words: str, style: str = "") -> Content:
        """Words that lead into the form, at the field of that path, where anything can be changed."""
        self.jumps.append(Jump(path, words))
        told = line(words, style=style)
        if not self.view.read_only:
            made = Style(underline=True) + Style.from_meta({"@click": f"jump({len(self.jumps) - 1})"})
            told = told.stylize(made)
        return marked(told) if path == self.pointed else told


def marked(words: Content) -> Content:
    """What somebody was led here for."""
    return Content.assemble(("▸ ", Style.from_meta({_MARK: True})), words).stylize("$accent bold")


def mark_in(content: Content, width: int) -> int | None:
    """The line of a card `width` cells wide that is marked; None where nothing is."""
    starts = [span.start for span in content.spans if isinstance(span.style, Style) and span.style.meta.get(_MARK)]
    return len(content[: min(starts)].wrap(width)) - 1 if starts else None


def link(view: View, ref: str) -> Content:
    """A name that can be clicked; the REF is a slug, so it is safe in an action."""
    style = Style(underline=True) + Style.from_meta({"@click": f"follow('{ref}')"})
    title = line(view.snapshot.title(ref)).plain
    return Content.styled(title, style) if ref in view.snapshot else line(title, style="$bad")


def joined(parts: Sequence[Content], between: str = " · ") -> Content:
    """What there is of `parts`, on one line."""
    return Content(between).join([part for part in parts if part.plain])


def heading(words: str) -> list[Content]:
    """A heading, with the line above it that it stands apart by."""
    return [Content(""), Content.styled(words, "$accent")]


def indented(mark: Content | str, words: Content, width: int) -> list[Content]:
    """`words` behind a mark, over as many lines as they take, all as far in as the first."""
    first = Content.assemble("  ", mark, " ") if mark else Content("  ")
    inner = words.wrap(max(10, width - first.cell_length))
    return [Content.assemble(" " * first.cell_length if at else first, part) for at, part in enumerate(inner)]


def flowing(parts: Sequence[Content], width: int) -> list[Content]:
    """Short pieces that fill line after line; none is broken where it would fit on a line."""
    lines: list[Content] = []
    for part in parts:
        longer = Content.assemble(lines[-1], "  ", part) if lines else part
        if lines and longer.cell_length <= width - 2:
            lines[-1] = longer
        else:
            lines.append(part)
    return [Content.assemble("  ", each) for each in lines]


def inquiry(data: Data, today: date) -> Content:
    """``förfrågan från Thorsby, inkom 3 mars 2026 · svara senast 1 december 2026``; empty where none was received."""
    received = day(data, "received")
    if received is None:
        return Content("")
    sender = text(data, "received_from")
    told = {"sender": sender, "day": show_date(received)}
    words = _("inquiry from %(sender)s, received %(day)s") if sender else _("inquiry received %(day)s")
    answered, by = day(data, "answered"), day(data, "answer_by")
    if answered is not None:
        return joined([line(words % told), line(_("answered %(day)s") % {"day": show_date(answered)})])
    if by is None:
        return joined([line(words % told), line(_("not answered"), style="$warning")])
    late = by < today
    state = _("was to be answered by %(day)s") if late else _("answer by %(day)s")
    return joined([line(words % told), line(state % {"day": show_date(by)}, style="$bad" if late else "$warning")])
