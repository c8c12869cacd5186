"""How one gets to the places beside the pages: numbers lead to pages, capital letters to places."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import work

from registry.words import N_
from tui.commands import Command, HasCommands

if TYPE_CHECKING:
    from tui.screens.main import MainScreen
    from tui.screens.place import Place

_PLACES: Final = N_("Places")


class LeadsToPlaces(HasCommands):
    """Mixed into the main screen."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (
        Command(id="place.budget", keys="B", label=N_("budget"), help=N_("A year's money: frames, sources, departments, programmes, projects."), group=_PLACES, rank=61),
        Command(id="place.committee", keys="K", label=N_("committee"), help=N_("Who sits in the coordination committee on a day, vacant seats, meetings."), group=_PLACES, rank=62),
        Command(id="place.policy", keys="P", label=N_("policy"), help=N_("The policy clause by clause: what serves each, and what it finds now."), group=_PLACES, rank=63),
        Command(id="place.breaches", keys="A", label=N_("exceptions"), help=N_("Every exception and breach ever made: why, and under which decision."), group=_PLACES, rank=64),
        Command(id="place.past", keys="V", label=N_("as it was"), help=N_("The whole registry as it was on a day, to be walked about in."), group=_PLACES, rank=65),
        Command(id="place.verify", keys="I", label=N_("verify"), help=N_("Whether the history can be trusted: who signed, what disappeared, what does not add up."), group=_PLACES, show=False),
        Command(id="place.decisions", keys="D", label=N_("decisions"), help=N_("Every decision ever cited: what was changed under it, what cites it; and what was changed without one."), group=_PLACES, rank=65),
        Command(id="place.compare", keys="J", label=N_("compare"), help=N_("Two dates side by side: what came, went and changed, and the sums of money."), group=_PLACES, rank=66),
        Command(id="place.exchange", keys="N", label=N_("what is new"), help=N_("What others did that you have not looked at, by person and record, and what you have not shared."), group=_PLACES, writes=True, rank=59),
        Command(id="place.removed", keys="R", label=N_("removed"), help=N_("The records that once were and have been removed, each with its history."), group=_PLACES, rank=67),
        Command(id="place.doctor", keys="", label=N_("is all well?"), help=N_("Whether the registry, this computer and the terminal are as they should be, and what to do where they are not."), group=_PLACES, show=False),
    )  # fmt: skip

    @work(exclusive=True, group="act")
    async def do_past(self) -> None:
        """The registry as it was."""
        from tui.screens.past import ask_for_a_day

        main: MainScreen = self  # type: ignore[assignment]
        await ask_for_a_day(main)

    def _open(self, kind: type[Place]) -> None:
        main: MainScreen = self  # type: ignore[assignment]
        main.app.push_screen(kind(main))

    def do_budget(self) -> None:
        """The money of a year."""
        from tui.screens.budget import BudgetScreen

        self._open(BudgetScreen)

    def do_committee(self) -> None:
        """Who sits in the coordination committee."""
        from tui.screens.committee import CommitteeScreen

        self._open(CommitteeScreen)

    def do_policy(self) -> None:
        """The policy, clause by clause."""
        from tui.screens.policy import PolicyScreen

        self._open(PolicyScreen)

    def do_breaches(self) -> None:
        """Every exception and breach."""
        from tui.screens.breaches import BreachesScreen

        self._open(BreachesScreen)

    def do_verify(self) -> None:
        """Whether the history can be trusted."""
        from tui.screens.verify import VerifyScreen

        self._open(VerifyScreen)

    def do_decisions(self) -> None:
        """Every decision that was ever cited."""
        from tui.screens.decisions import DecisionsScreen

        self._open(DecisionsScreen)

    def do_compare(self) -> None:
        """Two dates side by side."""
        from tui.screens.compare import CompareScreen

        self._open(CompareScreen)

    def do_removed(self) -> None:
        """The records that are no more."""
        from tui.screens.removed import RemovedScreen

        self._open(RemovedScreen)

    def do_doctor(self) -> None:
        """Whether all is well."""
        from tui.screens.doctor import DoctorScreen

        self._open(DoctorScreen)

    def do_exchange(self) -> None:
        """What goes to and fro between colleagues."""
        from tui.screens.exchange import ExchangeScreen

        self._open(ExchangeScreen)
