"""What waits for somebody: inquiries to answer, decisions, money applied for, deadlines, jubilees; one line a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from registry.findings import Finding, worst_first
from registry.policy.agreements import agreement_of
from registry.policy.reading import decided_on, later, listed, place, said
from registry.policy.since import Version, undecided
from registry.policy.subjects import COMPLETED, IDEA, LEVELS, STOPPED
from registry.records.values import Data, day, number, table, text
from registry.snapshot import Record, Snapshot


class OneLine(NamedTuple):
    """A record on the overview: the worst that is found in it, and how much more there is."""

    worst: Finding
    more: int


def one_line_a_record(findings: Iterable[Finding]) -> list[OneLine]:
    """One line a record, worst first (POLICY.md)."""
    found: dict[str, list[Finding]] = {}
    for finding in worst_first(findings):
        found.setdefault(finding.ref, []).append(finding)
    return [OneLine(of_record[0], len(of_record) - 1) for of_record in found.values()]


class ToAnswer(NamedTuple):
    """An inquiry or an invitation that nobody has answered."""

    ref: str
    received: date
    received_from: str
    answer_by: date | None
    late: bool


def to_answer(snapshot: Snapshot, on: date) -> list[ToAnswer]:
    """What was received and not answered, on ideas and proposals of agreements; the most urgent first."""
    found: list[ToAnswer] = []
    for record in (*snapshot.records("projects"), *snapshot.records("twin-towns")):
        received = day(record.data, "received")
        if received is None or "answered" in record.data or not _open(record):
            continue
        by = day(record.data, "answer_by")
        found.append(ToAnswer(record.ref, received, text(record.data, "received_from"), by, by is not None and by < on))
    return sorted(found, key=lambda inquiry: (inquiry.answer_by or date.max, inquiry.received, inquiry.ref))


def _open(record: Record) -> bool:
    if record.kind.id == "twin-towns":
        return text(record.data, "agreement_status") in {"", "proposed"}
    return _level(record.data) == IDEA


def _level(data: Data) -> int:
    return LEVELS.get(text(data, "stage") or "idea", IDEA)


class Awaited(NamedTuple):
    """A decision that is expected: by whom, and when. What is not known is "" or None."""

    ref: str
    body: str
    on: date | None
    late: bool


def decisions_expected(snapshot: Snapshot, on: date) -> list[Awaited]:
    """What awaits a decision, the first to come first, by what ``decision_expected`` says (``BUN 2026-03-10``)."""
    found = []
    for record in snapshot.records("projects"):
        words = text(record.data, "decision_expected")
        if not said(words) or _level(record.data) == STOPPED:
            continue
        body, when = expected(words)
        found.append(Awaited(record.ref, body, when, when is not None and when < on))
    return sorted(found, key=lambda awaited: (awaited.on or date.max, awaited.body, awaited.ref))


def expected(words: str) -> tuple[str, date | None]:
    """Who is expected to decide and when, from ``BUN 2026-03-10``; what is written otherwise is told as the body."""
    body, _space, when = words.strip().rpartition(" ")
    try:
        return body, date.fromisoformat(when)
    except ValueError:
        return words.strip(), None


class Applied(NamedTuple):
    """Money applied for and not decided on."""

    ref: str
    field: str
    source: str
    programme: str
    amount: int
    year: int | None
    after_decision: bool
    """Whether the project is decided already: more money, which belongs on the agenda."""


def applied_not_granted(snapshot: Snapshot) -> list[Applied]:
    """The budget lines that are applied for and neither granted nor refused (granted 0), by REF."""
    found = []
    for record in snapshot.records("projects"):
        level = _level(record.data)
        if level == STOPPED:
            continue
        for at, line in listed(record.data, "budget"):
            amount = number(line, "applied")
            if amount and number(line, "granted") is None:
                where = place(record.data, "budget", at, "applied")
                programme, source = text(line, "programme"), text(line, "source")
                found.append(Applied(record.ref, where, source, programme, amount, number(line, "year"), level > 1))
    return found


class Deadline(NamedTuple):
    """Something to be done by a day."""

    ref: str
    field: str
    what: str
    """In the record's words; for an evaluation, a review or a start "" (the field says which)."""
    on: date
    days: int
    """From today; below zero where it is late."""


def deadlines(snapshot: Snapshot, on: date, within: int = 90) -> list[Deadline]:
    """What is due in `within` days, and what is late: deadlines, opportunities, reviews, evaluations, starts."""
    last = later(on, within)
    found = [
        Deadline(record.ref, field, what, due, (due - on).days)
        for kind, dues in (("projects", _of_project), ("departments", _of_department))
        for record in snapshot.records(kind)
        for field, what, due, past in dues(record.data)
        if due <= last and (past or due >= on)
    ]
    return sorted(found, key=lambda deadline: (deadline.on, deadline.ref, deadline.field))


def _of_project(data: Data) -> Iterator[tuple[str, str, date, bool]]:
    """Field, what, day, and whether it is told also when it is late."""
    level = _level(data)
    if level == STOPPED:
        return
    for at, entry in listed(data, "deadlines"):
        if (due := day(entry, "date")) is not None and "done" not in entry:
            yield place(data, "deadlines", at), text(entry, "what"), due, True
    if 0 < level < COMPLETED:
        if (start := day(data, "start")) is not None:
            yield "start", "", start, False
        if data.get("open_ended") is True and (review := day(data, "review_due")) is not None:
            yield "review_due", "", review, True
    evaluation = table(data, "evaluation")
    if level <= COMPLETED and (due := day(evaluation, "due")) is not None and "date" not in evaluation:
        yield "evaluation.due", "", due, True


def _of_department(data: Data) -> Iterator[tuple[str, str, date, bool]]:
    for at, entry in listed(data, "opportunities"):
        if (due := day(entry, "deadline")) is not None and text(entry, "status") in {"", "watching"}:
            yield place(data, "opportunities", at), text(entry, "title"), due, False


class Jubilee(NamedTuple):
    """An agreement that is a round number of years old in a year."""

    ref: str
    years: int
    year: int
    of_decision: bool = False
    """Whether all that is known to be so old is the municipality's decision: nobody has confirmed the agreement."""


def jubilees(snapshot: Snapshot, year: int) -> list[Jubilee]:
    """The agreements that in `year` are 10, 20, 25, 30, 40, 50 … years old, the oldest first; ended ones are left out."""
    found = []
    for record in snapshot.records("twin-towns"):
        agreement = agreement_of(record.data)
        since = agreement.year or (agreement.signed[0].on.year if agreement.signed else None)
        age = 0 if since is None else year - since
        if agreement.made and agreement.status != "ended" and age > 0 and (age % 10 == 0 or age % 25 == 0):
            found.append(Jubilee(record.ref, age, year, not (agreement.in_force or agreement.events)))
    return sorted(found, key=lambda jubilee: (-jubilee.years, jubilee.ref))


def wants_new_decision(data: Data, versions: Iterable[Version]) -> bool:
    """Whether more money or other dates than its latest decision covers were entered since (kind change)."""
    return _level(data) > 1 and bool(undecided(list(versions), data))


def latest_decision(data: Data) -> date | None:
    """The day of the project's latest decision; None where none names its day."""
    found = [on for _at, entry in listed(data, "decisions") if (on := decided_on(entry)) is not None]
    return max(found, default=None)
