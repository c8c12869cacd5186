"""The agenda on paper: who is to meet, then part by part in a table each, numbered through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

from registry.records.dates import show_date, show_week
from registry.reports.agenda.changed import Why
from registry.reports.agenda.gathering import Agenda, Item, PartId
from registry.reports.document import Block, Bullets, Column, Document, Facts, Heading, Paragraph, Table
from registry.reports.parts.long_lists import first_of, of_all
from registry.words import N_, _, language

_PARTS: Final[dict[PartId, tuple[str, str]]] = {
    "changed": (N_("New since the last meeting"), N_("Nothing in the registry is another than it was then.")),
    "decide": (N_("To be decided"), N_("Nothing waits for a decision.")),
    "late": (N_("Overdue"), N_("Nothing is late.")),
    "answer": (N_("Inquiries to answer"), N_("Every inquiry is answered.")),
    "opportunities": (
        N_("Opportunities and their deadlines"),
        N_("No department watches an opportunity that is open."),
    ),
    "to-come": (N_("Deadlines and starts ahead"), N_("Nothing is due in the three months after the meeting.")),
    "overlaps": (
        N_("Coordination between departments"),
        N_("No departments work with the same town, partner or programme at the same time."),
    ),
}
"""Heading, and what is said where there is nothing, in the order of the agenda."""
_SINCE: Final[dict[Why, str]] = {
    "asked": N_("Changes after %(day)s are told, as was asked for."),
    "meeting": N_("The last meeting on record before this one was on %(day)s; changes after it are told."),
    "quarter": N_("No earlier meeting is on record; changes after %(day)s, the last three months, are told."),
}
_MOST: Final = 100
"""Projects without a seat."""


def laid_out(agenda: Agenda, origin: Sequence[tuple[str, str]]) -> Document:
    """The document."""
    return Document(
        _("Agenda of the coordination committee"),
        _("Meeting on %(day)s (%(week)s)") % {"day": show_date(agenda.meeting), "week": show_week(agenda.meeting)},
        origin,
        (*_has_been(agenda), *_committee(agenda), *_parts(agenda)),
        language(),
    )


def _has_been(agenda: Agenda) -> Iterator[Block]:
    if agenda.meeting < agenda.day:
        yield Paragraph(
            _(
                "The day of the meeting has passed. What is new is told until that day, the committee as of that day, and "
                "all else as it stands on %(day)s. The registry as it was then is shown with --at %(meeting)s."
            )
            % {"day": show_date(agenda.day), "meeting": agenda.meeting.isoformat()}
        )


def _committee(agenda: Agenda) -> Iterator[Block]:
    yield Heading(_("The committee"))
    if agenda.members:
        yield Facts(agenda.members)
    else:
        yield Paragraph(_("Nobody has a seat in the committee on the day of the meeting."))
    if agenda.vacancies:
        yield Paragraph(_("Vacant on the day of the meeting:"))
        yield Bullets(agenda.vacancies)
    if agenda.without_seat:
        shown, rest = first_of(agenda.without_seat, _MOST)
        yield Paragraph(_("Projects whose department has no seat, or that no department carries:"))
        yield Bullets(shown)
        yield from rest
    if not agenda.named:
        yield Paragraph(_("Members and presenters are given by function."), quiet=True)


def _parts(agenda: Agenda) -> Iterator[Block]:
    numbers = count(1)
    for part, (heading, none) in _PARTS.items():
        yield Heading(_(heading))
        if part == "changed":
            yield Paragraph(_since(agenda), quiet=True)
        items, all_of_them = agenda.parts[part]
        if not items:
            yield Paragraph(_(none))
            continue
        yield Table(_(heading), _columns(), [_row(next(numbers), item) for item in items])
        yield from of_all(len(items), all_of_them)


def _since(agenda: Agenda) -> str:
    said = _(_SINCE[agenda.since.why]) % {"day": show_date(agenda.since.day)}
    if agenda.since.from_the_beginning:
        return f"{said} " + _("The registry began later: all that came after its first version is told.")
    return said


def _columns() -> list[Column]:
    return [
        Column(_("No."), number=True),
        Column(_("Matter"), weight=6),
        Column(_("Reg. no."), weight=2),
        Column(_("Presented by"), weight=2),
    ]


def _row(number: int, item: Item) -> Sequence[str]:
    return str(number), f"{item.title}: {item.words}", ", ".join(item.numbers) or "–", item.presenter
