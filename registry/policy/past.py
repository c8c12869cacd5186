"""What has happened can always be recorded: whether the facts of a violation lie behind (POLICY.md).

Gates refuse what lies ahead. Of what is past, a violation can be saved as a breach, with a reason; a registry that
refused facts would be given faked dates.
"""

from __future__ import annotations

from datetime import date

from registry.findings import REFERENCES, SCHEMA, Finding
from registry.policy.agreements import agreement_of
from registry.policy.reading import listed, place
from registry.records.values import Data, day, number, table
from registry.snapshot import Snapshot


def is_past(finding: Finding, snapshot: Snapshot, on: date) -> bool:
    """Whether what a violation is about has already happened on that day, and so may be saved as a breach.

    `snapshot` is the registry that it was found in. Never for what is outside the policy: a wrong type is no fact.
    """
    data = snapshot.data(finding.ref)
    if finding.severity != "violation" or finding.clause in {SCHEMA, REFERENCES} or data is None:
        return False
    if finding.ref.startswith("twin-towns/"):
        return _town(finding, data, on)
    if finding.ref.startswith("projects/"):
        return _project(finding, data, on)
    return False


def _town(finding: Finding, data: Data, on: date) -> bool:
    """An agreement that was signed, or that is said to hold."""
    agreement = agreement_of(data)
    event = next((event for event in agreement.events if event.field == finding.field), None)
    if event is not None:
        return event.on <= on
    if finding.field == "agreement_year":
        return agreement.year is not None and agreement.year <= on.year
    return False


def _project(finding: Finding, data: Data, on: date) -> bool:
    """A gate that was passed: the project has begun, has ended, was evaluated, or its money was spent."""
    start, end = day(data, "start"), day(data, "end")
    begun = start or end
    if finding.field in {"stage_reason", "no_commitments"} and _contradicts(finding, data):
        return False
    if finding.clause in {"evaluated", "added-value"}:
        made = day(table(data, "evaluation"), "date")
        return made is not None and made <= on and finding.field != "evaluation.date"
    if finding.clause == "documented":
        over = end or start
        return over is not None and over <= on
    if finding.clause == "department-funding":
        line = next(
            (e for at, e in listed(data, "budget") if finding.field == place(data, "budget", at, "department")), {}
        )
        year = number(line, "year")
        return (year is not None and year < on.year) or number(line, "spent") is not None
    return begun is not None and begun <= on


def _contradicts(finding: Finding, data: Data) -> bool:
    """Whether it is what is written that is wrong, not what happened: that can be put right now."""
    return finding.field == "stage_reason" or (data.get("no_commitments") is True and bool(data.get("commitments")))
