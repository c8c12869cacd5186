"""A report from the folder to the page: read, worked out and drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from bench.measure import Figure, Took, taking_turns
from registry.names import RecordNames
from registry.progress import all_of
from registry.reports.asked import Asked
from registry.reports.drawing.formats import FORMATS
from registry.reports.reports_known import REPORTS
from registry.store import Store

_LIMIT: Final = Took(2.0)
"""Seconds, at 10,000 projects."""


def reporting(folder: Path, size: int) -> Iterator[Figure]:
    """This year's annual report as HTML; and as Word, which has no limit."""
    for name, limit in (("html", _LIMIT), ("docx", None)):
        took, _none = taking_turns(partial(_annual, folder, name), runs=3)
        kind = name.upper() if limit else "Word"
        yield Figure(f"annual report as {kind}", size, took, "2 s" if limit else "", limit, 1.0 if limit else 0.0)


def _annual(folder: Path, name: str) -> bytes:
    store, today = Store.open(folder), date.today()
    snapshot = store.current()
    asked = Asked(store, snapshot, today, today.year, RecordNames(snapshot))
    return FORMATS[name].draw(all_of(REPORTS["annual"].making(asked)), today)
