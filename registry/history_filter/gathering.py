"""What completion can offer, out of a snapshot and of the changes read so far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.history_filter.completion import Known
from registry.records.kinds import LISTED
from registry.records.values import tables, text
from registry.snapshot import Snapshot

_DECISION: Final = re.compile(r"(?m)^Decision: (.+)$")


def known_of(snapshot: Snapshot, changes: Iterable[tuple[str, str]]) -> Known:
    """What there is to be named. `changes` are (author, message), the latest first."""
    people: dict[str, None] = {}
    decisions: dict[str, None] = {}
    for author, message in changes:
        people.setdefault(author)
        if found := _DECISION.findall(message):
            decisions.setdefault(found[-1].strip())
    return Known(
        people, decisions, titles(snapshot), [text(clause, "id") for clause in tables(snapshot.policy, "clauses")]
    )


def titles(snapshot: Snapshot) -> dict[str, str]:
    """REF → title, of the records that lists have."""
    return {row.ref: snapshot.title(row.ref) for kind in LISTED for row in snapshot.rows_of(kind)}
