"""What a commit did to records, beside what it says: whether they can be read, and their dates against its own. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from registry.errors import BrokenFile
from registry.git.objects import SUBMODULE, SYMLINK
from registry.git.stored_commits import StoredCommit, Touched
from registry.git.worktree import is_record_path
from registry.messages import Message
from registry.policy.since import entered_late
from registry.records.decisions import decision_of
from registry.records.refs import ref_of
from registry.records.values import Data, day
from registry.trust.facts import Fact

_SKEW: Final = timedelta(days=1)
"""By how much clocks may differ without a word: no two are the same, and people travel."""


def readable(touched: Sequence[Touched], record: Callable[[str], Data | BrokenFile | None]) -> Iterator[Fact]:
    """The files that a commit left where records stand, and that are none.

    `record` gives what a blob holds, why that cannot be read, or None where this copy lacks it.
    """
    for each in touched:
        if each.new is None or not is_record_path(each.path):
            continue
        ref = ref_of(each.path)
        if ref is None:
            yield Fact("stranger", values=(each.path,))
        elif each.mode in {SYMLINK, SUBMODULE}:
            yield Fact("no-file", ref)
        elif (found := record(each.new)) is None:
            yield Fact("lacking", ref)
        elif isinstance(found, BrokenFile):
            yield Fact("unreadable", ref, values=(str(found.line),))


def is_strange(commit: StoredCommit, before: Sequence[StoredCommit], now: datetime) -> Iterator[Fact]:
    """What of a commit's own dates cannot be right; then nothing can be said by them of the dates in records."""
    if commit.committed > now + _SKEW or commit.entered > now + _SKEW:
        yield Fact("ahead", values=(max(commit.committed, commit.entered).date().isoformat(),))
    elif before and commit.committed < min(parent.committed for parent in before) - _SKEW:
        yield Fact("before", values=(commit.committed.date().isoformat(), before[0].committed.date().isoformat()))
    elif commit.committed <= datetime(1970, 1, 2, tzinfo=UTC):
        yield Fact("no-clock")


def dates(
    entered: date, message: Message, touched: Sequence[Touched], record: Callable[[str | None], Data | None]
) -> Iterator[Fact]:
    """What was entered on the day `entered` of what lay behind by then; `record` gives the record in a blob."""
    decision = decision_of(message.one("Decision")) if message.one("Decision") else None
    if decision is not None and decision.date is not None and decision.date > entered:
        yield Fact("decided-later", values=(message.one("Decision"), entered.isoformat()))
    for each in touched:
        ref = ref_of(each.path)
        if ref is None or not ref.startswith("projects/") or (new := record(each.new)) is None:
            continue
        old = record(each.old)
        if old is None and each.old is not None:
            continue  # it stood there and could not be read: what of it is new, nobody can tell
        yield from _of_project(ref, entered, old, new)


def _of_project(ref: str, entered: date, old: Data | None, new: Data) -> Iterator[Fact]:
    afterwards = new.get("recorded_afterwards") is True
    start = day(new, "start")
    if old is None:
        if start is not None and start < entered and not afterwards:
            yield Fact("entered-after-start", ref, "start", (entered.isoformat(), start.isoformat()))
        if afterwards:
            return  # all of it was entered afterwards, and says so
    else:
        was = day(old, "start")
        if was is not None and was < entered and start != was:
            yield Fact(
                "start-moved", ref, "start", (was.isoformat(), start.isoformat() if start else "–", entered.isoformat())
            )
    versions = [*([] if old is None else [(date.min, old)]), (entered, new)]
    for late in entered_late(versions, new):
        yield Fact("settled-late", ref, late.field, (late.entered.isoformat(), start.isoformat() if start else "–"))
