"""The budget report as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.plain_text import line
from registry.records.department_kind import DEPARTMENT
from registry.reports.budget.gathering import BudgetData
from registry.reports.document import Block, Document, Heading, Paragraph
from registry.reports.parts.money import (
    by_source,
    cost_against_granted,
    department_rows,
    frames,
    has_money,
    in_sentences,
    line_label,
    sums_chart,
    sums_table,
)
from registry.reports.parts.quoting import quoted
from registry.words import _, language


def laid_out(data: BudgetData, origin: Sequence[tuple[str, str]]) -> Document:
    """The document."""
    title = _("Budget %(year)s") % {"year": data.money.year}
    subtitle = _("International contacts, %(municipality)s") % {"municipality": line(data.municipality)}
    return Document(title, subtitle, origin, tuple(_blocks(data)), language())


def _blocks(data: BudgetData) -> Iterator[Block]:
    found = data.money
    if not has_money(found):
        yield from _nothing(data)
        return
    yield Paragraph(in_sentences(found))
    yield Heading(_("By source"))
    yield from by_source(found)
    yield Heading(_("Frames"))
    yield from quoted(data.quotes, "central-funds", "department-funding")
    yield from frames(found, data.departments)
    if not found.projects:
        return
    yield Heading(_("By department"))
    departments = department_rows(found, data.departments)
    caption = _("Money by department, %(year)s") % {"year": found.year}
    yield sums_table(caption, str(DEPARTMENT.one), departments, found.total)
    yield sums_chart(caption, departments)
    yield Heading(_("By programme"))
    yield from _programmes(data)
    yield Heading(_("Projects"))
    yield from cost_against_granted(found)


def _programmes(data: BudgetData) -> Iterator[Block]:
    found = data.money
    yield from quoted(data.quotes, "eu-funding")
    if not found.by_programme:
        yield Paragraph(_("No budget line of %(year)s names a programme.") % {"year": found.year})
        return
    programmes = [(line(name), sums) for name, sums in found.by_programme.items()]
    caption = _("Money by programme, %(year)s") % {"year": found.year}
    yield sums_table(caption, line_label("programme"), programmes)
    yield sums_chart(caption, programmes)


def _nothing(data: BudgetData) -> Iterator[Block]:
    yield Paragraph(_("There is no money in the registry for %(year)s.") % {"year": data.money.year})
    if data.years:
        yield Paragraph(_("There is for: %(years)s") % {"years": ", ".join(map(str, data.years))})
