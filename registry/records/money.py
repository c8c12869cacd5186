"""Whole kronor, always: öre are refused, never rounded (DESIGN.md section 2)."""

from __future__ import annotations

import re
from typing import Final

from registry.errors import BadInput
from registry.records.values import told
from registry.words import _

MAXIMUM: Final = 10**12
"""A thousand thousand million kronor: above it an amount is a slip of the keyboard."""
NO_BREAK: Final = "\u00a0"
_AMOUNT = re.compile(r"[-+−]?\d+")
_FRACTION = re.compile(r"[-+−]?\d+[.,]\d{1,2}")
_GROUPED = re.compile(r"[-+−]?\d{1,3}( \d{3})+")
_UNIT = re.compile(r"\s*(kr\.?|kronor|sek|[:;,][-–])\s*$", re.IGNORECASE)


def parse_money(text: str) -> int:
    """Kronor from ``12 500``, ``12500``, ``12 500 kr``, ``12 500:-``, with spaces of any kind.

    Raises `BadInput` for öre, other currencies and words.
    """
    spaced = _UNIT.sub("", " ".join(text.split()))
    packed = spaced.replace(" ", "")
    if _AMOUNT.fullmatch(packed) and (" " not in spaced or _GROUPED.fullmatch(spaced)):
        amount = int(packed.replace("−", "-")) if len(packed) < 20 else MAXIMUM + 1
        if abs(amount) > MAXIMUM:
            raise BadInput(
                _("%(text)s kronor is more than the registry takes.") % {"text": told(text)},
                _("Write whole kronor, like 12 500."),
            )
        return amount
    if _FRACTION.fullmatch(packed):
        raise BadInput(
            _("“%(text)s” has öre; the registry counts whole kronor and rounds nothing.") % {"text": told(text)},
            _("Write whole kronor, like 12 500."),
        )
    raise BadInput(_("“%(text)s” is not an amount.") % {"text": told(text)}, _("Write whole kronor, like 12 500."))


def show_number(number: int) -> str:
    """``45 000``, with no-break spaces so that an amount never breaks over lines."""
    return f"{number:,}".replace(",", NO_BREAK).replace("-", "−")


def show_money(amount: int) -> str:
    """``45 000 kr``."""
    return f"{show_number(amount)}{NO_BREAK}kr"
