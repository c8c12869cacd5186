"""What only the joining made wrong: a department removed here, a project that names it there; a trip that now ends before it
begins. Schema and references, which no registry may break; the policy's findings stand in nobody's way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from registry.change import Change, touched_by
from registry.checks import check
from registry.differences import clipped
from registry.findings import REFERENCES, Finding
from registry.merge.outcome import WHOLE_RECORD
from registry.records.kinds import kind_of
from registry.records.paths import get, put
from registry.records.refs import is_ref, path_of
from registry.records.values import Data, Value
from registry.references import references
from registry.sharing.choices import Choice, Key, chosen_value
from registry.sharing.decided import Decided
from registry.sharing.identities import Identity
from registry.sharing.meetings import Meeting
from registry.sharing.one_record import MakeMeeting, Outcome
from registry.snapshot import Snapshot
from registry.toml_files import edit, write
from registry.words import _

_TITLE = 60


@dataclass
class Aftermath:
    """Looks at the result of a joining, and carries out what was chosen of what is wrong in it."""

    base: Snapshot
    ours: Snapshot
    theirs: Snapshot
    meeting: MakeMeeting
    decided: Decided

    def settle(self, outcomes: dict[str, Outcome]) -> None:
        """Bring `outcomes` in order, as far as choices go; what is wrong then is left open."""
        done: set[Key] = set()
        while met := {meeting.key: meeting for meeting in self._met(outcomes, done)}:
            chosen = [meeting for key, meeting in met.items() if key not in done and self.decided.choice(meeting)]
            for meeting in chosen:
                done.add(meeting.key)
                if (choice := self.decided.ask(meeting)) is not None:
                    self._carry_out(outcomes, meeting, choice)
            if not chosen:
                for meeting in met.values():
                    self.decided.leave_open(meeting)
                return

    def _met(self, outcomes: Mapping[str, Outcome], done: set[Key]) -> Iterator[Meeting]:
        after = self.ours.edited(records_of(outcomes.values()))
        for finding in self._new(outcomes, after):
            removed = [ref for ref in self._removed(finding, after) if (ref, WHOLE_RECORD) not in done]
            if removed:
                yield from (self._of_record(ref, after.title(finding.ref), finding) for ref in removed)
            else:
                yield self._of_field(finding, outcomes)

    def _new(self, outcomes: Mapping[str, Outcome], after: Snapshot) -> list[Finding]:
        """What is wrong in the result and is so on neither side."""
        records = records_of(outcomes.values())
        touched = touched_by(self.ours, Change(records, ""))
        self.ours.read_ahead(touched)
        found = [finding for finding in check(after, touched) if finding.severity == "violation"]
        if not found:
            return []
        identities = {outcome.name: outcome.identity for outcome in outcomes.values()}
        known: set[tuple[str, str, str]] = set()
        for here, side in ((True, self.ours), (False, self.theirs)):
            called = {_called(identities.get(each.ref), each.ref, here=here): each.ref for each in found}
            before = check(side, [ref for ref in called if ref in side])
            known |= {(each.clause, called[each.ref], each.field) for each in before if each.ref in called}
        return [finding for finding in found if finding.key not in known]

    def _removed(self, finding: Finding, after: Snapshot) -> list[str]:
        """The records that the finding misses, and that one side has and the other removed."""
        data = after.data(finding.ref)
        if finding.clause != REFERENCES or data is None:
            return []
        missed = [
            reference.target
            for reference in references(kind_of(finding.ref), data)
            if reference.sort == "record" and reference.path == finding.field and reference.target not in after
        ]
        return [ref for ref in dict.fromkeys(missed) if (ref in self.ours) != (ref in self.theirs)]

    def _of_record(self, ref: str, referring: str, finding: Finding) -> Meeting:
        said = _("%(title)s (%(ref)s) %(message)s") % {
            "title": clipped(referring, _TITLE),
            "ref": finding.ref,
            "message": finding.message,
        }
        values = (self.base.data(ref), self.ours.data(ref), self.theirs.data(ref))
        known = [data for data in values if data is not None]
        return self.meeting(Identity.of(ref), ref, WHOLE_RECORD, values, known, message=said)

    def _of_field(self, finding: Finding, outcomes: Mapping[str, Outcome]) -> Meeting:
        outcome = outcomes.get(finding.ref)
        identity = outcome.identity if outcome else Identity.of(finding.ref)
        versions = (
            self.base.data(identity.record),
            self.ours.data(identity.our_name),
            self.theirs.data(identity.their_name),
        )
        base, ours, theirs = (_at(data, finding.field) for data in versions)
        known = [data for data in (versions[1], versions[2], versions[0]) if data is not None]
        return self.meeting(identity, finding.ref, finding.field, (base, ours, theirs), known, message=finding.message)

    def _carry_out(self, outcomes: dict[str, Outcome], meeting: Meeting, choice: Choice) -> None:
        value, ref = chosen_value(choice, meeting), meeting.ref
        outcome = outcomes.get(ref) or Outcome(Identity.of(ref), ref, self._file(ref), self.ours.data(ref))
        data = value if meeting.field == WHOLE_RECORD else put(outcome.data or {}, meeting.field, value)
        file = outcome.file or self._file(ref)
        made = None if data is None else _written(ref, file, data)
        outcomes[ref] = replace(outcome, file=made, data=data)

    def _file(self, ref: str) -> bytes | None:
        """The record's file on the side that has it."""
        return self.ours.source.read(path_of(ref)) or self.theirs.source.read(path_of(ref))


def records_of(outcomes: Iterable[Outcome]) -> dict[str, Data | None]:
    """REF → record of all that can be read among outcomes; None: removed."""
    every = [outcome for outcome in outcomes if is_ref(outcome.name)]
    found: dict[str, Data | None] = {}
    for outcome in every:
        found.update(dict.fromkeys((outcome.identity.our_name, outcome.name)))
    for outcome in every:
        if outcome.data is not None:
            found[outcome.name] = outcome.data
        elif outcome.file is not None:
            found.pop(outcome.name)
    return found


def _called(identity: Identity | None, ref: str, *, here: bool) -> str:
    """What a side calls the record that will be called `ref`."""
    if identity is None:
        return ref
    return identity.our_name if here else identity.their_name


def _at(data: Data | None, path: str) -> Value:
    return None if data is None else get(data, path)


def _written(ref: str, file: bytes | None, data: Data) -> bytes:
    text = write(data, kind_of(ref).order) if file is None else edit(file.decode("utf-8"), data)
    return text.encode("utf-8")
