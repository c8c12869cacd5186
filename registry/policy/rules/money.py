"""budgeted, eu-funding, central-funds, department-funding, set-aside: "budgeteras", and who pays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registry.findings import Finding, Severity
from registry.policy.case import Case
from registry.policy.frames import Frame, frames
from registry.policy.lacks import Lack, told
from registry.policy.reading import place, said
from registry.policy.subjects import COMPLETED, DECIDED, STOPPED, Project, Subject
from registry.records.money import show_money
from registry.records.values import number, text
from registry.words import _

_AMOUNTS = ("planned", "applied", "granted", "spent")


def budgeted_lacks(_case: Case, it: Project) -> list[Lack]:
    """A budget line with an amount; 0 counts where words say why."""
    zero = False
    for _at, line in it.lines:
        amounts = [amount for key in _AMOUNTS if (amount := number(line, key)) is not None]
        if any(amount > 0 for amount in amounts) or (0 in amounts and said(line.get("note"))):
            return []
        zero = zero or 0 in amounts
    if zero:
        return [Lack("budget", _("has a budget of 0 kronor and no words that say why"), absent=False)]
    return [Lack("budget", _("has no budget line with an amount"))]


def budgeted(case: Case, it: Project) -> Iterator[Finding]:
    """The gate to *decided* and on; money granted below the cost once it is decided."""
    if it.level < DECIDED:
        return
    if lacks := budgeted_lacks(case, it):
        yield from told(case, it, "budgeted", lacks)
    cost = number(it.data, "cost")
    if cost is None or it.level > COMPLETED:
        return
    granted = covered(it)
    if granted < cost:
        message = _("costs %(cost)s, and %(granted)s of it is granted") % {
            "cost": show_money(cost),
            "granted": show_money(granted),
        }
        yield case.find(it, "budgeted", "warning", "cost", message)


def covered(it: Project) -> int:
    """What of the cost is paid for: what is granted, and participants' fees, which nobody grants, as planned."""
    total = 0
    for _at, line in it.lines:
        granted = number(line, "granted")
        if granted is None and line.get("source") == "participants":
            granted = number(line, "planned")
        total += granted or 0
    return total


def eu_funding(case: Case, it: Project) -> Iterator[Finding]:
    """A budget line of EU money names its programme."""
    if it.level == STOPPED:
        return
    for at, line in it.lines:
        if line.get("source") == "eu" and not said(line.get("programme")):
            where = place(it.data, "budget", at, "programme")
            yield case.find(it, "eu-funding", "warning", where, _("has EU money without the name of its programme"))


def named_department(case: Case, it: Project) -> Iterator[Finding]:
    """A budget line of a department's own money names the department."""
    if it.level == STOPPED:
        return
    for at, line in it.lines:
        if line.get("source") == "department" and not text(line, "department"):
            where = place(it.data, "budget", at, "department")
            message = _("has a department's money without saying which department's")
            yield case.find(it, "department-funding", "violation", where, message)


def central_funds(case: Case, it: Subject) -> Iterator[Finding]:
    """On the registry: a year's granted central money against its decided frame; money granted where none is decided."""
    known = frames(it.data, "central_funds")
    without: list[int] = []
    for year, granted in case.whole.central().items():
        began_before = case.opened is not None and year < case.opened.year
        frame = known.get(year, Frame(None, None, ""))
        if frame.decided is None:
            if granted > 0 and not began_before:
                without.append(year)
        elif granted > frame.decided:
            message = _("%(granted)s of central money is granted for %(year)s; the frame is %(frame)s") % {
                "granted": show_money(granted),
                "year": year,
                "frame": show_money(frame.decided),
            }
            severity: Severity = "note" if began_before else "exception"
            yield case.find(it, "central-funds", severity, frame.field, message, measure=granted - frame.decided)
    if without:
        message = _("central money is granted for %(years)s, and no frame is decided") % {
            "years": ", ".join(map(str, without))
        }
        yield case.find(it, "central-funds", "warning", "central_funds", message, measure=len(without))


def within_budget(case: Case, it: Subject) -> Iterator[Finding]:
    """On a department: what a year's projects take of its own money, against what it has decided to set aside."""
    for year, frame in sorted(frames(it.data, "budget").items()):
        taken = case.whole.taken.get((it.ref, year), 0)
        if frame.decided is None or taken <= frame.decided:
            continue
        message = _("%(taken)s of its money goes to projects in %(year)s; %(frame)s is set aside") % {
            "taken": show_money(taken),
            "year": year,
            "frame": show_money(frame.decided),
        }
        yield case.find(it, "department-funding", "warning", frame.field, message, measure=taken - frame.decided)


def set_aside(case: Case, it: Subject) -> Iterable[Finding]:
    """A department with live projects in the year has set money aside for it."""
    year = case.day.year
    frame = frames(it.data, "budget").get(year, Frame(None, None, ""))
    if (frame.decided or 0) > 0 or not _busy(case, it.ref, year):
        return ()
    if frame.proposed:
        message = _("has live projects in %(year)s, and its budget for them is proposed, not decided") % {"year": year}
    else:
        message = _("has live projects in %(year)s, and has set no money aside") % {"year": year}
    return [case.find(it, "set-aside", "warning", "budget", message)]


def _busy(case: Case, department: str, year: int) -> bool:
    """Whether one of its live projects goes on in that year, or has a budget line for it."""
    for ref in case.whole.live.get(department, ()):
        found = case.whole.projects[ref]
        if found.start.year <= year <= found.end.year or any(line.year == year for line in found.lines):
            return True
    return False
