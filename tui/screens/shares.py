"""The key that shares, on the main screen and in the place that lists what goes to and fro."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from registry.words import N_, _
from tui.commands import Command, HasCommands, Verdict
from tui.notices import tell

if TYPE_CHECKING:
    from tui.screens.main import MainScreen

_SHARING: Final = N_("Sharing")


def _opened(screen: Shares) -> Verdict:
    return True if screen.shared_from.sharing is not None else _("The registry is still being opened.")


class Shares(HasCommands):
    """Mixed into a screen."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (
        Command(id="registry.share", keys="s", label=N_("share"), help=N_("Take in what others have shared and send what was saved here; again: call it off."), group=_SHARING, writes=True, enabled=_opened, rank=35),
    )  # fmt: skip

    @property
    def shared_from(self) -> MainScreen:
        """The main screen of the registry that is shared."""
        main: MainScreen = self  # type: ignore[assignment]
        return main

    def do_share(self) -> None:
        """Begin, or call off what was begun; where it is shared with nobody, say where first."""
        main = self.shared_from
        sharing = main.sharing
        assert sharing is not None  # noqa: S101 - see `_opened`
        if sharing.running:
            sharing.call_off()
        elif sharing.standing is not None and sharing.standing.remote is None:
            tell(self, _("The registry is not shared with anybody yet: say where."))
            main.do_settings()
        else:
            sharing.begin()
