"""A change of person in all the roles that somebody has, as of a day: from a snapshot to edits, for one commit.

What holds over time is entered with from and until, so that the registry goes on to answer for the days before. What
names one person alone (who is responsible for a project, a town's contacts) is replaced. Without a successor the offices
are vacant from that day, and what names one person alone is left as it is: nobody is invented. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from registry.errors import BadInput, Refused
from registry.policy.offices import Seat, seats_of
from registry.policy.subjects import IDEA, LEVELS, ONGOING
from registry.records.dates import show_date
from registry.records.refs import is_person
from registry.records.types import BARE, Names
from registry.records.values import Data, text, texts
from registry.snapshot import Record, Snapshot
from registry.words import _

OFFICES: Final = {"registry": "coordinators", "departments": "officers"}
"""Kind of record → its list of those who hold the office."""


class Role(NamedTuple):
    """One thing that somebody was as of the day."""

    ref: str
    field: str
    """``coordinators``, ``officers``, ``responsible`` or ``contacts``."""
    function: str
    """The office in words, where the record has any."""


@dataclass(frozen=True, slots=True)
class Handover:
    """All roles of one person, handed to another, or left."""

    roles: tuple[Role, ...]
    """What changes hands, or is vacant from the day."""
    edits: Mapping[str, Data]
    kept: tuple[Role, ...] = ()
    """What goes on to name the old one, where there is no successor."""


def handover(snapshot: Snapshot, old: str, new: str, on: date, decision: str = "", *, names: Names = BARE) -> Handover:
    """Hand every current role of the person `old` to `new`; `on` is the first day of the new one.

    A new holder of an office has the function and the mailbox of the old one, and was appointed by `decision`. "" as
    `new` leaves the offices vacant. Raises `BadInput` for what is no id, `Refused` where nothing is handed over, or where
    an office began no earlier than `on`; `names` says what the line calls them.
    """
    who = {"id": names.person(old)}
    for person in (old, new):
        if person and not is_person(person):
            raise BadInput(
                _("“%(id)s” is not the id of a person.") % {"id": person},
                _("Ids look like p-7k2m9x: vanort people list."),
            )
    if old == new:
        raise Refused(
            _("%(id)s cannot hand over to the very same person.") % who, _("Name somebody else as the successor.")
        )
    roles: list[Role] = []
    kept: list[Role] = []
    edits: dict[str, Data] = {}
    for ref in snapshot.referrers.get(old, ()):
        if (record := snapshot.record(ref)) is None:
            continue
        made = dict(record.data)
        found = [*_offices(record, made, old, lambda entry: _successors(entry, new, on, decision), on=on, names=names)]
        named = [*_named(record, made, old, new)]
        (found if new else kept).extend(named)
        if found:
            roles += found
            edits[ref] = made
    if not roles:
        nothing = _("%(id)s has no role on %(day)s that could be handed over.")
        if not new:
            nothing = _("%(id)s has no office on %(day)s that could be left vacant.")
        raise Refused(
            nothing % {**who, "day": show_date(on)},
            _("The coordination committee as of that day shows who sits."),
        )
    return Handover(tuple(roles), edits, tuple(kept))


def _offices(
    record: Record,
    made: dict[str, Any],
    old: str,
    successors: Callable[[Data], list[Data]],
    *,
    on: date,
    names: Names,
) -> Iterator[Role]:
    """Ends what the old one has of an office; the entry of the successor comes right after in the list."""
    key = OFFICES.get(record.kind.id)
    seats = {seat.at: seat for seat in seats_of(made, key) if seat.person == old and seat.until >= on} if key else {}
    if not key or not seats:
        return
    entries: list[Any] = []
    for at, entry in enumerate(made[key]):
        seat = seats.get(at)
        if seat is None:
            entries.append(entry)
            continue
        _require_begun(record, seat, on, names)
        entries += [{**entry, "until": on - timedelta(days=1)}, *successors(entry)]
        yield Role(record.ref, key, seat.function)
    made[key] = entries


def _require_begun(record: Record, seat: Seat, on: date, names: Names) -> None:
    """Raises `Refused` where the office had not been held for a day."""
    if seat.since >= on:
        raise Refused(
            _("%(title)s: %(id)s has the office from %(since)s, and cannot hand it over on %(day)s.")
            % {
                "title": record.title,
                "id": names.person(seat.person),
                "since": show_date(seat.since),
                "day": show_date(on),
            },
            _("Give a later day, or change the entry in the record."),
        )


def _successors(entry: Data, new: str, on: date, decision: str) -> list[Data]:
    """The entry of who has the office next; none where it is vacant."""
    if not new:
        return []
    kept = {key: value for key, value in entry.items() if key not in {"id", "decision"}}
    return [{**kept, "person": new, "from": on} | ({"decision": decision} if decision else {})]


def _named(record: Record, made: dict[str, Any], old: str, new: str) -> Iterator[Role]:
    """Replaces the old one where a record names one person and no time; of what is over, the history stays as it was.

    Without a new one nothing is replaced, and the roles are told all the same.
    """
    data = record.data
    if text(data, "responsible") == old and IDEA <= LEVELS.get(text(data, "stage") or "idea", IDEA) <= ONGOING:
        made["responsible"] = new or old
        yield Role(record.ref, "responsible", text(data, "responsible_function"))
    if record.kind.id == "twin-towns" and old in (contacts := texts(data, "contacts")):
        made["contacts"] = list(dict.fromkeys((new or old) if person == old else person for person in contacts))
        yield Role(record.ref, "contacts", "")
