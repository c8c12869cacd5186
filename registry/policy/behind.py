"""What has happened and cannot be done otherwise any more: it stays on record, and is nobody's task today."""

from __future__ import annotations

from datetime import date
from typing import Final

from registry.findings import REFERENCES, SCHEMA, Finding
from registry.policy.agreements import agreement_of
from registry.policy.past import is_past
from registry.policy.reading import listed, place
from registry.policy.subjects import COMPLETED, EVALUATED, STOPPED, Project
from registry.records.values import Data, day, number
from registry.snapshot import Snapshot

_OVER_WITH_THE_START: Final = frozenset({"long-term", "external-commitments"})
"""Clauses about what was to be done before a project began."""
_FRAMES: Final = ("central_funds", "budget")


def lies_behind(finding: Finding, snapshot: Snapshot, on: date) -> bool:
    """Whether a finding tells of what is over. Never of a record that is wrong as it is written."""
    data = snapshot.data(finding.ref)
    if data is None or finding.clause in {SCHEMA, REFERENCES}:
        return False
    folder = finding.ref.partition("/")[0]
    if folder == "projects":
        return _project(finding, data, snapshot, on)
    if folder == "twin-towns":
        return _agreement(finding, data, on)
    return _frame(finding, data, on)


def _project(finding: Finding, data: Data, snapshot: Snapshot, on: date) -> bool:
    it = Project(finding.ref, data, day(snapshot.registry, "opened"))
    if it.level in {STOPPED, EVALUATED} or it.afterwards:
        return True
    if finding.clause in _OVER_WITH_THE_START and it.start is not None and it.start <= on and finding.field != "end":
        return it.level >= COMPLETED or finding.clause == "long-term"
    return it.level >= COMPLETED and is_past(finding, snapshot, on) and finding.clause != "documented"


def _agreement(finding: Finding, data: Data, on: date) -> bool:
    events = agreement_of(data).events
    return any(event.field == finding.field and event.on <= on for event in events)


def _frame(finding: Finding, data: Data, on: date) -> bool:
    """A frame of a year that is over."""
    for key in _FRAMES:
        for at, entry in listed(data, key):
            if finding.field.startswith(place(data, key, at)):
                year = number(entry, "year")
                return year is not None and year < on.year
    return False
