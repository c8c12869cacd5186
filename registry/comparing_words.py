"""The sums of a comparison in words: what differs, then → now."""

from __future__ import annotations

from registry.comparing import Comparison, Pair
from registry.plain_text import line
from registry.records.headings import STAGE_LABELS
from registry.records.money import show_money
from registry.records.project_kind import PROJECT, SOURCES
from registry.words import _, lowered


def stage_rows(found: Comparison) -> list[list[str]]:
    """``planned``, ``3 → 5`` for each stage that differs."""
    return [
        [str(STAGE_LABELS.get(stage, line(stage))), f"{pair.then} → {pair.now}"]
        for stage, pair in found.stages.items()
        if pair.differs
    ]


def money_rows(found: Comparison) -> list[list[str]]:
    """A year, a source, and which amount went from what to what; a row an amount that differs."""
    labels = {source.value: str(source.label) for source in SOURCES}
    fields = {inner.key: inner for inner in PROJECT.by_key["budget"].fields}
    return [
        [
            f"{row.year} {labels.get(row.source, line(row.source)) or _('no source')}",
            lowered(str(fields[key].label)),
            _shown(pair),
        ]
        for row in found.money
        for key, pair in row.amounts.items()
        if pair.differs
    ]


def _shown(pair: Pair) -> str:
    more = pair.now - pair.then
    sign = "+" if more > 0 else "−"
    return f"{show_money(pair.then)} → {show_money(pair.now)}  ({sign}{show_money(abs(more))})"
