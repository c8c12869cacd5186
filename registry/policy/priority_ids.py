"""The priorities that a project can be seen to have, and the clause that each of them serves."""

from __future__ import annotations

from typing import Final

from registry.words import Words

PRIORITY_IDS: Final[dict[str, Words]] = {
    "youth": Words("ungdomsutbyte", "youth exchange"),
    "europe": Words("Europa", "Europe"),
    "established": Words("etablerad kontakt", "established contact"),
}
"""Id in `policy.priorities` → what a project of that priority is said to be. Its clause is ``priority-`` and the id."""
