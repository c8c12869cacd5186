"""What the tests of files share: a file made of a registry, taken in again, and sheets as other programs write them."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from registry.exchange.exporting import Wanted, making
from registry.exchange.importing import Asked, proposed
from registry.exchange.mappings import Mapped
from registry.exchange.proposals import Proposal, Proposing
from registry.people.book import Book
from registry.progress import all_of
from registry.records.typed_values import Reader
from registry.resolving import resolver
from registry.snapshot import Snapshot

TODAY = date(2026, 11, 27)


def out(snapshot: Snapshot, name: str, **wanted: Any) -> bytes:
    """The file called `name`, made of the registry."""
    return all_of(making(snapshot, Path(name), Wanted(**wanted)))


def taken_in(
    snapshot: Snapshot, name: str, content: bytes, *, kept: Mapped | None = None, book: Book | None = None, **asked: Any
) -> Proposal:
    """What the file would change, before anything is judged."""
    people = book or Book()
    proposing = Proposing(snapshot, Reader(resolver(snapshot, lambda: people)), TODAY, "Excel")
    steps = proposed(Path(name), content, Asked(**asked), kept or {}, proposing)
    for _step in steps:
        pass
    return proposing.finish()


def sheet(*rows: list[Any], title: str = "Blad1", merged: tuple[str, ...] = ()) -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def told(proposal: Proposal) -> list[str]:
    """What cannot be taken, a line each."""
    return [str(bad) for bad in proposal.bad]
