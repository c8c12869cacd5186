"""Parts of a Word file that python-docx has no words for, or builds too slowly for ten thousand rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from registry.reports.drawing.word_styles import TEXT_WIDTH

if TYPE_CHECKING:
    from docx.document import Document as File
    from docx.shared import Length
    from docx.text.paragraph import Paragraph

_FIELDS: Final = {"%(page)s": "PAGE", "%(pages)s": "NUMPAGES"}


def put(paragraph: Paragraph, text: str) -> None:
    """Words that are safe to show, with their line breaks."""
    run = paragraph.add_run()
    for number, line in enumerate(text.split("\n")):
        if number:
            run.add_break()
        run.add_text(line)


def runs_to_the_right(paragraph: Paragraph, width: Length) -> None:
    """What follows stands at the right edge."""
    stops = paragraph.paragraph_format.tab_stops
    for stop in list(paragraph.style.paragraph_format.tab_stops):  # type: ignore[union-attr]
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run().add_tab()


def page_number(paragraph: Paragraph, words: str) -> None:
    """``Page %(page)s of %(pages)s``, which Word counts."""
    for part in re.split(r"(%\(pages?\)s)", words):
        if (field := _FIELDS.get(part)) is None:
            paragraph.add_run(part)
            continue
        run = paragraph.add_run()._r
        run.append(_element("w:fldChar", fldCharType="begin"))
        run.append(_instruction(field))
        run.append(_element("w:fldChar", fldCharType="separate"))
        run.append(_text("1"))
        run.append(_element("w:fldChar", fldCharType="end"))


class Grid:
    """A table that is written a row at a time.

    `shares` are how broad its columns are beside each other, `breadth` is how much of the page's width it takes.
    """

    def __init__(
        self, file: File, shares: Sequence[int], *, describes: str, breadth: float = 1.0, lined: bool = True
    ) -> None:
        whole = sum(shares) or 1
        self._widths = [round(share * TEXT_WIDTH.twips * breadth / whole) for share in shares]
        self._table = _element("w:tbl")
        self._table.append(self._looks(describes, lined=lined))
        columns = _element("w:tblGrid")
        for width in self._widths:
            columns.append(_element("w:gridCol", w=str(width)))
        self._table.append(columns)
        file.element.body.insert_element_before(self._table, "w:sectPr")

    def row(
        self,
        cells: Sequence[tuple[str, str]],
        *,
        heading: bool = False,
        bold: bool = False,
        keep_with_next: bool = False,
    ) -> None:
        """A row of texts, each with the name of its style; a heading stands again on every page."""
        row, looks = _element("w:tr"), _element("w:trPr")
        looks.append(_element("w:cantSplit"))
        if heading:
            looks.append(_element("w:tblHeader"))
        row.append(looks)
        for (text, style), width in zip(cells, self._widths, strict=False):
            row.append(
                _cell(text, style.replace(" ", ""), width, heading=heading, bold=bold, keep=heading or keep_with_next)
            )
        self._table.append(row)

    def _looks(self, describes: str, *, lined: bool) -> Any:
        looks = _element("w:tblPr")
        looks.append(_element("w:tblW", w=str(sum(self._widths)), type="dxa"))
        if lined:
            borders = _element("w:tblBorders")
            borders.append(_element("w:top", val="single", sz="8", space="0", color="1C1C1C"))
            borders.append(_element("w:bottom", val="single", sz="8", space="0", color="1C1C1C"))
            borders.append(_element("w:insideH", val="single", sz="4", space="0", color="C9CDD2"))
            looks.append(borders)
        looks.append(_element("w:tblLayout", type="fixed"))
        margins = _element("w:tblCellMar")
        margins.append(_element("w:left", w="0", type="dxa"))
        margins.append(_element("w:right", w="140", type="dxa"))
        looks.append(margins)
        looks.append(
            _element("w:tblLook", val="0020" if lined else "0080", firstRow="1" if lined else "0", firstColumn="1")
        )
        if describes:
            looks.append(_element("w:tblCaption", val=describes[:255]))
        return looks


def _cell(text: str, style: str, width: int, *, heading: bool, bold: bool, keep: bool) -> Any:
    cell, looks = _element("w:tc"), _element("w:tcPr")
    looks.append(_element("w:tcW", w=str(width), type="dxa"))
    if heading:
        borders = _element("w:tcBorders")
        borders.append(_element("w:bottom", val="single", sz="8", space="0", color="1C1C1C"))
        looks.append(borders)
        looks.append(_element("w:vAlign", val="bottom"))
    cell.append(looks)
    paragraph, form = _element("w:p"), _element("w:pPr")
    form.append(_element("w:pStyle", val=style))
    if keep:
        form.append(_element("w:keepNext"))
    paragraph.append(form)
    run = _element("w:r")
    if bold:
        weight = _element("w:rPr")
        weight.append(_element("w:b"))
        run.append(weight)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(_element("w:br"))
        run.append(_text(line))
    paragraph.append(run)
    cell.append(paragraph)
    return cell


def _text(words: str) -> Any:
    text = _element("w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    return text


def _instruction(field: str) -> Any:
    told = _element("w:instrText")
    told.text = field
    return told


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made
