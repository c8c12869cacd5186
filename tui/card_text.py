"""A record as a page to read: what it is, when, with whom, what it costs; names instead of ids.

The head of the page is written for each kind; what it does not tell follows section by section, made from the
descriptions. All text from records goes through `tui.text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from textual.content import Content
from textual.style import Style

from registry.records.dates import show_date, show_period
from registry.records.display import Row, rows
from registry.records.project_kind import STAGES
from registry.records.types import Names
from registry.records.values import Data, day, in_force, number, tables, text, texts
from registry.references import references
from registry.snapshot import Record
from registry.words import _
from tui.session import View
from tui.text import line, plain

_PATH: Final = ("idea", "planned", "decided", "ongoing", "completed", "evaluated")


@dataclass(frozen=True, slots=True)
class CardText:
    """The page, and the records that it leads to, in the order that they are named on it."""

    content: Content
    links: tuple[str, ...]


def card_text(view: View, ref: str, width: int, today: date) -> CardText | None:
    """The page of the record `ref`, for a card `width` cells wide; None if there is no such record."""
    if ref in view.faults:
        return CardText(_broken(ref, view.faults[ref]), ())
    record = view.snapshot.record(ref)
    if record is None:
        return None
    parts = [
        Content.styled(plain(record.title).plain, "bold"),
        *_notice(view, ref),
        *_HEADS[record.kind.id](view, record, today),
    ]
    parts.extend(_sections(view, record, width))
    links = tuple(dict.fromkeys(r.target for r in references(record.kind, record.data) if r.sort == "record"))
    back = tuple(other for other in view.snapshot.referrers.get(ref, ()) if other not in links)
    parts.extend(referred_to_by(view, back))
    return CardText(Content("\n").join(parts), (*links, *back))


def referred_to_by(view: View, refs: Sequence[str]) -> Iterator[Content]:
    """The records `refs`, each a link, under their heading; nothing where there are none."""
    if refs:
        yield Content("")
        yield Content.styled(_("Referred to by"), "$accent")
        yield from (Content.assemble("  ", _link(view, ref)) for ref in refs)


def _broken(ref: str, fault: str) -> Content:
    return Content("\n").join(
        [
            Content.styled(ref, "bold"),
            Content(""),
            plain(fault, style="$bad"),
            Content(""),
            Content.styled(_("Press o to open the file in an editor."), "$text-muted"),
        ]
    )


def _notice(view: View, ref: str) -> Iterator[Content]:
    if ref in view.unsaved:
        yield Content.styled(_("~ edited by hand, not saved · k keeps it, x sets it aside"), "$warning")


def _link(view: View, ref: str) -> Content:
    """A name that can be clicked; the REF is a slug, so it is safe in an action."""
    style = Style(underline=True) + Style.from_meta({"@click": f"follow('{ref}')"})
    title = line(view.snapshot.title(ref)).plain
    return Content.styled(title, style) if ref in view.snapshot else line(title, style="$bad")


def _join(parts: Sequence[Content], between: str = " · ") -> Content:
    return Content(between).join([part for part in parts if part.plain])


# heads, one a kind


def _project(view: View, record: Record, _today: date) -> Iterator[Content]:
    data, names = record.data, view.names
    yield _stages(text(data, "stage") or "idea")
    when = _when(data)
    department = text(data, "department")
    yield _join([line(when), _link(view, department) if department else line(text(data, "external_organiser"))])
    responsible = _person(names, data)
    towns = [_link(view, ref) for ref in texts(data, "twin_towns")]
    yield _join([line(responsible), *towns])
    if purpose := text(data, "purpose"):
        yield Content("")
        yield plain(purpose)


def _when(data: Data) -> str:
    start, end = day(data, "start"), day(data, "end")
    if start and end:
        return show_period(start, end)
    if start and data.get("open_ended") is True:
        return _("open-ended since %(day)s") % {"day": show_date(start)}
    if start:
        return _("from %(day)s") % {"day": show_date(start)}
    return _("no dates yet")


def _person(names: Names, data: Data) -> str:
    person, function = text(data, "responsible"), text(data, "responsible_function")
    if person:
        return ", ".join(
            part for part in (_("responsible %(name)s") % {"name": names.person(person)}, function) if part
        )
    return _("responsible: %(function)s") % {"function": function} if function else ""


def _stages(stage: str) -> Content:
    """``idé ── planerad ── ● beslutad ── …``: how far it has come; a stop is said in its own word."""
    labels = {choice.value: str(choice.label) for choice in STAGES}
    if stage not in _PATH:
        return Content.styled(labels.get(stage, line(stage).plain), "$warning bold")
    here = _PATH.index(stage)
    parts = [
        Content.styled(f"● {labels[name]}", "$accent bold")
        if at == here
        else Content.styled(labels[name], "$foreground" if at < here else "$text-muted")
        for at, name in enumerate(_PATH)
    ]
    return Content.styled(" → ", "$text-muted").join(parts)


def _town(view: View, record: Record, today: date) -> Iterator[Content]:
    data = record.data
    fields = record.kind.by_key
    local = text(data, "local_name")
    yield _join([line(local), line(fields["country"].type.show(data.get("country", ""), view.names))])
    agreed = number(data, "agreement_year")
    status = text(data, "agreement_status")
    words = [_("agreement %(status)s") % {"status": fields["agreement_status"].type.show(status, view.names)} if status else "",
             _("municipal decision %(year)s") % {"year": agreed} if agreed else ""]  # fmt: skip
    yield _join([line(word) for word in words])
    if agreed and agreed % 10 == (today.year + 1) % 10 and today.year + 1 - agreed in range(10, 200, 10):
        yield Content.styled(_("%(years)s years next year") % {"years": today.year + 1 - agreed}, "$accent")


def _department(view: View, record: Record, today: date) -> Iterator[Content]:
    data = record.data
    board, short = text(data, "board"), text(data, "board_short")
    yield line(f"{board} ({short})" if board and short else board or short)
    current = [entry for entry in tables(data, "officers") if in_force(entry, today)]
    if current:
        officers = [", ".join(filter(None, (view.names.person(text(o, "person")) if text(o, "person") else "", text(o, "function")))) for o in current]  # fmt: skip
        yield line(_("exchange officer %(officers)s") % {"officers": "; ".join(officers)})
    elif data.get("ambition") is True:
        yield Content.styled(_("no exchange officer"), "$warning")


def _plain_head(_view: View, _record: Record, _today: date) -> Iterator[Content]:
    return iter(())


_HEADS: Final[dict[str, Callable[[View, Record, date], Iterator[Content]]]] = {
    "projects": _project,
    "twin-towns": _town,
    "departments": _department,
    "registry": _plain_head,
    "policy": _plain_head,
}
_TOLD: Final = {
    "projects": {
        "title",
        "stage",
        "purpose",
        "start",
        "end",
        "open_ended",
        "department",
        "responsible",
        "responsible_function",
    },
    "twin-towns": {"name", "local_name", "country", "agreement_year", "agreement_status"},
    "departments": {"name", "board", "board_short"},
    "registry": {"municipality", "format"},
    "policy": {"title"},
}
"""What the heads have told already."""


def _sections(view: View, record: Record, width: int) -> Iterator[Content]:
    told = _TOLD[record.kind.id]
    for section in rows(record.kind, record.data, view.names):
        yield from section_text(
            section.label, [row for row in section.rows if row.path.split(".")[0].split("[")[0] not in told], width
        )


def section_text(label: str, lines: Sequence[Row], width: int) -> Iterator[Content]:
    """A heading and its rows, for a card `width` cells wide; nothing where there are no rows."""
    if not lines:
        return
    yield Content("")
    yield Content.styled(label, "$accent")
    label_width = min(28, max((len(row.label) + 2 * row.depth for row in lines if row.value), default=0))
    for row in lines:
        yield from _row(row, label_width, width)


def _row(row: Row, label_width: int, width: int) -> Iterator[Content]:
    """A value beside its label where both have room, else below it; a heading stands alone."""
    indent = "  " * (row.depth + 1)
    label = Content.styled(line(row.label).plain, "$text-muted")
    value = plain(row.value)
    if not value.plain:
        yield Content.assemble(indent, label)
    elif "\n" in value.plain or len(value.plain) + label_width + 4 > width:
        yield Content.assemble(indent, label)
        for part in value.split("\n"):
            yield Content.assemble(indent, "  ", part)
    else:
        yield Content.assemble(indent, label, " " * max(2, label_width + 2 - len(label.plain) - 2 * row.depth), value)
