"""The list of the year's decisions."""

from __future__ import annotations

from collections.abc import Iterator

from registry.plain_text import line
from registry.records.dates import show_date
from registry.reports.annual.decided import Decided
from registry.reports.annual.gathering import AnnualData
from registry.reports.document import Block, Column, Paragraph, Table
from registry.reports.parts.long_lists import first_of
from registry.reports.parts.quoting import quoted
from registry.words import _

_MATTERS = 20
"""Matters of one decision that are named; of more it is said how many they are."""


def blocks(data: AnnualData) -> Iterator[Block]:
    """Each by day, with what it was about."""
    yield from quoted(data.quotes, "political-responsibility")
    if not data.decided:
        yield Paragraph(_("No decision of %(year)s is cited.") % {"year": data.year})
        return
    labels = ((_("Day"), 2), (_("Body"), 2), ("§", 1), (_("Registry number"), 2), (_("What for"), 5))
    shown, rest = first_of(data.decided)
    columns = [Column(label, weight=weight) for label, weight in labels]
    rows = [_row(data, one) for one in shown]
    yield Table(_("Decisions, %(year)s") % {"year": data.year}, columns, rows)
    yield from rest
    yield Paragraph(
        _("Those that the registry's records or changes cite; the minutes are in the formal archive."), quiet=True
    )


def _row(data: AnnualData, one: Decided) -> tuple[str, ...]:
    body = line(data.bodies.get(one.key.body, one.key.body)) or "–"
    on = str(data.year) if one.on is None else show_date(one.on)
    matters = "; ".join(one.matters[:_MATTERS])
    if (more := len(one.matters) - _MATTERS) > 0:
        matters += _(" and %(count)s more") % {"count": more}
    return on, body, one.key.paragraph or "–", one.dnr or "–", matters
