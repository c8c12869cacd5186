"""The rows of the table: one function each, from a registry and its size to figures. A new one is named here."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bench.measure import Figure
from bench.rows.app import memory, start
from bench.rows.commands import listing, setting, showing
from bench.rows.exchange import exporting, importing
from bench.rows.history import history
from bench.rows.judging import judging, typing
from bench.rows.people import people
from bench.rows.provenance import provenance
from bench.rows.reading import filtering, first_open, opening, parsing
from bench.rows.reports import reporting
from bench.rows.saving import saving
from bench.rows.sharing import driving, forwarding, merging
from bench.rows.syncing import syncing
from bench.rows.trust import verifying

ROWS: Final[tuple[Callable[[Path, int], Iterator[Figure]], ...]] = (
    start,
    memory,
    first_open,
    opening,
    filtering,
    people,
    saving,
    showing,
    setting,
    listing,
    judging,
    typing,
    parsing,
    exporting,
    importing,
    reporting,
    verifying,
    history,
    provenance,
    syncing,
    merging,
    forwarding,
    driving,
)
