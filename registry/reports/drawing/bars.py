"""A chart as bars of letters, for paper and terminals that draw nothing else; its amounts in words, for all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from registry.records.money import NO_BREAK, show_number
from registry.reports.document import Bar, Chart
from registry.words import _

FILLS: Final = "█▓░▒"
"""What a bar is filled with, by series: told apart without a colour."""
FRAME: Final = "│"
"""Where the frame ends."""
_WITHIN: Final = "·"
"""What is left of the frame."""


class Line(NamedTuple):
    """One bar: the group's label stands at the first of its bars alone."""

    label: str
    series: str
    bar: str
    amount: str


def amount_in_words(chart: Chart, amount: int) -> str:
    """``45 000 kr``, ``12``."""
    return f"{show_number(amount)}{NO_BREAK}{chart.unit}" if chart.unit else show_number(amount)


def group_label(chart: Chart, bar: Bar) -> str:
    """What the bars are of, and what they may come to: ``Central money (frame 250 000 kr)``."""
    if bar.frame is None:
        return bar.label
    return f"{bar.label} ({chart.frame_label or _('frame')} {amount_in_words(chart, bar.frame)})"


def highest(chart: Chart) -> int:
    """The amount that the longest bar or frame stands for; 0 where there is nothing to draw."""
    return max((amount for bar in chart.bars for amount in (*bar.amounts, bar.frame or 0)), default=0)


def bar_lines(chart: Chart, cells: int) -> Iterator[Line]:
    """The bars below each other, none longer than `cells`; something is never drawn as nothing."""
    top = highest(chart)
    room = cells - 1 if any(bar.frame is not None for bar in chart.bars) else cells
    for bar in chart.bars:
        for at, amount in enumerate(bar.amounts):
            series = chart.series[at] if at < len(chart.series) else ""
            label = group_label(chart, bar) if at == 0 else ""
            full, edge = _share(amount, top, room), None if bar.frame is None else _share(bar.frame, top, room)
            drawn = _drawn(full, edge, FILLS[at % len(FILLS)], over=bar.frame is not None and amount > bar.frame)
            yield Line(label, series, drawn, amount_in_words(chart, amount))


def _drawn(full: int, edge: int | None, fill: str, *, over: bool) -> str:
    """``██████······│``: filled as far as the amount, dots as far as the frame; what goes beyond it is filled too."""
    if edge is None:
        return fill * full
    if over:
        return fill * edge + FRAME + fill * max(1, full - edge)
    full = min(full, edge)
    return fill * full + _WITHIN * (edge - full) + FRAME


def _share(amount: int, top: int, cells: int) -> int:
    if amount <= 0 or top <= 0:
        return 0
    return max(1, amount * cells // top)
