"""A record with its whole history, as a document to hand out (utlämnande av allmän handling)."""

from __future__ import annotations

from registry.reports.asked import Asked, Making
from registry.reports.record.gathering import gathered
from registry.reports.record.laying_out import laid_out


def making(asked: Asked) -> Making:
    """What makes it, some changes at a time. Raises `NotFound` where there never was such a record."""
    record = yield from gathered(asked)
    return laid_out(record, asked.origin())
