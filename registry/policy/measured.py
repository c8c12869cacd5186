"""Findings that have a size, and what is new between two sets of findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from registry.findings import SEVERITIES, Finding


@dataclass(frozen=True, slots=True)
class Measured(Finding):
    """A finding about a total. `measure` is by how much it is exceeded; the same finding grown is a new one."""

    measure: int = 0
    """Whole kronor, or a number of years or projects; it only ever is compared with an earlier one."""

    def as_json(self) -> dict[str, str]:
        """The keys that scripts rely on; the size stands in the message."""
        return {key: value for key, value in asdict(self).items() if key != "measure"}


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
    return -SEVERITIES.index(finding.severity), finding.measure if isinstance(finding, Measured) else 0


def _grown(now: tuple[int, int], then: tuple[int, int]) -> bool:
    return now[0] > then[0] or now[1] > then[1]
