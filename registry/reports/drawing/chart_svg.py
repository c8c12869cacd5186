"""A chart as a picture in a page: bars below each other, each series with a colour and a pattern of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from registry import plain_text
from registry.reports.document import Bar, Chart
from registry.reports.drawing.bars import amount_in_words, group_label, highest
from registry.words import _

_WIDTH: Final = 720
_ROOM_FOR_AMOUNT: Final = 120
"""To the right of the longest bar."""
_BAR, _BETWEEN, _LABEL, _GROUP = 15, 4, 22, 16
"""Heights: of a bar, between two, of the line above a group, and of what parts two groups."""
_LEGEND: Final = 30
_LINES_OF_A_PART: Final = 24
"""Bars and labels of a picture that stays whole on paper."""
_LETTER: Final = 7.0
"""How broad a letter is, about."""
_LONGEST: Final = 96
"""Letters of a label; the table beside the chart has all of them."""
_INK, _EDGE, _FAINT = "#1c1c1c", "#17506b", "#8a939b"
_FILLS: Final = (
    ('<rect width="8" height="8" fill="#17506b"/>'),
    (
        '<rect width="8" height="8" fill="#cfe3ee"/><path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="#17506b" stroke-width="1.6"/>'
    ),
    (
        '<rect width="8" height="8" fill="#f6e3bd"/><circle cx="2" cy="2" r="1.2" fill="#6b4a00"/><circle cx="6" cy="6" r="1.2" fill="#6b4a00"/>'
    ),
    ('<rect width="8" height="8" fill="#fff"/><path d="M0 4h8M4 0v8" stroke="#555" stroke-width="1"/>'),
)
"""What fills the bars of a series: full, hatched, dotted, crossed; told apart in black and white too."""


def svgs(chart: Chart, name: str) -> Iterator[str]:
    """The pictures, an element each: a long chart is parted, since a picture does not go on over a page.

    `name` is a prefix for their ids.
    """
    scale = highest(chart)
    for number, bars in enumerate(_parts(chart), 1):
        part = f"{name}-{number}"
        body = list(_legend(chart, part)) if number == 1 else []
        y = _LEGEND if body else 0
        for bar in bars:
            body += _group(chart, bar, scale, part, y)
            y += _LABEL + len(bar.amounts) * (_BAR + _BETWEEN) + _GROUP
        yield "".join(_picture(chart, bars, part, max(1, y), body))


def _parts(chart: Chart) -> Iterator[list[Bar]]:
    """Groups of bars that fit on a part of a page."""
    part: list[Bar] = []
    for bar in chart.bars:
        if part and sum(len(one.amounts) + 1 for one in [*part, bar]) > _LINES_OF_A_PART:
            yield part
            part = []
        part.append(bar)
    if part:
        yield part


def _picture(chart: Chart, bars: Sequence[Bar], name: str, height: int, body: Sequence[str]) -> Iterator[str]:
    yield (
        f'<svg role="img" aria-labelledby="{name}-title {name}-desc" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" font-size="13" fill="{_INK}">'
    )
    yield f'<title id="{name}-title">{_said(chart.caption)}</title>'
    yield f'<desc id="{name}-desc">{_said("; ".join(_told(chart, bar) for bar in bars))}</desc>'
    yield "<defs>"
    for at in range(min(len(_FILLS), max((len(bar.amounts) for bar in chart.bars), default=0))):
        yield f'<pattern id="{name}-fill-{at}" width="8" height="8" patternUnits="userSpaceOnUse">{_FILLS[at]}</pattern>'
    yield "</defs>"
    yield from body
    yield "</svg>"


def _legend(chart: Chart, name: str) -> Iterator[str]:
    """What the patterns and the mark mean; a single series without a frame needs none."""
    framed = any(bar.frame is not None for bar in chart.bars)
    if len(chart.series) < 2 and not framed:
        return
    x = 0.0
    for at, series in enumerate(chart.series):
        label = _short(series, 30)
        yield f'<rect x="{x:.0f}" y="1" width="14" height="14" fill="url(#{name}-fill-{at % len(_FILLS)})" stroke="{_EDGE}"/>'
        yield f'<text x="{x + 20:.0f}" y="13">{escape(label)}</text>'
        x += 20 + len(label) * _LETTER + 24
    if framed:
        yield f'<path d="M{x + 7:.0f} 0v16" stroke="{_INK}" stroke-width="2.5"/>'
        yield f'<text x="{x + 20:.0f}" y="13">{escape(_short(chart.frame_label or _("frame"), 30))}</text>'


def _group(chart: Chart, bar: Bar, scale: int, name: str, top: int) -> Iterator[str]:
    room = _WIDTH - _ROOM_FOR_AMOUNT
    yield f'<text x="0" y="{top + 15}" font-weight="600">{escape(_short(group_label(chart, bar), _LONGEST))}</text>'
    y = top + _LABEL
    height = len(bar.amounts) * (_BAR + _BETWEEN) - _BETWEEN
    edge = _share(bar.frame, scale, room)
    if edge is not None:
        yield f'<rect x="0.5" y="{y - 0.5}" width="{edge:.1f}" height="{height + 1}" fill="none" stroke="{_FAINT}" stroke-dasharray="3 3"/>'
    for at, amount in enumerate(bar.amounts):
        length = _share(amount, scale, room) or 0.0
        if amount > 0:
            yield (
                f'<rect x="0.5" y="{y + 0.5}" width="{max(1.0, length):.1f}" height="{_BAR - 1}" '
                f'fill="url(#{name}-fill-{at % len(_FILLS)})" stroke="{_EDGE}"/>'
            )
        x = max(length, edge or 0.0) if edge is not None and length < edge + 8 else length
        yield f'<text x="{x + 8:.1f}" y="{y + 12}">{escape(amount_in_words(chart, amount))}</text>'
        y += _BAR + _BETWEEN
    if edge is not None:
        yield f'<path d="M{edge + 0.5:.1f} {top + _LABEL - 4}v{height + 8}" stroke="{_INK}" stroke-width="2.5"/>'


def _share(amount: int | None, scale: int, room: int) -> float | None:
    if amount is None:
        return None
    return max(0, amount) * room * 10 // scale / 10 if scale > 0 else 0.0


def _told(chart: Chart, bar: Bar) -> str:
    """The group as somebody would read it aloud."""
    several = len(chart.series) > 1
    said = [
        f"{chart.series[at]} {amount_in_words(chart, amount)}"
        if several and at < len(chart.series)
        else amount_in_words(chart, amount)
        for at, amount in enumerate(bar.amounts)
    ]
    return f"{group_label(chart, bar)}: {', '.join(said)}"


def _said(text: str) -> str:
    return escape(plain_text.line(text))


def _short(text: str, letters: int) -> str:
    told = plain_text.line(text)
    return told if len(told) <= letters else told[: letters - 1].rstrip() + "…"
