"""The report of evaluations: what was evaluated in a year, what it gave and taught, what is late and what is to come."""

from registry.reports.asked import Asked, Making
from registry.reports.evaluations.gathering import gathered
from registry.reports.evaluations.laying_out import laid_out


def making(asked: Asked) -> Making:
    """What makes it."""
    return laid_out((yield from gathered(asked)), asked.origin())
