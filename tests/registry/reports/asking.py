"""How reports are asked for in tests, and read as text; every document is looked over for what any of them must hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from registry.names import RecordNames
from registry.progress import all_of
from registry.reports.asked import Asked
from registry.reports.document import Bullets, Document, Facts, Heading, Paragraph, Quote, Table
from registry.reports.reports_known import REPORTS
from registry.store import Store
from registry.words import speaking

OURS = ("agenda", "compliance", "twin-towns", "audit", "record")


def asked(store: Store, day: date, *, at: str = "", named: bool = False, year: int | None = None, **more: Any) -> Asked:
    """The question, as of the folder or of a version; the year given or that of the day."""
    snapshot = store.at(at) if at else store.current()
    names = store.names(snapshot) if named else RecordNames(snapshot)
    return Asked(store, snapshot, day, year or day.year, names, named=named, year_given=year is not None, **more)


def made(name: str, question: Asked, language: str = "sv") -> Document:
    """The report, made to its end."""
    with speaking(language):
        document = all_of(REPORTS[name].making(question))
    _looked_over(document, language)
    return document


def _looked_over(document: Document, language: str) -> None:
    assert document.language == language
    assert document.title
    assert document.blocks
    for table in tables(document):
        assert table.rows, f"{table.caption}: a sentence belongs there instead"
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.caption
    assert not [block for block in document.blocks if isinstance(block, (Bullets, Facts)) and not _lines(block)]


def tables(document: Document) -> list[Table]:
    """Its tables."""
    return [block for block in document.blocks if isinstance(block, Table)]


def part(document: Document, heading: str) -> str:
    """What stands below a heading, until the next one of its level."""
    found: list[str] = []
    level = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            if level and block.level <= level:
                break
            if not level and block.text == heading:
                level = block.level
                continue
        if level:
            found += _lines(block)
    assert level, f"no heading {heading}: {[b.text for b in document.blocks if isinstance(b, Heading)]}"
    return plain("\n".join(found))


def text(document: Document) -> str:
    """All of it."""
    origin = [f"{label}: {value}" for label, value in document.origin]
    body = [line for block in document.blocks for line in _lines(block)]
    return plain("\n".join([document.title, document.subtitle, *origin, *body]))


def plain(words: str) -> str:
    """With ordinary spaces."""
    return words.replace("\xa0", " ")


def _lines(block: object) -> list[str]:
    match block:
        case Heading() | Paragraph() | Quote():
            return [block.text]
        case Bullets():
            return [*block.items]
        case Facts():
            return [f"{label}: {value}" for label, value in block.rows]
        case Table():
            head = [block.caption, " | ".join(column.label for column in block.columns)]
            return [*head, *(" | ".join(row) for row in block.rows)]
        case _:
            return []
