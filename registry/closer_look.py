"""What a card has to say of a record beyond what stands in its file: what is found in it, and what depends on others.

That takes other records, and for a decided project its history; so it is made on the registry's own thread, after the
card has been shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from registry.findings import Finding, worst_first
from registry.judgement import findings
from registry.people import Book
from registry.policy.attention import wants_new_decision
from registry.policy.frames import frames
from registry.policy.judging import case_of
from registry.policy.money import FrameUse
from registry.policy.priorities import Standing, standing
from registry.policy.rules.external import settled_late
from registry.policy.since import Moved, Version, entered_late, undecided
from registry.policy.subjects import DECIDED, LEVELS, Project
from registry.policy.whole import whole_of
from registry.records.values import Data, tables, text
from registry.snapshot import Snapshot
from registry.store import Store


@dataclass(frozen=True, slots=True)
class CloserLook:
    """What was found of one record as of one day; what does not apply to its kind is empty."""

    findings: tuple[Finding, ...] = ()
    """Worst first; of a project also the commitments that its history shows to have been settled after the start."""
    moved: tuple[Moved, ...] = ()
    """Of a project: money and dates that its latest decision does not cover, and that want another (kind change)."""
    standing: Standing | None = None
    """Of a twin town: why it is prioritised, or is not."""
    frame: FrameUse | None = None
    """Of a department: its own frame of the year, and what projects take of it."""


def look_closer(store: Store, snapshot: Snapshot, ref: str, day: date, book: Book | None = None) -> CloserLook:
    """Look into the record `ref`; nothing is found of one that cannot be read. `book`: who has been erased is asked for."""
    data = snapshot.data(ref)
    if data is None:
        return CloserLook()
    found = tuple(findings(snapshot, day, [ref], book))
    kind = ref.partition("/")[0]
    if kind == "twin-towns":
        return CloserLook(found, standing=standing(snapshot, ref, day))
    if kind == "departments":
        return CloserLook(found, frame=_frame(snapshot, ref, data, day.year))
    if kind == "projects" and (tables(data, "commitments") or _is_decided(data)):
        versions = _versions(store, snapshot, ref)
        moved = tuple(undecided(versions, data)) if wants_new_decision(data, versions) else ()
        late = _settled_late(snapshot, ref, data, day, versions)
        return CloserLook(tuple(worst_first([*found, *late])), moved)
    return CloserLook(found)


def _settled_late(snapshot: Snapshot, ref: str, data: Data, on: date, versions: list[Version]) -> list[Finding]:
    case = case_of(snapshot, on)
    return list(settled_late(case, Project(ref, data, case.opened), entered_late(versions, data)))


def _is_decided(data: Data) -> bool:
    return LEVELS.get(text(data, "stage"), 0) >= DECIDED and bool(tables(data, "decisions"))


def _versions(store: Store, snapshot: Snapshot, ref: str) -> list[Version]:
    """The record as it was saved, day by day, oldest first."""
    if snapshot.commit is None:
        return []
    entries = store.history(ref, snapshot.commit, fields=True)
    saved = [(entry.date.date(), entry.versions.get(ref, (None, None))[1]) for entry in entries]
    return [(on, data) for on, data in reversed(saved) if data is not None]


def _frame(snapshot: Snapshot, ref: str, data: Data, year: int) -> FrameUse | None:
    frame = frames(data, "budget").get(year)
    taken = whole_of(snapshot).taken.get((ref, year), 0)
    if frame is None and not taken:
        return None
    return FrameUse(frame.decided if frame else None, frame.proposed if frame else None, taken)
