"""How one gets to what sharing asks and settles: the questions that are left, and where and when the registry is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from registry.words import N_
from tui.commands import Command, HasCommands

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

_SHARING: Final = N_("Sharing")


class LeadsToSharing(HasCommands):
    """Mixed into the main screen."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (
        Command(id="sharing.questions", keys="F", label=N_("questions"), help=N_("What you and others wrote differently, to be decided before it is shared."), group=_SHARING, writes=True, show=False),
        Command(id="sharing.settings", keys="S", label=N_("sharing settings"), help=N_("Where the registry is shared, how it stands, and when it is shared by itself."), group=_SHARING, show=False),
    )  # fmt: skip

    @work(exclusive=True, group="act")
    async def do_questions(self) -> None:
        """Decide what there is to decide, and share what came of it."""
        from tui.screens.settling import settle_and_share

        main: MainScreen = self  # type: ignore[assignment]
        await settle_and_share(main)

    def do_settings(self) -> None:
        """Where and when it is shared."""
        from tui.screens.sharing_settings import SharingScreen

        main: MainScreen = self  # type: ignore[assignment]
        main.app.push_screen(SharingScreen(main))
