"""The head of a department's card: who decides, who is the exchange officer today, and the year's money."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from registry.policy.money import FrameUse
from registry.policy.offices import holders
from registry.records.dates import show_date
from registry.records.money import show_money
from registry.records.values import day, tables, text
from registry.words import _
from tui.cards.sheet import Sheet, indented, joined
from tui.text import line

TOLD = frozenset({"name", "board", "board_short"})
"""The fields that the head tells."""


def head(sheet: Sheet) -> Iterator[Content]:
    """Board, officer, money, what is to be applied for next."""
    data = sheet.data
    board, short = text(data, "board"), text(data, "board_short")
    yield line(f"{board} ({short})" if board and short else board or short)
    yield from _officer(sheet)
    if sheet.closer and sheet.closer.frame:
        yield from indented("", _frame(sheet.closer.frame, sheet.today.year), sheet.width)
    coming = [
        (due, text(entry, "title"))
        for entry in tables(data, "opportunities")
        if (due := day(entry, "deadline")) and due >= sheet.today and text(entry, "status") in {"", "watching"}
    ]
    if coming:
        due, title = min(coming)
        yield line(_("next deadline: %(what)s, %(day)s") % {"what": title, "day": show_date(due)})


def _officer(sheet: Sheet) -> Iterator[Content]:
    now = holders(sheet.data, "officers", sheet.today)
    if now:
        named = [
            ", ".join(filter(None, (sheet.view.names.person(seat.person) if seat.person else "", seat.function)))
            for seat in now
        ]
        yield line(_("exchange officer %(officers)s") % {"officers": "; ".join(named)})
    elif sheet.data.get("ambition") is True or tables(sheet.data, "officers"):
        yield sheet.jump("officers", _("exchange officer: vacant"), "$warning")


def _frame(use: FrameUse, year: int) -> Content:
    """``ram 2026: 80 000 kr · taget 45 000 kr · kvar 35 000 kr``."""
    if use.decided is None:
        frame = line(_("%(year)s: no frame decided") % {"year": year}, style="$warning")
    else:
        frame = line(_("frame %(year)s: %(amount)s") % {"year": year, "amount": show_money(use.decided)})
    proposed = _("proposed %(amount)s") % {"amount": show_money(use.proposed)} if use.proposed is not None else ""
    taken = _("taken %(amount)s") % {"amount": show_money(use.taken)}
    left = Content("")
    if use.left is not None:
        words = _("exceeded by %(amount)s") if use.left < 0 else _("left %(amount)s")
        left = line(words % {"amount": show_money(abs(use.left))}, style="$warning" if use.left < 0 else "")
    return joined([frame, line(proposed), line(taken), left])
