"""The list of the year's decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from registry.plain_text import line
from registry.records.dates import show_date
from registry.reports.annual.decided import Decided
from registry.reports.annual.gathering import AnnualData
from registry.reports.document import Block, Column, Paragraph, Table
from registry.reports.parts.long_lists import first_of
from registry.reports.parts.quoting import quoted
from registry.words import Words, _

_ALWAYS = {
    "KF": Words("Kommunfullmäktige", "Municipal Council"),
    "KS": Words("Kommunstyrelsen", "Municipal Executive Committee"),
}
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
    bodies = _bodies(data)
    rows = [_row(data, one, bodies) for one in shown]
    yield Table(_("Decisions, %(year)s") % {"year": data.year}, columns, rows)
    yield from rest
    yield Paragraph(
        _(
            "Those that the registry's records cite as of the day, and those under which changes were entered. A decision "
            "that another has taken the place of in a record is among them only if a change was entered under it. The "
            "minutes are in the formal archive."
        ),
        quiet=True,
    )


def _bodies(data: AnnualData) -> Mapping[str, str]:
    """What each is called: by its name, or all by their abbreviations, where one of them is known by no other."""
    named = {short: str(words) for short, words in _ALWAYS.items()} | {
        short: line(name) for short, name in data.bodies.items()
    }
    return named if all(one.key.body in named or not one.key.body for one in data.decided) else {}


def _row(data: AnnualData, one: Decided, bodies: Mapping[str, str]) -> tuple[str, ...]:
    body = bodies.get(one.key.body) or line(one.key.body) or "–"
    on = str(data.year) if one.on is None else show_date(one.on)
    matters = "; ".join(one.matters[:_MATTERS])
    if (more := len(one.matters) - _MATTERS) > 0:
        matters += _(" and %(count)s more") % {"count": more}
    return on, body, one.key.paragraph or "–", one.dnr or "–", matters
