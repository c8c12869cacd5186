"""One record of two sides brought together: its fields, its file, its name, and what is left for a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from registry.errors import BrokenFile
from registry.git.versions import Held
from registry.merge import WHOLE_RECORD, merge_record, settled
from registry.merge.alike import is_one
from registry.merge.texts import merged_text
from registry.records.fields import Kind
from registry.records.kinds import kind_of
from registry.records.values import Data, Value
from registry.sharing.choices import Choice, chosen_value
from registry.sharing.identities import Identity
from registry.sharing.meetings import Meeting
from registry.toml_files import edit, read, write

Content: TypeAlias = Callable[[Held | None], bytes | None]
Ask: TypeAlias = Callable[[Meeting], Choice | None]
"""The choice that was made of a conflict; the conflict is counted as open where there is none."""
MakeMeeting: TypeAlias = Callable[..., Meeting]
"""Makes a conflict of identity, name, field, the three values, and the versions that words for it are found in."""
Version: TypeAlias = Literal["base", "ours", "theirs"]
Refer: TypeAlias = Callable[[Version, Kind, Data], Data]
"""A record of a version with its references made to the names that stand; the same object where nothing is to be done."""


class Common(Protocol):
    """What both sides knew, given what there is in each version that they have in common (`crossed`)."""

    def known(self, ref: str, bases: Sequence[Data | None]) -> Sequence[Data | None]:
        """A record."""
        ...

    def text(self, ref: str, bases: Sequence[str], known: Data | None) -> str | None:
        """Its file, that comes to `known`; None where nobody knows it."""
        ...

    def lines(self, path: str, bases: Sequence[str]) -> str | None:
        """A file that is no record; None where those versions do not go together."""
        ...


@dataclass(slots=True)
class Outcome:
    """What a record comes to. `file` is None where there is to be none; `data` also where it cannot be read."""

    identity: Identity
    name: str
    file: bytes | None
    data: Data | None
    mode: str = ""
    """Git's mode; "" for that of an ordinary file, or the one it has."""


@dataclass(slots=True)
class _Version:
    """A record in one version: as values, or only as text where it cannot be read."""

    raw: bytes | None
    data: Data | None = None
    broken: bool = False
    edited: bool = False
    """Whether `data` differs from what the file says, by references to what has another name now."""

    @property
    def file(self) -> bytes | None:
        """The file, reading as `data`."""
        if not self.edited or self.data is None:
            return self.raw
        return edit(self.text, self.data).encode("utf-8")

    @property
    def text(self) -> str:
        return (self.raw or b"").decode("utf-8", "replace").removeprefix("\ufeff")

    @property
    def as_saved(self) -> Value:
        """What the file says, with references to the names that the version has."""
        return read(self.raw) if self.raw is not None and not self.broken else self.value

    @property
    def value(self) -> Value:
        """What is told of it."""
        return self.text if self.broken else self.data


