"""The registry numbers (diarienummer) that a record names: by which its matter is found in the formal archive."""

from __future__ import annotations

from registry.decisions_cited import citations
from registry.records.decisions import decision_of
from registry.records.values import tables, text
from registry.snapshot import Record


def registry_numbers(record: Record) -> tuple[str, ...]:
    """``KS/2026:17`` of every decision and document of the record, each once, in the order of its fields."""
    written = [one.written for one in citations(record) if not one.expected]
    written += [text(document, "reference") for document in tables(record.data, "documents")]
    found = (decision_of(one) for one in written)
    return tuple(dict.fromkeys(decision.dnr for decision in found if decision is not None and decision.dnr))
