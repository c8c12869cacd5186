"""Judging a registry as of a day for a report, some records at a time, so that it can be called off."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from registry.checks import ONLY
from registry.findings import Finding, worst_first
from registry.judgement import findings
from registry.policy.whole import whole_of
from registry.progress import PORTION, Progress
from registry.snapshot import Snapshot
from registry.words import _

if TYPE_CHECKING:
    from registry.people.book import Book


def judged(
    snapshot: Snapshot, day: date, refs: Sequence[str], book: Book | None
) -> Generator[Progress, None, list[Finding]]:
    """Every finding in the records `refs`, worst first. Those of which every registry has one are judged with them."""
    refs = sorted({*refs, *ONLY})
    yield Progress(_("Records are judged"), 0)
    whole_of(snapshot)
    found: list[Finding] = []
    for at in range(0, len(refs), PORTION):
        portion = refs[at : at + PORTION]
        found += findings(snapshot, day, portion, book)
        yield Progress(_("Records are judged"), at + len(portion))
    return worst_first(found)
