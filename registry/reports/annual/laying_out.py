"""The annual report as a document: its chapters in order; of a year of which nothing is known, one short page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from registry.plain_text import line
from registry.reports.annual.chapters import decisions, departures, evaluations, goals, money, people, projects, summary
from registry.reports.annual.chapters import towns as twin_towns
from registry.reports.annual.gathering import AnnualData
from registry.reports.document import Block, Document, Heading
from registry.words import N_, _, language

_CHAPTERS: Final[Sequence[tuple[str, Callable[[AnnualData], Iterator[Block]]]]] = (
    (N_("Summary"), summary.blocks),
    (N_("Results by goal"), goals.blocks),
    (N_("Projects"), projects.blocks),
    (N_("Money"), money.blocks),
    (N_("EU money"), money.eu),
    (N_("Twin towns"), twin_towns.blocks),
    (N_("Evaluations"), evaluations.blocks),
    (N_("Exceptions from the policy and breaches of it"), departures.blocks),
    (N_("Changes of those responsible"), people.blocks),
    (N_("The year's decisions"), decisions.blocks),
)


def laid_out(data: AnnualData, origin: Sequence[tuple[str, str]]) -> Document:
    """The document."""
    title = _("Annual report %(year)s") % {"year": data.year}
    subtitle = _("International contacts, %(municipality)s") % {"municipality": line(data.municipality)}
    return Document(title, subtitle, origin, tuple(_blocks(data)), language())


def _blocks(data: AnnualData) -> Iterator[Block]:
    for heading, blocks in _CHAPTERS[:1] if summary.is_empty(data) else _CHAPTERS:
        yield Heading(_(heading))
        yield from blocks(data)
