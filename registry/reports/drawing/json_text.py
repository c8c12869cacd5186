"""A document as plain values, for programs: what it says, without what it looks like."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from registry.reports.document import Document


def as_json(document: Document) -> dict[str, Any]:
    """Title, origin, notices and blocks; each block says its `type`: heading, paragraph, quote, bullets, facts, table, chart."""
    blocks = [{"type": type(block).__name__.lower(), **asdict(block)} for block in document.blocks]
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "language": document.language,
        "origin": [{"label": label, "value": value} for label, value in document.origin],
        "notices": [asdict(notice) for notice in document.notices],
        "blocks": blocks,
    }
