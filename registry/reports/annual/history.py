"""What the history of a year tells, read once: departures from the policy with their reasons, and decisions named."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from registry.decision_keys import year_of
from registry.git.log import Matching, search
from registry.history import Entry
from registry.progress import Progress
from registry.reports.asked import Asked
from registry.reports.parts.history import PATIENCE, Told, told
from registry.words import _

_WANTED: Final = Matching(greps=("^(Decision|Policy-Override|Policy-Breach): ",))


class Under(NamedTuple):
    """A change that names a decision."""

    written: str
    """The decision, as it was written."""
    subject: str


@dataclass(frozen=True, slots=True)
class HistoryOfYear:
    """Both, oldest first."""

    departed: Sequence[Told]
    """Changes entered in the year that made an exception from the policy or breached it."""
    under: Sequence[Under]
    """Changes, of whatever day, under a decision of the year."""


def history_of(asked: Asked) -> Generator[Progress, None, HistoryOfYear]:
    """Read backwards from the snapshot's version, in one go."""
    departed: list[Told] = []
    under: list[Under] = []
    commit = asked.snapshot.commit
    found = search(asked.store.repo, commit, (), _WANTED, changes=False, patience=PATIENCE) if commit else iter(())
    for raw in found:
        if raw is None:
            yield Progress(_("The year's history"), len(under))
            continue
        entry = Entry(asked.store.repo, raw)
        under += [Under(one, entry.subject) for one in entry.decisions if year_of(one) == asked.year]
        if entry.overrides and entry.date.astimezone().year == asked.year:
            departed.append(told(entry))
    return HistoryOfYear(departed[::-1], under[::-1])
