"""The input for a day, and the month that opens beside it."""

from __future__ import annotations

from calendar import Calendar, monthrange
from datetime import date, timedelta
from typing import ClassVar, Final

from rich.segment import Segment
from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from registry.records.dates import MONTHS, show_date
from registry.words import N_, Words, _
from tui.commands import Command, HasCommands
from tui.forms.lines import LineField
from tui.text import line

_DAYS: Final = Words("må ti on to fr lö sö", "Mo Tu We Th Fr Sa Su")
_WIDTH: Final = 25
_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)


class DateField(HasCommands, LineField):
    """A day, typed as people do and said in words; F4 opens the month."""

    COMMAND_TABLE = (
        Command(id="date.calendar", keys="f4", label=N_("calendar"), help=N_("Choose the day in a month."), rank=10),
        Command(id="date.later", keys="shift+up", label=N_("a day later"), help=N_("The day after."), show=False),
        Command(
            id="date.earlier", keys="shift+down", label=N_("a day earlier"), help=N_("The day before."), show=False
        ),
    )

    def hint(self) -> str:
        """An example."""
        return _("4 May")

    def echo(self) -> str:
        """``= 4 maj 2026``."""
        value = self.slot.value
        return f"= {show_date(value)}" if isinstance(value, date) else ""

    def _set(self, day: date) -> None:
        self.slot.put(min(_LAST, max(_FIRST, day)))
        self.renew()
        self.edited()

    @property
    def _day(self) -> date:
        return self.slot.value if isinstance(self.slot.value, date) else self.desk.today

    def do_later(self) -> None:
        """The day after."""
        self._set(self._day + timedelta(days=1))

    def do_earlier(self) -> None:
        """The day before."""
        self._set(self._day - timedelta(days=1))

    @work(exclusive=True)
    async def do_calendar(self) -> None:
        """Open the month."""
        chosen = await self.app.push_screen_wait(CalendarScreen(self.label, self._day, self.desk.today))
        if chosen is not None:
            self._set(chosen)


class Month(Widget, can_focus=True):
    """The days of one month, weeks below each other with their numbers; the arrows move, Enter takes."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"month--day", "month--today", "month--head"}

    class Taken(Message):
        """This day."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class Moved(Message):
        """Another day is under the cursor."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.day = min(_LAST, max(_FIRST, day))
        self._today = today

    def weeks(self) -> list[list[date]]:
        """The weeks of the month, Mondays first."""
        return Calendar().monthdatescalendar(self.day.year, self.day.month)

    def render_line(self, y: int) -> Strip:
        """The names of the days, then a week a line."""
        base = self.rich_style
        head = base + self.get_component_rich_style("month--head", partial=True)
        if y == 0:
            return Strip([Segment("   " + "".join(f" {day}" for day in str(_DAYS).split()), head)]).adjust_cell_length(
                _WIDTH, base
            )
        weeks = self.weeks()
        if y > len(weeks):
            return Strip.blank(_WIDTH, base)
        week = weeks[y - 1]
        segments = [Segment(f"{week[0].isocalendar().week:2d} ", head)]
        for day in week:
            style = base if day.month == self.day.month else head
            if day == self._today:
                style += self.get_component_rich_style("month--today", partial=True)
            if day == self.day:
                style += self.get_component_rich_style("month--day", partial=True)
            segments += [Segment(f" {day.day:2d}", style)]
        return Strip(segments).adjust_cell_length(_WIDTH, base)

    def go(self, day: date) -> None:
        """Another day."""
        self.day = min(_LAST, max(_FIRST, day))
        self.refresh()
        self.post_message(self.Moved(self.day))

    def by_month(self, by: int) -> None:
        """The same day of another month, or its last."""
        months = self.day.year * 12 + self.day.month - 1 + by
        year, month = months // 12, months % 12 + 1
        if _FIRST.year <= year <= _LAST.year:
            self.go(date(year, month, min(self.day.day, monthrange(year, month)[1])))

    def on_key(self, event: events.Key) -> None:
        """Days, weeks, months; t for today."""
        days = {"left": -1, "right": 1, "up": -7, "down": 7}
        if event.key in days:
            self.go(self.day + timedelta(days=days[event.key]) if _FIRST < self.day < _LAST else self.day)
        elif event.key in {"pageup", "pagedown"}:
            self.by_month(-1 if event.key == "pageup" else 1)
        elif event.key == "t":
            self.go(self._today)
        elif event.key == "enter":
            self.post_message(self.Taken(self.day))
        else:
            return
        event.stop()

    def on_click(self, event: events.Click) -> None:
        """A click on a day takes it."""
        row, column = event.y - 1, (event.x - 3) // 3
        if 0 <= row < len(self.weeks()) and 0 <= column < 7 and event.x >= 3:
            self.post_message(self.Taken(self.weeks()[row][column]))


class CalendarScreen(HasCommands, ModalScreen[date | None]):
    """Gives the chosen day, or None for Esc."""

    COMMAND_TABLE = (Command(id="calendar.leave", keys="escape", label=N_("back"), help=N_("Choose no day.")),)

    def __init__(self, label: str, day: date, today: date) -> None:
        super().__init__(classes="dialogue")
        self._label, self._day, self._today = label, day, today

    def compose(self) -> ComposeResult:
        """The month, its name over it and its keys under it."""
        with Vertical(classes="dialogue--box calendar"):
            yield Static(line(self._label), classes="dialogue--question")
            yield Static(id="calendar-month")
            yield Month(self._day, self._today)
            yield Static(line(_("PgUp PgDn month · t today · Enter takes it")), classes="dialogue--hint")

    def on_mount(self) -> None:
        """Name the month."""
        self._show_month(self._day)

    def on_month_moved(self, event: Month.Moved) -> None:
        """Another day, perhaps of another month."""
        event.stop()
        self._show_month(event.day)

    def on_month_taken(self, event: Month.Taken) -> None:
        """That day."""
        event.stop()
        self.dismiss(event.day)

    def _show_month(self, day: date) -> None:
        self.query_one("#calendar-month", Static).update(line(f"{MONTHS[day.month - 1]} {day.year}"))

    def do_leave(self) -> None:
        """No day."""
        self.dismiss(None)
