"""What a report is asked for, and from what it is made."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from registry.plain_text import line
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
_UNSAVED: Final = 5
"""Records with unsaved changes that are named; of more it is said how many they are."""


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
            *self._unsaved(),
        ]

    def concerned(self) -> tuple[str, ...]:
        """The records that a report of one record is made from."""
        return ("registry", "policy", self.ref)

    def _unsaved(self) -> Iterator[tuple[str, str]]:
        """What the version does not hold: it alone would give another report."""
        from registry.git.sources import WorktreeSource
        from registry.records.refs import ref_of

        if self.snapshot.commit is None or not isinstance(self.snapshot.source, WorktreeSource):
            return
        edited = [ref for touched in self.store.hand_edits() if (ref := ref_of(touched.path))]
        if self.ref:
            edited = [ref for ref in edited if ref in self.concerned()]
        if edited:
            told = "; ".join(map(self._called, edited[:_UNSAVED]))
            more = _(" and %(count)s more") % {"count": len(edited) - _UNSAVED} if len(edited) > _UNSAVED else ""
            yield _("With unsaved changes in"), told + more

    def _called(self, ref: str) -> str:
        """The record's title; of what every registry has one of, what it is."""
        from registry.records.kinds import kind_of

        kind = kind_of(ref)
        return str(kind.one) if kind.single else line(self.snapshot.title(ref))
