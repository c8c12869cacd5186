"""A document as Markdown (CommonMark with GitHub's tables), that reads well as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from registry import plain_text
from registry.reports.document import Block, Bullets, Chart, Document, Facts, Heading, Notice, Paragraph, Quote, Table
from registry.reports.drawing.bars import FILLS, FRAME, bar_lines
from registry.words import _

_BAR: Final = 24
"""Letters of the longest bar."""
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|#~$]|&(?=[#\w])")
_AT_BEGINNING: Final = re.compile(r"\d+[.)]|[-+=:]")
"""What would make a list, a heading or a table of a line that begins so."""


def draw(document: Document, _day: date) -> bytes:
    """The file's content, UTF-8."""
    return markdown(document).encode()


def markdown(document: Document) -> str:
    """The whole text."""
    parts = [f"# {escaped(document.title)}"]
    if document.subtitle:
        parts.append(_line(document.subtitle))
    parts.append("\n".join(_facts(document.origin)))
    parts += ["\n".join(_notice(notice)) for notice in document.notices]
    for block in document.blocks:
        parts.append("\n".join(_lines(block)))
    return "\n\n".join(filter(None, parts)) + "\n"


def escaped(text: str) -> str:
    """Words on one line, of which nothing is markup wherever in a line they stand."""
    return _MARKUP.sub(r"\\\g<0>", plain_text.line(text).strip())


def _line(text: str) -> str:
    """As `escaped`, where the text begins a line."""
    told = escaped(text)
    if (found := _AT_BEGINNING.match(told)) is None:
        return told
    return f"{told[: found.end() - 1]}\\{told[found.end() - 1 :]}"


def _paragraphs(text: str) -> Iterator[str]:
    """Lines that stay lines; an empty one parts paragraphs."""
    for part in re.split(r"\n\s*\n", plain_text.visible(text)):
        lines = [line for told in part.split("\n") if (line := _line(told))]
        if lines:
            yield "\\\n".join(lines)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {escaped(block.text)}"
        case Paragraph():
            yield "\n\n".join(_paragraphs(block.text))
        case Quote():
            yield from _quote(block)
        case Bullets():
            yield from (f"- {_line(item)}" for item in block.items)
        case Facts():
            yield from _facts(block.rows)
        case Table():
            yield from _table(block)
        case Chart():
            yield from _chart(block)


def _quote(quote: Quote) -> Iterator[str]:
    for number, paragraph in enumerate(_paragraphs(quote.text)):
        if number:
            yield ">"
        yield from (f"> {line}" for line in paragraph.split("\n"))
    if quote.source:
        yield ">"
        yield f"> — {escaped(quote.source)}"


def _notice(notice: Notice) -> Iterator[str]:
    yield f"> **{escaped(notice.text)}**"
    if notice.items:
        yield ">"
        yield from (f"> - {_line(item)}" for item in notice.items)


def _facts(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    for label, value in rows:
        yield f"- **{escaped(label)}:** {escaped(value)}".rstrip()


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"**{escaped(table.caption)}**"
        yield ""
    if not table.rows:
        yield escaped(_("Nothing to list."))
        return
    last = len(table.rows) - 1
    rows = (
        [f"**{cell}**" if table.total and at == last and cell else cell for cell in map(escaped, row)]
        for at, row in enumerate(table.rows)
    )
    yield from _grid([column.label for column in table.columns], [column.number for column in table.columns], rows)


def _chart(chart: Chart) -> Iterator[str]:
    if chart.caption:
        yield f"**{escaped(chart.caption)}**"
        yield ""
    if not chart.bars:
        yield escaped(_("Nothing to list."))
        return
    framed = any(bar.frame is not None for bar in chart.bars)
    keys = [f"{FILLS[at % len(FILLS)]} {series}" for at, series in enumerate(chart.series)]
    if framed:
        keys.append(f"{FRAME} {chart.frame_label or _('frame')}")
    several = len(chart.series) > 1
    rows = (
        [escaped(cell) for cell in (line.label, line.series, line.bar, line.amount)] for line in bar_lines(chart, _BAR)
    )
    shown = rows if several else ([label, bar, amount] for label, _series, bar, amount in rows)
    headings = ["", "", " · ".join(keys), ""] if several else ["", " · ".join(keys), ""]
    yield from _grid(headings, [False] * (len(headings) - 1) + [True], shown)


def _grid(headings: Sequence[str], numbers: Sequence[bool], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The table itself; cells are escaped already, headings are not."""
    yield _row([escaped(heading) for heading in headings])
    yield _row(["---:" if number else "---" for number in numbers])
    yield from map(_row, rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
