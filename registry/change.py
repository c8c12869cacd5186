"""What takes one snapshot to the next (DESIGN.md sections 1 and 3).

The only way anything is written, from the form, the command line, an import, a restore or an undo: edits to records,
why, and under which decision. This module is pure; `registry.saving` carries a change out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from registry.checks import ONLY, check
from registry.deciding import wants_its_decision
from registry.differences import FieldChange, differences
from registry.errors import Refused
from registry.findings import Finding, introduced, worst_first
from registry.policy import is_past, weigh
from registry.records.decisions import EXAMPLE
from registry.records.kinds import kind_of
from registry.records.types import BARE, Names
from registry.records.values import Data, says_nothing, tables, text
from registry.references import references, renamed
from registry.snapshot import Snapshot
from registry.words import Words, _

if TYPE_CHECKING:
    from registry.people.book import Book

Act = Literal["init", "new", "set", "delete", "rename", "restore", "undo", "merge", "import", "hand-edit", "erase"]

REASONS: Final[dict[str, Words]] = {
    "correction": Words("Rättelse.", "Correction."),
    "new-information": Words("Ny uppgift.", "New information."),
    "by-decision": Words("Enligt beslut.", "By decision."),
}
"""The choices that may stand for a reason where words are not asked for."""


_MOST_TOLD: Final = 50
"""Findings that a refusal names beside the first."""
_TOLD: Final = frozenset({"personal-data"})
"""What `registry.personal_data` tells, which looks at every new text of a change and at nothing that was there."""


@dataclass(frozen=True)
class Change:
    """Edits to records, why, and under which decision."""

    edits: Mapping[str, Data | None]
    """REF → the whole record as it is to be; None removes it."""
    why: str
    decision: str = ""
    act: Act = "set"
    base: str | None = None
    """The commit that the edits were made on; None: whatever is current."""
    overrides: tuple[str, ...] = ()
    """Clauses whose exception is knowingly recorded."""
    breaches: tuple[str, ...] = ()
    """Clauses that what has already happened goes against, recorded as such (POLICY.md, "What has happened")."""
    settled: tuple[str, ...] = ()
    """``REF FIELD ours|theirs|edited`` for each choice of a merge."""
    correction: bool = False
    """A correction of what was recorded, not an event."""
    renamed_from: Mapping[str, str] = field(default_factory=dict)
    """New REF → old REF."""
    reverts: str = ""
    """The commit that this one brings back from."""
    again: bool = False
    """Whether an undo takes an undo back, so that what was undone is done again."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """REF → the file to the byte, for hand edits that are committed as they stand and files that an undo brings back."""


@dataclass(frozen=True)
class Verdict:
    """What a change amounts to: shown before it is saved, and what decides whether it may be."""

    fields: tuple[FieldChange, ...]
    introduced: tuple[Finding, ...]
    """New in the records that the change edits, or in totals that they feed."""
    elsewhere: tuple[Finding, ...]
    """New in other records."""
    needs_words: bool
    """Whether the reason must be words, and not a choice."""
    happened: frozenset[Finding] = frozenset()
    """The violations of `introduced` whose facts lie behind: they can be recorded (POLICY.md, "What has happened")."""
    undecided: frozenset[Finding] = frozenset()
    """The violations of `introduced` that a decision given with the change would do away with (`registry.deciding`)."""

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """The findings that stand in the way whatever is said: violations here, broken references anywhere."""
        here = tuple(found for found in self.introduced if found.severity == "violation" and found not in self.happened)
        return here + tuple(
            found for found in self.elsewhere if found.clause == "references" and found.severity == "violation"
        )

    @property
    def exceptions(self) -> tuple[Finding, ...]:
        """The findings that need an override with a reason: exceptions, and violations that have already happened."""
        return tuple(found for found in self.introduced if found.severity == "exception" or found in self.happened)

    def recorded(self, clauses: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What overriding `clauses` comes to: the exceptions and the breaches that there are. Others are not recorded."""
        met = {finding.clause for finding in self.exceptions if finding not in self.happened}
        breached = {finding.clause for finding in self.happened}
        wanted = list(dict.fromkeys(clauses))
        return tuple(c for c in wanted if c in met), tuple(c for c in wanted if c in breached)

    @property
    def advice(self) -> tuple[Finding, ...]:
        """Warnings and notes: shown, never in the way."""
        return tuple(found for found in (*self.introduced, *self.elsewhere) if found.severity in {"warning", "note"})