@dataclass
class RecordJoin:
    """Joins records: `content` reads a version's file, `refer` carries renames along.

    `ask` tells what was chosen, `chosen` the same without its being asked.
    """

    content: Content
    ask: Ask
    chosen: Ask
    refer: Refer
    common: Common
    meeting: MakeMeeting

    def join(self, identity: Identity, name: str) -> Outcome:
        """What the record comes to, that will be called `name`."""
        if identity.ours_stands or identity.theirs_stands:
            return self._taken(identity, name, "ours" if identity.ours_stands else "theirs")
        versions = self._versions(identity, name)
        _bases, ours, theirs = versions
        one = identity.added_twice and not ours.broken and not theirs.broken and _is_one(name, ours, theirs)
        if one and self.chosen(self._whole_meeting(identity, name, versions)) is None:
            return self._by_field(identity, name, versions)
        lost = identity.renamed and (ours.raw is None or theirs.raw is None)  # renamed here, removed there
        if lost or ours.broken or theirs.broken or identity.added_twice:
            return self._whole(identity, name, versions)
        return self._by_field(identity, name, versions)

    def twice(self, identity: Identity) -> Meeting:
        """The conflict of two new records that were given one name."""
        return self._whole_meeting(identity, identity.record, self._versions(identity, identity.record))

    def _versions(self, identity: Identity, name: str) -> Versions:
        kind = kind_of(name)
        bases = [self._version(held, kind, "base") for held in identity.bases]
        return bases, self._version(identity.ours, kind, "ours"), self._version(identity.theirs, kind, "theirs")

    def _taken(self, identity: Identity, name: str, side: Literal["ours", "theirs"]) -> Outcome:
        """The record as one side has it, to the byte, but for references to what has another name now."""
        held = identity.ours if side == "ours" else identity.theirs
        version = self._version(held, kind_of(name), side)
        return Outcome(identity, name, version.file, version.data, held.mode if held else "")

    def _whole(self, identity: Identity, name: str, versions: Versions) -> Outcome:
        """A record that is one side's or the other's as a whole, or what a person writes instead."""
        _bases, ours, theirs = versions
        mode = mode_of(identity)
        choice = self.ask(self._whole_meeting(identity, name, versions))
        if choice is not None and choice.chosen == "edited":
            if choice.value is None:
                return Outcome(identity, name, None, None)
            one = next((side for side in (ours, theirs) if side.data is not None), None)
            made = write(choice.value, kind_of(name).order) if one is None else edit(one.text, choice.value)
            return Outcome(identity, name, made.encode("utf-8"), choice.value, mode)
        side = theirs if choice is not None and choice.chosen == "theirs" else ours
        return Outcome(identity, name, side.file, side.data, mode)

    def _whole_meeting(self, identity: Identity, name: str, versions: Versions) -> Meeting:
        bases, ours, theirs = versions
        base = next((base for base in bases if base.raw is not None), None)
        values = (base.value if base else None, ours.value, theirs.value)
        if identity.added_twice:  # they are asked about before it is known what other records will be called
            values = (None, ours.as_saved, theirs.as_saved)
        return self.meeting(identity, name, WHOLE_RECORD, values, _known(versions), both=identity.added_twice)

    def _by_field(self, identity: Identity, name: str, versions: Versions) -> Outcome:
        bases, ours, theirs = versions
        kind, mode = kind_of(name), mode_of(identity)
        first, *more = self.common.known(identity.record, [base.data for base in bases])
        merged = merge_record(kind, first, ours.data, theirs.data, more_bases=more)
        chosen: dict[str, Value] = {}
        for conflict in merged.conflicts:
            values = (conflict.base, conflict.ours, conflict.theirs)
            meeting = self.meeting(identity, name, conflict.field, values, _known(versions), both=identity.added_twice)
            if (choice := self.ask(meeting)) is not None:
                chosen[conflict.field] = chosen_value(choice, meeting)
        if chosen:
            merged = settled(merged, chosen)
        if merged.data is None:
            return Outcome(identity, name, None, None)
        if ours.raw is None or theirs.raw is None:
            one = theirs if ours.raw is None else ours
            return Outcome(identity, name, edit(one.text, merged.data).encode("utf-8"), merged.data, mode)
        base = self.common.text(identity.record, [base.text for base in bases if base.raw is not None], first)
        file = merged_text(base, ours.text, theirs.text, merged.data, kind.order)
        return Outcome(identity, name, file.encode("utf-8"), merged.data, mode)

    def _version(self, held: Held | None, kind: Kind, version: Version) -> _Version:
        raw = self.content(held)
        if raw is None:
            return _Version(None)
        try:
            data: Data = read(raw)
        except BrokenFile:
            return _Version(raw, broken=True)
        referring = self.refer(version, kind, data)
        return _Version(raw, referring, edited=referring is not data)


Versions: TypeAlias = tuple[Sequence[_Version], _Version, _Version]


def _known(versions: Versions) -> list[Data]:
    bases, ours, theirs = versions
    return [each.data for each in (ours, theirs, *bases) if each.data is not None]


def _is_one(name: str, ours: _Version, theirs: _Version) -> bool:
    return is_one(kind_of(name), ours.data or {}, theirs.data or {})


def mode_of(identity: Identity) -> str:
    """The mode that the side gave the file that changed it."""
    held = [each for each in (*identity.bases[:1], identity.ours, identity.theirs) if each is not None]
    changed = [each.mode for each in held[1:] if each.mode != held[0].mode]
    return changed[0] if changed else held[0].mode if held else ""
