"""The registry as it was: the same session, on the same thread, of which nothing but one past day can be seen."""

from __future__ import annotations

from datetime import date

from registry.git.days import as_day
from registry.records.dates import show_date
from registry.words import _
from tui.session import Session, View, faults_of


class PastSession(Session):
    """A registry that is opened, as of a revision or a day. It judges that day, and changes nothing."""

    def __init__(self, present: Session, day: date, view: View, *, whole_day: bool) -> None:
        super().__init__(present.folder, present)
        self._day = day
        self._whole_day = whole_day
        self.view: View = view
        self.rev = view.commit or "HEAD"

    @property
    def today(self) -> date:
        """The day that the screens speak of."""
        return self._day

    @property
    def mark(self) -> str:
        """Which day it is of, and after which change of that day where that was asked for."""
        said = _("AS IT WAS %(day)s") % {"day": show_date(self._day)}
        return said if self._whole_day else f"{said} ({self.rev[:10]})"

    @property
    def book_to_judge_by(self) -> None:
        """None: the people book has no past."""

    async def look(self) -> View:
        """The past is as it was."""
        return self.view

    async def changed_outside(self) -> bool:
        """Never."""
        return False

    def close(self) -> None:
        """The thread goes on: it is the present's."""


async def open_past(present: Session, when: str) -> PastSession:
    """The registry at a revision, a tag or a day. Raises `NotFound` where there was none."""

    def opening() -> tuple[date, View]:
        store = present.store
        snapshot, day = store.past(when)
        why = _("This is the registry as it was on %(day)s; Esc leads back to today, where it can be changed.")
        view = View(
            snapshot.commit,
            snapshot.summary(day),
            lambda: snapshot,
            store.names,
            faults=faults_of(snapshot),
            strangers=tuple(snapshot.strangers()),
            read_only=present.read_only or why % {"day": show_date(day)},
            looked=True,
        )
        return day, view

    day, view = await present.run(opening)
    return PastSession(present, day, view, whole_day=as_day(when) is not None)
