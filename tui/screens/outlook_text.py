"""The outlook as lines of the list: its sections under headings, each a few lines until it is unfolded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from registry.findings import SEVERITY_WORDS
from registry.policy.outlook import Line, Outlook, Section, SectionId
from registry.words import N_, _, ngettext
from tui.widgets.columns import Tone
from tui.widgets.matter_list import UNFOLD, Item

_HEADINGS: Final[dict[SectionId, str]] = {
    "answer": N_("To answer"),
    "decision": N_("Awaiting a decision"),
    "applied": N_("Applied for, not granted"),
    "deadlines": N_("Deadlines"),
    "jubilees": N_("Jubilees"),
}
_SHOWN: Final[dict[SectionId, int]] = {
    "now": 8, "answer": 3, "decision": 3, "applied": 3, "deadlines": 5, "jubilees": 3, "behind": 0,
}  # fmt: skip
"""Lines of a section before it is unfolded: together a screenful."""
_AT_LEAST: Final = 5
"""Of what is to be done now: mere notes come in only where little else is there."""
_SYMBOLS: Final[dict[str, tuple[str, Tone]]] = {
    "violation": ("✗", "bad"),
    "exception": ("◆", "warning"),
    "warning": ("●", "warning"),
    "note": ("○", "muted"),
}


def items(
    outlook: Outlook, unfolded: Collection[str], told: Collection[str] = (), asked: Collection[str] = ()
) -> Iterator[Item]:
    """The lines of the list, but for records that are told of above it, and for what is merely missing in those that
    the user is `asked` for there.
    """
    for section in outlook.sections:
        lines = [one for one in section.lines if section.id != "now" or not _known(one, told, asked)]
        shown = len(lines) if section.id in unfolded else _few(section.id, lines)
        if lines and section.id in _HEADINGS:
            yield Item(f"heading:{section.id}", "", _(_HEADINGS[section.id]), _counted(section))
        for one in lines[:shown]:
            yield _item(section.id, one)
        if left := len(lines) - shown + section.more:
            yield _rest(section.id, left, can_unfold=len(lines) > shown)


def _few(section: SectionId, lines: list[Line]) -> int:
    """How many are shown before the section is unfolded; one more is shown where only that would be left out."""
    shown = _SHOWN[section]
    if section == "now":
        worse = sum(one.severity != "note" for one in lines)
        shown = min(shown, max(worse, _AT_LEAST))
    return len(lines) if len(lines) <= shown + (shown > 0) else shown


def _known(one: Line, told: Collection[str], asked: Collection[str]) -> bool:
    return one.ref in told or (one.ref in asked and one.severity in {"warning", "note"})


def _counted(section: Section) -> str:
    if section.id != "deadlines":
        return ""
    due = [one.days or 0 for one in section.lines]
    parts = (
        (_("%(count)s late"), sum(days < 0 for days in due)),
        (_("%(count)s in 30 days"), sum(0 <= days <= 30 for days in due)),
        (_("%(count)s in 60"), sum(30 < days <= 60 for days in due)),
        (_("%(count)s in 90"), sum(days > 60 for days in due)),
    )
    return " · ".join(words % {"count": count} for words, count in parts if count)


def _item(section: SectionId, one: Line) -> Item:
    symbol, tone = _SYMBOLS[one.severity] if one.severity else ("·", "")
    words = one.words
    if one.more:
        words = ngettext("%(words)s, and %(count)s more", "%(words)s, and %(count)s more", one.more) % {
            "words": words,
            "count": one.more,
        }
    aside = in_days(one.days) if one.days is not None else ""
    if section in {"now", "behind"} and one.severity:
        aside = str(SEVERITY_WORDS[one.severity])
    return Item(f"{section}:{one.ref}", one.ref, one.title, words, symbol, tone, aside, one.quote, one.field)


def _rest(section: SectionId, left: int, *, can_unfold: bool) -> Item:
    title = ngettext("and %(count)s more", "and %(count)s more", left) % {"count": left}
    if section == "behind":
        title = ngettext("%(count)s record with what has happened", "%(count)s records with what has happened", left)
        title %= {"count": left}
    goal = f"{UNFOLD}{section}" if can_unfold else "projects"
    words = _("Enter shows them") if can_unfold else _("vanort check lists everything")
    return Item(f"rest:{section}", goal, title, words, "▸", "muted")


def in_days(days: int) -> str:
    """``om 17 dagar``, ``i dag``, ``5 dagar sen``."""
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
