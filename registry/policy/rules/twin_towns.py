"""no-obligations, no-new-agreements: "Vänortsavtalen innehåller inga ekonomiska förpliktelser", "Inga nya …"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registry.findings import Finding, Severity
from registry.policy.agreements import agreement_of
from registry.policy.case import Case
from registry.policy.subjects import Subject
from registry.records.dates import show_date
from registry.words import _


def no_obligations(case: Case, it: Subject) -> Iterable[Finding]:
    """An agreement takes on no financial obligations; a proposed or a declined one is none."""
    if it.data.get("financial_obligations") is not True or not agreement_of(it.data).made:
        return ()
    message = _("has an agreement with financial obligations")
    return [case.find(it, "no-obligations", "exception", "financial_obligations", message)]


def no_new_agreements(case: Case, it: Subject) -> Iterator[Finding]:
    """An agreement younger than the policy; renewed, taken over, proposed or declined is not new."""
    if case.terms.new_agreements == "allowed":
        return
    found = agreement_of(it.data)
    adopted = case.terms.adopted
    if not found.made or adopted is None:
        return
    year = adopted.date.year if adopted.date else adopted.year
    if year is None:
        return
    severity: Severity = "violation" if case.terms.new_agreements == "forbidden" else "exception"
    signed = [event for event in found.signed if (event.on > adopted.date if adopted.date else event.on.year > year)]
    for event in signed:
        message = _("has a new agreement, signed on %(day)s") % {"day": show_date(event.on)}
        yield case.find(it, "no-new-agreements", severity, event.field, message)
        if event.body != "KF":
            message = _("has a new agreement without a decision of the Municipal Council (KF)")
            yield case.find(it, "no-new-agreements", "warning", f"{event.field}.decision", message)
    if signed or found.signed or found.carried_on:
        return
    if found.year is not None:
        if found.year > year:
            message = _("has an agreement of %(year)s, younger than the policy") % {"year": found.year}
            yield case.find(it, "no-new-agreements", severity, "agreement_year", message)
        elif found.year == year:
            message = _("has an agreement of the year in which the policy was adopted; which came first is not known")
            yield case.find(it, "no-new-agreements", "note", "agreement_year", message)
    elif case.before is not None and found.in_force and not _was_made(case, it):
        message = _("has a new agreement; when it was signed is not said")
        yield case.find(it, "no-new-agreements", severity, "agreement_status", message)


def _was_made(case: Case, it: Subject) -> bool:
    earlier = case.earlier(it)
    return earlier is not None and agreement_of(earlier).made
