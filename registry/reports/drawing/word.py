"""A document as a Word file: real headings, tables and a list, in the styles of the file, on A4."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

import docx

from registry import plain_text
from registry.reports.document import Block, Bullets, Chart, Document, Facts, Heading, Notice, Paragraph, Quote, Table
from registry.reports.drawing import word_styles as styles
from registry.reports.drawing.bars import FILLS, FRAME, bar_lines
from registry.reports.drawing.widths import KEPT_WHOLE, on_paper
from registry.reports.drawing.word_parts import Grid, page_number, put, runs_to_the_right
from registry.words import _

if TYPE_CHECKING:
    from docx.document import Document as File

_BAR: Final = 26
"""Letters of the longest bar."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can tell: its files are of no other, so that the same report is the same file."""


def draw(document: Document, day: date) -> bytes:
    """The file's content."""
    file = docx.Document()
    styles.set_up(file, "sv-SE" if document.language == "sv" else "en-GB")
    _properties(file, document, day)
    _margins(file, document)
    file.add_paragraph(plain_text.line(document.title), "Title")
    if document.subtitle:
        file.add_paragraph(plain_text.line(document.subtitle), "Subtitle")
    _facts(file, document.origin)
    for notice in document.notices:
        _notice(file, notice)
    for block in document.blocks:
        _block(file, block)
    return _same_each_time(file)


def _properties(file: File, document: Document, day: date) -> None:
    kept = file.core_properties
    kept.title = plain_text.line(document.title)[:255]
    kept.subject = plain_text.line(document.subtitle)[:255]
    kept.author = plain_text.line(document.origin[0][1])[:255] if document.origin else ""
    kept.comments = plain_text.line("; ".join(f"{label}: {value}" for label, value in document.origin))[:255]
    kept.language = "sv-SE" if document.language == "sv" else "en-GB"
    kept.created = kept.modified = datetime.combine(day, time())
    kept.last_modified_by = ""
    kept.revision = 1


def _margins(file: File, document: Document) -> None:
    """What stands above and below each page: what it is and which page, and what it was made from."""
    section = file.sections[0]
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    put(head, plain_text.line(document.title))
    runs_to_the_right(head, styles.TEXT_WIDTH)
    page_number(head, _("Page %(page)s of %(pages)s"))
    put(foot, plain_text.line(" · ".join(f"{label}: {value}" for label, value in document.origin)))


def _block(file: File, block: Block) -> None:
    match block:
        case Heading():
            file.add_paragraph(plain_text.line(block.text), f"Heading {block.level}")
        case Paragraph():
            put(file.add_paragraph(style=styles.QUIET if block.quiet else "Body Text"), plain_text.visible(block.text))
        case Quote():
            put(file.add_paragraph(style="Quote"), plain_text.visible(block.text))
            if block.source:
                file.add_paragraph(plain_text.line(block.source), styles.SOURCE)
        case Bullets():
            for item in block.items:
                put(file.add_paragraph(style="List Bullet"), plain_text.visible(item))
        case Facts():
            _facts(file, block.rows)
        case Table():
            _table(file, block)
        case Chart():
            _chart(file, block)


def _notice(file: File, notice: Notice) -> None:
    put(file.add_paragraph(style=styles.NOTICE), plain_text.visible(notice.text))
    for item in notice.items:
        put(file.add_paragraph(style="List Bullet"), plain_text.visible(item))


def _facts(file: File, rows: Sequence[tuple[str, str]]) -> None:
    """A table without a heading, whose first column names the rows."""
    if not rows:
        return
    grid = Grid(file, [30, 70], describes="", lined=False)
    for left, (label, value) in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
        cells = [(plain_text.line(label), styles.LABEL), (plain_text.visible(value), styles.CELL)]
        grid.row(cells, keep_with_next=0 < left < KEPT_WHOLE)
    file.add_paragraph(style=styles.AFTER)


def _table(file: File, table: Table) -> None:
    if table.caption:
        file.add_paragraph(plain_text.line(table.caption), "Caption")
    if not table.rows:
        file.add_paragraph(_("Nothing to list."), "Body Text")
        return
    aligned = [styles.NUMBER if column.number else styles.CELL for column in table.columns]
    shares, breadth = on_paper(table)
    grid = Grid(file, shares, breadth=breadth, describes=plain_text.line(table.caption))
    heads = [styles.NUMBER_HEAD if column.number else styles.HEAD for column in table.columns]
    grid.row([(plain_text.line(c.label), style) for c, style in zip(table.columns, heads, strict=True)], heading=True)
    last, whole = len(table.rows) - 1, len(table.rows) <= KEPT_WHOLE
    for at, row in enumerate(table.rows):
        cells = [(plain_text.visible(cell), style) for cell, style in zip(row, aligned, strict=False)]
        grid.row(cells, bold=table.total and at == last, keep_with_next=whole and at < last)
    file.add_paragraph(style=styles.AFTER)


def _chart(file: File, chart: Chart) -> None:
    if chart.caption:
        file.add_paragraph(plain_text.line(chart.caption), "Caption")
    if not chart.bars:
        file.add_paragraph(_("Nothing to list."), "Body Text")
        return
    several = len(chart.series) > 1
    keys = [f"{FILLS[at % len(FILLS)]} {plain_text.line(series)}" for at, series in enumerate(chart.series)]
    if any(bar.frame is not None for bar in chart.bars):
        keys.append(f"{FRAME} {plain_text.line(chart.frame_label) or _('frame')}")
    file.add_paragraph("    ".join(keys), styles.KEY)
    grid = Grid(
        file, [30, 12, 42, 16] if several else [34, 48, 18], describes=plain_text.line(chart.caption), lined=False
    )
    for line in bar_lines(chart, _BAR):
        label, amount = (plain_text.line(line.label), styles.CELL), (line.amount, styles.NUMBER)
        bar = (line.bar, styles.BARS)
        series = [(plain_text.line(line.series), styles.CELL)] if several else []
        grid.row([label, *series, bar, amount], keep_with_next=True)
    file.add_paragraph(style=styles.AFTER)


def _same_each_time(file: File) -> bytes:
    """The file, packed again without the moment at which it was packed."""
    packed, out = io.BytesIO(), io.BytesIO()
    file.save(packed)
    with zipfile.ZipFile(packed) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            item = zipfile.ZipInfo(name, _EPOCH)
            item.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(item, before.read(name))
    return out.getvalue()