def judge(before: Snapshot, change: Change, names: Names = BARE, *, today: date, book: Book | None = None) -> Verdict:
    """What `change` does to `before`, and what is found in the result that was not found there.

    `today` is the day that the policy is asked on; `book` tells which offices are vacant since their holder was erased.
    """
    before.read_ahead(looked_at(before, change))
    after = before.edited(change.edits)
    was = dict(change.renamed_from) if change.act == "hand-edit" else {}
    fields = [
        field
        for ref, new in change.edits.items()
        if ref not in was.values()
        for field in differences(ref, before.data(was.get(ref, ref)), new, names)
    ]
    touched = touched_by(before, change)
    old, new = check(before, touched), check(after, touched)
    found = introduced(old, new)
    edited = {*change.edits}
    weighed = weigh(before, after, edited, today, renamed=change.renamed_from, book=book, without=_TOLD)
    policy = [finding for finding in weighed.here if not is_its_own_reason(change.act, finding)]
    here = worst_first([*(finding for finding in found if finding.ref in edited), *policy])
    return Verdict(
        fields=tuple(fields),
        introduced=tuple(here),
        elsewhere=tuple(worst_first([*(f for f in found if f.ref not in edited), *weighed.elsewhere])),
        needs_words=any(_asks_for_words(item, before.data(was.get(item.ref, item.ref))) for item in fields),
        happened=frozenset(finding for finding in here if is_past(finding, after, today)),
        undecided=frozenset(finding for finding in here if _lacks_its_decision(before, change, finding)),
    )


def _lacks_its_decision(before: Snapshot, change: Change, finding: Finding) -> bool:
    """Whether it is found that a project has no decision, where the change would enter the one that it was made under."""
    after = change.edits.get(finding.ref)
    if (finding.clause, finding.field) != ("political-responsibility", "decisions") or after is None:
        return False
    return wants_its_decision(change.act, finding.ref, before.data(finding.ref), after)


def is_its_own_reason(act: str, finding: Finding) -> bool:
    """Whether it is found that a step back has no reason, where the act is itself the taking back, and has one."""
    return finding.field == "stage_reason" and act in {"undo", "restore"}


def looked_at(before: Snapshot, change: Change) -> Iterator[str]:
    """The records that a change makes one look at: its own, those that they refer to, the registry and the policy."""
    before.read_ahead(("registry", "policy", *change.edits))
    for ref, new in change.edits.items():
        for data in (before.data(ref), new):
            found = references(kind_of(ref), data or {})
            yield from (reference.target for reference in found if reference.sort == "record")


def touched_by(before: Snapshot, change: Change) -> frozenset[str]:
    """The records that a change can make findings in: its own, and those that refer to what it removes.

    A change of a board's abbreviation, a body or a goal may be felt anywhere; then it is all of them.
    """
    touched = set(change.edits)
    for ref, new in change.edits.items():
        old = before.data(ref)
        if new is None:
            touched.update(before.referrers.get(ref, ()))
        if _rules_decisions(ref, old) != _rules_decisions(ref, new):
            return frozenset(before.refs()) | touched
    return frozenset(touched)


def _rules_decisions(ref: str, data: Data | None) -> object:
    """What of a record other records' decisions and goals depend on."""
    data = data or {}
    if ref == "registry":
        return [text(body, "short") for body in tables(data, "bodies")]
    if ref == "policy":
        return [text(goal, "id") for goal in tables(data, "goals")]
    return text(data, "board_short")


def _asks_for_words(item: FieldChange, before: Data | None) -> bool:
    """Status, money and commitments always ask; dates once the project has been decided (DESIGN.md section 3)."""
    if not item.weighty or before is None:
        return False
    if item.path in {"start", "end", "open_ended"}:
        return text(before, "stage") not in {"", "idea", "planned"}
    return True


