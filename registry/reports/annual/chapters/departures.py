"""Exceptions from the policy and breaches of it: those that somebody gave a reason for, and those that the dates show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.plain_text import line
from registry.policy.year import Lapse
from registry.records.dates import show_date, show_period
from registry.reports.annual.gathering import AnnualData
from registry.reports.document import Block, Column, Heading, Paragraph, Table
from registry.reports.parts.history import Told
from registry.reports.parts.long_lists import first_of
from registry.reports.parts.quoting import quoted
from registry.words import _

_MOST = 100
"""Lines that one clause has at most."""


def blocks(data: AnnualData) -> Iterator[Block]:
    """The history's, then the dates'."""
    yield Heading(_("With a reason on record"), 2)
    yield from _recorded(data)
    yield Heading(_("By the dates in the records"), 2)
    yield Paragraph(
        _("Judged by what the registry knows on %(day)s, whenever it was entered.") % {"day": show_date(data.day)},
        quiet=True,
    )
    if not data.lapses:
        yield Paragraph(
            _("The dates show no exception from the policy and no breach of it in %(year)s.") % {"year": data.year}
        )
    for clause, lapses in data.lapses.items():
        yield from quoted(data.quotes, clause)
        yield from _found(data, clause, lapses)


def _recorded(data: AnnualData) -> Iterator[Block]:
    if not data.history.departed:
        yield Paragraph(
            _("No exception from the policy and no breach of it was entered in %(year)s.") % {"year": data.year}
        )
        return
    labels = ((_("Entered"), 2), (_("Record"), 3), (_("What"), 2), (_("Why"), 4), (_("Decision"), 2))
    rows = [row for change in data.history.departed for row in _change(data, change)]
    shown, rest = first_of(rows)
    caption = _("Exceptions and breaches entered in %(year)s") % {"year": data.year}
    yield Table(caption, [Column(label, weight=weight) for label, weight in labels], shown)
    yield from rest


def _change(data: AnnualData, change: Told) -> Iterator[tuple[str, ...]]:
    records = ", ".join(line(data.titles.get(ref, ref)) for ref in change.refs) or line(change.subject)
    decisions = ", ".join(map(line, change.decisions)) or "–"
    clauses = [(_("exception"), clause) for clause in change.exceptions]
    clauses += [(_("breach"), clause) for clause in change.breaches]
    for what, clause in clauses:
        yield show_date(change.on), records, f"{what}: {line(clause)}", line(change.why) or "–", decisions


def _found(data: AnnualData, clause: str, lapses: Sequence[Lapse]) -> Iterator[Block]:
    columns = [Column(_("Record"), weight=3), Column(_("What"), weight=4), Column(_("When"), weight=3)]
    shown, rest = first_of(lapses, _MOST)
    rows = [
        (
            line(data.titles.get(one.finding.ref, one.finding.ref)),
            f"{one.finding.how_grave}: {line(one.finding.message)}",
            show_period(one.since, one.until),
        )
        for one in shown
    ]
    yield Table(_("§ %(clause)s, %(year)s") % {"clause": clause, "year": data.year}, columns, rows)
    yield from rest
