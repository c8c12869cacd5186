"""What changed in projects after they were decided and wants a decision of its own, for all of them at once.

It stands in the history, which is walked back from the newest change and no further than the projects take one: to the
days of their latest decisions. It can be walked a little at a time, so that nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Final

from registry.git.log import RawCommit, walk
from registry.history import made_by
from registry.policy.attention import latest_decision
from registry.policy.since import Moved, has_decisions_of, moved
from registry.policy.subjects import COMPLETED, DECIDED, LEVELS
from registry.records.values import Data, tables, text
from registry.snapshot import Snapshot
from registry.store import Store

PORTION: Final = 100
"""Commits at a time: some hundredths of a second."""
_PROJECTS: Final = ("projects",)


class Departures:
    """The walk: `go_on` until it says that it is done, then `found`."""

    def __init__(self, store: Store, snapshot: Snapshot, portion: int = PORTION) -> None:
        """`portion` is how many commits are looked at by each `go_on`."""
        self._repo, self._portion = store.repo, portion
        self._now = {record.ref: record.data for record in snapshot.records("projects") if _is_asked(record.data)}
        self._decided = {ref: latest_decision(data) or date.min for ref, data in self._now.items()}
        """REF → the day before which no version can have the latest decision."""
        self._entered: dict[str, Data] = {}
        """REF → the earliest version seen that has every decision of today."""
        self._sought = set(self._now)
        self._commits: Iterator[RawCommit] = iter(())
        if snapshot.commit is not None and self._now:
            self._commits = walk(store.repo, snapshot.commit, _PROJECTS)

    def go_on(self) -> bool:
        """Look at some more of the history; whether there is any left to look at. Raises `GitTrouble`."""
        commits = list(islice(self._commits, self._portion)) if self._sought else []
        for raw, versions in zip(commits, made_by(self._repo, commits, self._sought), strict=True):
            for ref, made in versions.items():
                began = made.new and len(raw.parents) < 2  # what a merge brings began on its other side
                self._look_at(ref, made.data, raw.date.date(), began=began)
        if commits and self._sought:
            return True
        close = getattr(self._commits, "close", None)  # ends the process, where it has not come to its end
        if close is not None:
            close()
        return False

    def _look_at(self, ref: str, new: Data | None, on: date, *, began: bool) -> None:
        if ref not in self._sought:
            return
        if new is not None and has_decisions_of(new, self._now[ref]):
            self._entered[ref] = new
        elif on < self._decided[ref]:
            self._sought.discard(ref)
        if began:
            self._sought.discard(ref)

    @property
    def found(self) -> Mapping[str, tuple[Moved, ...]]:
        """REF → what no decision covers, of the projects that there is any in."""
        every = {ref: tuple(moved(entered, self._now[ref])) for ref, entered in self._entered.items()}
        return {ref: changes for ref, changes in every.items() if changes}


def _is_asked(data: Data) -> bool:
    """Whether it is decided, and not over and done with."""
    return DECIDED <= LEVELS.get(text(data, "stage"), 0) <= COMPLETED and bool(tables(data, "decisions"))
