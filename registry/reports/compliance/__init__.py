"""Was the policy followed: clause by clause, of a year by the records' dates, or as of a day."""

from __future__ import annotations

from registry.reports.asked import Asked, Making
from registry.reports.compliance.gathering import gathered
from registry.reports.compliance.laying_out import laid_out


def making(asked: Asked) -> Making:
    """What makes it, some records at a time."""
    followed = yield from gathered(asked)
    return laid_out(followed, asked.origin())
