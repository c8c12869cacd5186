"""What is found in a record, below its head: worst first, with the policy's own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from registry.findings import Severity
from registry.words import _
from tui.cards.sheet import Sheet, heading, indented
from tui.text import line

STYLES: Final[dict[Severity, str]] = {"violation": "$bad", "exception": "$warning", "warning": "$warning", "note": ""}
MARKS: Final[dict[Severity, str]] = {"violation": "✗", "exception": "!", "warning": "!", "note": "·"}


def found(sheet: Sheet) -> Iterator[Content]:
    """The findings, each a way into the form; what the policy says once for each clause."""
    findings = sheet.closer.findings if sheet.closer else ()
    if not findings:
        return
    yield from heading(_("What the policy says"))
    quoted: set[str] = set()
    for finding in findings:
        words = f"{finding.how_grave}: {finding.message}"
        style = STYLES[finding.severity]
        told = sheet.jump(finding.field, words, style) if finding.field else line(words, style=style)
        yield from indented(line(MARKS[finding.severity], style=style), told, sheet.width)
        if finding.quote and finding.clause not in quoted:
            quoted.add(finding.clause)
            quote = line(_("“%(quote)s”") % {"quote": finding.quote}, style="$text-muted")
            yield from indented(" ", quote, sheet.width)
