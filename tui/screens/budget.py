"""A year's money, to be read at a glance; the arrows go to other years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from textual import work
from textual.widget import Widget

from registry.errors import VanortError
from registry.words import N_, _
from tui.commands import Command, Verdict
from tui.judging import read_through
from tui.notices import tell_error
from tui.screens.place import Place
from tui.session import View
from tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from registry.policy.money import BudgetYear
    from tui.screens.main import MainScreen

_GROUP = N_("Budget")
_FIRST_YEAR, _LAST_YEAR = 1900, 9999


class _Money(NamedTuple):
    """What was worked out: the year, and which years have any money."""

    budget: BudgetYear
    years: list[int]


def _has_earlier(screen: BudgetScreen) -> Verdict:
    return True if screen.year > _FIRST_YEAR else _("There is no earlier year.")


def _has_later(screen: BudgetScreen) -> Verdict:
    return True if screen.year < _LAST_YEAR else _("There is no later year.")


class BudgetScreen(Place):
    """Frames, sums by source, department and programme, and projects with cost against granted."""

    FOCUSED = "Sheet"
    COMMAND_TABLE = (
        Command(id="budget.earlier", keys="left", label=N_("earlier year"), help=N_("The year before."), group=_GROUP, rank=10, enabled=_has_earlier),
        Command(id="budget.later", keys="right", label=N_("later year"), help=N_("The year after."), group=_GROUP, rank=11, enabled=_has_later),
    )  # fmt: skip

    def __init__(self, main: MainScreen) -> None:
        super().__init__(main)
        self.year = main.session.today.year

    def body(self) -> Iterator[Widget]:
        """One page."""
        yield Sheet(_("being looked through …"))

    def show_view(self, view: View) -> None:
        """Add the year up."""
        self.title_is(_("Budget %(year)s") % {"year": self.year})
        self._add_up(view, self.year)

    @work(exclusive=True, group="look")
    async def _add_up(self, view: View, year: int) -> None:
        def add_up() -> _Money:
            from registry.policy.money import budget, years

            return _Money(budget(view.snapshot, year), years(view.snapshot))

        try:
            await read_through(self.session, view)
            found = await self.session.run(add_up)
        except VanortError as error:
            tell_error(self, error)
            return
        from tui.budget_text import budget_lines

        self.query_one(Sheet).show(lambda width: list(budget_lines(found.budget, found.years, view.names, width)))

    async def on_sheet_opened(self, event: Sheet.Opened) -> None:
        """To the project, the department or the registry."""
        event.stop()
        await self.lead_to(event.goal)

    def do_earlier(self) -> None:
        """The year before."""
        self._go_to(self.year - 1)

    def do_later(self) -> None:
        """The year after."""
        self._go_to(self.year + 1)

    def _go_to(self, year: int) -> None:
        self.year = year
        self.show_view(self.view)
        self.refresh_bindings()
