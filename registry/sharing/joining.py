"""Two sides of a registry brought together, without anything being written (DESIGN.md section 4).

Whatever only one side has changed stands as that side left it, to the byte. What both changed is merged field by field,
files that are no records by lines. The result is checked: what only the joining made wrong is for a person to decide, as
is what both sides decided differently.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeAlias

from registry.change import Change, judge
from registry.findings import Finding
from registry.git.trees import algorithm_of, object_id
from registry.git.versions import Held, differing
from registry.merge.outcome import WHOLE_RECORD
from registry.policy import judge as judge_policy
from registry.records.fields import Kind
from registry.records.kinds import kind_of
from registry.records.refs import folder_of, is_ref, path_of, ref_of, slug
from registry.records.values import Data, Value, text
from registry.references import renamed
from registry.sharing.aftermath import Aftermath
from registry.sharing.choices import NO_CHOICES, Choice, Choices, Key, chosen_value
from registry.sharing.contents import Contents
from registry.sharing.crossed import Crossed
from registry.sharing.decided import Decided, Settled
from registry.sharing.identities import Identity, identities
from registry.sharing.meetings import NAME, Meeting
from registry.sharing.naming import Names, begun_anew, names
from registry.sharing.one_file import join_file
from registry.sharing.one_record import Outcome, RecordJoin, Version
from registry.sharing.ordinary import require_ordinary, require_places
from registry.sharing.sides import Sides, require_related
from registry.toml_files import edit
from registry.uncollected import without_collecting
from registry.words import _

if TYPE_CHECKING:
    from registry.store import Store


@dataclass(frozen=True)
class Joined:
    """What two sides come to."""

    store: Store = field(repr=False, compare=False)
    sides: Sides
    records: Mapping[str, Data | None]
    """The records that come to differ from ours; None: removed. One that cannot be read is in `files` alone."""
    files: Mapping[str, bytes | None]
    """Every file that comes to differ from ours, whole; None: removed."""
    modes: Mapping[str, str]
    """Git's modes of those that are no ordinary files, or were none."""
    conflicts: tuple[Meeting, ...]
    """What is left for a person to decide; where there is any, `records` and `files` have what we had there."""
    settled: tuple[Settled, ...]
    outdated: tuple[Key, ...]
    """The choices that were of something else than what is in conflict now."""
    renamed: Mapping[str, str]
    """REF that stands → what they called the record, where that is another name."""
    called_here: Mapping[str, str]
    """What we called a record → the REF that stands, where that is another name."""
    brought: tuple[str, ...]
    """The records that come to differ from theirs: what is shared anew."""
    twice: tuple[Meeting, ...] = ()
    """New records of one name that are taken for one thing, and differ; they can be decided as a whole as well."""

    @cached_property
    def named_before(self) -> Mapping[str, str]:
        """Record that comes to differ from ours → what we called it: "" for what we did not have.

        A name that has gone on to another record, or to none, is none that anything was removed from.
        """
        former = {new: old for old, new in self.called_here.items()}
        before = self.store.committed(self.sides.ours)
        kept = {
            ref: former.get(ref, "" if ref in self.called_here or ref not in before else ref)
            for ref, data in self.records.items()
            if data is not None or ref not in self.called_here
        }
        return dict(sorted(kept.items()))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the policy finds of the result and found of neither side: for both to know, and not in the way."""
        if not self.records:
            return ()
        before, today = self.store.committed(self.sides.ours), date.today()
        verdict = judge(before, Change(self.records, "", act="merge"), today=today, book=self.store.book)
        found = [finding for finding in (*verdict.introduced, *verdict.elsewhere) if finding.severity != "note"]
        if not found:
            return ()
        refs = sorted({finding.ref for finding in found})
        there = self.store.committed(self.sides.theirs)
        known = {finding.key for finding in judge_policy(there, today, [ref for ref in refs if ref in there])}
        return tuple(finding for finding in found if finding.key not in known)


def join(store: Store, sides: Sides, choices: Choices = NO_CHOICES) -> Joined:
    """Bring `theirs` together with `ours`, with what was chosen before. Writes nothing.

    Raises `Refused` for histories that have nothing in common, and for what cannot be taken in (a link, another
    repository).
    """
    require_related(sides)
    with without_collecting():
        return _Join(store, sides, choices).joined()


Standing: TypeAlias = Mapping[Version, dict[str, str]]
"""What each version calls a record → the name that stands, of those whose name changes."""


class _Join:
    """One joining, step by step: names, records and files, then what the result makes wrong."""

    def __init__(self, store: Store, sides: Sides, choices: Choices) -> None:
        self.store, self.sides, self.choices = store, sides, choices
        self.ours, self.theirs = store.committed(sides.ours), store.committed(sides.theirs)
        self.differing = differing(store.repo, (*sides.bases, sides.ours, sides.theirs))
        self.decided = Decided(choices)
        self.standing: Standing = {"base": {}, "ours": {}, "theirs": {}}
        followed = list(self._apart(list(identities(self.differing, self._names()))))
        others = [
            Identity(path, tuple(bases), ours, theirs, path, path)
            for path, (*bases, ours, theirs) in self.differing.items()
            if ref_of(path) is None
        ]
        self.contents = Contents(store.repo, [*followed, *others])
        self.common = Crossed(store, sides, partial(self.refer, "base"))
        self.records = RecordJoin(
            self.contents, self.decided.ask, self.decided.choice, self.refer, self.common, self.meeting
        )
        self.named = list(self._named(followed))
        self._let_names_stand()
        self.others = others

    def joined(self) -> Joined:
        """All of it."""
        outcomes = {outcome.name: outcome for outcome in self._outcomes()}
        if not self.decided.open:
            base = self.store.committed(self.sides.bases[0])
            Aftermath(base, self.ours, self.theirs, self.meeting, self.decided).settle(outcomes)
        files, modes = self._files(outcomes.values())
        require_places(self.store.repo, self.sides.ours, files)
        return Joined(
            self.store,
            self.sides,
            _records(files, outcomes),
            files,
            modes,
            tuple(meeting for _key, meeting in sorted(self.decided.open.items())),
            tuple(settled for _key, settled in sorted(self.decided.settled.items())),
            self.decided.outdated,
            {
                name: identity.their_name
                for identity, name in self.named
                if identity.renamed and name != identity.their_name and identity.theirs is not None
            },
            {
                identity.our_name: name
                for identity, name in self.named
                if identity.renamed and name != identity.our_name and identity.ours is not None
            },
            tuple(self._brought(files)),
            tuple(self._twice()),
        )

    def _twice(self) -> Iterator[Meeting]:
        """The whole of every record that is asked about field by field and may be two."""
        in_parts = {meeting.record for meeting in self.decided.met if meeting.both and meeting.field != WHOLE_RECORD}
        for identity, name in self.named:
            if identity.record in in_parts and identity.added_twice and name == identity.record:
                yield self.records.twice(identity)

    def _brought(self, files: Mapping[str, bytes | None]) -> Iterator[str]:
        for path in sorted({*self.differing, *files}):
            ours, theirs = self.differing[path][-2:] if path in self.differing else (None, None)
            same = (_is(theirs, files[path]) if path in self.differing else False) if path in files else ours == theirs
            if not same and (ref := ref_of(path)):
                yield ref

    # names

    def _names(self) -> Names:
        places = {ref: held for path, held in self.differing.items() if (ref := ref_of(path))}
        base = {ref for ref, held in places.items() if any(held[:-2])}
        ours, theirs = ({ref for ref, held in places.items() if held[side]} for side in (-2, -1))
        return names(self.store.repo, self.sides, base, ours, theirs) if (ours | theirs) - base else Names()

    def _apart(self, followed: Sequence[Identity]) -> Iterator[Identity]:
        """The records, with another that a side has entered under the name of one that it removed as a record of its own."""
        doubtful = [identity.record for identity in followed if identity.changed_twice]
        here, there = begun_anew(self.store.repo, self.sides, doubtful)
        for identity in followed:
            anew = (
                identity.changed_twice and identity.record in here,
                identity.changed_twice and identity.record in there,
            )
            yield from identity.parted(*anew)

    def _named(self, followed: Iterable[Identity]) -> list[tuple[Identity, str]]:
        """Each record with the name that it will have."""
        named = self._made_way([pair for identity in followed for pair in self._name(identity)])
        taken = _taken(named)
        for identity, name in named:
            if taken[name] > 1 and identity.renamed:  # the other has not given up its own
                others = (other for other, its in named if its == name and other is not identity)
                self.decided.leave_open(replace(self._naming(identity), message=self._is_called(others, name)))
        return named

    def _made_way(self, named: Sequence[tuple[Identity, str]]) -> list[tuple[Identity, str]]:
        """Where a name that was given to two records was chosen for one of them, the other keeps the one that it had."""
        taken = _taken(named)
        chosen = {name for identity, name in named if taken[name] > 1 and self._chosen(identity)}
        free = {identity.record for identity, _name in named} - taken.keys()
        result = []
        for identity, wanted in named:
            side = identity.kept_by if wanted in chosen and identity.record in free else None
            if side is None or self._chosen(identity):
                result.append((identity, wanted))
            else:
                meeting = self._naming(identity)
                self.decided.settled[meeting.key] = Settled(meeting, Choice(side), of_itself=True)
                result.append((identity, identity.record))
        return result

    def _chosen(self, identity: Identity) -> bool:
        return identity.renamed and self.decided.choice(self._naming(identity)) is not None

    def _is_called(self, others: Iterable[Identity], name: str) -> str:
        """What is in the way of a name: ``twin-towns/ringkobing is taken: Skjern (twin-towns/skjern) has been given it.``"""
        titles = [f"{self._naming(other).title} ({other.record})" for other in others]
        return _("%(name)s is taken: %(others)s has been given it.") % {"others": ", ".join(titles), "name": name}

    def _name(self, identity: Identity) -> Iterator[tuple[Identity, str]]:
        kept = self.choices.get((identity.record, WHOLE_RECORD))
        if identity.added_twice and kept is not None and kept.chosen == "both":
            meeting = self.records.twice(identity)
            if (choice := self.decided.choice(meeting)) is not None:  # two records of one name, both to be kept
                other = self._free(identity.record)
                self.decided.settled[meeting.key] = Settled(meeting, choice, other)
                yield replace(identity, ours=None), identity.record
                yield replace(identity, record=other, theirs=None, their_name=other), other
                return
        yield identity, self._chosen_name(identity)

    def _chosen_name(self, identity: Identity) -> str:
        if not identity.renamed:
            return identity.record
        meeting = self._naming(identity)
        choice = self.decided.choice(meeting)
        if choice is None and not identity.names_disagree:
            return identity.name
        self.decided.ask(meeting)
        return identity.name if choice is None else str(chosen_value(choice, meeting))

    def _let_names_stand(self) -> None:
        """From here on references are made to the names that the records will have."""
        for identity, name in self.named:
            for version, old in (
                (self.standing["base"], identity.record),
                (self.standing["ours"], identity.our_name),
                (self.standing["theirs"], identity.their_name),
            ):
                if old != name:
                    version[old] = name

    def _naming(self, identity: Identity) -> Meeting:
        """The conflict about what a record is called."""
        values = (identity.record, identity.our_name, identity.their_name)
        known = [
            data
            for side, name in ((self.ours, identity.our_name), (self.theirs, identity.their_name))
            if (data := side.data(name)) is not None
        ]
        return self.meeting(identity, identity.record, NAME, values, known)

    def _free(self, ref: str) -> str:
        """A name like `ref` that neither side has for anything."""
        folder, _slash, name = ref.rpartition("/")
        taken = {each.rpartition("/")[2] for side in (self.ours, self.theirs) for each in side.refs(folder_of(ref))}
        return f"{folder}/{slug(name, taken)}"

    def refer(self, version: Version, kind: Kind, data: Data) -> Data:
        """A record with its references made to the names that stand; the same object where there is nothing to do."""
        for old, new in self.standing[version].items():
            data = renamed(kind, data, old, new)
        return data

    # conflicts

    def meeting(
        self,
        identity: Identity,
        name: str,
        field: str,
        values: tuple[Value, Value, Value],
        known: Sequence[Data],
        *,
        both: bool = False,
        message: str = "",
    ) -> Meeting:
        """A conflict; `known` are versions of the record, ours first."""
        key = kind_of(name).title_key if is_ref(name) else ""
        path = path_of(identity.record) if is_ref(identity.record) else identity.record
        based, whence = self.sides.has_base(path), self.sides.whence(path)
        base, ours, theirs = values
        return Meeting(
            name,
            field,
            base if based else None,
            ours,
            theirs,
            title=next((title for data in known if (title := text(data, key))), name),
            record=identity.record,
            names=tuple(dict.fromkeys((identity.our_name, identity.their_name, identity.record))),
            both=both,
            message=message,
            base_known=based,
            where=None if whence is None else (self.store.repo, whence),
            known=tuple(known),
        )

    # records and files

    def _outcomes(self) -> Iterator[Outcome]:
        """What everything comes to that does not stay as we have it."""
        seen = set()
        for identity, name in self.named:
            if identity.ours_stands and name == identity.our_name:
                continue
            seen.add(identity.our_name)
            require_ordinary(identity.record, identity.ours, identity.theirs)
            yield self.records.join(identity, name)
        yield from self._carried_along(seen)
        for identity in self.others:
            if not identity.ours_stands:
                require_ordinary(identity.record, identity.ours, identity.theirs)
                yield join_file(identity, self.contents, self.common, self.decided.ask, self.meeting)

    def _carried_along(self, seen: Container[str]) -> Iterator[Outcome]:
        """Records of ours that stay, but for references to what has another name now."""
        names = self.standing["ours"]
        for ref in sorted({ref for old in names for ref in self.ours.referrers.get(old, ()) if ref not in seen}):
            data, file = self.ours.data(ref), self.ours.text(ref)
            if data is not None and file is not None:
                new = self.refer("ours", kind_of(ref), data)
                yield Outcome(Identity.of(ref), ref, edit(file, new).encode("utf-8"), new)

    def _files(self, outcomes: Iterable[Outcome]) -> tuple[dict[str, bytes | None], dict[str, str]]:
        """Every file that comes to differ from ours, and the modes that it then has."""
        wanted: dict[str, bytes | None] = {}
        modes: dict[str, str] = {}
        for outcome in outcomes:
            old, new = (path_of(ref) if is_ref(ref) else ref for ref in (outcome.identity.our_name, outcome.name))
            if old != new and self._ours(old) is not None:
                wanted.setdefault(old, None)
            if outcome.file is not None or wanted.get(new) is None:
                wanted[new] = outcome.file
                modes[new] = outcome.mode
        files = {path: content for path, content in sorted(wanted.items()) if not self._as_ours(path, content, modes)}
        return files, {path: modes[path] for path in files if files[path] is not None and modes.get(path)}

    def _ours(self, path: str) -> Held | None:
        return self.differing[path][-2] if path in self.differing else None

    def _as_ours(self, path: str, content: bytes | None, modes: Mapping[str, str]) -> bool:
        held = self._ours(path)
        return _is(held, content) and (held is None or modes.get(path) in {None, "", held.mode})


def _taken(named: Iterable[tuple[Identity, str]]) -> Counter[str]:
    """How many records that may stay are to have each name."""
    return Counter(name for identity, name in named if identity.may_stay)


def _is(held: Held | None, content: bytes | None) -> bool:
    """Whether that is the content of a file as a commit has it."""
    if held is None or content is None:
        return held is None and content is None
    return object_id("blob", content, algorithm_of(held.blob)) == held.blob


def _records(files: Mapping[str, bytes | None], outcomes: Mapping[str, Outcome]) -> dict[str, Data | None]:
    """The records among the files; one that cannot be read is left out."""
    found: dict[str, Data | None] = {}
    for path, content in files.items():
        if (ref := ref_of(path)) is None:
            continue
        data = outcomes[ref].data if ref in outcomes and content is not None else None
        if content is None or data is not None:
            found[ref] = data
    return found
