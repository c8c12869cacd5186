"""A change and what is found of it, as lines to read before it is saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.content import Content

from registry.differences import FieldChange, is_long
from registry.findings import Finding
from registry.records.types import Names
from registry.records.values import is_absent
from registry.words import _
from tui.forms.desk import Desk
from tui.text import fit, from_to, hanging, line, one_line

_VALUE_WIDTH: Final = 400


def told(item: FieldChange, names: Names, labels: int, width: int, *, whole: bool) -> Iterator[Content]:
    """``  status     planerad → beslutad``, of a long text what differs; of a new record (`whole`) the value alone.

    The label has `labels` cells, a line `width`.
    """
    old, new = item.show(item.old, names, _VALUE_WIDTH), item.show(item.new, names, _VALUE_WIDTH)
    if item.field is not None and is_long(item.field.type) and not is_absent(item.old) and not is_absent(item.new):
        old, new = around_difference(item.show(item.old, names), item.show(item.new, names))
    label = Content.styled(f"  {fit(one_line(item.label), labels)}  ", "$text-muted")
    if whole:
        yield from hanging(label, line(new), width)
    else:
        yield from from_to(label, line(old, style="$text-muted"), line(new), width)


def around_difference(old: str, new: str, near: int = 40) -> tuple[str, str]:
    """Both texts shortened to what differs and `near` characters on each side of it."""
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    end = next((i for i in range(shorter - start) if old[-1 - i] != new[-1 - i]), shorter - start)
    first = max(0, start - near)

    def cut(text: str) -> str:
        last = len(text) - max(0, end - near)
        return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")

    return cut(old), cut(new)


def finding_lines(finding: Finding, desk: Desk) -> Iterator[Content]:
    """``! avsteg: …`` with the policy's words below it."""
    style = {"violation": "$bad", "exception": "$warning", "warning": "$warning"}.get(finding.severity, "$text-muted")
    mark = {"violation": "✗", "exception": "!", "warning": "!"}.get(finding.severity, "·")
    where = f" ({finding.field})" if finding.field and finding.clause == "schema" else ""
    yield Content.styled(f"  {mark} {finding.how_grave}: {line(finding.message + where).plain}", style)
    if quote := finding.quote or desk.quotes.get(finding.clause, ""):
        yield Content.styled("      " + line(_("The policy: “%(quote)s”") % {"quote": quote}).plain, "$text-muted")
