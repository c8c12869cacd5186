"""What the coordinator sees first: what asks for attention, one line a record in each section, worst first (POLICY.md).

It is put together from what is found and from what waits for somebody (`attention`), with the year's money and its
projects; how much of it a screen shows is the screen's business. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from registry.findings import SEVERITIES, Finding, Severity
from registry.policy.attention import (
    Applied,
    OneLine,
    applied_not_granted,
    deadlines,
    decisions_expected,
    jubilees,
    one_line_a_record,
    to_answer,
)
from registry.policy.behind import lies_behind
from registry.policy.money import BudgetYear, budget
from registry.policy.outlook_words import (
    applied_words,
    awaited_words,
    deadline_words,
    inquiry_words,
    jubilee_words,
    moved_words,
    unasked_words,
)
from registry.policy.since import Moved
from registry.policy.subjects import is_live
from registry.policy.timeline import Bar, bars
from registry.policy.whole import whole_of
from registry.snapshot import Snapshot

SectionId = Literal["now", "answer", "decision", "applied", "deadlines", "jubilees", "behind"]
_NONE: Final[Mapping[str, Sequence[Moved]]] = {}
MOST: Final = 200
"""Lines that a section has at most; of the rest it says how many they are."""


class Line(NamedTuple):
    """A record, and what is to be said of it, going on from its title."""

    ref: str
    title: str
    words: str
    severity: Severity | None = None
    """Of what is found; None for what waits without anything being wrong."""
    days: int | None = None
    """From today to the day that it is about; below zero where it is late."""
    field: str = ""
    quote: str = ""
    """The policy's own sentence."""
    more: int = 0
    """What else there is of the same sort in the record."""


class Section(NamedTuple):
    """Lines of one sort, the most pressing first."""

    id: SectionId
    lines: tuple[Line, ...]
    more: int = 0
    """Records that are left out."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The registry on a day, for whoever is in charge of it."""

    day: date
    sections: tuple[Section, ...]
    """Those that have lines, in the order of the screen."""
    money: BudgetYear
    bars: tuple[Bar, ...]
    """The year's projects, by when they begin."""

    def section(self, section_id: SectionId) -> tuple[Line, ...]:
        """The lines of a section, none where there is no such."""
        return next((section.lines for section in self.sections if section.id == section_id), ())


def outlook(
    snapshot: Snapshot, day: date, findings: Iterable[Finding], departures: Mapping[str, Sequence[Moved]] = _NONE
) -> Outlook:
    """What there is to see on `day`; `findings` are those of all records (`registry.judgement`).

    `departures` are what projects have changed that no decision covers, by REF (`registry.departures`).
    """
    now, behind = _found(snapshot, day, findings)
    told = {(one.worst.ref, one.worst.field) for one in now}
    applied = _applied(snapshot)
    sections: list[tuple[SectionId, Iterable[Line]]] = [
        ("now", [_line(snapshot, one, day) for one in now[:MOST]]),
        ("answer", _to_answer(snapshot, day)),
        ("decision", _awaited(snapshot, day, departures)),
        ("applied", (_money(snapshot, ref, several) for ref, several in applied[:MOST])),
        ("deadlines", (line for line in _deadlines(snapshot, day) if (line.ref, line.field) not in told)),
        ("jubilees", _jubilees(snapshot, day)),
        ("behind", [_line(snapshot, one, day) for one in behind[:MOST]]),
    ]
    left_out = {"now": len(now) - MOST, "applied": len(applied) - MOST, "behind": len(behind) - MOST}
    made = []
    for section_id, found in sections:
        lines = list(found)
        if lines:
            more = max(left_out.get(section_id, len(lines) - MOST), 0)
            made.append(Section(section_id, tuple(lines[:MOST]), more))
    return Outlook(day, tuple(made), budget(snapshot, day.year), bars(snapshot, day))


def _found(snapshot: Snapshot, day: date, findings: Iterable[Finding]) -> tuple[list[OneLine], list[OneLine]]:
    """What can be done something about, and what has happened and stays on record; a record stands in one of them."""
    ahead: list[Finding] = []
    past: list[Finding] = []
    for finding in findings:
        (past if lies_behind(finding, snapshot, day) else ahead).append(finding)
    urgency = _Urgency(snapshot, day)
    now = sorted(one_line_a_record(ahead), key=urgency)
    seen = {one.worst.ref for one in now}
    return now, sorted((one for one in one_line_a_record(past) if one.worst.ref not in seen), key=urgency)


