"""What needs a decision: put on this agenda, expected, departed from, applied for, promised, planned, never decided, proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from registry.policy.attention import Applied, applied_not_granted, decisions_expected
from registry.policy.outlook_words import applied_words, awaited_words, moved_words, unasked_words
from registry.policy.since import Moved
from registry.policy.subjects import COMPLETED, DECIDED, LEVELS, PLANNED, STOPPED, Project
from registry.records.dates import show_date
from registry.records.decisions import decision_of
from registry.records.kinds import KINDS
from registry.records.types import Names
from registry.records.values import Data, day, tables, text
from registry.reports.agenda.matters import Matter, one_a_record
from registry.reports.asked import Asked
from registry.snapshot import Record, Snapshot
from registry.words import _


def to_decide(asked: Asked, since: date, meeting: date, departures: Mapping[str, Sequence[Moved]]) -> Sequence[Matter]:
    """One line a record: first what was put on this meeting's agenda, then by when a decision is expected."""
    snapshot = asked.snapshot
    return one_a_record(
        [
            *_put_on(snapshot, since, meeting),
            *_expected(snapshot, asked.day, departures),
            *_applied(snapshot),
            *_undertaken(snapshot, asked.names),
            *_planned(snapshot),
            *_never_decided(snapshot),
            *_proposed(snapshot),
        ]
    )


def _level(data: Data) -> int:
    return LEVELS.get(text(data, "stage") or "idea", 0)


def _put_on(snapshot: Snapshot, since: date, meeting: date) -> Iterator[Matter]:
    """What was to be taken up at this meeting, or at a day since the last one."""
    for record in snapshot.records("projects"):
        put = day(record.data, "agenda")
        if put is not None and since < put <= meeting and _level(record.data) != STOPPED:
            said = _("to be taken up at this meeting")
            if put != meeting:
                said = _("was to be taken up on %(day)s") % {"day": show_date(put)}
            yield Matter(record.ref, said)


def _expected(snapshot: Snapshot, on: date, departures: Mapping[str, Sequence[Moved]]) -> Iterator[Matter]:
    """What somebody is expected to decide, with what was changed since the last decision; and what nobody asked for yet."""
    expected = decisions_expected(snapshot, on)
    for awaited in expected:
        changes = moved_words(departures.get(awaited.ref, ()), snapshot.data(awaited.ref) or {})
        yield Matter(awaited.ref, awaited_words(awaited, on, changes))
    known = {awaited.ref for awaited in expected}
    for ref in sorted(ref for ref in departures if ref in snapshot and ref not in known):
        yield Matter(ref, unasked_words(moved_words(departures[ref], snapshot.data(ref) or {})))


def _applied(snapshot: Snapshot) -> Iterator[Matter]:
    """Money applied for and neither granted nor refused, of decided projects too: what became dearer."""
    by_record: dict[str, list[Applied]] = {}
    for applied in applied_not_granted(snapshot):
        by_record.setdefault(applied.ref, []).append(applied)
    return (Matter(ref, applied_words(several)) for ref, several in by_record.items())


def _undertaken(snapshot: Snapshot, names: Names) -> Iterator[Matter]:
    """Commitments for others that nobody has dealt with or secured; when it is over too, unless it was before the registry."""
    described = KINDS["projects"].by_key["commitments"]
    for record in snapshot.records("projects"):
        level = _level(record.data)
        if level == STOPPED or (level >= COMPLETED and _before_the_registry(snapshot, record)):
            continue
        for entry in tables(record.data, "commitments"):
            treated, secured = text(entry, "treated").strip(), "secured_on" in entry
            if treated and secured:
                continue
            said = _("the commitment is not secured: %(what)s")
            if not treated:
                said = _("the commitment is not dealt with: %(what)s")
            told = {key: entry[key] for key in ("kind", "party", "amount") if key in entry}
            yield Matter(record.ref, said % {"what": described.type.show([told], names)})


def _planned(snapshot: Snapshot) -> Iterator[Matter]:
    """Projects that are planned, and of which nobody says who is going to decide."""
    for record in snapshot.records("projects"):
        data = record.data
        if _level(data) == PLANNED and not tables(data, "decisions") and not text(data, "decision_expected").strip():
            yield Matter(record.ref, _("is planned and not decided; who decides and when is not stated"))


def _never_decided(snapshot: Snapshot) -> Iterator[Matter]:
    """Projects that go on, or are over, without a decision; not those from before the registry."""
    for record in snapshot.records("projects"):
        level = _level(record.data)
        decided = any(decision_of(text(entry, "decision")) for entry in tables(record.data, "decisions"))
        if level < DECIDED or decided or _before_the_registry(snapshot, record):
            continue
        said = _("has gone ahead, and no decision is entered")
        if level >= COMPLETED:
            said = _("is over, and no decision is entered")
        yield Matter(record.ref, said)


def _before_the_registry(snapshot: Snapshot, record: Record) -> bool:
    return Project(record.ref, record.data, day(snapshot.registry, "opened")).afterwards


def _proposed(snapshot: Snapshot) -> Iterator[Matter]:
    for record in snapshot.records("twin-towns"):
        if text(record.data, "agreement_status") == "proposed":
            yield Matter(record.ref, _("a proposal of a twin-town agreement"))
