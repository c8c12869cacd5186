"""A document as one HTML file: no script, nothing from elsewhere; for the screen, a telephone, a reader aloud, and A4."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from registry import plain_text
from registry.reports.document import (
    Block,
    Bullets,
    Chart,
    Column,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Quote,
    Table,
)
from registry.reports.drawing.chart_svg import svgs
from registry.reports.drawing.widths import KEPT_WHOLE, on_paper
from registry.words import _

_CHAPTERS: Final = 4
"""From so many on, a list of them stands at the beginning."""
_WHOLE: Final = 0.75
"""A table that takes less of the width on paper is not stretched to it."""
_LONG_WORD: Final = 32
"""Letters; a longer word may be broken anywhere, so that a table stays on its page."""


def draw(document: Document, day: date) -> bytes:
    """The file's content, UTF-8."""
    return "\n".join(_Page(document, day).lines()).encode()


def inline(text: str) -> str:
    """Words on one line, of which nothing is markup."""
    return escape(plain_text.line(text))


def lines(text: str) -> str:
    """Words of which nothing is markup, with their line breaks."""
    return escape(plain_text.visible(text)).replace("\n", "<br>")


class _Page:
    """One file in the making: headings, tables and charts are numbered as they come."""

    def __init__(self, document: Document, day: date) -> None:
        self._document, self._day = document, day
        self._charts = self._chapters = 0
        self._column_classes: set[int] = set()

    def lines(self) -> Iterator[str]:
        """All of it, top to bottom."""
        document = self._document
        body = [line for block in document.blocks for line in self._block(block)]  # first: it says what the style needs
        style = "\n".join([_sheet(), *self._own_style()])
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        yield "<!DOCTYPE html>"
        yield f'<html lang="{escape(document.language)}">'
        yield "<head>"
        yield '<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f'<meta name="dcterms.created" content="{self._day.isoformat()}">'
        yield f"<title>{inline(document.title)}</title>"
        yield f"<style>{style}</style>"
        yield "</head>"
        yield "<body>"
        yield "<main>"
        yield "<header>"
        yield f"<h1>{inline(document.title)}</h1>"
        if document.subtitle:
            yield f'<p class="subtitle">{inline(document.subtitle)}</p>'
        yield from _facts(document.origin, "origin")
        yield from map(_notice, document.notices)
        yield "</header>"
        yield from self._contents()
        yield from body
        yield "</main>"
        yield "</body>"
        yield "</html>"
        yield ""

    def _own_style(self) -> Iterator[str]:
        """The widths of columns, and what a printed page says in its margins."""
        for share in sorted(self._column_classes):
            yield f"@media print {{ .w{share} {{ width: {share}%; }} }}"
        margins = f'@bottom-left {{ content: {_css_text(self._document.title)}; }} @bottom-right {{ content: counter(page) " (" counter(pages) ")"; }}'
        yield f"@page {{ size: A4; margin: 18mm 18mm 20mm; font: 8.5pt sans-serif; color: #565656; {margins} }}"

    def _contents(self) -> Iterator[str]:
        chapters = [block.text for block in self._document.blocks if isinstance(block, Heading) and block.level == 1]
        if len(chapters) >= _CHAPTERS:
            yield f'<nav aria-label="{escape(_("Contents"))}">'
            yield "<ol>"
            yield from (f'<li><a href="#chapter-{at}">{inline(text)}</a></li>' for at, text in enumerate(chapters, 1))
            yield "</ol>"
            yield "</nav>"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                yield f"<p{_class('quiet', block.quiet)}>{lines(block.text)}</p>"
            case Quote():
                source = f"<figcaption>{inline(block.source)}</figcaption>" if block.source else ""
                yield f'<figure class="quote"><blockquote><p>{lines(block.text)}</p></blockquote>{source}</figure>'
            case Bullets():
                if block.items:
                    yield f"<ul>{''.join(f'<li>{lines(item)}</li>' for item in block.items)}</ul>"
            case Facts():
                yield from _facts(block.rows)
            case Table():
                yield from self._table(block)
            case Chart():
                yield from self._chart(block)

    def _heading(self, heading: Heading) -> str:
        level, anchor = heading.level + 1, ""
        if heading.level == 1:
            self._chapters += 1
            anchor = f' id="chapter-{self._chapters}"'
        return f"<h{level}{anchor}>{inline(heading.text)}</h{level}>"

    def _table(self, table: Table) -> Iterator[str]:
        name = inline(table.caption)
        yield f'<div class="wide" role="region" tabindex="0" aria-label="{name}">'
        widths, breadth = on_paper(table)
        looks = " ".join(["narrow"] * (breadth < _WHOLE) + ["short"] * (len(table.rows) <= KEPT_WHOLE))
        yield f"<table{_class(looks, bool(looks))}>"
        if name:
            yield f"<caption>{name}</caption>"
        yield f"<colgroup>{''.join(self._column(round(100 * width / sum(widths))) for width in widths)}</colgroup>"
        yield f"<thead><tr>{''.join(map(_heading_cell, table.columns))}</tr></thead>"
        yield "<tbody>"
        last = len(table.rows) - 1 if table.total else -1
        for at, row in enumerate(table.rows):
            yield _row(table.columns, row, total=at == last)
        if not table.rows:
            yield f'<tr><td colspan="{len(table.columns)}">{escape(_("Nothing to list."))}</td></tr>'
        yield "</tbody>"
        yield "</table>"
        yield "</div>"

    def _column(self, share: int) -> str:
        """On paper, where nothing can be scrolled, a column has its share of the width."""
        self._column_classes.add(share)
        return f'<col class="w{share}">'

    def _chart(self, chart: Chart) -> Iterator[str]:
        self._charts += 1
        yield '<figure class="chart">'
        if chart.caption:
            yield f"<figcaption>{inline(chart.caption)}</figcaption>"
        if chart.bars:
            name = inline(chart.caption)
            yield f'<div class="wide" role="region" tabindex="0" aria-label="{name}">'
            yield from svgs(chart, f"chart-{self._charts}")
            yield "</div>"
        else:
            yield f"<p>{escape(_('Nothing to list.'))}</p>"
        yield "</figure>"