def require_savable(change: Change, verdict: Verdict) -> Change:
    """The change with the exceptions and breaches that it records. Raises `Refused` where it cannot be saved."""
    overrides, breaches = verdict.recorded(change.overrides)  # of no exception that there was not
    change = replace(change, overrides=overrides, breaches=breaches)
    _require_reason(change, verdict)
    _require_allowed(change, verdict)
    return change


def _require_reason(change: Change, verdict: Verdict) -> None:
    """Raises `Refused` where the reason is missing, or is a choice where words are asked for: also for an exception."""
    if says_nothing(change.why):
        raise Refused(_("The change has no reason."), _("Say in a few words why it is made."))
    chosen = {words for reason in REASONS.values() for words in (reason.sv.strip("."), reason.en.strip("."))}
    if change.why.strip().rstrip(".") not in chosen:
        return
    if change.overrides or change.breaches:
        raise Refused(_("An exception asks for a reason in words."), _("Say in a few words why it is made."))
    if verdict.needs_words:
        raise Refused(
            _("Status, money, commitments and dates after a decision ask for a reason in words."),
            _("Say in a few words why it is made."),
        )


def _require_allowed(change: Change, verdict: Verdict) -> None:
    """Raises `Refused`, naming the findings that stand in the way: those that nothing but mending helps, else the others."""
    blocking = list(verdict.refusals)
    hint = _("Mend it, and save again.")
    if verdict.undecided.issuperset(blocking):
        hint = _("Give the decision with the change, as %(example)s: it is entered in the project too.") % {
            "example": EXAMPLE
        }
    if not blocking:
        allowed = {*change.overrides, *change.breaches}
        blocking = [found for found in verdict.exceptions if found.clause not in allowed]
        clauses = ", ".join(dict.fromkeys(found.clause for found in blocking))
        hint = _("If it is meant, override %(clause)s with a reason.") % {"clause": clauses}
        if verdict.happened.issuperset(blocking):
            hint = _("It has happened: override %(clause)s with a reason, and the breach is recorded.") % {
                "clause": clauses
            }
    if blocking:
        first, *others = (
            f"{found.ref} {found.field}".strip() + f": {found.message} [{found.clause}]" for found in blocking
        )
        more = others[:_MOST_TOLD]
        if left := len(others) - len(more):
            more.append(_("(and %(count)s more)") % {"count": left})
        raise Refused(first, hint, more=tuple(more))


# the changes that are more than one record's new values


def deletion(snapshot: Snapshot, ref: str) -> dict[str, Data | None]:
    """The edits that remove a record. Raises `Refused` while others refer to it, and where no registry is without."""
    if ref in ONLY:
        raise Refused(
            _("%(title)s cannot be removed: every registry has one.") % {"title": snapshot.title(ref)},
            _("Change it instead."),
        )
    referring = [other for other in snapshot.referrers.get(ref, ()) if other != ref]
    if referring:
        titles = ", ".join(snapshot.title(other) for other in referring[:3])
        more = "" if len(referring) <= 3 else " " + _("(and %(count)s more)") % {"count": len(referring) - 3}
        raise Refused(
            _("%(title)s cannot be removed: %(others)s refer to it.")
            % {"title": snapshot.title(ref), "others": titles + more},
            _("Change those records first."),
        )
    return {ref: None}


def renaming(snapshot: Snapshot, old: str, new: str) -> dict[str, Data | None]:
    """The edits that give a record another REF and carry its references along. Raises `Refused` where `new` is taken."""
    data = snapshot.data(old)
    if new in snapshot:
        raise Refused(_("There already is a record %(ref)s.") % {"ref": new}, _("Choose another name."))
    edits: dict[str, Data | None] = {old: None, new: data}
    snapshot.read_ahead(snapshot.referrers.get(old, ()))
    for ref in snapshot.referrers.get(old, ()):
        other = snapshot.data(ref)
        if ref != old and other is not None:
            edits[ref] = renamed(kind_of(ref), other, old, new)
    return edits


def combined(first: Change, edits: Mapping[str, Data | None], base: str | None) -> Change:
    """The same change with merged edits, based on another commit."""
    return replace(first, edits=dict(edits), base=base)
