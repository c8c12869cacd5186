"""The year's evaluations with what they taught; waived and late ones."""

from __future__ import annotations

from collections.abc import Iterator

from registry.reports.annual.gathering import AnnualData
from registry.reports.document import Block, Heading
from registry.reports.parts.evaluations import evaluated, late, waived
from registry.reports.parts.quoting import quoted
from registry.words import _


def blocks(data: AnnualData) -> Iterator[Block]:
    """One by one, then the waived, then the late."""
    yield from quoted(data.quotes, "added-value", "evaluated")
    yield from evaluated(data.evaluations, 2)
    yield Heading(_("Waived"), 2)
    yield from waived(data.evaluations)
    if not data.evaluations.is_to_come:
        yield Heading(_("Late"), 2)
        yield from late(data.evaluations)
