"""adoption, exchange-officer, coordinator, coordination-committee, board-duty, watch-opportunities: who answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import nsmallest

from registry.findings import Finding
from registry.policy.case import Case
from registry.policy.lacks import Lack, told
from registry.policy.offices import Seat, holders, overlap, seats_of
from registry.policy.reading import decided_by, decided_on, listed, place, said, year_before
from registry.policy.rules.planning import started_by
from registry.policy.subjects import DECIDED, Project, Subject
from registry.records.dates import show_date
from registry.records.values import day, tables, text
from registry.words import _, ngettext


def adoption(case: Case, it: Subject) -> Iterator[Finding]:
    """On the policy: the Municipal Council adopted it, no later than today."""
    adopted = case.terms.adopted
    if adopted is None or adopted.body != "KF":
        message = _("is not said to be adopted by the Municipal Council (KF)")
        yield case.find(it, "adoption", "warning", "adopted", message)
    elif adopted.date is not None and adopted.date > case.day:
        message = _("was adopted on a day that has not come, %(day)s") % {"day": show_date(adopted.date)}
        yield case.find(it, "adoption", "warning", "adopted", message)


def coordinator(case: Case, it: Subject) -> Iterator[Finding]:
    """On the registry: one coordinator at a time, appointed by a decision of the Municipal Executive Committee."""
    now = [seat for seat in seats_of(it.data, "coordinators") if seat.holds(case.day)]
    if not any(seat.person and not _erased(case, seat) for seat in now):
        message = _("has nobody in charge of international contacts")
        yield case.find(it, "coordinator", "warning", "coordinators", message)
    if both := overlap(it.data, "coordinators"):
        yield case.find(it, "coordinator", "warning", both[1], _two_at_once(both[2], both[3]))
    for at, entry in listed(it.data, "coordinators"):
        if not any(seat.at == at for seat in now):
            continue
        where = place(it.data, "coordinators", at, "decision")
        if not decided_by(entry, "KS"):
            message = _("has a coordinator who was not appointed by a decision of the Executive Committee (KS)")
            yield case.find(it, "coordinator", "warning", where, message)
        elif (decided := decided_on(entry)) is not None and decided > case.day:
            message = _("has a coordinator appointed on a day that has not come, %(day)s") % {"day": show_date(decided)}
            yield case.find(it, "coordinator", "warning", where, message)


def coordination_committee(case: Case, it: Subject) -> Iterable[Finding]:
    """On the registry: live projects whose department has nobody in the coordination committee, or that have none."""
    homeless: list[str] = []
    for department, refs in sorted(case.whole.live.items()):
        data = case.snapshot.data(department) if department.startswith("departments/") else None
        if refs and (data is None or not _has_officer(case, department, case.day)):
            homeless.extend(refs)
    if not homeless:
        return ()
    count = len(homeless)
    titles = nsmallest(3, (case.whole.projects[ref].title or ref for ref in homeless))
    message = ngettext(
        "%(count)s live project has no seat in the coordination committee: %(titles)s",
        "%(count)s live projects have no seat in the coordination committee: %(titles)s",
        count,
    ) % {"count": count, "titles": ", ".join(titles) + (" …" if count > len(titles) else "")}
    return [case.find(it, "coordination-committee", "warning", "meetings", message, measure=count)]


def exchange_officers(case: Case, it: Subject) -> Iterator[Finding]:
    """On a department: ambition without an officer, live projects without ambition, two officers at once."""
    live = case.whole.live.get(it.ref, frozenset())
    gone = day(it.data, "active_until")
    if gone is not None and gone < case.day:
        if live:
            message = ngettext(
                "ended on %(day)s and carries %(count)s live project",
                "ended on %(day)s and carries %(count)s live projects",
                len(live),
            ) % {"day": show_date(gone), "count": len(live)}
            yield case.find(it, "exchange-officer", "warning", "active_until", message)
        return
    ambitious = it.data.get("ambition") is True
    if ambitious and not _has_officer(case, it.ref, case.day):
        yield case.find(it, "exchange-officer", "warning", "officers", _("has no exchange officer"))
    if live and not ambitious:
        message = ngettext(
            "carries %(count)s live project without a stated ambition",
            "carries %(count)s live projects without a stated ambition",
            len(live),
        ) % {"count": len(live)}
        yield case.find(it, "exchange-officer", "warning", "ambition", message)
    if both := overlap(it.data, "officers"):
        yield case.find(it, "exchange-officer", "warning", both[1], _two_at_once(both[2], both[3]))


def officer_lacks(case: Case, it: Project) -> list[Lack]:
    """An officer in the department that carries the project, today or on the day of the decision."""
    department = text(it.data, "department")
    if not department:
        return []
    decided = started_by(it)
    days = {case.day, decided} if decided is not None and decided <= case.day else {case.day}
    if any(_has_officer(case, department, on) for on in days):
        return []
    message = _("is carried by a department that has no exchange officer: %(department)s") % {
        "department": case.snapshot.title(department)
    }
    return [Lack("department", message, absent=False)]


def officer_in_place(case: Case, it: Project) -> Iterator[Finding]:
    """In the change that moves a project to *decided* or past it, and only there: one resignation condemns nothing."""
    if case.before is None or it.level < DECIDED:
        return
    earlier = case.earlier_project(it)
    if (earlier is None or earlier.level < DECIDED) and (lacks := officer_lacks(case, it)):
        yield from told(case, it, "exchange-officer", lacks)


def board_duty(case: Case, it: Subject) -> Iterable[Finding]:
    """On a department: the board that answers for it."""
    if _gone(case, it) or said(it.data.get("board")):
        return ()
    return [case.find(it, "board-duty", "warning", "board", _("does not say which board answers for it"))]


def watch_opportunities(case: Case, it: Subject) -> Iterable[Finding]:
    """On a department with ambition: an opportunity that was reviewed in the last twelve months."""
    if it.data.get("ambition") is not True or _gone(case, it):
        return ()
    since = year_before(case.day)
    reviewed = [on for entry in tables(it.data, "opportunities") if (on := day(entry, "reviewed")) is not None]
    if any(since <= on <= case.day for on in reviewed):
        return ()
    message = _("has reviewed no opportunity in the last twelve months")
    return [case.find(it, "watch-opportunities", "note", "opportunities", message)]


def _gone(case: Case, it: Subject) -> bool:
    until = day(it.data, "active_until")
    return until is not None and until < case.day


def _has_officer(case: Case, department: str, on: date) -> bool:
    data = case.snapshot.data(department)
    return data is not None and any(not _erased(case, seat) for seat in holders(data, "officers", on))


def _erased(case: Case, seat: Seat) -> bool:
    """Whether the book says that the person was erased: the office counts as vacant (DESIGN.md section 5)."""
    return case.book is not None and case.book.erased(seat.person)


def _two_at_once(since: date, until: date) -> str:
    if since == date.min:
        return _("has two in the same office at once")
    if until == date.max:
        return _("has two in the same office from %(day)s") % {"day": show_date(since)}
    return _("has two in the same office, %(from)s to %(until)s") % {
        "from": show_date(since),
        "until": show_date(until),
    }
