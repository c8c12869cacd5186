"""What is wrong with a snapshot: its records one by one (`schema`), and what they refer to (`references`).

Pure: a snapshot in, findings out. The clauses of the policy join in `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from registry.boards import abbreviations
from registry.errors import BadInput
from registry.findings import REFERENCES, SCHEMA, Finding, worst_first
from registry.records.decisions import Decision, decision_of, parse_decision
from registry.records.kinds import FORMAT, KINDS
from registry.records.validate import validate
from registry.records.values import number
from registry.references import Reference, references
from registry.snapshot import Record, Snapshot
from registry.words import _

ONLY: Final = frozenset(kind.id for kind in KINDS.values() if kind.single)
"""The records of which every registry has one."""

Rule = Callable[[Snapshot, Record], Iterable[Finding]]


def check(snapshot: Snapshot, refs: Iterable[str] | None = None) -> list[Finding]:
    """Every finding in the records `refs` (None: all), worst first."""
    found: list[Finding] = []
    if refs is None:
        found.extend(_strangers(snapshot))
        list(snapshot.records())
    looked_at = snapshot.refs() if refs is None else sorted(refs)
    found.extend(_missing(snapshot, ONLY if refs is None else ONLY & {*looked_at}))
    for ref in looked_at:
        fault = snapshot.fault(ref)
        if fault is not None and snapshot.data(ref) is None:
            found.append(Finding(SCHEMA, "violation", ref, "", fault.message))
        elif (record := snapshot.record(ref)) is not None:
            for rule in RULES:
                found.extend(rule(snapshot, record))
    return worst_first(found)


def _strangers(snapshot: Snapshot) -> Iterator[Finding]:
    for path in snapshot.strangers():
        message = _("%(path)s stands where records stand, under a name that no record can have") % {"path": path}
        yield Finding(SCHEMA, "violation", path, "", message)


def _missing(snapshot: Snapshot, refs: Iterable[str]) -> Iterator[Finding]:
    """Those of `refs` of which every registry has one, where it has none."""
    for ref in refs:
        if ref not in snapshot:
            yield Finding(SCHEMA, "violation", ref, "", missing(ref))


def missing(ref: str) -> str:
    """What is said of a registry without `ref`, of which every registry has one."""
    said = _("%(ref)s.toml is missing, and every registry has one (vanort discard %(ref)s brings back the saved one)")
    return said % {"ref": ref}


def schema(_snapshot: Snapshot, record: Record) -> Iterator[Finding]:
    """The record against its description: types, required keys, choices, order of dates, keys nobody knows."""
    if record.ref == "registry" and (number(record.data, "format") or FORMAT) > FORMAT:
        return
    for problem in validate(record.kind, record.data):
        message = problem.message
        if problem.example:
            message = _("%(problem)s (for example: %(example)s)") % {
                "problem": problem.message,
                "example": problem.example,
            }
        yield Finding(SCHEMA, "note" if problem.unknown else "violation", record.ref, problem.path, message)


def targets(snapshot: Snapshot, record: Record) -> Iterator[Finding]:
    """What the record refers to is there: records, the policy's goals, the bodies that decide."""
    for reference in references(record.kind, record.data):
        if message := _MISSING[reference.sort](snapshot, reference):
            yield Finding(REFERENCES, "violation", record.ref, reference.path, message)


def _record(snapshot: Snapshot, reference: Reference) -> str:
    if reference.target in snapshot:
        return ""
    return _("refers to %(ref)s, which is not there") % {"ref": reference.target}


def _goal(snapshot: Snapshot, reference: Reference) -> str:
    goals = snapshot.goals
    if reference.target in goals or "policy" not in snapshot:
        return ""
    return _("“%(goal)s” is not one of the policy's goals: %(goals)s") % {
        "goal": reference.target,
        "goals": ", ".join(goals) or "–",
    }


def _decision(snapshot: Snapshot, reference: Reference) -> str:
    if decision_of(reference.target) is None:
        return ""  # the schema names it
    try:
        known_decision(snapshot, reference.target)
    except BadInput as error:
        return f"{error.message} {error.hint}"
    return ""


def known_decision(snapshot: Snapshot, text: str) -> Decision:
    """The decision in `text`, by a body that decides here. Raises `BadInput`, naming the bodies that do."""
    decision = parse_decision(text)
    known = not decision.body or snapshot.decides(decision.body)
    return decision if known else parse_decision(text, snapshot.bodies)


def _nothing(_snapshot: Snapshot, _reference: Reference) -> str:
    """A person id needs no book: an auditor's clone has none."""
    return ""


_MISSING: Final[dict[str, Callable[[Snapshot, Reference], str]]] = {
    "record": _record,
    "goal": _goal,
    "decision": _decision,
    "person": _nothing,
}
RULES: Final[tuple[Rule, ...]] = (schema, targets, abbreviations)
