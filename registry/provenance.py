"""Who decided each value of a record, who entered it, when and why: as far back as the value stood unchanged.

A value is followed from version to version, under the record's earlier names (`Renamed-From:`), to the commit that
brought it. Where a merge took one side's record as it was, that side is followed; otherwise, value by value, the first
side that had it. A version that could not be read is passed over: what stood before and after it is taken for the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from registry.differences import clipped
from registry.git.lineage import Step, lineage
from registry.git.log import walk
from registry.git.objects import read_objects
from registry.history import Entry, readable
from registry.leaves import Leaf, carried, entry_around, leaves, path_of_leaf
from registry.records.fields import Field, Kind
from registry.records.kinds import kind_of
from registry.records.refs import path_of
from registry.records.types import BARE, Names
from registry.records.values import Data, Value, text
from registry.renamed import name_in_parent, old_name

if TYPE_CHECKING:
    from registry.git.log import RawCommit
    from registry.git.repository import Repository

_AT_ONCE: Final = 32
_DECISIONS: Final = ("decision", "treated")
"""The keys of an entry that say who decided what stands in it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value comes from. Who decided and who entered it are two things."""

    path: str
    """Such as ``stage`` or ``budget[b3k9x].granted``."""
    value: Value
    field: Field | None
    """The description; None for a key that the program does not know."""
    entry: Entry | None
    """The change that brought it; None for a hand edit that is not saved, and where this copy begins later than it."""
    own_decision: str = ""
    """The decision that stands in the same entry of the record."""
    begins: Entry | None = None
    """Where what brought it lies before this copy of the history (a shallow clone): the change that the copy begins with."""

    @property
    def whole(self) -> bool:
        """Whether this copy reaches back to where the value comes from."""
        return self.begins is None

    @property
    def decision(self) -> str:
        """The decision it was entered under, or else the one beside it in the record; "" where there is none."""
        return (self.entry.decision if self.entry else "") or self.own_decision

    @property
    def decisions(self) -> tuple[str, ...]:
        """All that the change names, of which `decision` is the first; or else the one beside it in the record."""
        return (self.entry.decisions if self.entry else ()) or tuple(filter(None, (self.own_decision,)))

    @property
    def decided_beside(self) -> bool:
        """Whether `decision` is the one beside it in the record."""
        return bool(self.own_decision) and not (self.entry and self.entry.decision)

    @property
    def correction(self) -> bool:
        """Whether it was entered to correct the record, and tells of no event."""
        return self.entry is not None and self.entry.correction

    def show(self, names: Names = BARE, width: int = 0) -> str:
        """The value for people: one line, control characters shown, shortened to `width` characters (0: whole)."""
        return clipped(self.field.type.show(self.value, names) if self.field else str(self.value), width)

    def as_json(self) -> dict[str, Any]:
        """The keys that scripts rely on; None and "" of what is not saved yet, or not known here (`known` is false)."""
        entry = self.entry
        return {
            "value": self.value,
            "commit": entry.commit if entry else None,
            "author": entry.author if entry else "",
            "date": entry.date.isoformat() if entry else None,
            "why": entry.why if entry else "",
            "decision": self.decision,
            "decisions": list(self.decisions),
            "subject": entry.subject if entry else "",
            "change": entry.act if entry else "",
            "correction": self.correction,
            "known": self.whole,
        }


def origins(repo: Repository, ref: str, data: Data, commit: str | None) -> dict[str, Origin]:
    """Path → origin of every value of a record that reads `data` and is based on `commit`, in the order of the file.

    What is not in that commit is a hand edit that is not saved; without a `commit` all of it is.
    """
    found = {
        leaf: Origin(path_of_leaf(data, leaf), value, field, None, _decision_beside(data, leaf))
        for leaf, field, value in leaves(kind_of(ref), data)
    }
    if commit is not None:
        tracer = _Tracer(repo)
        tracer.trace(ref, commit, _Claim(data, {leaf: leaf for leaf in found}))
        boundary = repo.shallow_at() if tracer.ends else frozenset()
        for leaf, raw in tracer.brought.items():
            entry = Entry(repo, raw, complete=False)
            found[leaf] = (
                replace(found[leaf], begins=entry) if raw.commit in boundary else replace(found[leaf], entry=entry)
            )
    return {origin.path: origin for origin in found.values()}


def _decision_beside(data: Data, leaf: Leaf) -> str:
    entry = entry_around(data, leaf)
    return next((said for key in _DECISIONS if entry and (said := text(entry, key))), "")


@dataclass(frozen=True, slots=True)
class _Claim:
    """Values whose origin is asked for: leaves of one version of the record, and what they are leaves of now."""

    data: Data
    wanted: Mapping[Leaf, Leaf]
    brought_by: RawCommit | None = None
    """The latest commit that surely had them, where the versions before it could not be read."""


class _Tracer:
    """Follows values back to where they came from."""

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self.brought: dict[Leaf, RawCommit] = {}
        """Each value with the commit that brought it."""
        self.ends: bool = False
        """Whether a file was followed to where it began."""

    def trace(self, ref: str, rev: str, claim: _Claim) -> None:
        """Find the origins of what `claim` asks for; its version may differ from the record's at `rev`."""
        path, kind = path_of(ref), kind_of(ref)
        start: list[_Claim] | None = None
        pending: dict[str, list[_Claim]] = {}
        for steps in _some(lineage(self._repo, path, rev)):
            first = [f"{rev}:{path}"] if start is None else []
            versions = self._read([*first, *(name for step in steps for name in step.before)])
            if start is None and not (start := self._begun(kind, next(versions), claim)):
                return
            for step in steps:
                before = list(islice(versions, len(step.before)))
                claims, start = start or pending.pop(step.raw.commit, []), []
                for asked in claims:
                    for parent, passed in self._weigh(ref, kind, step, before, asked):
                        pending.setdefault(parent, []).append(passed)
            if not any(pending.values()):
                return

    def _begun(self, kind: Kind, saved: Data | None, claim: _Claim) -> list[_Claim]:
        """What of a claim the record as `saved` has to answer for; none where it is not saved yet."""
        if saved is None:
            return []
        first = claim if saved is _UNREADABLE else self._carried(kind, saved, claim)
        return [first] if first.wanted else []

    def _weigh(
        self, ref: str, kind: Kind, step: Step, before: list[Data | None], claim: _Claim
    ) -> Iterator[tuple[str, _Claim]]:
        """What of a claim is for which parent to answer; the rest was brought by this commit, or came by a rename."""
        carrier = claim.brought_by or step.raw
        rest = dict(claim.wanted)
        for parent, version in zip(step.parents, before, strict=True):
            if version is _UNREADABLE:
                yield parent, _Claim(claim.data, rest, carrier)
                return
            if version is not None and rest:
                passed = self._carried(kind, version, replace(claim, wanted=rest))
                rest = {leaf: now for leaf, now in rest.items() if now not in set(passed.wanted.values())}
                if passed.wanted:
                    yield parent, passed
        if rest:
            rest = self._renamed(ref, step, replace(claim, wanted=rest))
        self.ends = self.ends or not step.parents
        self.brought.update(dict.fromkeys(rest.values(), carrier))

    def _carried(self, kind: Kind, version: Data, claim: _Claim) -> _Claim:
        """What of a claim stood in an earlier version already."""
        links = carried(kind, version, claim.data)
        return _Claim(version, {links[leaf]: now for leaf, now in claim.wanted.items() if leaf in links})

    def _renamed(self, ref: str, step: Step, claim: _Claim) -> dict[Leaf, Leaf]:
        """Follow the record under the name that it had before, where the commit gave it another; what is left."""
        rest = dict(claim.wanted)
        parents = self._parents(step)
        for parent in parents:
            old = self._called_before(ref, step, parent, merged=len(parents) > 1) if rest else ""
            if not old:
                continue
            version = next(self._read([f"{parent}:{path_of(old)}"]))
            if version is None or version is _UNREADABLE:
                continue
            passed = self._carried(kind_of(old), version, replace(claim, wanted=rest))
            rest = {leaf: now for leaf, now in rest.items() if now not in set(passed.wanted.values())}
            self.trace(old, parent, passed)
        return rest

    def _parents(self, step: Step) -> tuple[str, ...]:
        """The parents that the commit really has: of a linked step Git tells those alone that changed the file."""
        return next(walk(self._repo, step.raw.commit, limit=1)).parents if step.linked else step.raw.parents

    def _called_before(self, ref: str, step: Step, parent: str, *, merged: bool) -> str:
        """What the record was called in a parent of the step that has none of that name; "" where nothing tells."""
        if merged:
            return name_in_parent(self._repo, ref, step.raw, parent)
        return "" if step.parents else old_name(Entry(self._repo, step.raw, complete=False), ref)

    def _read(self, names: list[str]) -> Iterator[Data | None]:
        """The versions; None where there was no file, `_UNREADABLE` for one that is no record."""
        for found in read_objects(self._repo, names):
            content = found[1] if found is not None and found[0] == "blob" else None
            record = readable(content)
            yield _UNREADABLE if record is None and content is not None else record


_UNREADABLE: Final[Data] = {"": "could not be read"}


def _some(steps: Iterable[Step]) -> Iterator[list[Step]]:
    left = iter(steps)
    while several := list(islice(left, _AT_ONCE)):
        yield several
