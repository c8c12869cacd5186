"""The twin towns (vänorter): agreements, what the cooperation comes to, last project, last contact, jubilees."""

from __future__ import annotations

from registry.reports.asked import Asked, Making
from registry.reports.twin_towns.gathering import gathered
from registry.reports.twin_towns.laying_out import laid_out


def making(asked: Asked) -> Making:
    """What makes it, a town at a time."""
    towns = yield from gathered(asked)
    return laid_out(towns, asked.origin())
