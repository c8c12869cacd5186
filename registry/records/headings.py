"""What the kinds of record and the stages of a project are called.

Apart from their descriptions, because it is all that the app's first frame needs of them, and the descriptions cost more
to import than the rest of that frame's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from registry.words import Words

MANY: Final[Mapping[str, Words]] = {
    "registry": Words("Registret", "The registry"),
    "policy": Words("Policyn", "The policy"),
    "departments": Words("Förvaltningar", "Departments"),
    "twin-towns": Words("Vänorter", "Twin towns"),
    "projects": Words("Projekt", "Projects"),
    "people": Words("Personer", "People"),
}
"""By the kind's id, in the order of the screens."""

STAGE_LABELS: Final[Mapping[str, Words]] = {
    "idea": Words("idé", "idea"),
    "planned": Words("planerad", "planned"),
    "decided": Words("beslutad", "decided"),
    "ongoing": Words("pågående", "ongoing"),
    "completed": Words("avslutad", "completed"),
    "evaluated": Words("utvärderad", "evaluated"),
    "declined": Words("avböjd", "declined"),
    "cancelled": Words("inställd", "cancelled"),
}
"""By the value of `stage`, in the order that a project goes through them."""
