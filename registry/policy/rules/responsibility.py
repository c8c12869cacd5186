"""political-responsibility and coordination: who decides, and who should know of one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from registry.findings import Finding
from registry.policy.case import Case
from registry.policy.lacks import Lack, told
from registry.policy.neighbours import Neighbours
from registry.policy.reading import decided_by, decided_on, place
from registry.policy.since import decided_anew, moved
from registry.policy.subjects import DECIDED, Project, Subject, is_live
from registry.policy.whole import Tie, knots
from registry.records.dates import show_date
from registry.records.decisions import decision_of
from registry.records.values import Data, number, tables, text
from registry.words import N_, _, enumerated, ngettext


def decision_lacks(_case: Case, it: Project) -> list[Lack]:
    """A decision, a delegated one too."""
    if any(decision_of(text(entry, "decision")) is not None for _at, entry in it.decisions):
        return []
    return [Lack("decisions", _("has no decision"))]


def decided(case: Case, it: Project) -> Iterator[Finding]:
    """The gate to *decided* and on; decisions dated in the future; in a change, more money or moved dates after it."""
    if it.level >= DECIDED and (lacks := decision_lacks(case, it)):
        yield from told(case, it, "political-responsibility", lacks)
    for key, entries in (("decisions", it.decisions), ("budget", it.lines)):
        for at, entry in entries:
            if (on := _to_come(entry, case.day)) is not None:
                message = _("names a decision of a day that has not come, %(day)s") % {"day": show_date(on)}
                where = place(it.data, key, at, "decision")
                yield case.find(it, "political-responsibility", "warning", where, message)
    if case.before is not None and it.level >= DECIDED:
        yield from _wants_a_decision(case, it)


def _to_come(entry: Data, today: date) -> date | None:
    """The day of an entry's decision, where that has not come."""
    on = decided_on(entry) if "decision" in entry else None
    return on if on is not None and on > today else None


def _wants_a_decision(case: Case, it: Project) -> Iterator[Finding]:
    """More money or other dates than when it was decided, without a new decision: a line for the agenda."""
    earlier = case.earlier_project(it)
    if earlier is None or earlier.level < DECIDED or decided_anew(earlier.data, it.data):
        return
    for change in moved(earlier.data, it.data):
        if change.what == "money":
            message = _("takes more money than when it was decided, which wants a decision of its own (change)")
        else:
            message = _("is moved after it was decided, which wants a decision of its own (change)")
        yield case.find(it, "political-responsibility", "warning", change.field, message)


def year_dealt_with(case: Case, it: Subject) -> Iterable[Finding]:
    """On the registry: the Executive Committee has dealt with the report of each year since the registry was opened."""
    if case.opened is None or case.opened.year >= case.day.year:
        return ()
    dealt = {number(entry, "year") for entry in tables(it.data, "annual_reports") if decided_by(entry, "KS")}
    missing = [year for year in range(max(case.opened.year, case.day.year - 20), case.day.year) if year not in dealt]
    if not missing:
        return ()
    message = _("has no decision of the Executive Committee (KS) on the report of %(years)s") % {
        "years": ", ".join(map(str, missing))
    }
    return [case.find(it, "political-responsibility", "note", "annual_reports", message, measure=len(missing))]


_FIELDS: Final[dict[Tie, str]] = {"town": "twin_towns", "partner": "partners", "programme": "budget"}
_MESSAGES: Final[dict[Tie, str]] = {
    "town": N_("is with the same town at the same time as %(others)s"),
    "partner": N_("is with the same partner at the same time as %(others)s"),
    "programme": N_("uses the same programme at the same time as %(others)s"),
}


def coordination(case: Case, it: Project) -> Iterator[Finding]:
    """Two departments with the same town, partner or programme at the same time: worth a word in the committee."""
    if not case.in_company or not is_live(it.level):
        return
    whole = case.whole
    own = whole.projects.get(it.ref)
    found: dict[Tie, list[Neighbours]] = {}
    for knot in knots(own) if own else ():
        tied = whole.neighbours(knot).get(it.ref) if case.everybody else whole.neighbours_of(knot, it.ref)
        if tied is not None:
            found.setdefault(knot[0], []).append(tied)
    for tie, several in found.items():
        message = _(_MESSAGES[tie]) % {"others": _others(case, several)}
        yield case.find(it, "coordination", "note", _FIELDS[tie], message)


def _others(case: Case, several: Sequence[Neighbours]) -> str:
    """The neighbours by title and department; of more than are named, how many."""
    projects = case.whole.projects
    named = list(dict.fromkeys(ref for one in several for ref in one.named))
    told = [
        _("“%(other)s” (%(department)s)")
        % {
            "other": projects[ref].title or ref,
            "department": ", ".join(map(case.snapshot.title, projects[ref].departments)),
        }
        for ref in named
    ]
    if more := sum(one.of - len(one.named) for one in several):
        told.append(ngettext("%(count)s other", "%(count)s others", more) % {"count": more})
    return enumerated(told)
