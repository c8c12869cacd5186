"""Whether the policy was followed, on paper: the summary, clause by clause, and what was departed from knowingly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from registry.differences import clipped
from registry.findings import SEVERITY_WORDS, Finding
from registry.policy.in_force import InForce
from registry.policy.year import Lapse
from registry.records.dates import show_date
from registry.reports.compliance.gathering import Followed
from registry.reports.document import Block, Column, Document, Facts, Heading, Paragraph, Quote, Table
from registry.reports.parts.findings import column_of_severity, columns_of_counts, count_words, counts
from registry.reports.parts.history import Told
from registry.reports.parts.long_lists import first_of
from registry.words import N_, _, language

_SERVED: Final = {
    "rule": N_("A rule of the registry finds what departs from it."),
    "order": N_("Lists are ordered by it; nothing can depart from it."),
    "nothing": N_("No rule of the registry serves it: whether it was followed is not judged here."),
}
_BRIEF: Final = 60
"""Letters of what a clause says that stand beside its id."""
_MOST: Final = 100
"""Findings of a clause."""


def laid_out(followed: Followed, origin: Sequence[tuple[str, str]]) -> Document:
    """The document."""
    if followed.year is None:
        when = _("How the policy is followed on %(day)s") % {"day": show_date(followed.day)}
    else:
        when = _("How the policy was followed in %(year)s") % {"year": followed.year}
    blocks = (*_about(followed), *_summary(followed), *_clauses(followed), *_outside(followed), *_departed(followed))
    return Document(_("Policy compliance"), when, origin, blocks, language())


def _about(followed: Followed) -> Iterator[Block]:
    yield Heading(_("The policy"))
    rows = [(_("Policy"), followed.policy), (_("Adopted"), followed.adopted)]
    yield Facts([(label, value or _("not stated")) for label, value in rows])
    if followed.year is None:
        yield Paragraph(_("Judged as the records stand, on %(day)s.") % {"day": show_date(followed.day)})
        return
    if followed.year > followed.day.year:
        yield Paragraph(_("The year has not begun, and nothing in it can be judged yet."))
        return
    if followed.nothing_to_judge:
        yield Paragraph(_("The policy was adopted after that year: nothing in it is judged by the policy."))
        return
    yield Paragraph(
        _(
            "Judged by the dates in the records as they stand now, whenever they were entered. Each finding is told with "
            "the days of the year in which it held."
        )
    )
    if followed.opened is not None and followed.year < followed.opened.year:
        words = _("The registry was opened on %(day)s; what was before is recorded afterwards, and may be incomplete.")
        yield Paragraph(words % {"day": show_date(followed.opened)})
    if followed.year == followed.day.year:
        yield Paragraph(_("The year is judged until %(day)s.") % {"day": show_date(followed.day)})


def _summary(followed: Followed) -> Iterator[Block]:
    if followed.nothing_to_judge:
        return
    yield Heading(_("Summary"))
    in_force = [clause for clause in followed.clauses if not clause.off]
    found = [clause for clause in in_force if clause.findings]
    said = _("Of the policy's %(all)s clauses in force, something is found against %(found)s.")
    if not found:
        said = _("Nothing is found against any of the policy's %(all)s clauses in force.")
    yield Paragraph(said % {"all": len(in_force), "found": len(found)})
    rows = [(_briefly(clause), *count_words(counts(clause.findings))) for clause in in_force]
    total = counts(finding for clause in in_force for finding in clause.findings)
    rows.append((_("In all"), *count_words(total)))
    yield Table(_("What is found, clause by clause"), [_clause_column(), *columns_of_counts()], rows, total=True)


def _briefly(clause: InForce) -> str:
    """Its id, with the beginning of what it says."""
    return f"{clause.id}: {clipped(clause.quote, _BRIEF)}" if clause.quote else clause.id


def _clause_column() -> Column:
    return Column(_("Clause"), weight=4)


def _clauses(followed: Followed) -> Iterator[Block]:
    yield Heading(_("Clause by clause"))
    for clause in followed.clauses:
        yield from _clause(clause, followed)


def _clause(clause: InForce, followed: Followed) -> Iterator[Block]:
    yield Heading(clause.id, 2)
    if clause.quote:
        yield Quote(clause.quote, f"§ {clause.id}")
    if clause.off:
        yield Paragraph(_("Switched off: %(decision)s") % {"decision": clause.off})
        return
    yield Paragraph(_served(clause), quiet=True)
    if clause.by != "rule":
        return
    if followed.nothing_to_judge:
        return
    if not clause.findings:
        yield Paragraph(_("Nothing is found against it."))
        return
    if followed.year is None:
        yield from _found(_caption(clause), clause.findings, followed)
    else:
        yield from _lapses(_caption(clause), followed.lapses.get(clause.id, ()), followed)


def _caption(clause: InForce) -> str:
    return _("Found against %(clause)s") % {"clause": clause.id}


def _served(clause: InForce) -> str:
    if clause.by == "construction":
        return _("It holds by construction: %(why)s.") % {"why": "; ".join(_(why) for why in clause.served_by)}
    said = _(_SERVED[clause.by])
    if clause.severity is None:
        return said
    return f"{said} " + _("At the gravest: %(severity)s.") % {"severity": SEVERITY_WORDS[clause.severity]}


def _found(caption: str, findings: Sequence[Finding], followed: Followed) -> Iterator[Block]:
    shown, rest = first_of(findings, _MOST)
    yield Table(caption, _columns(), [_row(finding, followed) for finding in shown])
    yield from rest


def _lapses(caption: str, lapses: Sequence[Lapse], followed: Followed) -> Iterator[Block]:
    shown, rest = first_of(lapses, _MOST)
    columns = [*_columns(), Column(_("From"), weight=2), Column(_("Until"), weight=2)]
    rows = [(*_row(lapse.finding, followed), show_date(lapse.since), show_date(lapse.until)) for lapse in shown]
    yield Table(caption, columns, rows)
    yield from rest


def _columns() -> list[Column]:
    return [Column(_("Record"), weight=3), column_of_severity(), Column(_("Finding"), weight=4)]


def _row(finding: Finding, followed: Followed) -> tuple[str, str, str]:
    return followed.titles.get(finding.ref, finding.ref), str(finding.how_grave), finding.message


def _outside(followed: Followed) -> Iterator[Block]:
    if followed.outside:
        yield Heading(_("Errors in the records, outside the policy"))
        yield from _found(_("Errors in the records"), followed.outside, followed)


def _departed(followed: Followed) -> Iterator[Block]:
    yield Heading(_("Exceptions and breaches on record"))
    if not followed.departed:
        if followed.year is None:
            yield Paragraph(_("No change on record departs from the policy."))
        else:
            yield Paragraph(_("No change entered in %(year)s departs from the policy.") % {"year": followed.year})
        return
    yield Paragraph(
        _("Changes that were saved though the policy is against them, with the reason that was given. Oldest first."),
        quiet=True,
    )
    shown, rest = first_of(followed.departed)
    columns = (
        Column(_("Entered"), weight=2),
        Column(_("Record"), weight=2),
        Column(_("Clause"), weight=2),
        Column(_("Reason"), weight=4),
        Column(_("Decision"), weight=2),
        *((Column(_("Entered by"), weight=2),) if followed.named else ()),
    )
    rows = [_departure(change, followed) for change in shown]
    yield Table(_("Exceptions and breaches on record"), columns, rows)
    yield from rest


def _departure(change: Told, followed: Followed) -> Sequence[str]:
    clauses = [_("%(clause)s (exception)") % {"clause": clause} for clause in change.exceptions]
    clauses += [_("%(clause)s (breach)") % {"clause": clause} for clause in change.breaches]
    return (
        show_date(change.on),
        "; ".join(followed.titles.get(ref, ref) for ref in change.refs) or "–",
        "; ".join(clauses),
        change.why or _("not stated"),
        "; ".join(change.decisions) or "–",
        *((change.author,) if followed.named else ()),
    )
