"""What a file comes to when the registry's rules have been asked: a change of what is good, and all that is in the way."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from registry.change import Change, Verdict
from registry.errors import Refused
from registry.exchange.places import Bad, Place
from registry.exchange.proposals import Proposal
from registry.exchange.recognising import Recognised
from registry.exchange.tables import Tables
from registry.findings import Finding
from registry.progress import Progress
from registry.records.kinds import kind_of
from registry.words import _

if TYPE_CHECKING:
    from registry.store import Store

Steps = Generator[Progress, None, "Plan"]


@dataclass(frozen=True)
class Source:
    """A file that was read."""

    file: Path
    content: Tables | list[object]
    """Tables, or the records of a JSON file as they stand."""
    recognised: tuple[Recognised, ...] = ()
    remarks: tuple[str, ...] = ()
    """What is to be told of how it was read."""


@dataclass(frozen=True)
class Plan:
    """What a file comes to: to be looked at, and then carried out or not."""

    source: Source
    change: Change
    """Of what is good; without a reason yet."""
    verdict: Verdict
    added: frozenset[str]
    places: Mapping[str, Sequence[Place]]
    """REF → the rows that its record came from."""
    bad: tuple[Bad, ...]
    unchanged: int
    """Records that the file has as they are."""

    @property
    def changed(self) -> tuple[str, ...]:
        """The REFs of records that are there and would be changed."""
        return tuple(ref for ref in self.change.edits if ref not in self.added)


def judged(
    store: Store, source: Source, proposal: Proposal, change: Change, *, exceptions_are_asked: bool = False
) -> Steps:
    """The plan: records that stand in the way of a save are left out, until none does, and their rows are bad ones.

    Exceptions stand in the way unless they are overridden, or somebody will be asked about them.

    Raises `Refused` where what is in the way is none of them: a record elsewhere, which the change would break.
    """
    bad = list(proposal.bad)
    nothing = verdict = Verdict((), (), (), needs_words=False)
    while change.edits:
        yield Progress(_("the policy's rules"), len(change.edits))
        verdict = store.judge(change)
        in_the_way = _in_the_way(verdict, None if exceptions_are_asked else change.overrides)
        blocked = {finding.ref for finding in in_the_way} & {*change.edits}
        if not blocked:
            if in_the_way:
                raise _breaks_others(in_the_way)
            break
        for finding in in_the_way:
            if finding.ref in blocked:
                bad.extend(_found(finding, proposal.places[finding.ref], verdict))
        change = replace(change, edits={ref: new for ref, new in change.edits.items() if ref not in blocked})
    return Plan(
        source=source,
        change=change,
        verdict=verdict if change.edits else nothing,
        added=proposal.added & {*change.edits},
        places=proposal.places,
        bad=tuple(sorted(dict.fromkeys(bad), key=lambda one: one.place)),
        unchanged=proposal.unchanged,
    )


def _in_the_way(verdict: Verdict, overrides: Sequence[str] | None) -> list[Finding]:
    """What cannot be saved as it stands; `overrides` is None where that is asked later."""
    unasked = () if overrides is None else verdict.exceptions
    return [*verdict.refusals, *(found for found in unasked if found.clause not in (overrides or ()))]


def _breaks_others(in_the_way: Sequence[Finding]) -> Refused:
    """The error for what would be wrong in records that the file does not have."""
    first, *others = (f"{found.ref} {found.field}: {found.message} [{found.clause}]" for found in in_the_way)
    return Refused(first, _("The file changes what it rests on; change that back in the file."), more=tuple(others))


def _found(finding: Finding, places: Sequence[Place], verdict: Verdict) -> list[Bad]:
    """A finding as what is wrong with the rows that its record came from."""
    heading = _label(finding)
    reason = f"{finding.message} [{finding.clause}]"
    if finding in verdict.exceptions:
        reason += ". " + _("If it is meant, override %(clause)s with a reason.") % {"clause": finding.clause}
    elif finding in verdict.undecided:
        reason += ". " + _("Give the decision that it is taken in under, or a column with it.")
    return [Bad(place, reason, "", heading) for place in places]


def _label(finding: Finding) -> str:
    """The field that a finding is about, in words; "" where it is about none."""
    key = finding.field.partition(".")[0].partition("[")[0]
    found = kind_of(finding.ref).by_key.get(key)
    return str(found.label) if found is not None else key
