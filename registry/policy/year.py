"""Was the policy followed in a year? Judged by the dates in the records as they are now, whenever they were entered.

Each record is taken as its own dates say that it was (`then`), on every day on which something in it changes; what is
found from one such day to the next makes a time, from and until. A vacancy in March that was entered in October shows.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from registry.findings import SEVERITIES, Finding
from registry.policy.digests import level_of
from registry.policy.judging import judge
from registry.policy.reading import later
from registry.policy.subjects import DECIDED
from registry.policy.terms import Terms
from registry.policy.then import as_of, began, dates_in
from registry.policy.whole import whole_of
from registry.progress import PORTION, Progress
from registry.records.kinds import KINDS
from registry.records.refs import folder_of
from registry.records.values import Data, day, number, tables
from registry.snapshot import Snapshot

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


def compliance(snapshot: Snapshot, year: int, today: date) -> dict[str, list[Lapse]]:
    """Clause → what was not as it wants it in the year, by what the registry knows now; until `today` at most.

    The gravest clause comes first, and within one the earliest lapse. Projects count in the years that they touch.
    """
    going = compliance_by_portions(snapshot, year, today)
    while True:
        try:
            next(going)
        except StopIteration as done:
            found: dict[str, list[Lapse]] = done.value
            return found


def compliance_by_portions(
    snapshot: Snapshot, year: int, today: date
) -> Generator[Progress, None, dict[str, list[Lapse]]]:
    """The same, some projects at a time."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), today)
    if first > last:
        return {}
    found: list[Lapse] = []
    terms = Terms.of(snapshot.policy)
    for at, record in enumerate(snapshot.records("projects")):
        if at % PORTION == 0:
            yield Progress(str(KINDS["projects"].many), at)
        if days := _days(record.data, terms, first, last):
            found += _joined(_alone(snapshot, terms, record.ref, record.data, days), last)
    for record in snapshot.records("twin-towns"):
        days = _turns(dates_in(record.data), first, last)
        found += _joined(_alone(snapshot, terms, record.ref, record.data, days), last)
    found += _joined(_together(snapshot, first, last), last)
    return _by_clause(lapse for lapse in found if not _old_act(snapshot, lapse, first))


Judged = Iterable[tuple[date, list[Finding]]]
"""Day → what is found from then until the next one."""


def _days(project: Data, terms: Terms, first: date, last: date) -> list[date]:
    """The days of the year on which something in a project may change; none where the year does not touch it."""
    known = list(dates_in(project))
    end = day(project, "end")
    if end is not None and terms.evaluation_days is not None:
        known.append(later(end, terms.evaluation_days))
    begun = began(project)
    lasts = max(known, default=date.max) if end is not None or begun is None else date.max
    if lasts < first or (begun is not None and begun > last):
        return []
    return _turns(known, first, last)


def _turns(known: Iterable[date], first: date, last: date) -> list[date]:
    """The first and the last day, and each known day with those before and after it, in order."""
    turning = {turn for one in known for turn in (later(one, -1), one, later(one, 1)) if first <= turn <= last}
    return sorted(turning | {first, last})


def _alone(snapshot: Snapshot, terms: Terms, ref: str, data: Data, days: Iterable[date]) -> Judged:
    """What is found in a record that no total is told on; on the day of the step to *decided*, in the step too."""
    before, level = None, 0
    for on in days:
        view = as_of(folder_of(ref), data, on)
        then = snapshot.edited({ref: view})
        was, level = level, level_of(view or {})
        yield on, judge(then, on, [ref], before if was < DECIDED <= level else None, company=False, terms=terms)
        before = then


def _together(snapshot: Snapshot, first: date, last: date) -> Judged:
    """What is found in the registry and its departments, who answer for totals and seats.

    To the day where an office changes hands or a frame is decided; what projects alone bring about, to the month. The
    money of other years is theirs to answer for. From one day to the next only those records are looked at again that
    have a date between them.
    """
    own = ["registry", "policy", *snapshot.refs("departments")]
    known = [date(first.year, month, 1) for month in range(1, 13)]
    known += [one for ref in own for one in dates_in(snapshot.data(ref))]
    dated = _dated(snapshot, first, last)
    then, eve, terms = snapshot, first, Terms.of(snapshot.policy)
    for on in _turns(known, first, last):
        turned = snapshot.refs() if on == first else _between(dated, eve, on)
        records = filter(None, map(snapshot.record, turned))
        views = {record.ref: as_of(record.kind.id, record.data, on) for record in records}
        before, then = then, then.edited({ref: _money_of(first.year, view) for ref, view in views.items()})
        if on != first:
            whole_of(then, before, views)
        yield on, judge(then, on, own, terms=terms)
        eve = on


def _dated(snapshot: Snapshot, first: date, last: date) -> dict[date, set[str]]:
    """Day → the records in which it stands, of the days of the year."""
    found: dict[date, set[str]] = {}
    for record in snapshot.records():
        for one in dates_in(record.data):
            if first <= one <= last:
                found.setdefault(one, set()).add(record.ref)
    return found


def _between(dated: Mapping[date, set[str]], since: date, until: date) -> set[str]:
    """The records that may be others on the second day than on the first: what ends on a day is over on the next."""
    return {ref for one, refs in dated.items() if since <= one <= until for ref in refs}


def _money_of(year: int, data: Data | None) -> Data | None:
    """The record; a project with its budget lines of that year alone."""
    if data is None or "stage" not in data or "budget" not in data:
        return data
    return {**data, "budget": [line for line in tables(data, "budget") if number(line, "year") == year]}


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
