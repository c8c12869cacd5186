"""What a report is asked for, and from what it is made."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from registry.progress import Progress
from registry.reports.document import Document
from registry.words import _

if TYPE_CHECKING:
    from registry.names import RecordNames
    from registry.people.book import Book
    from registry.snapshot import Snapshot
    from registry.store import Store

Making = Generator[Progress, None, Document]
"""A report that is made a portion at a time, and the document that comes of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a report may be made from; it looks at nothing else, not even at the clock."""

    store: Store
    """For what stands in the history: changes since a day, who decided a value. All from `snapshot.commit` backwards."""
    snapshot: Snapshot
    """The registry as of the day, or as it is now."""
    day: date
    """The day that rules judge; today, or the day asked for."""
    year: int
    """The year that it tells of."""
    names: RecordNames
    """What records and people are called; people are their ids where nobody asked for names."""
    book: Book | None = None
    """The people book, by which offices of the erased count as vacant; none goes with a past registry."""
    named: bool = False
    """Whether `names` calls people by their names."""
    year_given: bool = False
    """Whether somebody asked for that year; otherwise it is the one of `day`, and `compliance` judges the day."""
    meeting: date | None = None
    """The committee's next meeting, for an agenda."""
    since: date | None = None
    """The day after which what changed is told in an agenda; None: the committee's last meeting."""
    ref: str = ""
    """The record, for a report of one."""

    def origin(self) -> list[tuple[str, str]]:
        """What every report says of where it comes from."""
        from registry.records.dates import show_date
        from registry.reports.parts.fields import shown_field

        made_up = [shown_field("registry", self.snapshot.registry, "fictional")]
        return [
            (_("Registry"), self.snapshot.title("registry")),
            *(made_up if "fictional" in self.snapshot.registry else ()),
            (_("As of"), show_date(self.day)),
            (_("Made from version"), self.snapshot.commit or _("nothing saved yet")),
        ]
