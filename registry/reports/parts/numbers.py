"""The registry numbers (diarienummer) that a record names: by which its matter is found in the formal archive."""

from __future__ import annotations

from typing import Final

from registry.records.decisions import decision_of
from registry.records.values import Data, tables, text

_WHERE: Final = (
    ("decisions", "decision"),
    ("agreement_events", "decision"),
    ("documents", "reference"),
    ("budget", "decision"),
    ("commitments", "treated"),
)
"""The lists of a project or a twin town whose entries name one, those first that are about the matter itself."""


def registry_numbers(data: Data) -> tuple[str, ...]:
    """``KS/2026:17`` of every decision and document of a project or a town, each once."""
    written = [text(entry, key) for name, key in _WHERE if name in data for entry in tables(data, name)]
    found = (decision_of(one) for one in written if "dnr" in one)
    return tuple(dict.fromkeys(decision.dnr for decision in found if decision is not None and decision.dnr))
