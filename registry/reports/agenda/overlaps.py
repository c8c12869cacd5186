"""Departments that work with the same town, partner or programme at the same time: worth a word in the committee."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from registry.policy.terms import Terms
from registry.policy.whole import Knot, Tie, Whole, whole_of
from registry.records.values import tables, text
from registry.reports.agenda.matters import Matter
from registry.snapshot import Snapshot
from registry.words import N_, _, enumerated, ngettext

Pair: TypeAlias = tuple[str, str]
"""Two REFs, in order."""

_SHARED: Final[dict[Tie, str]] = {
    "town": N_("the same twin town (%(what)s)"),
    "partner": N_("the same partner (%(what)s)"),
    "programme": N_("the same programme (%(what)s)"),
}


def overlaps(snapshot: Snapshot) -> Sequence[Matter]:
    """Each pair of projects of different departments once, with all that they share; a line for each project with others.

    The line stands at the one with the first REF.
    """
    if "coordination" in Terms.of(snapshot.policy).off:
        return ()
    whole = whole_of(snapshot)
    shared: dict[Pair, list[Knot]] = {}
    for knot, tied in whole.together.items():
        for one, several in whole.neighbours(knot).items() if len(tied) > 1 else ():
            for other in several.named:
                knots = shared.setdefault((one, other) if one < other else (other, one), [])
                if knot not in knots:
                    knots.append(knot)
    lines: dict[str, list[str]] = {}
    for one, alike in _by_first(shared).items():
        lines[one] = [_told(snapshot, whole, one, others, knots) for knots, others in alike.items()]
    for ref, words in _unnamed(snapshot, whole, shared):
        lines.setdefault(ref, []).append(words)
    return [Matter(ref, "; ".join(lines[ref])) for ref in sorted(lines)]


def _by_first(shared: Mapping[Pair, Sequence[Knot]]) -> Mapping[str, Mapping[tuple[Knot, ...], list[str]]]:
    """REF → what it shares → with whom, of those that come after it."""
    found: dict[str, dict[tuple[Knot, ...], list[str]]] = {}
    for (one, other), knots in sorted(shared.items()):
        found.setdefault(one, {}).setdefault(tuple(knots), []).append(other)
    return found


def _unnamed(snapshot: Snapshot, whole: Whole, shared: Mapping[Pair, Sequence[Knot]]) -> Iterator[tuple[str, str]]:
    """How many more there are, of a project with more neighbours than are named."""
    told = Counter((ref, knot) for pair, knots in shared.items() for ref in pair for knot in knots)
    for knot in sorted({knot for knots in shared.values() for knot in knots}):
        for ref, several in sorted(whole.neighbours(knot).items()):
            if (more := several.of - told[ref, knot]) > 0:
                words = ngettext(
                    "at the same time as %(count)s other, with %(what)s",
                    "at the same time as %(count)s others, with %(what)s",
                    more,
                )
                yield ref, words % {"count": more, "what": _(_SHARED[knot[0]]) % {"what": _called(snapshot, ref, knot)}}


def _told(snapshot: Snapshot, whole: Whole, one: str, others: Sequence[str], knots: Sequence[Knot]) -> str:
    """Those with which a project shares the same things."""
    what = ", ".join(_(_SHARED[knot[0]]) % {"what": _called(snapshot, one, knot)} for knot in knots)
    return _("at the same time as %(others)s, with %(what)s") % {
        "others": enumerated([_other(snapshot, whole, other) for other in others]),
        "what": what,
    }


def _other(snapshot: Snapshot, whole: Whole, ref: str) -> str:
    found = whole.projects[ref]
    departments = ", ".join(map(snapshot.title, found.departments))
    return _("“%(other)s” (%(department)s)") % {"other": found.title or ref, "department": departments}


def _called(snapshot: Snapshot, ref: str, knot: Knot) -> str:
    """What they share, as the record writes it: knots are folded."""
    tie, own = knot
    if tie == "town":
        return snapshot.title(own)
    key, inner = ("partners", "name") if tie == "partner" else ("budget", "programme")
    written = (text(entry, inner) for entry in tables(snapshot.data(ref) or {}, key))
    return next((words for words in written if words.casefold() == own), own)
