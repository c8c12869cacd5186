"""The budget report: a year's money by source, department and programme, against its frames, project by project."""

from registry.reports.asked import Asked, Making
from registry.reports.budget.gathering import gathered
from registry.reports.budget.laying_out import laid_out


def making(asked: Asked) -> Making:
    """What makes it."""
    return laid_out((yield from gathered(asked)), asked.origin())
