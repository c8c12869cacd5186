"""The year in a few sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from registry.plain_text import line
from registry.records.dates import show_date
from registry.reports.annual.gathering import AnnualData
from registry.reports.document import Block, Paragraph
from registry.reports.parts.evaluations import counted
from registry.reports.parts.money import has_money, in_sentences
from registry.reports.parts.projects import what_belongs
from registry.words import _, ngettext


def is_empty(data: AnnualData) -> bool:
    """Whether the registry tells of nothing in that year."""
    found = (data.projects.projects, data.decided, data.history.departed, data.towns.events, data.towns.inquiries)
    people = [turn for turn in data.offices.turns if turn.what != "vacant"] or data.offices.responsible
    return not any(found) and not people and not has_money(data.money)


def blocks(data: AnnualData) -> Iterator[Block]:
    """What there was, in counts and sums; and how far that can be relied on."""
    if is_empty(data):
        yield Paragraph(_("The registry tells of nothing in %(year)s.") % {"year": data.year})
        if data.other_years:
            yield Paragraph(_("It tells of: %(years)s") % {"years": _spans(data.other_years)})
    else:
        yield Paragraph(_projects(data))
        yield Paragraph(in_sentences(data.money))
        yield Paragraph(counted(data.evaluations))
        yield Paragraph(_agreements(data))
        yield Paragraph(_departures(data))
    yield from _caveats(data)


def _projects(data: AnnualData) -> str:
    every, begun, ended = (len(some) for some in (data.projects.projects, data.projects.started, data.projects.ended))
    if not every:
        return _("No project belongs to %(year)s.") % {"year": data.year}
    words = ngettext(
        "%(count)s project belongs to %(year)s.", "%(count)s projects belong to %(year)s.", every
    ) % {"count": every, "year": data.year}  # fmt: skip
    return " ".join(
        [
            words,
            ngettext("%(count)s began in the year", "%(count)s of them began in the year", begun) % {"count": begun},
            ngettext("and %(count)s came to its end.", "and %(count)s came to their end.", ended) % {"count": ended},
        ]
    )


def _agreements(data: AnnualData) -> str:
    events, inquiries, year = len(data.towns.events), data.towns.inquiries, {"year": data.year}
    told = ngettext(
        "%(count)s thing happened to an agreement with a twin town.",
        "%(count)s things happened to agreements with twin towns.",
        events,
    )
    words = [told % {"count": events} if events else _("Nothing happened to any agreement in %(year)s.") % year]
    if not inquiries:
        return " ".join([*words, _("No inquiry was received or answered in %(year)s.") % year])
    received = sum(one.received is not None and one.received.year == data.year for one in inquiries)
    answered = sum(
        one.answered is not None and one.answered.year == data.year and one.answered <= data.day for one in inquiries
    )
    asked = ngettext("%(count)s inquiry was received", "%(count)s inquiries were received", received)
    replied = ngettext("and %(count)s was answered.", "and %(count)s were answered.", answered)
    return " ".join([*words, asked % {"count": received}, replied % {"count": answered}])


def _departures(data: AnnualData) -> str:
    exceptions = sum(len(change.exceptions) for change in data.history.departed)
    breaches = sum(len(change.breaches) for change in data.history.departed)
    by_dates = sum(map(len, data.lapses.values()))
    return _(
        "With a reason on record: exceptions from the policy %(exceptions)s, breaches of it %(breaches)s. Found by the dates "
        "in the records: %(found)s."
    ) % {"exceptions": exceptions, "breaches": breaches, "found": by_dates}


def _caveats(data: AnnualData) -> Iterator[Block]:
    if data.dealt_with:
        yield Paragraph(_("The year's report was dealt with: %(decision)s.") % {"decision": line(data.dealt_with)})
    if data.day < date(data.year, 1, 1):
        yield Paragraph(_("The year has not begun: what is told is planned, and may change."))
    elif data.day < date(data.year, 12, 31):
        yield Paragraph(_("The year is not over: this is how it stands on %(day)s.") % {"day": show_date(data.day)})
    if data.opened is not None and data.year < data.opened.year:
        words = _("The registry was opened on %(day)s; what was before is recorded afterwards, and may be incomplete.")
        yield Paragraph(words % {"day": show_date(data.opened)})
    if not is_empty(data):
        yield Paragraph(what_belongs(), quiet=True)


def _spans(years: Sequence[int]) -> str:
    """``2018–2024, 2026``."""
    starts = [years[0], *(after for before, after in pairwise(years) if after != before + 1)]
    ends = [*(before for before, after in pairwise(years) if after != before + 1), years[-1]]
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True))
