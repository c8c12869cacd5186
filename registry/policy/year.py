"""Was the policy followed in a year? Judged by the dates in the records as they are now, whenever they were entered.

Each record is taken as its own dates say that it was (`then`), on every day on which something in it changes; what is
found from one such day to the next makes a time, from and until. A vacancy in March that was entered in October shows.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from registry.findings import SEVERITIES, Finding, Severity
from registry.policy.clauses import GRAVEST
from registry.policy.digests import level_of
from registry.policy.judging import judge
from registry.policy.reading import later
from registry.policy.subjects import DECIDED, is_live
from registry.policy.terms import Terms
from registry.policy.then import as_of, began, dates_in
from registry.policy.whole import whole_of
from registry.progress import PORTION, Progress, all_of
from registry.records.kinds import KINDS
from registry.records.refs import folder_of
from registry.records.values import Data, day, number, tables
from registry.snapshot import Record, Snapshot
from registry.uncollected import without_collecting

_ACTS: Final = frozenset({"no-new-agreements"})
"""Clauses that are departed from on a day, and not for as long as the record says so."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """Something that was not as the policy wants it, and the days of the year in which it was not, both included."""

    finding: Finding
    since: date
    until: date

    def as_json(self) -> dict[str, str]:
        """The finding's keys, with ``from`` and ``until``."""
        return {**self.finding.as_json(), "from": self.since.isoformat(), "until": self.until.isoformat()}


def compliance(snapshot: Snapshot, year: int, today: date, *, least: Severity = "note") -> dict[str, list[Lapse]]:
    """Clause → what was not as it wants it in the year, by what the registry knows now; until `today` at most.

    The gravest clause comes first, and within one the earliest lapse. Projects count in the years that they touch.
    What is milder than `least` is left out.
    """
    return all_of(compliance_by_portions(snapshot, year, today, least=least))


def compliance_by_portions(
    snapshot: Snapshot, year: int, today: date, *, least: Severity = "note", without: Iterable[str] = ()
) -> Generator[Progress, None, dict[str, list[Lapse]]]:
    """The same, some projects at a time. Clauses `without` which it is asked are left out."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), today)
    if first > last:
        return {}
    terms = Terms.of(snapshot.policy)
    asked = _Asked(first, last, terms, frozenset(without) | _milder_clauses(terms, least))
    found: list[Lapse] = []
    dates: dict[str, list[date]] = {}
    records = list(snapshot.records())
    for at in range(0, len(records), PORTION):
        yield Progress(str(KINDS["projects"].many), at)
        with without_collecting():
            for record in records[at : at + PORTION]:
                dates[record.ref] = dates_in(record.data)
                found += _joined(_by_itself(snapshot, asked, record, dates[record.ref]), last)
    yield Progress(str(KINDS["departments"].many), 0)
    with without_collecting():
        found += _joined(_together(snapshot, asked, dates), last)
    grave = SEVERITIES.index(least)
    return _by_clause(
        lapse
        for lapse in found
        if SEVERITIES.index(lapse.finding.severity) <= grave and not _old_act(snapshot, lapse, first)
    )


class _Asked(NamedTuple):
    """By which policy the days from `first` to `last` are judged, and what of it nobody asks about."""

    first: date
    last: date
    terms: Terms
    without: frozenset[str]


def _milder_clauses(terms: Terms, least: Severity) -> frozenset[str]:
    """The clauses in which nothing can be as grave as that."""
    rank = SEVERITIES.index
    return frozenset(own for own, gravest in GRAVEST.items() if rank(terms.severities.get(own, gravest)) > rank(least))


Judged = Iterable[tuple[date, list[Finding]]]
"""Day → what is found from then until the next one."""


def _by_itself(snapshot: Snapshot, asked: _Asked, record: Record, dates: Collection[date]) -> Judged:
    """What is found in a project that the days touch, or in a twin town; of other records totals tell (`_together`)."""
    kind = record.kind.id
    if kind == "twin-towns" or (kind == "projects" and _touches(record.data, dates, asked)):
        return _alone(snapshot, asked, record, (*dates, *_overdue_from(record.data, asked.terms)))
    return ()


def _touches(project: Data, dates: Collection[date], asked: _Asked) -> bool:
    """Whether anything in a project may be found in those days."""
    first, last = asked.first, asked.last
    over = max((*dates, *_overdue_from(project, asked.terms)), default=first) < first
    if over and day(project, "end") is not None:
        return False
    return min(dates, default=last) <= last or began(project) is None


def _overdue_from(project: Data, terms: Terms) -> tuple[date, ...]:
    """The day after which its evaluation is late by the policy's own days."""
    end = day(project, "end")
    return () if end is None or terms.evaluation_days is None else (later(end, terms.evaluation_days),)


def _stretches(known: Iterable[date], first: date, last: date) -> list[tuple[date, date]]:
    """The time between two days, cut where something turns: on a known day, and on the one after it."""
    turns = sorted({first, *(turn for one in known for turn in (one, later(one, 1)) if first < turn <= last)})
    return [(since, later(after, -1)) for since, after in pairwise([*turns, later(last, 1)])]


