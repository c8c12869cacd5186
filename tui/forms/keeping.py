"""Keeping what is being written as a draft: a moment after the last keystroke, and whenever the focus moves."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import datetime

from registry.drafts import Draft, NamesErased, Place
from registry.errors import VanortError
from tui.forms.group import Group

PAUSE = 1.0
"""Seconds without a keystroke after which a draft is kept."""


class Keeper:
    """Keeps the draft of one form."""

    def __init__(self, place: Place, base: str | None, root: Group) -> None:
        self._place = place
        self._base = base
        self._root = root
        self._stale = False
        self._over = False
        self._one_at_a_time = asyncio.Lock()
        self.kept: datetime | None = None
        """When the draft was last kept."""

    def touch(self) -> None:
        """Something was written since."""
        self._stale = True

    def _draft(self) -> Draft:
        return Draft(self._place.key, self._root.data(), self._base, datetime.now(), self._root.texts())

    async def keep(self) -> VanortError | None:
        """Keep what stands in the form, if it is not kept already; gives why it could not."""
        if not self._stale or self._over:
            return None
        self._stale = False
        draft = self._draft()
        async with self._one_at_a_time:
            if self._over:
                return None
            try:
                await asyncio.to_thread(self._place.keep, draft)
            except VanortError as error:
                self.kept = None if isinstance(error, NamesErased) else self.kept
                return error
        self.kept = draft.when
        return None

    def end(self) -> None:
        """The form is gone, perhaps with the whole app: what is not kept yet is, without waiting."""
        if self._stale and not self._over:
            self._stale = False
            with contextlib.suppress(VanortError):  # there is nobody left to tell
                self._place.keep(self._draft())
        self._place.close()

    async def throw_away(self) -> None:
        """It was saved, or nobody wants it: no draft from now on."""
        self._over = True
        async with self._one_at_a_time:
            await asyncio.to_thread(self._place.throw_away)
