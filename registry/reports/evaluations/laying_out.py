"""The report of evaluations as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.plain_text import line
from registry.reports.document import Block, Document, Heading, Paragraph
from registry.reports.evaluations.gathering import EvaluationsData
from registry.reports.parts.evaluations import counted, evaluated, late, results, to_come, waived
from registry.reports.parts.quoting import quoted
from registry.words import _, language


def laid_out(data: EvaluationsData, origin: Sequence[tuple[str, str]]) -> Document:
    """The document."""
    title = _("Evaluations %(year)s") % {"year": data.found.year}
    subtitle = _("International contacts, %(municipality)s") % {"municipality": line(data.municipality)}
    return Document(title, subtitle, origin, tuple(_blocks(data)), language())


def _blocks(data: EvaluationsData) -> Iterator[Block]:
    found = data.found
    if found.is_to_come:
        yield Paragraph(_("The year has not begun: what is told is planned, and may change."))
    yield Paragraph(counted(found))
    yield Heading(_("Results by goal"))
    yield from quoted(data.quotes, "goals", "evaluated")
    yield from results(found)
    yield Heading(_("Evaluated projects"))
    yield from quoted(data.quotes, "added-value")
    yield from evaluated(found, 2)
    yield Heading(_("Waived"))
    yield from waived(found)
    if not found.is_to_come:
        yield Heading(_("Late"))
        yield from late(found)
    if not found.is_over:
        yield Heading(_("To come"))
        yield from to_come(found)
