"""What waits for somebody: inquiries, what is late, deadlines to come, opportunities that departments watch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from registry.policy.attention import Deadline, ToAnswer, deadlines, to_answer
from registry.policy.clauses import CLAUSES
from registry.policy.judging import case_of
from registry.policy.outlook_words import deadline_words, inquiry_words
from registry.policy.subjects import Project
from registry.records.dates import show_date
from registry.records.values import Data, tables, text
from registry.records.values import day as day_of
from registry.reports.agenda.matters import Matter, one_a_record
from registry.snapshot import Snapshot
from registry.words import _

_AHEAD: Final = 90
"""Days after the meeting: by then there has been another one."""
_LATE: Final = {"evaluated": "evaluation.due", "documented": "stage"}
"""Clause → the field in which it finds that a project is behind its own dates."""


def inquiries(snapshot: Snapshot, on: date) -> Sequence[Matter]:
    """What was received and nobody has answered, the most urgent first."""
    return [Matter(one.ref, _inquiry(one, on)) for one in to_answer(snapshot, on)]


def _inquiry(one: ToAnswer, on: date) -> str:
    words = inquiry_words(one, on)
    return _("%(inquiry)s; the answer is late") % {"inquiry": words} if one.late else words


def late(snapshot: Snapshot, on: date) -> Sequence[Matter]:
    """Deadlines that have passed, statuses that the dates have passed, evaluations that are not made."""
    passed = [due for due in deadlines(snapshot, on, 0) if due.days < 0]
    behind = list(_behind(snapshot, on))
    told = {matter.ref for matter in behind}
    dues = [
        Matter(due.ref, deadline_words(due, on))
        for due in passed
        if due.field != "evaluation.due" or due.ref not in told
    ]
    return one_a_record([*dues, *behind])


def _behind(snapshot: Snapshot, on: date) -> Iterator[Matter]:
    case = case_of(snapshot, on)
    rules = {clause: CLAUSES[clause].rules["projects"] for clause in _LATE if clause not in case.terms.off}
    for record in snapshot.records("projects"):
        project = Project(record.ref, record.data, case.opened)
        for clause, rule in rules.items():
            for finding in rule(case, project):
                if finding.field == _LATE[clause]:
                    yield Matter(record.ref, finding.message)


def to_come(snapshot: Snapshot, on: date, meeting: date) -> Sequence[Matter]:
    """Deadlines, starts and reviews of projects until three months after the meeting, the next first."""
    within = max((meeting - on).days, 0) + _AHEAD
    return one_a_record(
        Matter(due.ref, deadline_words(due, on))
        for due in deadlines(snapshot, on, within)
        if due.days >= 0 and not _is_opportunity(due)
    )


def _is_opportunity(due: Deadline) -> bool:
    return due.ref.startswith("departments/")


def opportunities(snapshot: Snapshot, on: date) -> Sequence[Matter]:
    """What departments watch and can still apply for, by its last day; those without one last."""
    found: list[tuple[date, str, Matter]] = []
    for record in snapshot.records("departments"):
        gone = day_of(record.data, "active_until")
        if gone is not None and gone < on:
            continue
        for entry in tables(record.data, "opportunities"):
            due = day_of(entry, "deadline")
            if text(entry, "status") in {"", "watching"} and (due is None or due >= on):
                found.append((due or date.max, record.ref, Matter(record.ref, _opportunity(entry, due))))
    return [matter for _due, _ref, matter in sorted(found)]


def _opportunity(entry: Data, due: date | None) -> str:
    title, programme = text(entry, "title"), text(entry, "programme")
    what = f"{title} ({programme})" if programme and programme not in title else title
    if due is None:
        return _("%(what)s, no last day stated") % {"what": what}
    return _("%(what)s, to be applied for by %(day)s") % {"what": what, "day": show_date(due)}
