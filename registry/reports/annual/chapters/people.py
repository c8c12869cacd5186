"""Who came and went, by function: nobody's name, unless names were asked for."""

from __future__ import annotations

from collections.abc import Iterator

from registry.records.dates import show_date, show_period
from registry.records.project_kind import PROJECT
from registry.reports.annual.gathering import AnnualData
from registry.reports.annual.offices import Responsible, Turn
from registry.reports.document import Block, Column, Heading, Paragraph, Table
from registry.reports.parts.long_lists import first_of
from registry.reports.parts.quoting import quoted
from registry.words import _


def blocks(data: AnnualData) -> Iterator[Block]:
    """The committee's offices, then the projects'."""
    yield from quoted(data.quotes, "coordinator", "exchange-officer")
    yield Heading(_("Coordinator and exchange officers"), 2)
    yield from _turns(data)
    yield Heading(_("Responsible for projects"), 2)
    yield from _responsible(data)


def _turns(data: AnnualData) -> Iterator[Block]:
    turns = data.offices.turns
    if not turns:
        yield Paragraph(_("No office changed hands in %(year)s, and none was vacant.") % {"year": data.year})
        return
    labels = ((_("When"), 3), (_("Office"), 2), (_("Where"), 3), (_("Function"), 2), (_("What"), 1))
    columns = [Column(label, weight=weight) for label, weight in labels]
    shown, rest = first_of(turns)
    yield Table(_("Offices, %(year)s") % {"year": data.year}, columns, list(map(_turn, shown)))
    yield from rest


def _turn(turn: Turn) -> tuple[str, ...]:
    what = {"came": _("took office"), "left": _("last day in office"), "vacant": _("vacant")}[turn.what]
    when = show_date(turn.on) if turn.until is None else show_period(turn.on, turn.until)
    office = _("Coordinator") if turn.office == "coordinators" else _("Exchange officer")
    return when, office, turn.place, turn.function or "–", what


def _responsible(data: AnnualData) -> Iterator[Block]:
    found = data.offices.responsible
    if not found:
        yield Paragraph(
            _("The history shows no project of which somebody else became responsible in %(year)s.")
            % {"year": data.year}
        )
        return
    columns = [
        Column(str(PROJECT.one), weight=3),
        Column(_("Before"), weight=2),
        Column(_("Now or in the end"), weight=2),
    ]
    shown, rest = first_of(found)
    yield Table(_("Responsible for projects, %(year)s") % {"year": data.year}, columns, list(map(_changed, shown)))
    yield from rest
    yield Paragraph(
        _(
            "As it stood in the registry when the year began and when it ended; who changed within an office has the same function twice."
        ),
        quiet=True,
    )


def _changed(one: Responsible) -> tuple[str, ...]:
    return one.title, one.before or "–", one.after or "–"
