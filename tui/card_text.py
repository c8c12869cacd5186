"""A record as a page to read: what it is, when, with whom, what it costs; names instead of ids.

The head of the page is written for each kind (`tui/cards/`); below it stands what is found in the record, and what the
head does not tell follows section by section, made from the descriptions. All text from records goes through `tui.text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

from registry.records.display import Row, rows
from registry.records.paths import label_at
from registry.references import references
from registry.words import _
from tui.cards import department, project, town
from tui.cards.found import found
from tui.cards.sheet import Jump, Sheet, link, mark_in, marked
from tui.session import View
from tui.text import hanging, line, plain
from tui.when import when_exactly

if TYPE_CHECKING:
    from registry.closer_look import CloserLook
    from registry.sharing.exchanged import Exchanged


@dataclass(frozen=True, slots=True)
class CardText:
    """The page, and where it leads to."""

    content: Content
    links: tuple[str, ...]
    """The records that are named on it, in that order."""
    jumps: tuple[Jump, ...] = ()
    """The fields that it leads into the form at: the one that was pointed out, and the others in the order of the page."""
    marked: int | None = None
    """The line of what was pointed out, where it stands on the page."""


class _Kind(NamedTuple):
    """How the card of a kind begins."""

    head: Callable[[Sheet], Iterator[Content]]
    told: frozenset[str]
    """The fields that the head tells."""


_KINDS: Final = {
    "projects": _Kind(project.head, project.TOLD),
    "twin-towns": _Kind(town.head, town.TOLD),
    "departments": _Kind(department.head, department.TOLD),
    "registry": _Kind(lambda _sheet: iter(()), frozenset({"municipality", "format"})),
    "policy": _Kind(lambda _sheet: iter(()), frozenset({"title"})),
}


def card_text(
    view: View,
    ref: str,
    width: int,
    today: date,
    closer: CloserLook | None = None,
    *,
    pointed: str = "",
    new: Sequence[Exchanged] = (),
) -> CardText | None:
    """The page of the record `ref`, for a card `width` cells wide; None if there is no such record.

    Without `closer` it tells what stands in the record itself, at once; with it, all that there is to say. `pointed` is
    the path of the field that somebody was led here for: it is marked, and the first of the card's jumps. `new` is what
    others did to it that the user has not seen yet.
    """
    if ref in view.faults:
        return CardText(_broken(ref, view), ())
    record = view.snapshot.record(ref)
    if record is None:
        return None
    sheet = Sheet(view, record, today, width, closer, pointed)
    parts = [
        Content.styled(plain(record.title).plain, "bold"),
        *_notice(view, ref),
        *_news(view, new, today, width),
        *_KINDS[record.kind.id].head(sheet),
        *found(sheet),
        *_sections(sheet),
    ]
    links = tuple(dict.fromkeys(r.target for r in references(record.kind, record.data) if r.sort == "record"))
    back = tuple(other for other in view.snapshot.referrers.get(ref, ()) if other not in links)
    parts.extend(referred_to_by(view, back))
    content = Content("\n").join(parts)
    return CardText(content, (*links, *back), tuple(_jumps(sheet)), mark_in(content, width))


def _jumps(sheet: Sheet) -> Iterator[Jump]:
    first = [jump for jump in sheet.jumps if jump.field == sheet.pointed]
    if sheet.pointed and not first:
        first = [Jump(sheet.pointed, label_at(sheet.record.kind, sheet.pointed, sheet.data, sheet.view.names))]
    yield from first
    yield from (jump for jump in sheet.jumps if jump.field != sheet.pointed)


def referred_to_by(view: View, refs: Sequence[str]) -> Iterator[Content]:
    """The records `refs`, each a link, under their heading; nothing where there are none."""
    if refs:
        yield Content("")
        yield Content.styled(_("Referred to by"), "$accent")
        yield from (Content.assemble("  ", link(view, ref)) for ref in refs)


def _broken(ref: str, view: View) -> Content:
    told = [Content.styled(ref, "bold"), Content(""), plain(view.faults[ref], style="$bad")]
    if not view.read_only:
        told += [Content(""), Content.styled(_("Press o to open the file in an editor."), "$text-muted")]
    return Content("\n").join(told)


def _notice(view: View, ref: str) -> Iterator[Content]:
    if ref in view.unsaved:
        yield Content.styled(_("~ edited by hand, not saved · k keeps it, x sets it aside"), "$warning")


def _news(view: View, new: Sequence[Exchanged], today: date, width: int) -> Iterator[Content]:
    """Who did what, and when, under the sign that marks it in the list."""
    for one in new:
        by = _("%(author)s, %(when)s") % {"author": one.author, "when": when_exactly(one.entries[0].date, today)}
        told = line(f"{by}: {one.in_brief(view.names)}")
        yield from hanging(Content.styled("• ", "$warning"), told, width)


def _sections(sheet: Sheet) -> Iterator[Content]:
    told = _KINDS[sheet.record.kind.id].told
    pointed = "" if any(jump.field == sheet.pointed for jump in sheet.jumps) else sheet.pointed
    for section in rows(sheet.record.kind, sheet.data, sheet.view.names):
        lines = [row for row in section.rows if row.path.split(".")[0].split("[")[0] not in told]
        yield from section_text(section.label, lines, sheet.width, pointed)


def section_text(label: str, lines: Sequence[Row], width: int, pointed: str = "") -> Iterator[Content]:
    """A heading and its rows, for a card `width` cells wide; nothing where there are no rows. The row of the path
    `pointed` is marked.
    """
    if not lines:
        return
    yield Content("")
    yield Content.styled(label, "$accent")
    label_width = min(28, max((len(row.label) + 2 * row.depth for row in lines if row.value), default=0))
    for row in lines:
        yield from _row(row, label_width, width, pointed=bool(pointed) and row.path == pointed)


def _row(row: Row, label_width: int, width: int, *, pointed: bool) -> Iterator[Content]:
    """A value beside its label where both have room, else below it; a heading stands alone."""
    indent = "  " * (row.depth + 1)
    label = Content.styled(line(row.label).plain, "$text-muted")
    if pointed:
        label = marked(line(row.label))
    value = plain(row.value)
    if not value.plain:
        yield Content.assemble(indent, label)
    elif "\n" in value.plain or len(value.plain) + label_width + 4 > width:
        yield Content.assemble(indent, label)
        for part in value.split("\n"):
            yield Content.assemble(indent, "  ", part)
    else:
        yield Content.assemble(indent, label, " " * max(2, label_width + 2 - len(label.plain) - 2 * row.depth), value)
