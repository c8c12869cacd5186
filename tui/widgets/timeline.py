"""The year as a timeline: projects as bars across its months, shaded by stage, today marked."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from textual.content import Content
from textual.style import Style

from registry.policy.timeline import Bar
from registry.records.dates import MONTHS
from registry.records.headings import STAGE_LABELS
from registry.words import _
from tui.text import fit, line, one_line

_PREPARED: Final = "░"
_SHADES: Final = {"idea": "░", "planned": "▒", "decided": "▓", "ongoing": "█", "completed": "█", "evaluated": "█"}
_DEADLINE: Final = "◆"
_TODAY: Final = "│"
_TONES: Final = {_PREPARED: "$text-muted", _TODAY: "$accent", _DEADLINE: "$warning"}
_WIDEST_MONTH: Final = 5
_NAMES: Final = (14, 30)
"""Cells for the projects' titles: at least, and at most."""


def timeline(bars: Sequence[Bar], today: date, width: int) -> Iterator[Content]:
    """The lines of the timeline, `width` cells wide: the months, a project each, and what the shades mean."""
    month = max(1, min(_WIDEST_MONTH, (width - _NAMES[0] - 2) // 12))
    name = max(0, min(_NAMES[1], width - 12 * month - 2))
    yield Content.assemble(" " * (name + 2), *_months(month, today))
    for bar in bars:
        link = Style(underline=False) + Style.from_meta({"@click": f"follow('{bar.ref}')"})
        yield Content.assemble(
            Content(fit(one_line(bar.title), name), strip_control_codes=False).stylize(link),
            "  ",
            *_cells(bar, today, 12 * month),
        )
    for words in _legend(width):
        yield line(words, style="$text-muted")


def _months(month: int, today: date) -> Iterator[tuple[str, str]]:
    for number, words in enumerate(MONTHS, 1):
        letters = str(words)[: 3 if month > 3 else 1].lower()
        yield fit(letters, month), "$accent bold" if number == today.month else "$text-muted"


def _cells(bar: Bar, today: date, width: int) -> Iterator[tuple[str, str]]:
    """The bar, a cell at a time; what is dearer to know stands over the rest."""
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    row = [" "] * width
    _fill(row, max(bar.since, first), min(bar.start, last), _PREPARED)
    _fill(row, max(bar.start, first), min(bar.end, last), _SHADES.get(bar.stage, "█"))
    now = _at(today, width)
    if row[now] in {" ", _PREPARED}:
        row[now] = _TODAY
    for due in bar.deadlines:
        if due.year == today.year:
            row[_at(due, width)] = _DEADLINE
    for cell, alike in groupby(row):
        yield "".join(alike), _TONES.get(cell, "$foreground")


def _fill(row: list[str], since: date, until: date, shade: str) -> None:
    if since <= until:
        for at in range(_at(since, len(row)), _at(until, len(row)) + 1):
            row[at] = shade


def _at(day: date, width: int) -> int:
    """The cell of a day, months being equally wide."""
    lengths = (31, 29 if isleap(day.year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return int(((day.month - 1) + (day.day - 1) / lengths[day.month - 1]) * width / 12)


def _legend(width: int) -> Iterator[str]:
    """What the shades mean, over as many lines as it takes."""
    said = ""
    for part in (
        f"{_PREPARED} {_('prepared')}",
        *(f"{_SHADES[stage]} {STAGE_LABELS[stage]}" for stage in ("planned", "decided", "ongoing")),
        f"{_DEADLINE} {_('deadline')}",
        f"{_TODAY} {_('today')}",
    ):
        if said and len(said) + len(part) + 2 > width:
            yield said
            said = ""
        said += f"  {part}" if said else part
    yield said
