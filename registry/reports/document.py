"""What a report says, whatever it is drawn as: headings, texts, tables and charts, in the order in which they are read.

All texts are plain and may hold anything that records hold: a renderer shows it (`plain_text`), and never takes it for
markup. Amounts, dates and names are words already, in the language of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a part; `level` 1 for a chapter, 2 and 3 below it. The document's title is above all of them."""

    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words; ``\\n`` in them is a new line. `quiet`: an explanation beside the matter."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What the policy says, word by word, and where: ``§ no-new-agreements``."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without an order."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names of things and what they are, a line each."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `number`: its figures end below each other. `weight`: how broad it is beside the others."""

    label: str
    number: bool = False
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as long as `columns`. `caption` names it. `total`: the last row sums up the others. Its first column names the row."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: an amount for each series, whole kronor or things counted; `frame` is what they may come to."""

    label: str
    amounts: Sequence[int]
    frame: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars that lie below each other, a group for each `Bar`, a colour and a pattern for each of `series`.

    The same figures stand in a table beside it, since not everybody sees a picture. `unit`: ``kr`` or "".
    """

    caption: str
    series: Sequence[str]
    bars: Sequence[Bar]
    unit: str = ""
    frame_label: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What has to be known before any figure is believed; each of `items` a line of its own."""

    text: str
    items: Sequence[str] = ()


Block = Heading | Paragraph | Quote | Bullets | Facts | Table | Chart


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report: `language` is ``sv`` or ``en``; `origin` names the registry, the commit and the day it tells of."""

    title: str
    subtitle: str
    origin: Sequence[tuple[str, str]]
    blocks: Sequence[Block]
    language: str
    notices: Sequence[Notice] = ()
    """Stand above everything but the origin."""
