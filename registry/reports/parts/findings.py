"""What is found, as reports count it: a column for each severity, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from registry.findings import SEVERITIES, Finding, Severity
from registry.reports.document import Column
from registry.words import N_, _

_COUNTED: Final[dict[Severity, str]] = {
    "violation": N_("Violations"),
    "exception": N_("Exceptions"),
    "warning": N_("Missing"),
    "note": N_("Notes"),
}


def columns_of_counts() -> list[Column]:
    """A column for each severity, the worst first."""
    return [Column(_(_COUNTED[severity]), number=True) for severity in SEVERITIES]


def counts(findings: Iterable[Finding]) -> tuple[int, ...]:
    """How many there are of each severity, the worst first."""
    found = Counter(finding.severity for finding in findings)
    return tuple(found[severity] for severity in SEVERITIES)


def count_words(counted: Sequence[int]) -> list[str]:
    """The counts as cells; none is a dash, so that what there is stands out."""
    return [str(count) if count else "–" for count in counted]


def column_of_severity() -> Column:
    """The column for how grave it is."""
    return Column(_("How grave"), weight=2)
