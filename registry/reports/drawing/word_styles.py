"""How a Word file looks, said once in its styles, so that whoever gets it can change that in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document as File
    from docx.styles.style import ParagraphStyle

TEXT_WIDTH: Final[Length] = Cm(16.6)
CELL, NUMBER, HEAD, NUMBER_HEAD, LABEL = (
    "Table Text",
    "Table Number",
    "Table Heading",
    "Table Number Heading",
    "Table Label",
)
BARS, KEY, QUIET, SOURCE, AFTER = "Chart Bar", "Chart Key", "Explanation", "Quote Source", "After Table"
NOTICE = "Notice"
_INK, _ACCENT, _GREY = RGBColor(0x1C, 0x1C, 0x1C), RGBColor(0x17, 0x50, 0x6B), RGBColor(0x56, 0x56, 0x56)
_WARNING = RGBColor(0x9A, 0x34, 0x12)
_TEXT_FONT: Final = "Calibri"
_BAR_FONT: Final = "Consolas"
"""A font whose bars join, and which Word has everywhere."""


def set_up(file: File, language: str) -> None:
    """The page, the language and every style that a report uses."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    _speak(file, language)
    _plain(file, "Normal", 10.5, after=6)
    _plain(file, "Body Text", 10.5, after=7)
    _plain(file, "List Bullet", 10.5, after=3)
    _plain(file, "Title", 24, colour=_INK, bold=True, after=2)
    _plain(file, "Subtitle", 13, colour=_GREY, after=10)
    for level, size, before, colour in ((1, 16, 20, _ACCENT), (2, 12.5, 14, _INK), (3, 11, 10, _GREY)):
        _plain(file, f"Heading {level}", size, colour=colour, bold=True, before=before, after=4)
    _plain(file, "Caption", 10, colour=_INK, bold=True, before=8, after=3).paragraph_format.keep_with_next = True
    quote = _plain(file, "Quote", 10.5, colour=_INK, italic=True, after=2).paragraph_format
    quote.left_indent, quote.keep_with_next = Cm(0.8), True
    _plain(file, "Header", 8.5, colour=_GREY)
    _plain(file, "Footer", 8.5, colour=_GREY)
    _own(file)
    _bare_titles(file)


def _own(file: File) -> None:
    _new(file, CELL, 9, before=1.5, after=1.5)
    _new(file, NUMBER, 9, before=1.5, after=1.5).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _new(file, HEAD, 9, bold=True, before=1.5, after=1.5)
    _new(file, NUMBER_HEAD, 9, bold=True, before=1.5, after=1.5).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _new(file, LABEL, 9, colour=_GREY, before=1.5, after=1.5)
    _new(file, KEY, 9, after=3).paragraph_format.keep_with_next = True
    _new(file, QUIET, 9.5, colour=_GREY, after=6)
    _new(file, SOURCE, 9, colour=_GREY, after=8).paragraph_format.left_indent = Cm(0.8)
    _new(file, NOTICE, 10.5, colour=_WARNING, bold=True, before=6, after=3).paragraph_format.keep_with_next = True
    _new(file, AFTER, 4, after=4)
    _font(_new(file, BARS, 9, colour=_ACCENT, before=1.5, after=1.5), _BAR_FONT)


def _new(file: File, name: str, size: float, **look: float | bool | RGBColor) -> ParagraphStyle:
    file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = file.styles["Normal"]
    return _plain(file, name, size, **look)  # type: ignore[arg-type]


def _plain(
    file: File, name: str, size: float, *, colour: RGBColor = _INK, bold: bool = False, italic: bool = False,
    before: float = 0, after: float = 0,
) -> ParagraphStyle:  # fmt: skip
    """One style, of this look and no other: the template's own fonts, colours and lines go."""
    style: ParagraphStyle = file.styles[name]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.12
    _font(style, _TEXT_FONT)
    return style


def _font(style: ParagraphStyle, name: str) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for letters in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{letters}"), name)


def _bare_titles(file: File) -> None:
    """The template's titles are spread, and have a line below."""
    for name in ("Title", "Subtitle"):
        look = file.styles[name].element
        for gone in [*look.iter(qn("w:pBdr")), *look.iterfind(f"{qn('w:rPr')}/{qn('w:spacing')}")]:
            gone.getparent().remove(gone)


def _speak(file: File, language: str) -> None:
    """The language that a reader aloud and a spelling checker take it for."""
    usual = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    spoken = usual.find(qn("w:lang"))
    if spoken is None:
        spoken = OxmlElement("w:lang")
        usual.append(spoken)
    for attribute in ("val", "eastAsia"):
        spoken.set(qn(f"w:{attribute}"), language)
