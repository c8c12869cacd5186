"""A report's document as lines of a page in the terminal: wrapped, tables with their columns, charts as bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from registry.reports.document import Block, Bullets, Chart, Document, Facts, Heading, Notice, Paragraph, Quote, Table
from registry.reports.drawing.bars import FILLS, FRAME, bar_lines
from registry.reports.drawing.widths import column_widths
from registry.words import _
from tui.text import fit, hanging, line, one_line, plain, wrapped
from tui.widgets.sheet import Item, flow

_WIDEST: Final = 110
"""Cells of a line that can still be read."""
_GAP: Final = 2
_TALL: Final = 6
"""Lines of a text that the cursor takes at once."""
_LABEL: Final = 30
_SHORTEST_BAR, _LONGEST_BAR = 10, 36
_MUTED: Final = "$text-muted"


def report_lines(document: Document, width: int) -> Iterator[Item]:
    """All of it, for a page `width` cells wide."""
    width = min(width, _WIDEST)
    yield from _text(document.title, width, style="bold")
    if document.subtitle:
        yield from _text(document.subtitle, width, style=_MUTED)
    yield _blank()
    yield from _facts(document.origin, width)
    for notice in document.notices:
        yield _blank()
        yield from _notice(notice, width)
    for block in document.blocks:
        yield _blank()
        yield from _block(block, width)


def _block(block: Block, width: int) -> Iterator[Item]:
    match block:
        case Heading():
            yield from _heading(block, width)
        case Paragraph():
            yield from _text(block.text, width, style=_MUTED if block.quiet else "")
        case Quote():
            yield from _quote(block, width)
        case Bullets():
            for item in block.items:
                yield Item(_joined(hanging(Content("• "), plain(item), width)))
        case Facts():
            yield from _facts(block.rows, width)
        case Table():
            yield from _table(block, width)
        case Chart():
            yield from _chart(block, width)


def _notice(notice: Notice, width: int) -> Iterator[Item]:
    yield from _text(notice.text, width, style="$warning bold")
    for item in notice.items:
        yield Item(_joined(hanging(Content.styled("• ", "$warning"), plain(item), width)))


def _blank() -> Item:
    return Item(Content(""), skipped=True)


def _joined(lines: Iterator[Content] | Sequence[Content]) -> Content:
    return Content("\n").join(list(lines))


def _heading(heading: Heading, width: int) -> Iterator[Item]:
    if heading.level == 1:
        yield _blank()
    style = {1: "$accent bold", 2: "bold", 3: "italic"}[heading.level]
    text = line(heading.text, style=style)
    yield Item(_joined(wrapped(text, width)), skipped=True)
    if heading.level == 1:
        rule = "─" * min(width, max(1, cell_len(one_line(heading.text))))
        yield Item(Content.styled(rule, "$accent"), skipped=True)


def _text(text: str, width: int, *, style: str = "") -> Iterator[Item]:
    """A text is one thing to the cursor, unless it is a tall one: that is read a line at a time."""
    lines = [part.rstrip() for part in wrapped(plain(text, style=style), width)] or [Content("")]
    if len(lines) <= _TALL:
        yield Item(_joined(lines))
    else:
        yield from map(Item, lines)


def _quote(quote: Quote, width: int) -> Iterator[Item]:
    bar = Content.styled("▏ ", "$accent")
    said = [Content.assemble(bar, part.rstrip()) for part in wrapped(plain(quote.text, style="italic"), width - 2)]
    if quote.source:
        said += [Content.assemble(bar, part) for part in wrapped(line(quote.source, style=_MUTED), width - 2)]
    yield Item(_joined(said))


def _facts(rows: Sequence[tuple[str, str]], width: int) -> Iterator[Item]:
    label = min(_LABEL, width // 3, max((cell_len(one_line(name)) for name, _value in rows), default=0))
    for name, value in rows:
        before = Content.styled(fit(one_line(name), label) + " " * _GAP, _MUTED)
        yield Item(_joined(hanging(before, plain(value), width)))


# tables


def _table(table: Table, width: int) -> Iterator[Item]:
    if table.caption:
        yield Item(_joined(wrapped(line(table.caption, style="bold"), width)), skipped=True)
    if not table.rows:
        yield Item(line(_("Nothing to list."), style=_MUTED))
        return
    shown = Table(table.caption, table.columns, [[_shown(cell) for cell in row] for row in table.rows], table.total)
    widths = column_widths(shown, width - _GAP * (len(table.columns) - 1), cell_len)
    if widths is None:
        yield from _stacked(shown, width)
        return
    numbers = [column.number for column in table.columns]
    labels = [one_line(column.label) for column in table.columns]
    yield Item(_row(labels, widths, numbers, "$accent"), skipped=True)
    yield Item(Content.styled("─" * (sum(widths) + _GAP * (len(widths) - 1)), _MUTED), skipped=True)
    last = len(shown.rows) - 1
    for at, row in enumerate(shown.rows):
        yield Item(_row(row, widths, numbers, "bold" if table.total and at == last else ""))


def _shown(cell: str) -> str:
    """The lines of a cell, each as it may be shown."""
    return cell if cell.isascii() and cell.isprintable() else plain(cell).plain


def _row(cells: Sequence[str], widths: Sequence[int], numbers: Sequence[bool], style: str) -> Content:
    """As many lines as the cell that is broken most often."""
    columns = [_broken(cell, width) for cell, width in zip(cells, widths, strict=False)]
    lines = []
    for at in range(max(map(len, columns), default=0)):
        parts = (
            fit(column[at] if at < len(column) else "", width, "right" if number else "left")
            for column, width, number in zip(columns, widths, numbers, strict=False)
        )
        lines.append(Content((" " * _GAP).join(parts).rstrip()))
    told = _joined(lines)
    return told.stylize(style) if style else told


def _broken(cell: str, width: int) -> list[str]:
    if "\n" not in cell and cell_len(cell) <= width:
        return [cell]
    return [part.plain.rstrip() for part in wrapped(Content(cell), max(1, width))]


def _stacked(table: Table, width: int) -> Iterator[Item]:
    """Where the columns do not fit beside each other: what the row is of, and below it its values with their names."""
    for row in table.rows:
        short: list[Content] = []
        long: list[Content] = []
        for column, cell in zip(table.columns[1:], row[1:], strict=False):
            label, value = Content.styled(f"{one_line(column.label)}: ", _MUTED), line(cell)
            if label.cell_length + value.cell_length <= width // 2:
                short.append(Content.assemble(label, value))
            elif label.cell_length <= width // 2 - 4:
                long += hanging(Content.assemble("  ", label), value, width)
            else:
                long += [*hanging(Content("  "), label, width), *hanging(Content("    "), value, width)]
        lines = wrapped(line(row[0], style="bold"), width)
        yield Item(_joined([*lines, *([flow(short, width)] if short else []), *long]))


# charts


def _chart(chart: Chart, width: int) -> Iterator[Item]:
    if chart.caption:
        yield Item(_joined(wrapped(line(chart.caption, style="bold"), width)), skipped=True)
    if not chart.bars:
        yield Item(line(_("Nothing to list."), style=_MUTED))
        return
    keys = [f"{FILLS[at % len(FILLS)]} {one_line(series)}" for at, series in enumerate(chart.series)]
    if any(bar.frame is not None for bar in chart.bars):
        keys.append(f"{FRAME} {one_line(chart.frame_label) or _('frame')}")
    yield Item(_joined(wrapped(Content.styled("   ".join(keys), _MUTED), width)), skipped=True)
    amount = max(cell_len(drawn.amount) for drawn in bar_lines(chart, _SHORTEST_BAR))
    label = min(_LABEL, max(8, width - amount - 2 * _GAP - _LONGEST_BAR))
    cells = max(1, min(_LONGEST_BAR, width - label - amount - 2 * _GAP))
    for drawn in bar_lines(chart, cells):
        if drawn.label and cell_len(one_line(drawn.label)) > label:
            yield Item(line(drawn.label, width=width), skipped=True)
            name = ""
        else:
            name = one_line(drawn.label)
        yield Item(
            Content.assemble(
                fit(name, label),
                " " * _GAP,
                Content.styled(fit(drawn.bar, cells), "$accent"),
                " " * _GAP,
                fit(drawn.amount, amount, "right"),
            )
        )
