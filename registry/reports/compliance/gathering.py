"""What the policy says and what is found against it, of a year or as of a day, with what was departed from knowingly."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from registry.findings import REFERENCES, SCHEMA, Finding
from registry.policy.in_force import InForce, in_force
from registry.policy.year import Lapse, compliance_by_portions
from registry.progress import Progress
from registry.records.decisions import decision_of
from registry.records.values import day, text
from registry.reports.asked import Asked
from registry.reports.parts.history import Told, departed
from registry.reports.parts.judging import judged
from registry.reports.parts.reading import read_through


@dataclass(frozen=True, slots=True)
class Followed:
    """The policy, and how it was followed."""

    day: date
    year: int | None
    """The year that is judged by the records' dates; None where the registry is judged as of `day`."""
    policy: str
    """What it is called; "" where it has no title."""
    adopted: str
    clauses: Sequence[InForce]
    """In the policy's order, with what was found."""
    lapses: Mapping[str, Sequence[Lapse]]
    """Clause → what is found with the days from and to; empty for a day."""
    outside: Sequence[Finding]
    """What is wrong with records as they are written; none for a year."""
    departed: Sequence[Told]
    """The changes that departed from the policy or breached it with a reason, entered in the year or until the day."""
    titles: Mapping[str, str]
    """REF → what the records that are told of are called."""
    since: date | None
    """The day of the decision that adopted the policy; None where it is not known to the day."""
    opened: date | None
    """The day from which the registry has been kept."""
    named: bool
    """Whether people are called by their names."""

    @property
    def nothing_to_judge(self) -> bool:
        """Whether it is of a year that has not begun, or in which the policy had not been adopted."""
        return self.year is not None and (self.year > self.day.year or _before(self.year, self.since))


def gathered(asked: Asked) -> Generator[Progress, None, Followed]:
    """What is found in the snapshot, and what is on record in the history behind it."""
    snapshot, on = asked.snapshot, asked.day
    year = asked.year if asked.year_given else None
    yield from read_through(snapshot)
    lapses: Mapping[str, Sequence[Lapse]] = {}
    adopted = text(snapshot.policy, "adopted")
    since = decision.date if (decision := decision_of(adopted)) is not None else None
    if year is None:
        found = yield from judged(snapshot, on, snapshot.refs(), asked.book)
        on_record = yield from departed(asked.store, snapshot.commit, until=on)
    else:
        if not _before(year, since):
            lapses = yield from compliance_by_portions(snapshot, year, on)
        found = [lapse.finding for several in lapses.values() for lapse in several]
        on_record = yield from departed(asked.store, snapshot.commit, date(year, 1, 1), date(year, 12, 31))
    refs = {finding.ref for finding in found} | {ref for change in on_record for ref in change.refs}
    return Followed(
        on,
        year,
        text(snapshot.policy, "title"),
        adopted,
        in_force(snapshot, found),
        lapses,
        [finding for finding in found if finding.clause in {SCHEMA, REFERENCES}],
        on_record,
        {ref: asked.names.record(ref) for ref in refs},
        since,
        day(snapshot.registry, "opened"),
        asked.named,
    )


def _before(year: int, since: date | None) -> bool:
    return since is not None and year < since.year
