"""Departments that work with the same town, partner or programme at the same time: worth a word in the committee."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from registry.policy.terms import Terms
from registry.policy.whole import Knot, Tie, Whole, whole_of
from registry.records.values import tables, text
from registry.reports.agenda.matters import Matter
from registry.snapshot import Snapshot
from registry.words import N_, _

_SHARED: Final[dict[Tie, str]] = {
    "town": N_("the same twin town (%(what)s)"),
    "partner": N_("the same partner (%(what)s)"),
    "programme": N_("the same programme (%(what)s)"),
}


def overlaps(snapshot: Snapshot) -> Sequence[Matter]:
    """Each pair of projects of different departments once, with all that they share, in the order of their REFs."""
    if "coordination" in Terms.of(snapshot.policy).off:
        return ()
    whole = whole_of(snapshot)
    shared: dict[tuple[str, str], list[Knot]] = {}
    for knot, tied in whole.together.items():
        if len(tied) > 1:
            for one, other in whole.neighbours(knot).items():
                pair = (one, other) if one < other else (other, one)
                shared.setdefault(pair, []).append(knot)
    return [_told(snapshot, whole, pair, list(dict.fromkeys(knots))) for pair, knots in sorted(shared.items())]


def _told(snapshot: Snapshot, whole: Whole, pair: tuple[str, str], knots: Sequence[Knot]) -> Matter:
    one, other = pair
    what = ", ".join(_(_SHARED[knot[0]]) % {"what": _called(snapshot, one, knot)} for knot in knots)
    carrying = whole.projects[other].departments
    return Matter(
        one,
        _("at the same time as %(other)s (%(department)s), with %(what)s")
        % {
            "other": whole.projects[other].title or other,
            "department": snapshot.title(carrying[0]) if carrying else "–",
            "what": what,
        },
    )


def _called(snapshot: Snapshot, ref: str, knot: Knot) -> str:
    """What they share, as the record writes it: knots are folded."""
    tie, own = knot
    if tie == "town":
        return snapshot.title(own)
    key, inner = ("partners", "name") if tie == "partner" else ("budget", "programme")
    written = (text(entry, inner) for entry in tables(snapshot.data(ref) or {}, key))
    return next((words for words in written if words.casefold() == own), own)