class _Urgency:
    """What orders lines: the worst first, then what begins soonest, then projects before what is older or has no day."""

    def __init__(self, snapshot: Snapshot, day: date) -> None:
        self._projects = whole_of(snapshot).projects
        self._day = day

    def __call__(self, one: OneLine) -> tuple[int, int, str]:
        project = self._projects.get(one.worst.ref)
        away = date.max.toordinal() if project is None else abs((project.start - self._day).days)
        if project is not None and not is_live(project.level):
            away += date.max.toordinal()
        return SEVERITIES.index(one.worst.severity), away, one.worst.ref


def _line(snapshot: Snapshot, one: OneLine, day: date) -> Line:
    worst = one.worst
    project = whole_of(snapshot).projects.get(worst.ref)
    days = None if project is None or project.start == date.min else (project.start - day).days
    return Line(
        worst.ref, snapshot.title(worst.ref), worst.message, worst.severity, days, worst.field, worst.quote, one.more
    )


def _to_answer(snapshot: Snapshot, day: date) -> Iterator[Line]:
    for inquiry in to_answer(snapshot, day):
        days = None if inquiry.answer_by is None else (inquiry.answer_by - day).days
        late: Severity | None = "warning" if inquiry.late else None
        words = inquiry_words(inquiry, day)
        yield Line(inquiry.ref, snapshot.title(inquiry.ref), words, late, days, "answered")


def _awaited(snapshot: Snapshot, day: date, departures: Mapping[str, Sequence[Moved]]) -> Iterator[Line]:
    """The decisions that are expected, and then those that nobody has asked for yet and that changes want."""
    expected = {awaited.ref: awaited for awaited in decisions_expected(snapshot, day)}
    for ref, awaited in expected.items():
        days = None if awaited.on is None else (awaited.on - day).days
        late: Severity | None = "warning" if awaited.late else None
        words = awaited_words(awaited, day, _departed(snapshot, ref, departures))
        yield Line(ref, snapshot.title(ref), words, late, days, "decision_expected")
    for ref in sorted(ref for ref in departures if ref in snapshot and ref not in expected):
        words = unasked_words(_departed(snapshot, ref, departures))
        yield Line(ref, snapshot.title(ref), words, "warning", field="decisions")


def _departed(snapshot: Snapshot, ref: str, departures: Mapping[str, Sequence[Moved]]) -> str:
    return moved_words(departures.get(ref, ()), snapshot.data(ref) or {})


def _applied(snapshot: Snapshot) -> list[tuple[str, list[Applied]]]:
    """The records that wait for money, the largest sum first."""
    by_record: dict[str, list[Applied]] = {}
    for applied in applied_not_granted(snapshot):
        by_record.setdefault(applied.ref, []).append(applied)
    return sorted(by_record.items(), key=lambda item: (-sum(one.amount for one in item[1]), item[0]))


def _money(snapshot: Snapshot, ref: str, several: list[Applied]) -> Line:
    return Line(ref, snapshot.title(ref), applied_words(several), field=several[0].field)


def _deadlines(snapshot: Snapshot, day: date) -> list[Line]:
    """The next deadline of every record, and how many more it has."""
    made: dict[str, Line] = {}
    for due in deadlines(snapshot, day):
        earlier = made.get(due.ref)
        if earlier is not None:
            made[due.ref] = earlier._replace(more=earlier.more + 1)
            continue
        late: Severity | None = "warning" if due.days < 0 else None
        title = snapshot.title(due.ref)
        made[due.ref] = Line(due.ref, title, deadline_words(due, day), late, due.days, due.field)
    return list(made.values())


def _jubilees(snapshot: Snapshot, day: date) -> Iterator[Line]:
    """Those of this year, and those to prepare for."""
    for year in (day.year, day.year + 1):
        for jubilee in jubilees(snapshot, year):
            yield Line(jubilee.ref, snapshot.title(jubilee.ref), jubilee_words(jubilee, day), field="agreement_year")
