"""The outlook of a view, made on the registry's thread a little at a time, so that no save waits.

Whoever asks again stops asking for the earlier view: between two portions the thread belongs to others.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from tui.session import Session, View

if TYPE_CHECKING:
    from registry.departures import Departures
    from registry.policy.outlook import Outlook
    from registry.policy.since import Moved

TOO_MANY: Final = 20_000
"""Records above which a registry is judged only when somebody asks for it (`vanort check`)."""


def is_too_large(view: View) -> bool:
    """Whether the view has more records than are judged unasked."""
    return sum(view.summary.counts.values()) > TOO_MANY


class Lookout:
    """Puts the outlook together. What the history had to tell of the view before is told until it is known anew."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._departures: Mapping[str, Sequence[Moved]] = {}

    async def look(self, view: View) -> AsyncIterator[Outlook]:
        """What asks for attention in `view` today: by the records as they stand, and then by their history, where that
        tells anything else than it did. Raises `VanortError` where it cannot be read.
        """
        from tui.judging import findings_of

        session, found = self._session, await findings_of(self._session, view)

        def put_together() -> Outlook:
            from registry.policy.outlook import outlook

            return outlook(view.snapshot, session.today, found, self._departures)

        yield await session.run(put_together)
        departures = await self._walk_back(view)
        if departures != self._departures:
            self._departures = departures
            yield await session.run(put_together)

    async def _walk_back(self, view: View) -> Mapping[str, Sequence[Moved]]:
        """What projects have changed since they were decided."""

        def begin() -> Departures:
            from registry.departures import Departures

            return Departures(self._session.store, view.snapshot)

        walk = await self._session.run(begin)
        while await self._session.run(walk.go_on):
            pass
        return await self._session.run(lambda: walk.found)
