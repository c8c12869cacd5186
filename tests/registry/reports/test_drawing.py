"""Whatever a document says, and wherever it says it, is what a reader of the file gets: never markup, never a fault."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser

import docx
import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from registry import plain_text
from registry.reports.document import (
    Bar,
    Bullets,
    Chart,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Quote,
    Table,
)
from registry.reports.drawing.bars import bar_lines
from registry.reports.drawing.formats import FORMATS
from registry.reports.drawing.json_text import as_json
from registry.reports.drawing.widths import column_widths
from tests.registry.reports.documents import documents, often

DAY = date(2026, 3, 10)
_BLANK = re.compile("\\s+|[\u2409-\u240d\u25cc]|‹U\\+(?:0085|2028|2029)›|\u241c|\u241d|\u241e|\u241f")
"""Blanks, and what shows those that are none on paper: some places keep lines, others make one line of them."""


def packed(text: str) -> str:
    """What can be seen of a text, without its blanks."""
    return _BLANK.sub("", plain_text.visible(text))


def expected(document: Document, *, charts_too: bool) -> list[str]:
    """Every text of a document, in order; of charts the words that all formats have."""
    found = [document.title, document.subtitle, *(text for row in document.origin for text in row)]
    found += [text for notice in document.notices for text in (notice.text, *notice.items)]
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.text)
            case Quote():
                found += [block.text, block.source]
            case Bullets():
                found += block.items
            case Facts():
                found += [text for row in block.rows for text in row]
            case Table():
                found += [block.caption, *((column.label for column in block.columns) if block.rows else [])]
                found += [cell for row in block.rows for cell in row]
            case Chart() if charts_too:
                found += [block.caption, *(bar.label for bar in block.bars)]
    return [told for text in found if (told := packed(text))]


def all_in_order(texts: Sequence[str], whole: str) -> None:
    """Each is found behind the one before it."""
    at = 0
    for text in texts:
        found = whole.find(text, at)
        assert found >= 0, f"{text!r} is not in {whole[at:]!r}"
        at = found + len(text)


class Reader(HTMLParser):
    """What a browser would make of a page."""

    VOID = frozenset({"meta", "br", "col"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        (self.styles if self.open[-1:] == ["style"] else self.text).append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


OURS = (
    "html head meta title style body main header h1 h2 h3 h4 p dl dt dd nav ol ul li a figure figcaption blockquote div"
)
OURS += " table caption colgroup col thead tbody tr th td br svg desc defs pattern rect circle path text"


@given(documents)
@often
def test_html_says_each_text_once_and_has_no_element_of_theirs(document: Document) -> None:
    reader = Reader()
    reader.feed(FORMATS["html"].draw(document, DAY).decode())
    reader.close()
    assert not reader.open
    assert {tag for tag, _attributes in reader.elements} <= set(OURS.split())
    names = [tag for tag, _attributes in reader.elements]
    assert names.count("h1") == 1
    for tag, attributes in reader.elements:
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "src"}]
        assert (attributes.get("href") or "#").startswith("#")
        if tag == "svg":
            assert attributes["role"] == "img"
    whole = "".join(reader.text)
    title = whole.index(plain_text.line(document.title)) + len(plain_text.line(document.title))
    all_in_order(expected(document, charts_too=False), _BLANK.sub("", whole[title:]))


@given(documents)
@often
def test_word_opens_what_is_written_and_has_each_text(document: Document) -> None:
    content = FORMATS["docx"].draw(document, DAY)
    assert content == FORMATS["docx"].draw(document, DAY)
    file = docx.Document(io.BytesIO(content))
    told: list[str] = []
    for part in file.iter_inner_content():
        told += [part.text] if hasattr(part, "text") else [cell.text for row in part.rows for cell in row.cells]
    all_in_order(expected(document, charts_too=True), _BLANK.sub("", "".join(told)))
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [p.style.name for p in file.paragraphs if p.style.name.startswith("Heading")] == [
        f"Heading {h.level}" for h in headings
    ]


@given(documents)
@often
def test_markdown_is_read_as_the_same_texts_and_nothing_in_them_is_markup(document: Document) -> None:
    tokens = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .parse(FORMATS["md"].draw(document, DAY).decode())
    )
    assert not {token.type for token in each(tokens)} & {"html_block", "html_inline", "link_open", "image", "code_inline", "code_block", "fence", "hr", "em_open", "s_open", "ordered_list_open"}  # fmt: skip
    told = "".join(token.content for token in each(tokens) if token.type in {"text", "text_special"})
    all_in_order(expected(document, charts_too=True), _BLANK.sub("", told))
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings == ["h1", *(f"h{block.level + 1}" for block in document.blocks if isinstance(block, Heading))]
    full = [
        block
        for block in document.blocks
        if (isinstance(block, Table) and block.rows) or (isinstance(block, Chart) and block.bars)
    ]
    assert sum(token.type == "table_open" for token in tokens) == len(full)


def each(tokens: Sequence[Token]) -> list[Token]:
    """All tokens, those inside lines too."""
    return [found for token in tokens for found in ([*each(token.children)] if token.children else [token])]


REPORT = Document(
    "Årsrapport 2026",
    "Internationella kontakter",
    [("Register", "Torsby kommun"), ("Gjord ur version", "f" * 40)],
    [
        Heading("Pengar"),
        Quote("Medel avsätts centralt.", "§ central-funds"),
        Paragraph("Rad ett\nrad två"),
        Table("Efter källa", [Column("Källa"), Column("Beviljat", number=True)], [("EU", "238 500 kr"), ("Summa", "238 500 kr")], total=True),
        Chart("Mot ramen", ["taget", "kvar"], [Bar("Centrala medel", (165_000, 85_000), 250_000), Bar("BUN", (92_000, 0), 80_000)], "kr", "ram"),
        Heading("Ingenting", 2),
        Table("Tomt", [Column("Namn")], []),
    ],
    "sv",
)  # fmt: skip


def test_a_page_is_whole_by_itself_and_its_tables_and_charts_can_be_read_aloud() -> None:
    page = FORMATS["html"].draw(REPORT, DAY).decode()
    reader = Reader()
    reader.feed(page)
    by_tag = [
        (tag, attributes) for tag, attributes in reader.elements if tag in {"html", "th", "caption", "svg", "meta"}
    ]
    assert by_tag[0] == ("html", {"lang": "sv"})
    policy = next(a["content"] or "" for t, a in by_tag if a.get("http-equiv"))
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'", policy)
    assert [a["scope"] for t, a in by_tag if t == "th"] == ["col", "col", "row", "row", "col"]
    assert (
        '<desc id="chart-1-1-desc">Centrala medel (ram 250\xa0000\xa0kr): taget 165\xa0000\xa0kr, kvar 85\xa0000\xa0kr; BUN'
        in page
    )
    assert not re.search(r"https?:|//|@import|url\((?!#)", page)
    assert "@page { size: A4;" in page
    assert "Inget att lista." in page


def test_a_word_file_has_styles_repeated_headings_a_language_and_the_day_it_was_asked_for() -> None:
    content = FORMATS["docx"].draw(REPORT, DAY)
    file = docx.Document(io.BytesIO(content))
    assert (file.core_properties.title, file.core_properties.created.date()) == ("Årsrapport 2026", DAY)  # type: ignore[union-attr]
    section = file.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.5)  # type: ignore[union-attr]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body, styles = parts.read("word/document.xml").decode(), parts.read("word/styles.xml").decode()
        header, footer = parts.read("word/header1.xml").decode(), parts.read("word/footer1.xml").decode()
        assert {item.date_time for item in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert body.count("<w:tblHeader/>") == 1
    assert 'w:lang w:val="sv-SE"' in styles
    assert "PAGE" in header
    assert "Sida " in header
    assert "f" * 40 in footer
    assert '<w:t xml:space="preserve">Summa</w:t>' in body
    bold = re.findall(r"<w:rPr><w:b/></w:rPr><w:t[^>]*>([^<]*)", body)
    assert bold == ["Summa", "238 500 kr"]
    numbers = [
        p.text
        for row in file.tables[1].rows
        for cell in row.cells
        for p in cell.paragraphs
        if p.style.name == "Table Number"
    ]  # type: ignore[union-attr]
    assert numbers == ["238 500 kr", "238 500 kr"]


def test_bars_end_where_their_frame_says_and_markdown_shows_them_as_a_table() -> None:
    chart = REPORT.blocks[4]
    assert isinstance(chart, Chart)
    drawn = [line.bar for line in bar_lines(chart, 11)]
    assert drawn == ["██████····│", "▓▓▓·······│", "███│█", "···│"]
    markdown = FORMATS["md"].draw(REPORT, DAY).decode()
    assert "| EU | 238 500 kr |\n| **Summa** | **238 500 kr** |" in markdown
    assert "Rad ett\\\nrad två" in markdown
    assert "> Medel avsätts centralt.\n>\n> — § central-funds" in markdown


def test_columns_of_figures_stay_whole_and_texts_share_the_rest_by_their_weight() -> None:
    columns = [Column("A", weight=1), Column("B", weight=3), Column("Kr", number=True)]
    table = Table("", columns, [("ord " * 30, "ord " * 30, "1 180 000 kr")])
    assert column_widths(table, 52) == [13, 27, 12]
    assert column_widths(table, 20) is None
    short = Table("", columns, [("a", "b", "1")])
    assert column_widths(short, 52) == [6, 6, 2]


def test_programs_get_what_the_document_says() -> None:
    told = as_json(REPORT)
    assert told["origin"][1] == {"label": "Gjord ur version", "value": "f" * 40}
    assert [block["type"] for block in told["blocks"]] == [
        "heading",
        "quote",
        "paragraph",
        "table",
        "chart",
        "heading",
        "table",
    ]
    assert told["blocks"][3]["rows"][1] == ("Summa", "238 500 kr")
