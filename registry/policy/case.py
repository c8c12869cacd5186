"""One judgement: a registry on a day, under a policy, and where a change is judged what it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from registry.findings import SEVERITIES, Finding, Severity
from registry.free_text import harmless
from registry.policy.subjects import Project, Subject
from registry.policy.terms import Terms
from registry.policy.whole import Whole, whole_of
from registry.records.values import Data, day
from registry.snapshot import Snapshot

if TYPE_CHECKING:
    from registry.people.book import Book


@dataclass
class Case:
    """What every rule is given beside the record that it judges. Rules read it, and make their findings with `find`."""

    snapshot: Snapshot
    day: date
    """The day that the registry is judged as of."""
    terms: Terms
    gravest: Mapping[str, Severity]
    """Clause → how far its rule goes."""
    before: Snapshot | None = None
    """The registry before the change that is judged; None where a registry is judged, and no step is taken."""
    changed: frozenset[str] = frozenset()
    """The records in which the two differ."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """New REF → the REF that the record had before."""
    book: Book | None = None
    """The people book, where there is one to look names up in."""
    in_company: bool = True
    """Whether rules that compare a project with all others are asked."""
    without: frozenset[str] = frozenset()
    """Clauses that are not asked."""
    everybody: bool = False
    """Whether all records are judged, so that one sweep serves them all."""

    @cached_property
    def opened(self) -> date | None:
        """The day from which the registry has been kept."""
        return day(self.snapshot.registry, "opened")

    @cached_property
    def whole(self) -> Whole:
        """Totals and what belongs together."""
        return whole_of(self.snapshot, self.before, self.changed)

    @cached_property
    def harmless(self) -> frozenset[str]:
        """What may stand in words though it looks like personal data."""
        return harmless(self.snapshot)

    def earlier(self, it: Subject) -> Data | None:
        """The record before the change; None where no change is judged or the record is new."""
        return None if self.before is None else self.before.data(self.renamed.get(it.ref, it.ref))

    def earlier_project(self, it: Project) -> Project | None:
        """The project before the change."""
        data = self.earlier(it)
        return None if data is None else Project(it.ref, data, self.opened)

    def find(
        self, it: Subject, clause: str, given: Severity, where: str, message: str, *, measure: int | None = None
    ) -> Finding:
        """A finding in the field `where` of a record, quoting the clause, as grave as the policy has it.

        What was recorded afterwards is never more than worth knowing. `measure` is the size of an excess.
        """
        severity = self.terms.severity(clause, self.gravest.get(clause, given), given)
        if it.afterwards and SEVERITIES.index(severity) < SEVERITIES.index("note"):
            severity = "note"
        quote = self.terms.quotes.get(clause, "")
        return Finding(clause, severity, it.ref, where, message, quote, measure)
