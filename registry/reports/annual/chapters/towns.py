"""The twin towns: what was done with each, what happened to the agreements, and inquiries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from registry.policy.attention import Jubilee
from registry.records.dates import show_date
from registry.records.project_kind import PROJECT
from registry.records.twin_town_kind import TWIN_TOWN
from registry.reports.annual.gathering import AnnualData
from registry.reports.annual.towns import Inquiry, TownYear
from registry.reports.document import Block, Bullets, Column, Heading, Paragraph, Table
from registry.reports.parts.long_lists import first_of
from registry.reports.parts.quoting import quoted
from registry.words import _

_NAMED = 10
"""Projects of a town that are named in its row; of more it is said how many they are."""


def blocks(data: AnnualData) -> Iterator[Block]:
    """Activity, agreements, inquiries."""
    yield from quoted(data.quotes, "prioritise-working")
    yield from _activity(data)
    yield Heading(_("Agreements"), 2)
    yield from quoted(data.quotes, "no-new-agreements")
    yield from _events(data)
    if data.towns.jubilees:
        told = [_jubilee(town, one) for town, one in data.towns.jubilees]
        yield Paragraph(_("Jubilees in %(year)s:") % {"year": data.year})
        yield Bullets(told)
    yield Heading(_("Inquiries and invitations"), 2)
    yield from _inquiries(data)


def _jubilee(town: str, one: Jubilee) -> str:
    said = _("%(town)s: %(years)s years of agreement")
    if one.of_decision:
        said = _("%(town)s: %(years)s years since the municipality's decision")
    return said % {"town": town, "years": one.years}


def _activity(data: AnnualData) -> Iterator[Block]:
    if not data.towns.towns:
        yield Paragraph(
            _("No twin town had an agreement in %(year)s, and nothing was done with any.") % {"year": data.year}
        )
        return
    label = TWIN_TOWN.by_key
    columns = [
        Column(str(TWIN_TOWN.one), weight=2),
        Column(str(label["agreement_status"].label), weight=2),
        Column(str(PROJECT.many), number=True),
        Column(_("Which"), weight=4),
        Column(str(label["last_contact"].label), weight=2),
    ]
    rows = [
        (town.name, town.status or "–", str(len(town.projects)), _named(town), _day(town.last_contact))
        for town in data.towns.towns
    ]
    yield Table(_("Twin towns, %(year)s") % {"year": data.year}, columns, rows)


def _named(town: TownYear) -> str:
    named = "; ".join(project.title for project in town.projects[:_NAMED])
    more = len(town.projects) - _NAMED
    return named + (_(" and %(count)s more") % {"count": more} if more > 0 else "") or "–"


def _events(data: AnnualData) -> Iterator[Block]:
    if not data.towns.events:
        yield Paragraph(_("Nothing happened to any agreement in %(year)s.") % {"year": data.year})
        return
    inner = TWIN_TOWN.by_key["agreement_events"].by_key
    columns = [Column(str(inner["date"].label), weight=2), Column(str(TWIN_TOWN.one), weight=2)]
    columns += [Column(str(inner[key].label), weight=2) for key in ("kind", "decision")]
    rows = [(show_date(one.on), one.town, one.kind or "–", one.decision or "–") for one in data.towns.events]
    yield Table(_("What happened to agreements, %(year)s") % {"year": data.year}, columns, rows)


def _inquiries(data: AnnualData) -> Iterator[Block]:
    if not data.towns.inquiries:
        yield Paragraph(_("No inquiry was received or answered in %(year)s.") % {"year": data.year})
        return
    label = PROJECT.by_key
    keys = ("received_from", "received", "answer_by", "answered", "stage")
    columns = [Column(_("What it was about"), weight=3), *(Column(str(label[key].label), weight=2) for key in keys)]
    shown, rest = first_of(data.towns.inquiries)
    yield Table(_("Inquiries, %(year)s") % {"year": data.year}, columns, list(map(_inquiry, shown)))
    yield from rest


def _inquiry(one: Inquiry) -> tuple[str, ...]:
    answered = _day(one.answered) if one.answered else str(PROJECT.by_key["answered"].absent)
    return one.title, one.sender or "–", _day(one.received), _day(one.answer_by), answered, one.came_to or "–"


def _day(on: date | None) -> str:
    return "–" if on is None else show_date(on)
