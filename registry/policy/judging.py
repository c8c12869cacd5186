"""Judging a registry by its own policy, and a change by what it brings about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from registry.findings import Finding, introduced, worst_first
from registry.policy.case import Case
from registry.policy.clauses import GRAVEST, Rule, rules_for
from registry.policy.digests import digest
from registry.policy.subjects import Project, Subject
from registry.policy.terms import Terms
from registry.policy.whole import whole_of
from registry.records.kinds import KINDS
from registry.records.refs import folder_of
from registry.records.values import Data
from registry.records.values import day as day_of
from registry.snapshot import Snapshot

if TYPE_CHECKING:
    from registry.people.book import Book

MANY: Final = 50
"""So many records of a change that all projects are counted and compared anew: for each of them it would cost more."""
_NOTHING: Final[Mapping[str, str]] = {}


def case_of(
    snapshot: Snapshot,
    day: date,
    before: Snapshot | None = None,
    changed: Iterable[str] = (),
    *,
    renamed: Mapping[str, str] = _NOTHING,
    book: Book | None = None,
    terms: Terms | None = None,
) -> Case:
    """The registry as of `day`, under its own policy; `changed` are the records in which it differs from `before`.

    `terms` are those of its policy, where they have been read already.
    """
    return Case(snapshot, day, terms or Terms.of(snapshot.policy), GRAVEST, before, frozenset(changed), renamed, book)


def judge(
    snapshot: Snapshot,
    day: date,
    refs: Iterable[str] | None = None,
    before: Snapshot | None = None,
    *,
    renamed: Mapping[str, str] = _NOTHING,
    book: Book | None = None,
    company: bool = True,
    terms: Terms | None = None,
    without: frozenset[str] = frozenset(),
) -> list[Finding]:
    """What the policy says of the records `refs` (None: of all), worst first, as of `day`.

    With `before`, the registry before a change, the steps that the change takes are judged too; the two may then differ
    in `refs` only (`renamed`: new REF → old). `book` is for names in free text; without it, what looks like personal
    data is still found by its form. Totals are told on the record that has the frame: `reach` says which a change feeds.
    Without `company` no project is compared with others. `terms` as for `case_of`. Clauses `without` which it is asked
    are left out.
    """
    wanted = snapshot.refs() if refs is None else sorted(set(refs))
    changed = wanted if before is not None else ()
    case = case_of(snapshot, day, before, changed, renamed=renamed, book=book, terms=terms)
    case.everybody, case.in_company, case.without = refs is None, company, without
    return worst_first(_found(case, wanted))


def _found(case: Case, refs: Iterable[str]) -> list[Finding]:
    without = case.without.union(case.terms.off)
    rules: dict[str, tuple[Rule, ...]] = {kind: rules_for(kind, without) for kind in KINDS}
    data_of, opened = case.snapshot.data, case.opened
    found: list[Finding] = []
    for ref in refs:
        data = data_of(ref)
        if data is None:
            continue
        kind = folder_of(ref)
        it = Project(ref, data, opened) if kind == "projects" else Subject(ref, data)
        for rule in rules[kind]:
            found.extend(rule(case, it))
    return found


class Weighed(NamedTuple):
    """What a change introduces: new findings, graver ones, and excesses that grow."""

    here: tuple[Finding, ...]
    """In the records that the change edits, and in totals that they feed."""
    elsewhere: tuple[Finding, ...]


def weigh(
    before: Snapshot,
    after: Snapshot,
    refs: Iterable[str],
    day: date,
    *,
    renamed: Mapping[str, str] = _NOTHING,
    book: Book | None = None,
    without: Iterable[str] = (),
) -> Weighed:
    """What the edits of `refs` from `before` to `after` introduce, each list worst first.

    Clauses `without` which it is asked are told of in another way.

    What was recorded afterwards feeds totals without answering for them: it gives no exception that anybody would have
    to override.
    """
    edited = frozenset(refs)
    places, company = reach(before, after, edited, renamed=renamed)
    then = case_of(before, day, book=book)
    now = case_of(after, day, before, edited, renamed=renamed, book=book)
    then.in_company = now.in_company = company
    then.without = now.without = frozenset(without)
    if len(places) > MANY:
        then.everybody = now.everybody = True
        whole_of(after)
    backwards = {old: new for new, old in renamed.items()}
    earlier = [_under(finding, backwards) for finding in _found(then, sorted(places | set(backwards)))]
    found = worst_first(introduced(earlier, _found(now, sorted(places))))
    fed = any(_answers(after, ref) or _answers(before, ref) for ref in edited)
    here: list[Finding] = []
    elsewhere: list[Finding] = []
    for finding in found:
        (here if finding.ref in edited or (fed and finding.measure is not None) else elsewhere).append(finding)
    return Weighed(tuple(here), tuple(elsewhere))


def _under(finding: Finding, names: Mapping[str, str]) -> Finding:
    """The finding under the name that its record has now."""
    from dataclasses import replace

    return replace(finding, ref=names[finding.ref]) if finding.ref in names else finding


def _answers(snapshot: Snapshot, ref: str) -> bool:
    """Whether a record's contribution to totals is one that somebody decides on now."""
    data = snapshot.data(ref)
    if data is None:
        return False
    return not ref.startswith("projects/") or not Project(ref, data, day_of(snapshot.registry, "opened")).afterwards


class Reach(NamedTuple):
    """How far a change is felt."""

    places: frozenset[str]
    """The records in which it may introduce or end findings."""
    company: bool
    """Whether projects must be compared with one another: not for a change that no other record feels."""


def reach(before: Snapshot, after: Snapshot, refs: Iterable[str], *, renamed: Mapping[str, str] = _NOTHING) -> Reach:
    """The records that a change of `refs` can make findings in: themselves, and those whose totals or seats they feed.

    A change of the policy, or of the day the registry was opened, is felt everywhere.
    """
    edited = frozenset(refs)
    everywhere = "policy" in edited or (
        "registry" in edited and day_of(before.registry, "opened") != day_of(after.registry, "opened")
    )
    if everywhere:
        return Reach(frozenset(before.refs()) | frozenset(after.refs()) | edited, company=True)
    places = set(edited)
    company = False
    for ref in edited:
        if ref.startswith("departments/"):
            places.add("registry")
        elif ref.startswith("projects/"):
            felt = _felt(before.data(renamed.get(ref, ref)), after.data(ref))
            company = company or bool(felt)
            places |= felt
    return Reach(frozenset(places), company)


def _felt(old: Data | None, new: Data | None) -> set[str]:
    """The other records that feel a project: none where its digest stays."""
    was, now = (None if data is None else digest(data) for data in (old, new))
    if was == now:
        return set()
    felt = {"registry"}
    for found in (was, now):
        if found is not None:
            felt.update(ref for ref in found.departments if ref.startswith("departments/"))
            felt.update(line.department for line in found.lines if line.department.startswith("departments/"))
    return felt
