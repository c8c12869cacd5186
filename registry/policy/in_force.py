"""The policy clause by clause: what it says, what serves it, and what that finds. And the settings that are not set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from registry.findings import Finding, Severity, worst_first
from registry.policy.clauses import CLAUSES, Clause
from registry.policy.reading import listed
from registry.policy.terms import Terms
from registry.records.fields import Field
from registry.records.kinds import KINDS
from registry.records.values import is_absent, text
from registry.snapshot import Snapshot

By = Literal["rule", "order", "construction", "nothing"]
_NO_SETTINGS: Final = frozenset({"title", "clauses"})


@dataclass(frozen=True, slots=True)
class InForce:
    """A clause as it is in force."""

    id: str
    quote: str
    severity: Severity | None
    """How far its rules go; None where it has none."""
    off: str
    """The decision that switched it off; "" where it is in force."""
    by: By
    """What serves it: its rules, an order of lists, a construction by which it holds; or nothing, an unknown id."""
    served_by: tuple[str, ...]
    """The functions, or why it needs none."""
    findings: tuple[Finding, ...]
    """Worst first."""

    def as_json(self) -> dict[str, Any]:
        """The keys that scripts rely on."""
        return {
            "id": self.id,
            "quote": self.quote,
            "severity": self.severity,
            "on": not self.off,
            "decision": self.off,
            "served_by": {self.by: list(self.served_by)},
            "findings": len(self.findings),
            "worst": self.findings[0].severity if self.findings else None,
        }


def in_force(snapshot: Snapshot, findings: Iterable[Finding]) -> list[InForce]:
    """Every clause in POLICY.md's order, then those that the policy names and nothing serves."""
    terms = Terms.of(snapshot.policy)
    found: dict[str, list[Finding]] = {}
    for finding in worst_first(findings):
        found.setdefault(finding.clause, []).append(finding)
    named = [text(entry, "id") for _at, entry in listed(snapshot.policy, "clauses")]
    ids = dict.fromkeys([*CLAUSES, *filter(None, named)])
    return [_clause(own, terms, tuple(found.get(own, ()))) for own in ids]


def _clause(own: str, terms: Terms, findings: tuple[Finding, ...]) -> InForce:
    by, served_by = _served(CLAUSES.get(own))
    severity = terms.severities.get(own, CLAUSES[own].gravest) if by == "rule" else None
    return InForce(own, terms.quotes.get(own, ""), severity, terms.off.get(own, ""), by, served_by, findings)


def _served(clause: Clause | None) -> tuple[By, tuple[str, ...]]:
    if clause is None:
        return "nothing", ()
    if clause.rules:
        names = (f"{rule.__module__}.{rule.__name__}" for rule in clause.rules.values())
        return "rule", tuple(dict.fromkeys(names))
    return ("order", (clause.orders,)) if clause.orders else ("construction", (clause.construction,))


def unset(snapshot: Snapshot) -> list[Field]:
    """The settings of the policy that have no value, as its record describes them."""
    return [
        field
        for field in KINDS["policy"].fields
        if field.key not in _NO_SETTINGS and is_absent(snapshot.policy.get(field.key))
    ]
