"""external-commitments: "varje åtagande … behandlat och säkerställt innan projektet dras igång"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from registry.findings import Finding
from registry.policy.case import Case
from registry.policy.lacks import Lack, told
from registry.policy.reading import listed, place, said
from registry.policy.since import Late, entered_late
from registry.policy.subjects import ONGOING, STOPPED, Project
from registry.records.dates import show_date
from registry.records.decisions import Decision, decision_of
from registry.records.values import Data, day, text
from registry.words import _


def commitment_lacks(_case: Case, it: Project) -> list[Lack]:
    """Every commitment treated and secured, both no later than the start, or said outright that there are none.

    Only what is organised outside the administration is asked, also where a department carries it.
    """
    commitments = listed(it.data, "commitments")
    none = it.data.get("no_commitments") is True
    if none and commitments:
        return [Lack("no_commitments", _("is said to have no commitments, and has some"), absent=False)]
    if not it.external or none:
        return []
    if not commitments:
        message = _("is organised outside the administration, and does not say what the municipality commits itself to")
        return [Lack("no_commitments", message)]
    return [lack for at, entry in commitments for lack in _of_one(it, at, entry)]


def _of_one(it: Project, at: int, entry: Data) -> Iterator[Lack]:
    towards = text(entry, "party") if said(entry.get("party")) else _("the organiser")
    where = place(it.data, "commitments", at, "treated")
    treated = decision_of(text(entry, "treated"))
    if treated is None:
        yield Lack(where, _("has a commitment towards %(party)s that was not treated") % {"party": towards})
    elif it.start is not None and _after(treated, it.start):
        message = _("has a commitment towards %(party)s that was treated after it started") % {"party": towards}
        yield Lack(where, message, absent=False)
    where = place(it.data, "commitments", at, "secured_on")
    secured = day(entry, "secured_on")
    if secured is None:
        yield Lack(where, _("has a commitment towards %(party)s that is not secured") % {"party": towards})
    elif it.start is not None and secured > it.start:
        message = _("has a commitment towards %(party)s that was secured after it started") % {"party": towards}
        yield Lack(where, message, absent=False)


def _after(decision: Decision, start: date) -> bool:
    """Whether it was made later; a delegated one without a day, or an old one of the same year, is not known to be."""
    if decision.date is not None:
        return decision.date > start
    return decision.year is not None and decision.year > start.year


def external_commitments(case: Case, it: Project) -> Iterator[Finding]:
    """The gate to *ongoing* and on, and for whatever has started whatever its status; a contradiction at any time."""
    if not it.external and "commitments" not in it.data:
        return
    started = it.start is not None and it.start < case.day and it.level != STOPPED
    lacks = commitment_lacks(case, it)
    if it.level < ONGOING and not started:
        lacks = [lack for lack in lacks if lack.field == "no_commitments" and not lack.absent]
    if lacks:
        yield from told(case, it, "external-commitments", lacks)
    yield from _to_come(case, it)
    if case.before is not None and it.external and it.level != STOPPED:
        yield from _entered_now(case, it)


def _to_come(case: Case, it: Project) -> Iterator[Finding]:
    """A commitment treated or secured on a day that has not come."""
    for at, entry in listed(it.data, "commitments"):
        treated, secured = decision_of(text(entry, "treated")), day(entry, "secured_on")
        if treated is not None and treated.date is not None and treated.date > case.day:
            message = _("has a commitment treated on a day that has not come, %(day)s")
            where = place(it.data, "commitments", at, "treated")
            yield case.find(it, "external-commitments", "warning", where, message % {"day": show_date(treated.date)})
        if secured is not None and secured > case.day:
            message = _("has a commitment secured on a day that has not come, %(day)s")
            where = place(it.data, "commitments", at, "secured_on")
            yield case.find(it, "external-commitments", "warning", where, message % {"day": show_date(secured)})


def _entered_now(case: Case, it: Project) -> Iterator[Finding]:
    """In the change that enters it after the start: it may well be true, and the history shows when it was written."""
    earlier = case.earlier(it)
    if it.start is None or it.start >= case.day or earlier is None or it.afterwards:
        return
    yield from settled_late(case, it, entered_late([(date.min, earlier), (case.day, it.data)], it.data))


def settled_late(case: Case, it: Project, found: Iterable[Late]) -> Iterator[Finding]:
    """What the history shows of commitments that were settled in the registry after the start, as notes."""
    if not it.external or it.level == STOPPED or it.afterwards or "external-commitments" in case.terms.off:
        return
    for late in found:
        message = _("has a commitment whose settlement was entered on %(day)s, after it started") % {
            "day": show_date(late.entered)
        }
        yield case.find(it, "external-commitments", "note", late.field, message)
