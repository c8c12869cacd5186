"""planned, documented, long-term: "skall präglas av långsiktighet", "planeras", "dokumenteras"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from registry.findings import SCHEMA, Finding
from registry.policy.case import Case
from registry.policy.lacks import Lack, told
from registry.policy.reading import decided_on, said
from registry.policy.subjects import COMPLETED, DECIDED, ONGOING, PLANNED, STOPPED, Project
from registry.records.dates import show_date
from registry.records.values import day, tables, text
from registry.words import _, ngettext


def planned_lacks(_case: Case, it: Project) -> list[Lack]:
    """Purpose, start, end (or open-ended with a day of review), who carries it, who is responsible."""
    data = it.data
    lacks = []
    if not said(data.get("purpose")):
        lacks.append(Lack("purpose", _("has no purpose in words")))
    if it.start is None:
        lacks.append(Lack("start", _("has no start date")))
    if it.end is None:
        if data.get("open_ended") is not True:
            lacks.append(Lack("end", _("has no end date, and is not said to be open-ended")))
        elif day(data, "review_due") is None:
            lacks.append(Lack("review_due", _("is open-ended and has no date for review")))
    if not text(data, "department") and not it.external:
        lacks.append(Lack("department", _("has neither a department that carries it nor an external organiser")))
    if not text(data, "responsible"):
        lacks.append(Lack("responsible", _("has nobody responsible")))
    return lacks


def planned(case: Case, it: Project) -> Iterator[Finding]:
    """The gate to *planned* and on; an open-ended project whose review is due, or which has an end all the same."""
    if it.level < PLANNED:
        return
    if lacks := planned_lacks(case, it):
        yield from told(case, it, "planned", lacks)
    if it.data.get("open_ended") is True:
        due = day(it.data, "review_due")
        if due is not None and due < case.day and it.level <= ONGOING:
            message = _("was to be reviewed by %(day)s") % {"day": show_date(due)}
            yield case.find(it, "planned", "warning", "review_due", message)
        if it.end is not None:
            yield case.find(it, "planned", "warning", "open_ended", _("is open-ended and has an end date too"))


def documented_lacks(_case: Case, it: Project) -> list[Lack]:
    """A document with a reference."""
    if any(said(document.get("reference")) for document in tables(it.data, "documents")):
        return []
    return [Lack("documents", _("has no document with a reference"))]


def documented(case: Case, it: Project) -> Iterator[Finding]:
    """The gate to *completed* and on; a step back or an end without a reason; a status that the dates have passed."""
    if it.level >= COMPLETED and (lacks := documented_lacks(case, it)):
        yield from told(case, it, "documented", lacks)
    if it.level == STOPPED and not said(it.data.get("stage_reason")):
        yield case.find(it, "documented", "warning", "stage_reason", _("was stopped without a reason being given"))
    if STOPPED < it.level <= ONGOING and it.start is not None and (message := _lag(it, case.day)):
        yield case.find(it, "documented", "warning", "stage", message)
    if case.before is not None and reasonless_step_back(case, it):
        message = _("takes a step back without a reason being given")
        yield case.find(it, "documented", "violation", "stage_reason", message)
    if it.afterwards and not said(it.data.get("source")):
        yield case.find(it, "documented", "note", "source", _("is recorded afterwards without its source"))


def _lag(it: Project, today: date) -> str:
    """Dates speak where the status was not moved."""
    if it.end is not None and it.end < today:
        return _("has ended, %(day)s, and its status was not moved") % {"day": show_date(it.end)}
    if it.level < ONGOING and it.start is not None and it.start < today:
        return _("has started, %(day)s, and its status was not moved") % {"day": show_date(it.start)}
    return ""


def reasonless_step_back(case: Case, it: Project) -> bool:
    """Whether the change takes a project back (återremiss) and gives no reason, or leaves an earlier one standing."""
    earlier = case.earlier_project(it)
    if earlier is None or not STOPPED < it.level < earlier.level:
        return False
    reason = it.data.get("stage_reason")
    return not said(reason) or reason == earlier.data.get("stage_reason")


def long_term(case: Case, it: Project) -> Iterator[Finding]:
    """How it goes on; time enough from registration and from decision to start; decided before it starts."""
    if it.level < PLANNED:
        return
    if not said(it.data.get("continuation")):
        message = _("does not say how it goes on afterwards")
        yield case.find(it, "long-term", "warning", "continuation", message)
    if it.start is None or it.afterwards:
        return
    days = case.terms.lead_time_days
    if days is not None and (registered := day(it.data, "registered")) is not None:
        lead = (it.start - registered).days
        if lead < days:
            yield case.find(it, "long-term", "warning", "registered", _short(lead, days))
    if it.level >= DECIDED and (decided := started_by(it)) is not None:
        lead = (it.start - decided).days
        if lead < 0:
            message = _("was decided on %(day)s, after it had started") % {"day": show_date(decided)}
            yield case.find(it, "long-term", "exception", "decisions", message)
        elif days is not None and lead < days:
            yield case.find(it, "long-term", "warning", "start", _short_after_decision(lead, days))


def _short(lead: int, wanted: int) -> str:
    if lead < 0:
        return _("was registered after it had started; %(wanted)s days are wanted") % {"wanted": wanted}
    return ngettext(
        "was registered %(days)s day before it starts; %(wanted)s are wanted",
        "was registered %(days)s days before it starts; %(wanted)s are wanted",
        lead,
    ) % {"days": lead, "wanted": wanted}


def _short_after_decision(lead: int, wanted: int) -> str:
    return ngettext(
        "was decided %(days)s day before it starts; %(wanted)s are wanted",
        "was decided %(days)s days before it starts; %(wanted)s are wanted",
        lead,
    ) % {"days": lead, "wanted": wanted}


def started_by(it: Project) -> date | None:
    """The day of the first decision that the project may start; None where none names its day."""
    found = [
        on
        for _at, entry in it.decisions
        if entry.get("kind", "start") == "start" and (on := decided_on(entry)) is not None
    ]
    return min(found, default=None)


def recorded_afterwards(case: Case, it: Project) -> Iterable[Finding]:
    """``recorded_afterwards`` where the project did not begin before the registry: outside the policy, and no way out."""
    if it.data.get("recorded_afterwards") is not True or it.afterwards:
        return ()
    if case.opened is None or (it.start is None and it.end is None):
        message = _("is said to be recorded afterwards, and has no date that shows that it began before the registry")
    else:
        message = _("is said to be recorded afterwards, and did not begin before the registry was opened, %(day)s") % {
            "day": show_date(case.opened)
        }
    return [case.find(it, SCHEMA, "violation", "recorded_afterwards", message)]
