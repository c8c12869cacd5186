"""All that is found in a registry as of a day: its records and references, and what its policy says of them.

The first (`registry.checks`) are wrong on any day; the policy (`registry.policy`) is asked as of one. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from registry.checks import check
from registry.findings import Finding, worst_first
from registry.policy import judge
from registry.snapshot import Snapshot
from registry.uncollected import without_collecting

if TYPE_CHECKING:
    from registry.people.book import Book


def findings(
    snapshot: Snapshot, day: date, refs: Iterable[str] | None = None, book: Book | None = None
) -> list[Finding]:
    """Every finding in the records `refs` (None: all), worst first. `book` is for names in free text and vacant offices."""
    wanted = None if refs is None else list(refs)
    with without_collecting():
        return worst_first([*check(snapshot, wanted), *judge(snapshot, day, wanted, book=book)])
