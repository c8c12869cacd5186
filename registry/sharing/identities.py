"""The records that differ between two sides, each followed under the names that the sides have given it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from registry.git.versions import Held
from registry.records.refs import path_of, ref_of
from registry.sharing.naming import Names

Differing = Mapping[str, tuple[Held | None, ...]]
"""Path → what each of the bases, ours and theirs have there (`registry.git.versions`)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One record in every version; None: it is not there."""

    record: str
    """What it is known by: the REF that it had when the sides parted, or that it was given since."""
    bases: tuple[Held | None, ...]
    ours: Held | None
    theirs: Held | None
    our_name: str
    their_name: str

    @classmethod
    def of(cls, ref: str) -> Identity:
        """A record that neither side has changed."""
        return cls(ref, (), None, None, ref, ref)

    @property
    def renamed(self) -> bool:
        """Whether a side has given it another name."""
        return self.our_name != self.record or self.their_name != self.record

    @property
    def name(self) -> str:
        """The name that stands, whoever gave it; where both did, ours, until somebody decides."""
        return self.our_name if self.our_name != self.record else self.their_name

    @property
    def names_disagree(self) -> bool:
        """Whether both sides have renamed it, differently."""
        return self.record not in {self.our_name, self.their_name} and self.our_name != self.their_name

    @property
    def kept_by(self) -> Literal["ours", "theirs"] | None:
        """The side that still calls it as before, where one alone does."""
        if not self.renamed or self.record not in {self.our_name, self.their_name}:
            return None
        return "ours" if self.our_name == self.record else "theirs"

    @property
    def ours_stands(self) -> bool:
        """Whether they have changed nothing of it, or the very same."""
        if self.our_name == self.their_name and self.ours == self.theirs:
            return True
        return self.their_name == self.record and all(base == self.theirs for base in self.bases)

    @property
    def theirs_stands(self) -> bool:
        """Whether we have changed nothing of it."""
        return self.our_name == self.record and all(base == self.ours for base in self.bases)

    @property
    def may_stay(self) -> bool:
        """Whether there may be a record of it in the end."""
        return (self.ours if self.ours_stands else self.theirs if self.theirs_stands else self) is not None

    @property
    def changed_twice(self) -> bool:
        """Whether both sides have changed it, or its name, and neither has removed it."""
        there = None not in {self.ours, self.theirs} and any(self.bases)
        return there and not self.ours_stands and not self.theirs_stands

    def parted(self, ours_anew: bool, theirs_anew: bool) -> Iterator[Identity]:
        """It, and what a side has entered under its name after removing it; under one name still, two that were given it."""
        none: tuple[Held | None, ...] = (None,) * len(self.bases)
        if not self.renamed and (ours_anew or theirs_anew):
            yield replace(self, bases=none)
        elif self.our_name == self.record and ours_anew:
            yield replace(self, ours=None)
            yield Identity(self.record, none, self.ours, None, self.record, self.record)
        elif self.their_name == self.record and theirs_anew:
            yield replace(self, theirs=None)
            yield Identity(self.record, none, None, self.theirs, self.record, self.record)
        else:
            yield self

    @property
    def added_twice(self) -> bool:
        """Whether each side has a new record of that name."""
        return None not in {self.ours, self.theirs} and self.ours != self.theirs and not any(self.bases)


def identities(differing: Differing, names: Names) -> Iterator[Identity]:
    """Every record that differs anywhere. A name that a record was given belongs to it, on the side that gave it.

    What stands under a name that a record had before it was renamed is another record.
    """
    none: tuple[Held | None, ...] = (None,) * len(next(iter(differing.values()), ()))
    given_here, given_there = set(names.ours.values()), set(names.theirs.values())
    for path, held in differing.items():
        if (ref := ref_of(path)) is None:
            continue
        our_name, their_name = names.ours.get(ref, ref), names.theirs.get(ref, ref)
        *bases, ours, theirs = held
        new = ours if our_name != ref else None, theirs if their_name != ref else None
        if any(new):
            yield Identity(ref, none[:-2], *new, ref, ref)
        if our_name != ref:
            ours = differing.get(path_of(our_name), none)[-2]
        elif ref in given_here:
            ours = None
        if their_name != ref:
            theirs = differing.get(path_of(their_name), none)[-1]
        elif ref in given_there:
            theirs = None
        if ours is not None or theirs is not None or any(bases):
            yield Identity(ref, tuple(bases), ours, theirs, our_name, their_name)
