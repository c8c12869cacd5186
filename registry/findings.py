"""What a check finds: one shape for schema, references and every clause of the policy (DESIGN.md section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final, Literal

from registry.words import Words

Severity = Literal["violation", "exception", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = ("violation", "exception", "warning", "note")
"""Worst first. It follows the verb of the clause (POLICY.md)."""
SEVERITY_WORDS: Final[dict[Severity, Words]] = {
    "violation": Words("bryter mot policyn", "violation"),
    "exception": Words("avsteg", "exception"),
    "warning": Words("saknas", "warning"),
    "note": Words("att tänka på", "note"),
}
_RANKS: Final = {severity: rank for rank, severity in enumerate(SEVERITIES)}
SCHEMA: Final = "schema"
REFERENCES: Final = "references"
_FAULT: Final = Words("fel", "violation")
"""A violation outside the policy: what is written cannot be so."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `clause` is a policy clause's id, ``schema`` or ``references``; `field` a field path or ""."""

    clause: str
    severity: Severity
    ref: str
    field: str
    message: str
    quote: str = ""
    measure: int | None = None
    """The size of an excess: whole kronor, years or projects. It only ever is compared with an earlier one."""

    @property
    def key(self) -> tuple[str, str, str]:
        """A finding is the same finding while these stay."""
        return (self.clause, self.ref, self.field)

    @property
    def how_grave(self) -> Words:
        """The severity in words."""
        outside = self.severity == "violation" and self.clause in {SCHEMA, REFERENCES}
        return _FAULT if outside else SEVERITY_WORDS[self.severity]

    def as_json(self) -> dict[str, str]:
        """The keys that scripts rely on; the size stands in the message."""
        return {key: value for key, value in asdict(self).items() if key != "measure"}


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """By severity, then by record and field."""
    return sorted(findings, key=lambda finding: (_RANKS[finding.severity], finding.ref, finding.field))


def introduced(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """What is found after and was not found before, has become graver, or is an excess that has grown.

    A finding is the same finding while (clause, ref, field) stay (DESIGN.md section 3).
    """
    known: dict[tuple[str, str, str], tuple[int, int]] = {}
    for finding in before:
        size = _size(finding)
        earlier = known.get(finding.key, size)
        known[finding.key] = (max(earlier[0], size[0]), max(earlier[1], size[1]))
    return [finding for finding in after if finding.key not in known or _grown(_size(finding), known[finding.key])]


def _size(finding: Finding) -> tuple[int, int]:
    return -_RANKS[finding.severity], finding.measure or 0


def _grown(now: tuple[int, int], then: tuple[int, int]) -> bool:
    return now[0] > then[0] or now[1] > then[1]
