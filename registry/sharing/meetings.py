"""Where two sides meet: what only a person can decide, with what each side says and who said it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from registry.differences import FieldChange, clipped
from registry.errors import BadInput
from registry.history import Entry, history
from registry.merge.outcome import WHOLE_RECORD
from registry.people.person_kind import PERSON
from registry.records.entries import fingerprint, same
from registry.records.fields import Field, Kind
from registry.records.kinds import kind_of
from registry.records.paths import field_at, get, label_at
from registry.records.refs import is_person, is_ref
from registry.records.types import BARE, Names
from registry.records.values import Data, Value, text
from registry.renamed import old_name
from registry.words import _

if TYPE_CHECKING:
    from registry.git.repository import Repository
    from registry.sharing.sides import Sides

Side = Literal["ours", "theirs"]
__all__ = ["NAME", "WHOLE_RECORD", "Brought", "Meeting", "Side"]

NAME: Final = "ref"
"""The field of a conflict about what a record is called in the registry."""
_LOOKED_AT: Final = 200
"""Changes of a record that are looked through for who brought a value, at most."""


class Brought(NamedTuple):
    """Who brought a side's value since the sides parted, when, why and under which decision."""

    author: str
    date: datetime
    why: str
    decision: str
    commit: str


@dataclasses.dataclass(frozen=True)
class Meeting:
    """One thing that both sides decided differently. None is no value; for a record, that it is not there.

    A record that cannot be read, and a file that is none, are told as text.
    """

    ref: str
    """What the record is called after the merge, as far as is known; of another file its path, of a person the id."""
    field: str
    """The path of the field, "" for the whole record or file, ``ref`` for what it is called."""
    base: Value
    ours: Value
    theirs: Value
    title: str
    record: str
    """What the record is followed by while names may change: the REF that it had when the sides parted."""
    names: tuple[str, ...] = ()
    """Every REF that it has in one of the versions."""
    both: bool = False
    """Whether both can be kept: two records that were given one name. Of a field: the records that it is of."""
    message: str = ""
    """What would be wrong, where it is not that both changed it."""
    base_known: bool = True
    """Whether it is known what stood before; `base` is None where it is not."""
    where: tuple[Repository, Sides] | None = dataclasses.field(default=None, repr=False, compare=False)
    """In which history it is looked for who brought what."""
    known: tuple[Data, ...] = dataclasses.field(default=(), repr=False, compare=False)
    """The versions of the record, ours first, for the words of what stands in it."""

    @property
    def key(self) -> tuple[str, str]:
        """What it is called by while choices are kept."""
        return self.record, self.field

    @cached_property
    def marks(self) -> str:
        """The three values, so that a choice is known to be of the very same ones."""
        return "\n".join(fingerprint(value) for value in (self.base, self.ours, self.theirs))

    @property
    def label(self) -> str:
        """The field in words, in the language spoken."""
        return self.label_by(BARE)

    def label_by(self, names: Names) -> str:
        """The field in words, with records and people as `names` call them."""
        if self.kind is None:
            return _("the whole file")
        if self.field == WHOLE_RECORD:
            return _("the whole record") if is_ref(self.ref) else _("the whole entry")
        if self.field == NAME:
            return _("the name in the registry")
        having = (data for data in self.known if get(data, self.field.rpartition(".")[0] or self.field) is not None)
        return label_at(self.kind, self.field, next(having, {}), names)

    def show(self, value: Value, names: Names = BARE, width: int = 0) -> str:
        """One of its values for people: one line, control characters shown, cut to `width` characters (0: whole)."""
        if self.field == WHOLE_RECORD and isinstance(value, Mapping) and self.kind is not None:
            return clipped(text(value, self.kind.title_key) or self.title, width)  # of two that were given one name
        return FieldChange(self.ref, self.field, None, value, self.described, "").show(value, names, width)

    @cached_property
    def kind(self) -> Kind | None:
        """The kind of record that it is about, a person being one; None for another file."""
        if is_person(self.ref):
            return PERSON
        return kind_of(self.ref) if is_ref(self.ref) else None

    @cached_property
    def described(self) -> Field | None:
        """The description of the field; None for what is none, or is not known."""
        if self.kind is None or self.field in {WHOLE_RECORD, NAME}:
            return None
        try:
            return field_at(self.kind, self.field)
        except BadInput:
            return None

    @cached_property
    def our_origin(self) -> Brought | None:
        """Who brought what we have; None where that cannot be told."""
        return self._brought("ours")

    @cached_property
    def their_origin(self) -> Brought | None:
        """Who brought what they have."""
        return self._brought("theirs")

    def as_json(self) -> dict[str, Value]:
        """The keys that scripts rely on."""
        return {"ref": self.ref, "field": self.field, "base": self.base, "ours": self.ours, "theirs": self.theirs}

    def _brought(self, side: Side) -> Brought | None:
        if self.where is None:
            return None
        repo, sides = self.where
        own, other = (sides.ours, sides.theirs) if side == "ours" else (sides.theirs, sides.ours)
        names = self.names
        if self.field == NAME:
            names = (str(self.ours if side == "ours" else self.theirs),)
        entry = _bringer(repo, f"{other}..{own}", names, self.field)
        return Brought(entry.author, entry.date, entry.why, entry.decision, entry.commit) if entry else None


def _bringer(repo: Repository, commits: str, names: Sequence[str], path: str) -> Entry | None:
    """The latest of the commits that changed that field of the record; a merge only where nothing else did."""
    merge: Entry | None = None
    for name in dict.fromkeys(names):
        for entry in history(repo, name if is_ref(name) else "", commits, _LOOKED_AT, fields=is_ref(name)):
            if not is_ref(name) and not any(change.path == name for change in entry.changes):
                continue
            if not _changed(entry, name, path):
                continue
            if len(entry.raw.parents) < 2:
                return entry
            merge = merge or entry
    return merge


def _changed(entry: Entry, name: str, path: str) -> bool:
    if path == NAME:
        return bool(old_name(entry, name))
    if path == WHOLE_RECORD or name not in entry.versions:
        return True
    old, new = entry.versions[name]
    return not same(get(old or {}, path), get(new or {}, path))
