"""How the overview says what waits for somebody, going on from a record's title."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from registry.policy.attention import Applied, Awaited, Deadline, Jubilee, ToAnswer
from registry.policy.since import Moved
from registry.records.dates import MONTHS, show_date
from registry.records.kinds import KINDS
from registry.records.money import show_money
from registry.records.paths import label_at
from registry.records.project_kind import SOURCES
from registry.records.values import Data
from registry.words import N_, _, lowered

_SOURCES: Final = {choice.value: choice.label for choice in SOURCES}
_DUE: Final = {
    "start": N_("starts on %(day)s"),
    "review_due": N_("is to be reviewed on %(day)s"),
    "evaluation.due": N_("is to be evaluated by %(day)s"),
}


def inquiry_words(inquiry: ToAnswer, today: date) -> str:
    """``Kantorei Oberlindental, svar senast 22 november, inkom 9 oktober``."""
    parts = [inquiry.received_from] if inquiry.received_from else []
    if inquiry.answer_by is not None:
        parts.append(_("answer by %(day)s") % {"day": near(inquiry.answer_by, today)})
    return ", ".join([*parts, _("received on %(day)s") % {"day": near(inquiry.received, today)}])


def unasked_words(changes: str) -> str:
    """``kräver ett nytt beslut: kostnad 63 000 kr → 75 000 kr``."""
    return _("wants a new decision: %(changes)s") % {"changes": changes}


def awaited_words(awaited: Awaited, today: date, changes: str = "") -> str:
    """``KS beslutar 15 december``, and about which changes, where it was decided before."""
    words = _awaited(awaited, today)
    return f"{words}: {changes}" if changes else words


def _awaited(awaited: Awaited, today: date) -> str:
    if awaited.on is None:
        return _("awaits a decision: %(body)s") % {"body": awaited.body}
    said = _("%(body)s was to decide on %(day)s") if awaited.late else _("%(body)s decides on %(day)s")
    if not awaited.body:
        said = _("was to be decided on %(day)s") if awaited.late else _("is to be decided on %(day)s")
    return said % {"body": awaited.body, "day": near(awaited.on, today)}


def moved_words(changes: Sequence[Moved], data: Data) -> str:
    """``kostnad 63 000 kr → 75 000 kr, slutdatum 10 maj 2026 → 17 maj 2026``."""
    return ", ".join(_moved(change, data) for change in changes)


def _moved(change: Moved, data: Data) -> str:
    old, new = (
        show_date(value) if isinstance(value, date) else "–" if value is None else show_money(value)
        for value in (change.old, change.new)
    )
    return f"{lowered(label_at(KINDS['projects'], change.field, data))} {old} → {new}"


def applied_words(several: Sequence[Applied]) -> str:
    """``sökt 270 000 kr: EU-medel (CERV) 240 000 kr, centrala medel 30 000 kr`` of a record's budget lines."""
    total = show_money(sum(one.amount for one in several))
    alone = len(several) == 1
    each = ", ".join(_source(one) if alone else f"{_source(one)} {show_money(one.amount)}" for one in several)
    return _("%(amount)s applied for: %(source)s") % {"amount": total, "source": each}


def _source(applied: Applied) -> str:
    source = str(_SOURCES.get(applied.source, applied.source))
    return f"{source} ({applied.programme})" if applied.programme else source


def deadline_words(deadline: Deadline, today: date) -> str:
    """``startar 29 december``, ``Lägesrapport: 14 december``."""
    if deadline.field in _DUE:
        return _(_DUE[deadline.field]) % {"day": near(deadline.on, today)}
    if not deadline.what:
        return near(deadline.on, today)
    return f"{deadline.what}: {near(deadline.on, today)}"


def jubilee_words(jubilee: Jubilee, today: date) -> str:
    """``50 år med avtal, i år``."""
    soon = jubilee.year == today.year
    if jubilee.of_decision:
        said = (
            _("%(years)s years since the decision this year")
            if soon
            else _("%(years)s years since the decision next year")
        )
    else:
        said = _("%(years)s years of agreement this year") if soon else _("%(years)s years of agreement next year")
    return said % {"years": jubilee.years}


def near(day: date, today: date) -> str:
    """``22 november``, with the year where it is another than this one."""
    return f"{day.day} {MONTHS[day.month - 1]}" if day.year == today.year else show_date(day)
