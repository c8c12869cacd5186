"""One abbreviation, one body: a decision names who made it by the abbreviation alone."""

from __future__ import annotations

from collections.abc import Iterator

from registry.findings import SCHEMA, Finding
from registry.records import entries
from registry.records.values import tables, text
from registry.snapshot import Record, Snapshot
from registry.words import _


def abbreviations(snapshot: Snapshot, record: Record) -> Iterator[Finding]:
    """The abbreviations in the record that stand for several bodies; departments under one board share theirs.

    A note, never in the way: a board that changes its name does so in one of its departments at a time.
    """
    for path, short in _abbreviations(record):
        called = snapshot.bodies_by_short.get(short, ())
        if len(called) > 1:
            message = _("%(short)s stands for %(names)s; a decision would not tell which of them made it")
            yield Finding(SCHEMA, "note", record.ref, path, message % {"short": short, "names": ", ".join(called)})


def _abbreviations(record: Record) -> Iterator[tuple[str, str]]:
    """Each abbreviation that the record gives a body of today, with its path."""
    if record.kind.id == "departments" and "active_until" not in record.data:
        yield "board_short", text(record.data, "board_short")
    if record.kind.id == "registry":
        bodies = tables(record.data, "bodies")
        for index, body in enumerate(bodies):
            yield f"bodies[{entries.name(bodies, index)}].short", text(body, "short")
