"""Documents at random: any text in any place, among them what each format could take for markup."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from registry import plain_text
from registry.reports.document import (
    Bar,
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

TRAPS = (
    "<script>alert(1)</script>", "</style></title><img src=x onerror=y>", "[x](javascript:alert(1))", "![b](http://x/y)",
    "# rubrik", "1. ett", "- punkt", "+ punkt", "* punkt", "---", "===", "> citat", "a|b\\|c\\", "`kod`", "```", "~~~",
    "**fet** _kursiv_ ~~struken~~", "&amp;&lt;&#0;", "]]>", "<!--", "\x1b[31mröd", "a\x00b\x0bc", "\ufffe\ud800", "\u202evänd",
    "rad ett\nrad två", "a\n\nb", "a|\n:-", "    indrag", "$x$", "<https://x.se>", "{{7*7}}", "=1+1", "C#", "\\", "a\xa0b", "\r",
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(TRAPS), st.text(max_size=30), st.lists(st.sampled_from(TRAPS), max_size=3).map("".join)
)
said = texts.filter(lambda text: bool(plain_text.line(text).strip()))
"""What a part is called: something that can be seen."""


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Of one to three columns."""
    columns = [
        Column(draw(said), number=draw(st.booleans()), weight=draw(st.integers(1, 4)))
        for _at in range(draw(st.integers(1, 3)))
    ]
    rows = draw(st.lists(st.tuples(*[texts] * len(columns)), max_size=3))
    return Table(draw(said), columns, rows, total=draw(st.booleans()))


amounts = st.one_of(st.integers(-5, 5), st.integers(-(10**13), 10**13))
charts = st.builds(
    lambda caption, series, bars, unit: Chart(caption, series, [Bar(label, values[: len(series)], frame) for label, values, frame in bars], unit),
    said, st.lists(said, min_size=1, max_size=2), st.lists(st.tuples(said, st.tuples(amounts, amounts), st.none() | amounts), max_size=3), st.sampled_from(["kr", ""]),
)  # fmt: skip
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, said, st.sampled_from([1, 2, 3])),
    st.builds(Paragraph, texts, st.booleans()),
    st.builds(Quote, said, texts),
    st.builds(Bullets, st.lists(said, max_size=3)),
    st.builds(Facts, st.lists(st.tuples(said, texts), max_size=3)),
    tables(),
    charts,
)
documents = st.builds(
    Document,
    said,
    texts,
    st.lists(st.tuples(said, texts), max_size=2),
    st.lists(blocks, max_size=4),
    st.sampled_from(["sv", "en"]),
    st.lists(st.builds(Notice, said, st.lists(said, max_size=2)), max_size=1),
)
often = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
