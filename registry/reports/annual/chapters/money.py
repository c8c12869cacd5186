"""The year's money by source and department, against the frames; and what of it the EU gave."""

from __future__ import annotations

from collections.abc import Iterator

from registry.records.department_kind import DEPARTMENT
from registry.records.project_kind import PROJECT
from registry.reports.annual.eu import EuLine, by_programme
from registry.reports.annual.gathering import AnnualData
from registry.reports.document import Block, Column, Heading, Paragraph, Table
from registry.reports.parts.long_lists import first_of
from registry.reports.parts.money import (
    amounts,
    by_source,
    department_rows,
    frames,
    line_label,
    money,
    steps,
    sums_chart,
    sums_table,
)
from registry.reports.parts.quoting import quoted
from registry.words import _


def blocks(data: AnnualData) -> Iterator[Block]:
    """By source, by department, and the frames."""
    found = data.money
    yield from by_source(found)
    if found.projects:
        yield Heading(_("By department"), 2)
        rows = department_rows(found, data.departments)
        caption = _("Money by department, %(year)s") % {"year": data.year}
        yield sums_table(caption, str(DEPARTMENT.one), rows, found.total)
    yield Heading(_("Frames"), 2)
    yield from quoted(data.quotes, "central-funds", "department-funding")
    yield from frames(found, data.departments)


def eu(data: AnnualData) -> Iterator[Block]:
    """By programme, then each project's."""
    yield from quoted(data.quotes, "eu-funding")
    if not data.eu:
        yield Paragraph(_("No project has EU money entered for %(year)s.") % {"year": data.year})
        return
    rows = [(name or _("no programme named"), sums) for name, sums in by_programme(data.eu).items()]
    caption = _("EU money by programme, %(year)s") % {"year": data.year}
    yield sums_table(caption, line_label("programme"), rows)
    yield sums_chart(caption, rows)
    labels = (line_label("programme"), line_label("grant_agreement"))
    columns = [Column(str(PROJECT.one), weight=3), *(Column(label, weight=2) for label in labels)]
    columns += [Column(step, number=True) for step in steps()]
    shown, rest = first_of(data.eu)
    yield Table(_("Projects with EU money, %(year)s") % {"year": data.year}, columns, list(map(_row, shown)))
    yield from rest


def _row(one: EuLine) -> tuple[str, ...]:
    return (one.title, one.programme or "–", ", ".join(one.agreements) or "–", *map(money, amounts(one.sums)))
