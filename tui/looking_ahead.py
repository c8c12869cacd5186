"""The outlook of a view, and what others did: made on the registry's thread a little at a time, so that no save waits.

Whoever asks again stops asking for the earlier view: between two portions the thread belongs to others.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from tui.session import Session, View

if TYPE_CHECKING:
    from registry.policy.outlook import Outlook
    from registry.visits import News, Visit

TOO_MANY: Final = 20_000
"""Records above which a registry is judged only when somebody asks for it (`vanort check`)."""


def is_too_large(view: View) -> bool:
    """Whether the view has more records than are judged unasked."""
    return sum(view.summary.counts.values()) > TOO_MANY


async def look_ahead(session: Session, view: View) -> Outlook:
    """What asks for attention in `view` today. Raises `VanortError` where it cannot be read."""
    from tui.judging import findings_of

    found = await findings_of(session, view)

    def put_together() -> Outlook:
        from registry.policy.outlook import outlook

        return outlook(view.snapshot, session.today, found)

    return await session.run(put_together)


class Visits:
    """What others did before this run of the app began and since the one before; what is told now is seen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: Visit | None = None
        self._known = False
        self._seen: str | None = None

    async def news(self, commit: str | None) -> News | None:
        """What others have entered up to `commit`, since the user was here before this run."""

        def reading() -> News | None:
            from registry.visits import last_visit, news_since, visited

            store = self._session.store
            if not self._known:
                self._last, self._known = last_visit(store), True
            found = news_since(store, self._last, commit)
            if commit != self._seen:
                visited(store, commit, datetime.now().astimezone())
                self._seen = commit
            return found

        return await self._session.run(reading)