def _turns(known: Iterable[date], first: date, last: date) -> list[date]:
    """The first and the last day, and each known day with those before and after it, in order."""
    turning = {turn for one in known for turn in (later(one, -1), one, later(one, 1)) if first <= turn <= last}
    return sorted(turning | {first, last})


def _alone(snapshot: Snapshot, asked: _Asked, record: Record, dates: Collection[date]) -> Judged:
    """What is found in a record that no total is told on; on the day of the step to *decided*, in the step too.

    A stretch in which nothing turns is judged on its last day, when what is late is latest.
    """
    before, level = None, 0
    for since, on in _stretches(dates, asked.first, asked.last):
        view = _view(record, dates, on)
        then = snapshot.edited({record.ref: view})
        was, level = level, level_of(view or {})
        step = before if was < DECIDED <= level else None
        yield since, judge(then, on, [record.ref], step, company=False, terms=asked.terms, without=asked.without)
        before = then


def _together(snapshot: Snapshot, asked: _Asked, dates: Mapping[str, Collection[date]]) -> Judged:
    """What is found in the registry and its departments, who answer for totals and seats.

    To the day where an office changes hands or a frame is decided; what projects alone bring about, to the month. The
    money of other years is theirs to answer for. From one day to the next only those records are looked at again that
    have a date between them.
    """
    first, last = asked.first, asked.last
    own = ["registry", "policy", *snapshot.refs("departments")]
    known = [date(first.year, month, 1) for month in range(1, 13)]
    known += [one for ref in own for one in dates.get(ref, ())]
    dated = _dated(dates, first, last)
    then, eve = snapshot, first
    for on in _turns(known, first, last):
        turned = snapshot.refs() if on == first else _between(dated, eve, on)
        records = filter(None, map(snapshot.record, turned))
        views = {record.ref: _view(record, dates.get(record.ref, ()), on) for record in records}
        before, then = then, then.edited({ref: _money_of(first.year, view) for ref, view in views.items()})
        if on != first:
            whole_of(then, before, views)
        yield on, judge(then, on, own, terms=asked.terms, without=asked.without)
        eve = on


def _view(record: Record, dates: Collection[date], on: date) -> Data | None:
    """The record as it was on that day; of a project in which every day had passed, what it is now."""
    if record.ref.startswith("projects/") and max(dates, default=on) < on:
        return record.data
    return as_of(record.kind.id, record.data, on)


def _dated(dates: Mapping[str, Iterable[date]], first: date, last: date) -> dict[date, set[str]]:
    """Day → the records in which it stands, of the days of the year."""
    found: dict[date, set[str]] = {}
    for ref, known in dates.items():
        for one in known:
            if first <= one <= last:
                found.setdefault(one, set()).add(ref)
    return found


def _between(dated: Mapping[date, set[str]], since: date, until: date) -> set[str]:
    """The records that may be others on the second day than on the first: what ends on a day is over on the next."""
    return {ref for one, refs in dated.items() if since <= one <= until for ref in refs}


def _money_of(year: int, data: Data | None) -> Data | None:
    """The record; a project with its budget lines of that year alone, and none that no total of the year feels."""
    if data is None or "stage" not in data:
        return data
    lines = [line for line in tables(data, "budget") if number(line, "year") == year]
    if not lines and not is_live(level_of(data)):
        return None
    return {**data, "budget": lines} if "budget" in data else data


def _joined(judged: Judged, last: date) -> Iterator[Lapse]:
    """The lapses: the same finding on the next day that is judged is the same lapse, told as it was at its gravest."""
    going: dict[tuple[str, str, str], Lapse] = {}
    for on, findings in judged:
        eve = on - timedelta(days=1) if on > date.min else on
        now = {finding.key: finding for finding in findings}
        for key in [key for key in going if key not in now]:
            yield replace(going.pop(key), until=eve)
        for key, finding in now.items():
            known = going.get(key)
            if known is None:
                going[key] = Lapse(finding, on, last)
            elif finding != known.finding and not _milder(finding, known.finding):
                going[key] = replace(known, finding=finding)
    yield from going.values()


def _milder(finding: Finding, known: Finding) -> bool:
    return SEVERITIES.index(finding.severity) > SEVERITIES.index(known.severity)


def _old_act(snapshot: Snapshot, lapse: Lapse, first: date) -> bool:
    """Whether it was done in an earlier year, and its being so is all that this one knows of."""
    if lapse.finding.clause not in _ACTS or lapse.since != first or first == date.min:
        return False
    eve, ref = first - timedelta(days=1), lapse.finding.ref
    earlier = snapshot.edited({ref: as_of(folder_of(ref), snapshot.data(ref) or {}, eve)})
    return any(finding.key == lapse.finding.key for finding in judge(earlier, eve, [ref], company=False))


def _by_clause(lapses: Iterable[Lapse]) -> dict[str, list[Lapse]]:
    def grave(lapse: Lapse) -> tuple[int, date, str, str]:
        finding = lapse.finding
        return SEVERITIES.index(finding.severity), lapse.since, finding.ref, finding.field

    made: dict[str, list[Lapse]] = {}
    for lapse in sorted(lapses, key=grave):
        made.setdefault(lapse.finding.clause, []).append(lapse)
    return made
