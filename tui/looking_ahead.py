"""The outlook of a view, and what others did: made on the registry's thread a little at a time, so that no save waits.

Whoever asks again stops asking for the earlier view: between two portions the thread belongs to others.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from tui.session import Session, View

if TYPE_CHECKING:
    from registry.findings import Finding
    from registry.policy.outlook import Outlook
    from registry.visits import News, Visit

PORTION: Final = 300
"""Records that are judged at a time: some hundredths of a second."""
TOO_MANY: Final = 20_000
"""Records above which a registry is judged only when somebody asks for it (`vanort check`)."""


def is_too_large(view: View) -> bool:
    """Whether the view has more records than are judged unasked."""
    return sum(view.summary.counts.values()) > TOO_MANY


async def look_ahead(session: Session, view: View) -> Outlook:
    """What asks for attention in `view` today. Raises `VanortError` where it cannot be read."""
    today = session.today

    def begin() -> list[str]:
        return view.snapshot.refs()

    def read(refs: list[str]) -> None:
        for ref in refs:
            view.snapshot.data(ref)

    def judge(refs: list[str]) -> list[Finding]:
        from registry.judgement import findings

        return findings(view.snapshot, today, refs, session.store.book)

    def put_together() -> Outlook:
        from registry.policy.outlook import outlook

        return outlook(view.snapshot, today, found)

    refs = await session.run(begin)
    portions = [refs[at : at + PORTION] for at in range(0, len(refs), PORTION)]
    for portion in portions:
        await session.run(lambda: read(portion))  # noqa: B023 - done before the next
    found: list[Finding] = []
    for portion in portions:
        found += await session.run(lambda: judge(portion))  # noqa: B023 - done before the next
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
