"""The way of a project on its card: where it is, and what the next gate asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from registry.policy.stages import ORDER, Point, gate, is_open, next_step
from registry.records.headings import STAGE_LABELS
from registry.records.values import text
from registry.words import N_, _
from tui.cards.sheet import Sheet, flowing, heading, indented
from tui.text import line

_BEFORE: Final = {
    "planned": N_("Before it can be planned"),
    "decided": N_("Before it can be decided"),
    "ongoing": N_("Before it can begin"),
    "completed": N_("Before it can be completed"),
    "evaluated": N_("Before it is evaluated"),
}
_BETWEEN: Final = " → "


def way(stage: str, width: int) -> Content:
    """``idé → planerad → ● beslutad → …``: how far it has come; a stop is said in its own word.

    Where not all of it has room, what lies next to the present stage stays, and where the way ends.
    """
    if stage not in ORDER:
        return Content.styled(str(STAGE_LABELS.get(stage, line(stage).plain)), "$warning bold")
    here = ORDER.index(stage)
    shown = list(range(len(ORDER)))
    words = [("● " if at == here else "") + str(STAGE_LABELS[name]) for at, name in enumerate(ORDER)]
    if cell_len(_BETWEEN.join(words)) > width:
        near = {here, min(here + 1, len(ORDER) - 1), len(ORDER) - 1}
        shown = sorted(near)
    parts: list[Content] = []
    for before, at in zip([-1, *shown], shown, strict=False):
        if at > before + 1:
            parts.append(Content.styled("…", "$text-muted"))
        style = "$accent bold" if at == here else "$foreground" if at < here else "$text-muted"
        parts.append(Content.styled(words[at], style))
    return Content.styled(_BETWEEN, "$text-muted").join(parts)


def before(stage: str) -> str:
    """``Innan det kan beslutas``."""
    return _(_BEFORE[stage])


def met(points: Sequence[Point], width: int) -> list[Content]:
    """What is there, in a few words that fill their lines: ``✓ syfte  ✓ startdatum``."""
    return flowing([line(f"✓ {point.message}", style="$good") for point in points if point.met], width)


def checklist(sheet: Sheet) -> Iterator[Content]:
    """What the next gate asks for; each open point is a way into the form, at its field."""
    step = next_step(text(sheet.data, "stage"))
    if step is None:
        return
    points = gate(sheet.view.snapshot, sheet.record, step, sheet.today)
    yield from heading(before(step))
    yield from met(points, sheet.width)
    for point in points:
        if not point.met:
            yield from indented(Content.styled("✗", "$bad"), sheet.jump(point.field, point.message), sheet.width)
    if is_open(points):
        words = _("nothing stands in the way")
        if not sheet.view.read_only:
            words = _("nothing stands in the way · m takes the step: %(stage)s") % {"stage": STAGE_LABELS[step]}
        yield from indented("", line(words, style="$good"), sheet.width)
