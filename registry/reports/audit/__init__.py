"""What an auditor asks of each EU project: who answers for it, what it costs, under which decisions, what was reported."""

from __future__ import annotations

from registry.reports.asked import Asked, Making
from registry.reports.audit.gathering import gathered
from registry.reports.audit.laying_out import laid_out


def making(asked: Asked) -> Making:
    """What makes it, some projects at a time."""
    audited = yield from gathered(asked)
    return laid_out(audited, asked.origin())
