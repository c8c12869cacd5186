"""What others did: since the user was here before this run of the app, and to records not looked at since."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tui.session import Session

if TYPE_CHECKING:
    from registry.visits import News, Visit


class Visits:
    """One user's looks at one registry. What is told of now is told no more in the next run; a mark stays until seen."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._before: Visit | None = None
        """The visit before this run."""
        self._known = False
        self._shown: str | None = None
        self.unseen: Mapping[str, Sequence[str]] = {}
        """REF → the commits by which others changed what the user has not looked at since."""

    async def look(self, commit: str | None) -> None:
        """`commit` is shown now: whatever others did on the way there is new."""

        def looking() -> Visit | None:
            from registry.visits import last_visit, visited

            store = self._session.store
            if not self._known:
                self._before, self._known = last_visit(store), True
            return visited(store, commit, datetime.now().astimezone())

        if commit != self._shown:
            visit = await self._session.run(looking)
            self.unseen, self._shown = {} if visit is None else visit.unseen, commit

    async def news(self, commit: str | None) -> News | None:
        """What others have entered up to `commit`, since the user was here before this run."""
        from registry.visits import news_since

        await self.look(commit)
        return await self._session.run(lambda: news_since(self._session.store, self._before, commit))

    def seen(self, *refs: str) -> bool:
        """The user has looked at these records; whether any of them was new."""
        if new := self.unseen.keys() & set(refs):
            self.unseen = {ref: commits for ref, commits in self.unseen.items() if ref not in new}
            self._session.soon(lambda: _keep(self._session, new))
        return bool(new)


def _keep(session: Session, refs: Collection[str]) -> None:
    from registry.visits import seen

    seen(session.store, refs)
