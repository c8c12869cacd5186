"""What ids are called, given a snapshot and (where there is one) the people book."""

from __future__ import annotations

from collections.abc import Callable, Collection

from registry.records.types import BARE
from registry.records.values import tables, text
from registry.snapshot import Snapshot


class RecordNames:
    """Names out of snapshots alone, the first that knows the record; a person stays an id, as on the branch."""

    def __init__(
        self, *snapshots: Snapshot, person: Callable[[str], str] = BARE.person, by_ref: Collection[str] = ()
    ) -> None:
        """`by_ref` are records to be called by their REFs: what a rename changes is nothing else."""
        self._snapshots = snapshots
        self._person = person
        self._by_ref = frozenset(by_ref)

    def record(self, ref: str) -> str:
        """The title of a record, or the REF where no snapshot knows it."""
        if ref in self._by_ref:
            return ref
        return next((snapshot.title(ref) for snapshot in self._snapshots if ref in snapshot), ref)

    def person(self, person_id: str) -> str:
        """A person's name where a book was given, else the id."""
        return self._person(person_id)

    def goal(self, goal_id: str) -> str:
        """The label of one of the policy's goals, or the id."""
        for snapshot in self._snapshots:
            for goal in tables(snapshot.policy, "goals"):
                if goal.get("id") == goal_id:
                    return text(goal, "label") or goal_id
        return goal_id
