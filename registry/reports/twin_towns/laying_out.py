"""The twin towns on paper: all of them in one table, the jubilees, then a part for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from registry.policy.attention import Jubilee
from registry.records.dates import show_date, show_period
from registry.records.kinds import KINDS
from registry.records.values import Data
from registry.reports.document import Block, Bullets, Column, Document, Facts, Heading, Paragraph, Table
from registry.reports.parts.fields import inner_words, shown_field, shown_fields
from registry.reports.parts.long_lists import first_of
from registry.reports.parts.quoting import quoted
from registry.reports.twin_towns.gathering import Activity, Town, Towns
from registry.words import _, language

_KIND: Final = "twin-towns"
_MOST: Final = 50
"""Lines of a list that a town has."""


def laid_out(towns: Towns, origin: Sequence[tuple[str, str]]) -> Document:
    """The document."""
    return Document(
        str(KINDS[_KIND].many),
        _("Agreements, cooperation and jubilees as of %(day)s") % {"day": show_date(towns.day)},
        origin,
        tuple(_blocks(towns)),
        language(),
    )


def _blocks(towns: Towns) -> Iterator[Block]:
    yield Heading(_("All of them"))
    if towns.agreed:
        yield from _overview(towns)
    else:
        yield Paragraph(_("The registry has no town with an agreement."))
    yield Heading(_("Jubilees"))
    yield from _jubilees(towns)
    if towns.agreed:
        yield Heading(_("Town by town"))
        for town in towns.agreed:
            yield from _town(town)
    if towns.proposed:
        yield Heading(_("Proposals that are no agreements"))
        for town in towns.proposed:
            yield from _proposal(town)


def _overview(towns: Towns) -> Iterator[Block]:
    if towns.quote:
        yield from quoted({"prioritise-working": towns.quote}, "prioritise-working")
        yield Paragraph(
            _(
                "Those whose cooperation works come first, then those with projects going on, then those with a project in sight."
            ),
            quiet=True,
        )
    columns = (
        Column(str(KINDS[_KIND].one), weight=2),
        Column(_label("country"), weight=2),
        Column(_("Decision (year)"), number=True),
        Column(_("Agreement")),
        Column(_("Last project"), weight=3),
        Column(_("Last contact"), weight=2),
    )
    rows = [
        (
            town.name,
            shown_field(_KIND, town.data, "country")[1],
            str(town.agreement.year or "–"),
            shown_field(_KIND, town.data, "agreement_status")[1],
            _activity(town.last) if town.last else _("none in the registry"),
            _last_contact(town),
        )
        for town in towns.agreed
    ]
    yield Table(_("Twin towns, those that the policy prioritises first"), columns, rows)


def _label(key: str) -> str:
    return str(KINDS[_KIND].by_key[key].label)


def _jubilees(towns: Towns) -> Iterator[Block]:
    if not towns.jubilees:
        yield Paragraph(_("No agreement has a jubilee in this year or the next four."))
        return
    names = {town.ref: town.name for town in (*towns.agreed, *towns.proposed)}
    yield Table(
        _("Jubilees of this year and the next four"),
        (Column(str(KINDS[_KIND].one), weight=2), Column(_("Year"), number=True), Column(_("Jubilee"), weight=2)),
        [(names.get(one.ref, one.ref), str(one.year), _jubilee(one)) for one in towns.jubilees],
    )


def _jubilee(one: Jubilee) -> str:
    said = (
        _("%(years)s years since the municipality's decision") if one.of_decision else _("%(years)s years of agreement")
    )
    return said % {"years": one.years}


def _town(town: Town) -> Iterator[Block]:
    yield Heading(town.name, 2)
    keys = ("local_name", "country", "successor", "agreement_year", "agreement_status", "financial_obligations")
    yield Facts(
        [
            *shown_fields(_KIND, town.data, keys),
            (_("Last project"), _activity(town.last) if town.last else _("none in the registry")),
            (_("Last contact"), _last_contact(town)),
            shown_field(_KIND, town.data, "potential"),
        ]
    )
    yield from _list(_("What happened to the agreement"), [_event(entry) for entry in _events(town)])
    if not town.agreement.events:
        yield Paragraph(_("Nothing more than that is known of the agreement."), quiet=True)
    yield from _list(_("How the cooperation works"), [_assessment(entry) for entry in town.assessments])
    if not town.assessments:
        yield Paragraph(_("Nobody has assessed the cooperation."), quiet=True)
    yield from _list(_("Planned, decided and going on"), [_activity(one) for one in town.live])


def _proposal(town: Town) -> Iterator[Block]:
    yield Heading(town.name, 2)
    keys = ("country", "agreement_status", "received", "received_from", "answer_by", "answered")
    yield Facts(shown_fields(_KIND, town.data, keys))
    yield from _list(_("Planned, decided and going on"), [_activity(one) for one in town.live])


def _list(heading: str, items: list[str]) -> Iterator[Block]:
    if items:
        shown, rest = first_of(items, _MOST)
        yield Heading(heading, 3)
        yield Bullets(shown)
        yield from rest


def _events(town: Town) -> list[Data]:
    return [
        {"date": event.on, "kind": event.kind, **({"decision": event.decision} if event.decision else {})}
        for event in town.agreement.events
    ]


def _event(entry: Data) -> str:
    words = [inner_words(_KIND, "agreement_events", entry, key) for key in ("date", "kind")]
    if "decision" in entry:
        words.append(inner_words(_KIND, "agreement_events", entry, "decision"))
    return ", ".join(words)


def _assessment(entry: Data) -> str:
    told = [inner_words(_KIND, "cooperation", entry, "date")]
    if "working" in entry:
        working = entry.get("working") is True
        told.append(_("the cooperation works") if working else _("the cooperation does not work"))
    words = ", ".join(told)
    return f"{words}: {inner_words(_KIND, 'cooperation', entry, 'note')}" if entry.get("note") else words


def _activity(one: Activity) -> str:
    if one.start is None:
        return one.title
    when = show_period(one.start, one.end) if one.end else _("from %(day)s") % {"day": show_date(one.start)}
    return f"{one.title}, {when}"


def _last_contact(town: Town) -> str:
    on = town.standing.last_contact
    return show_date(on) if on else shown_field(_KIND, {}, "last_contact")[1]
