"""Every exception and breach ever made, newest first: what, why, under which decision, entered by whom."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from registry.history import Entry
from registry.words import _
from tui.screens.history import HistoryPane
from tui.screens.place import Place
from tui.session import View
from tui.widgets.columns import Column


class BreachesPane(HistoryPane):
    """The changes that went against a clause, knowingly."""

    most = 1_000_000  # all there ever were: they are few, and an auditor wants each

    def wanted(self, entry: Entry) -> bool:
        """Whether it has the trailers; few have, so messages are taken apart only where it may."""
        return "\nPolicy-" in entry.raw.message and bool(entry.overrides)

    def columns(self) -> list[Column]:
        """The day, the record, the clause, which of the two; the reason, the decision and the author where there is room."""
        return [
            Column("day", _("Entered"), width=10),
            Column("kind", _("What"), width=8),
            Column("clause", _("Clause"), flex=1, min=21, width=24),
            Column("record", _("Record"), flex=2, min=18),
            Column("why", _("Why"), flex=2, min=20, drop=3),
            Column("decision", _("Decision"), width=20, drop=1),
            Column("author", _("By"), width=16, drop=2),
        ]

    def cells(self, entry: Entry) -> tuple[str, ...]:
        """As the columns are."""
        kinds = [_("exception")] if entry.exceptions else []
        kinds += [_("breach")] if entry.breaches else []
        names = self.main.view.names
        return (
            entry.date.astimezone().date().isoformat(),
            ", ".join(kinds),
            ", ".join(entry.overrides),
            ", ".join(names.record(ref) for ref in entry.refs) or entry.subject,
            entry.why,
            entry.decision,
            entry.author,
        )

    def empty(self) -> str:
        """None is good news."""
        return _("No exception from the policy and no breach of it has ever been recorded.")

    def counted(self, count: str) -> str:
        """How many there are, in words."""
        return _(" Exceptions and breaches  %(count)s") % {"count": count}


class BreachesScreen(Place):
    """The list, and the chosen change beside it."""

    FOCUSED = "RecordList"

    def body(self) -> Iterator[Widget]:
        """The same parts as the history has."""
        yield BreachesPane(self.session)

    def show_view(self, view: View) -> None:
        """Read the history, if it is another one."""
        self.title_is(_("Exceptions from the policy and breaches of it"))
        self.query_one(BreachesPane).show_commit(view.snapshot.commit)