def _notice(notice: Notice) -> str:
    items = "".join(f"<li>{lines(item)}</li>" for item in notice.items)
    return f'<div class="notice" role="note"><p>{lines(notice.text)}</p>{f"<ul>{items}</ul>" if items else ""}</div>'


def _facts(rows: Sequence[tuple[str, str]], kind: str = "facts") -> Iterator[str]:
    if rows:
        yield f'<dl class="{kind}">'
        yield from (f"<dt>{inline(label)}</dt><dd>{lines(value)}</dd>" for label, value in rows)
        yield "</dl>"


def _heading_cell(column: Column) -> str:
    return f'<th scope="col"{_class("n", column.number)}>{inline(column.label)}</th>'


def _row(columns: Sequence[Column], row: Sequence[str], *, total: bool) -> str:
    """A row, whose first cell names it."""
    cells = [f"<td{_kind(column, cell)}>{lines(cell)}</td>" for column, cell in zip(columns[1:], row[1:], strict=False)]
    first = f'<th scope="row"{_kind(columns[0], row[0])}>{lines(row[0])}</th>'
    return f"<tr{_class('total', total)}>{first}{''.join(cells)}</tr>"


def _kind(column: Column, cell: str) -> str:
    if column.number:
        return ' class="n"'
    return _class("long", len(cell) > _LONG_WORD and max(map(len, cell.split(" "))) > _LONG_WORD)


def _class(name: str, wanted: bool) -> str:
    return f' class="{name}"' if wanted else ""


@cache
def _sheet() -> str:
    return files("registry.reports.drawing").joinpath("page.css").read_text(encoding="utf-8").rstrip()


def _css_text(text: str) -> str:
    """A string of a style sheet's, of which nothing is anything but letters."""
    told = "".join(one if one.isascii() and one.isalnum() else f"\\{ord(one):06x}" for one in plain_text.line(text))
    return f'"{told}"'
