"""How the opened registry is shared: where it stands, and the one sync that may be under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from registry.errors import VanortError
from registry.words import _
from tui.notices import tell_error

if TYPE_CHECKING:
    from registry.sharing.standing import Standing
    from registry.sharing.syncing import Synced
    from registry.sharing.wishes import Wishes
    from tui.screens.main import MainScreen
    from tui.syncing import Syncing

_GROUP: Final = "sharing"


class Sharing:
    """Belongs to the main screen, which shows its `words` at the top."""

    def __init__(self, main: MainScreen) -> None:
        self._main = main
        self._session = main.session
        self.standing: Standing | None = None
        """Where it stood when that was looked at last; None before, and where that could not be told."""
        self.last: Synced | None = None
        """What came of it the last time."""
        self._syncing: Syncing | None = None
        self._progress = ""
        self._started = False
        self._saves = 0

    @property
    def running(self) -> bool:
        """Whether it is being shared now."""
        return self._syncing is not None

    def words(self) -> list[str]:
        """What the line at the top says of it, what matters most first."""
        if self.running:
            return [_("%(progress)s · s stops") % {"progress": self._progress}]
        if self.standing is None:
            return []
        from tui.standing_text import words

        return list(words(self.standing, self.last, self._session.today))

    async def look(self) -> None:
        """Look where it stands now; share where that is wished for, at the start or after a save."""

        def looking() -> tuple[Standing, Wishes]:
            from registry.sharing.standing import standing
            from registry.sharing.wishes import wishes

            return standing(self._session.store), wishes(self._session.store.repo)

        try:
            standing, wished = await self._session.run(looking)
        except VanortError:  # what is wrong is told when somebody shares
            self.standing = None
            return
        self.standing = standing
        wanted = (wished.at_start and not self._started) or (wished.after_save and self._saves != self._session.saves)
        self._started, self._saves = True, self._session.saves
        if wanted and standing.remote is not None and not self.running:
            self.begin(unasked=True)
        self._main.show_top()

    def begin(self, *, unasked: bool = False) -> None:
        """Share. What comes of it `unasked` is told where there is something to tell, and never gets in the way."""
        self._main.run_worker(self._share(unasked=unasked), group=_GROUP)

    def call_off(self) -> None:
        """Have it end; what is brought together by then stays so."""
        if self._syncing is not None:
            self._syncing.call_off()

    async def _share(self, *, unasked: bool) -> None:
        from tui.screens.shared_told import tell_synced
        from tui.syncing import Syncing

        if self.running:
            return
        self._show_progress(_("Being shared …"))
        self._syncing = Syncing(self._main, self._session, self._show_progress, self._landed)
        self._main.refresh_bindings()
        try:
            synced = await self._syncing.sync(may_ask=not unasked)
        except VanortError as error:
            tell_error(self._main, error)
            return
        finally:
            self._syncing = None
            self._main.refresh_bindings()  # Esc is the way back again
            await self.look()
        self.last = synced
        self._main.show_top()
        await tell_synced(self._main, synced, unasked=unasked)

    def _show_progress(self, words: str) -> None:
        self._progress = words
        self._main.show_top()

    async def _landed(self) -> None:
        if self._session.view is not None:
            self._main.show_view(self._session.view)
