"""The coordination committee's agenda (kommittédagordning): numbered matters with registry number and who presents them."""

from __future__ import annotations

from registry.reports.agenda.gathering import gathered
from registry.reports.agenda.laying_out import laid_out
from registry.reports.asked import Asked, Making


def making(asked: Asked) -> Making:
    """What makes it, some records or changes at a time."""
    agenda = yield from gathered(asked)
    return laid_out(agenda, asked.origin())
