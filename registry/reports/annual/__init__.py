"""The annual report (årsrapport): a year put before the board, from its results to the list of its decisions.

What it tells is gathered a part at a time (`projects` and `evaluations` in `parts`; `eu`, `towns`, `history`, `offices`,
`decided` here), and each part has its chapter in `chapters`.
"""

from registry.reports.annual.gathering import gathered
from registry.reports.annual.laying_out import laid_out
from registry.reports.asked import Asked, Making


def making(asked: Asked) -> Making:
    """What makes it."""
    return laid_out((yield from gathered(asked)), asked.origin())
