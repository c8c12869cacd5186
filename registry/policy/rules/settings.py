"""What is wrong with the policy as data: ids that nothing serves, and settings that contradict one another."""

from __future__ import annotations

from collections.abc import Container, Iterator
from difflib import get_close_matches

from registry.findings import SCHEMA, Finding
from registry.policy.case import Case
from registry.policy.priority_ids import PRIORITY_IDS
from registry.policy.reading import listed, place
from registry.policy.subjects import Subject
from registry.policy.terms import switched_off
from registry.records.values import table, text, texts
from registry.words import _


def settings(case: Case, it: Subject, known: Container[str]) -> Iterator[Finding]:
    """Outside the policy (`schema`): what makes the policy's file say less, or other, than it seems to."""
    yield from _clauses(case, it, known)
    yield from _aims(case, it)
    europe = table(it.data, "europe")
    both = sorted({*texts(europe, "include")} & {*texts(europe, "exclude")})
    if both:
        message = _("counts and does not count as Europe at once: %(countries)s") % {"countries": ", ".join(both)}
        yield case.find(it, SCHEMA, "violation", "europe.exclude", message)
    if any(aim.id == "europe" for aim in case.terms.priorities) and not case.terms.europe.countries:
        message = _("gives Europe priority, and names no list of countries that count as Europe")
        yield case.find(it, SCHEMA, "note", "europe", message)
    if case.terms.new_agreements == "allowed" and "no-new-agreements" in case.terms.severities:
        message = _("allows new agreements, and says how grave one is; that is not checked")
        yield case.find(it, SCHEMA, "note", "new_agreements", message)


def _clauses(case: Case, it: Subject, known: Container[str]) -> Iterator[Finding]:
    for at, entry in listed(it.data, "clauses"):
        own = text(entry, "id")
        if own and own not in known:
            near = get_close_matches(own, list(known) if isinstance(known, (tuple, list, dict)) else [], n=1)
            if near:
                message = _("“%(id)s” is no clause that a rule serves; is it %(near)s?") % {"id": own, "near": near[0]}
            else:
                message = _("“%(id)s” is no clause that a rule serves") % {"id": own}
            yield case.find(it, SCHEMA, "violation", place(it.data, "clauses", at, "id"), message)
        if entry.get("on") is False and not switched_off(entry):
            message = _("is switched off without a decision, and so stays in force: %(clause)s") % {"clause": own}
            yield case.find(it, SCHEMA, "violation", place(it.data, "clauses", at, "decision"), message)


def _aims(case: Case, it: Subject) -> Iterator[Finding]:
    for at, entry in listed(it.data, "priorities"):
        own = text(entry, "id")
        if own and own not in PRIORITY_IDS:
            message = _("“%(id)s” is no priority that a project can be seen to have: %(known)s") % {
                "id": own,
                "known": ", ".join(PRIORITY_IDS),
            }
            yield case.find(it, SCHEMA, "warning", place(it.data, "priorities", at, "id"), message)
