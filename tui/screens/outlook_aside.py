"""Beside the list: the year's money as bars, and what others have changed since the user was last here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from registry.records.dates import show_date
from registry.records.money import show_money, show_number
from registry.records.project_kind import SOURCES
from registry.words import _, ngettext
from tui.text import fit, line
from tui.when import when

if TYPE_CHECKING:
    from registry.policy.money import BudgetYear
    from registry.visits import News

_LABELS: Final = {choice.value: choice.label for choice in SOURCES}
_BAR: Final = (8, 24)
"""Cells of a bar: at least, where the words give way for it, and at most."""
_NEWS: Final = 6


class _Row(NamedTuple):
    label: str
    amount: int
    frame: int | None = None

    @property
    def over(self) -> bool:
        return self.frame is not None and self.amount > self.frame


def money(year: BudgetYear, width: int) -> Iterator[Content]:
    """What is granted as bars: central and departments' money against their frames, the rest against the largest sum."""
    rows = list(_rows(year))
    name = min(max((cell_len(row.label) for row in rows), default=0), width // 2)
    told = [_told(row) for row in rows]
    if width - name - _widest(told) - 6 < _BAR[0]:
        told = [show_number(row.amount) + (" ▲" if row.over else "") for row in rows]
    title = _("Money %(year)s") % {"year": year.year}
    if year.central.decided is not None:
        title = _("%(title)s · central frame %(frame)s") % {"title": title, "frame": show_money(year.central.decided)}
    yield line(title, style="$accent")
    if not rows:
        yield line(f"  {_('No budget lines for this year yet.')}", style="$text-muted")
    room = min(max(width - name - _widest(told) - 6, 0), _BAR[1])
    most = max((row.amount for row in rows if row.frame is None), default=0)
    for row, words in zip(rows, told, strict=True):
        full, left = _bar(row, most, room)
        yield Content.assemble(
            f"  {fit(row.label, name)}  ",
            (full, "$bad" if row.over else "$foreground"),
            (left, "$text-muted"),
            f"  {fit(words, _widest(told), 'right')}",
        )


def _rows(year: BudgetYear) -> Iterator[_Row]:
    if year.central.decided is not None or year.central.taken:
        yield _Row(str(_LABELS["central"]), year.central.taken, year.central.decided)
    frames = [use.decided for use in year.departments.values() if use.decided is not None]
    if frames or any(use.taken for use in year.departments.values()):
        taken = sum(use.taken for use in year.departments.values())
        yield _Row(str(_LABELS["department"]), taken, sum(frames) if frames else None)
    for source, sums in year.by_source.items():
        if source not in {"central", "department"} and sums.granted:
            yield _Row(str(_LABELS.get(source, source)), sums.granted)
    if year.total.undecided:
        yield _Row(_("applied for, not granted"), year.total.undecided)


def _widest(told: list[str]) -> int:
    return max((cell_len(words) for words in told), default=0)


def _told(row: _Row) -> str:
    if row.frame is None:
        return show_money(row.amount)
    said = _("%(amount)s, above %(frame)s") if row.over else _("%(amount)s of %(frame)s")
    return said % {"amount": show_number(row.amount), "frame": show_money(row.frame)}


def _bar(row: _Row, most: int, width: int) -> tuple[str, str]:
    whole = most if row.frame is None else row.frame
    part = width if row.amount >= whole else max(1, row.amount * width // whole)
    full = 0 if row.amount <= 0 else min(part, width)
    return "█" * full, (" " if row.frame is None else "░") * (width - full)


def news(found: News, today: date) -> Iterator[Content]:
    """What others have entered since the user was last here."""
    yield line(_("Since you were here %(when)s") % {"when": when(found.since, today)}, style="$accent")
    for entry in found.entries[:_NEWS]:
        yield Content.assemble("  ", line(entry.subject))
        said = _("entered by %(author)s %(day)s") % {
            "author": entry.author,
            "day": show_date(entry.date.astimezone().date()),
        }
        yield Content.assemble("    ", line(said, style="$text-muted"))
    if (left := len(found.entries) - _NEWS) > 0:
        said = ngettext("and %(count)s more", "and %(count)s more", left) % {"count": left}
        yield Content.assemble("  ", line(_("%(more)s (5 shows all)") % {"more": said}, style="$text-muted"))
