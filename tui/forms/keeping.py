"""Keeping what is being written as a draft: a moment after the last keystroke, and whenever the focus moves."""

from __future__ import annotations

import asyncio
from datetime import datetime

from registry.drafts import Draft, Drafts
from registry.errors import VanortError
from tui.forms.group import Group

PAUSE = 1.0
"""Seconds without a keystroke after which a draft is kept."""


class Keeper:
    """Keeps the draft of one form."""

    def __init__(self, drafts: Drafts, key: str, base: str | None, root: Group) -> None:
        self._drafts = drafts
        self._key = key
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
        return Draft(self._key, self._root.data(), self._base, datetime.now(), self._root.texts())

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
                await asyncio.to_thread(self._drafts.keep, draft)
            except VanortError as error:
                return error
        self.kept = draft.when
        return None

    def keep_now(self) -> None:
        """The same without waiting, when the app ends under the form."""
        if self._stale and not self._over:
            self._stale = False
            try:
                self._drafts.keep(self._draft())
            except VanortError:
                return  # the app is going; there is nobody left to tell

    async def throw_away(self) -> None:
        """It was saved, or nobody wants it: no draft from now on."""
        self._over = True
        async with self._one_at_a_time:
            await asyncio.to_thread(self._drafts.throw_away, self._key)
