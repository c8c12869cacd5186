"""Two commits of one registry, and how they stand to one another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from registry.errors import Refused
from registry.git.ancestry import merge_bases
from registry.git.repository import Repository
from registry.words import _

Relation = Literal["same", "ahead", "behind", "diverged", "unrelated"]


class Pieces(NamedTuple):
    """What is known of sides that nobody saved as they are: they were made of versions of files that Git left."""

    baseless: Collection[str] = ()
    """Paths of which nobody knows what stood there before: of each, the bases have what either side has."""
    saved_in: Mapping[str, tuple[str, str]] = {}
    """Path → the commits that have ours and theirs of it, where those are known."""


class Sides(NamedTuple):
    """What is to be joined: commits. `bases` are the latest that both build on, several where histories crossed."""

    ours: str
    theirs: str
    bases: tuple[str, ...]
    pieces: Pieces | None = None
    """None where each side was saved as it is."""

    @property
    def relation(self) -> Relation:
        """How ours stands to theirs."""
        if self.ours == self.theirs:
            return "same"
        if self.bases == (self.theirs,):
            return "ahead"
        if self.bases == (self.ours,):
            return "behind"
        return "diverged" if self.bases else "unrelated"

    def has_base(self, path: str) -> bool:
        """Whether it is known what stood in a file before the sides parted."""
        return self.pieces is None or path not in self.pieces.baseless

    def whence(self, path: str) -> Sides | None:
        """The sides in whose histories it is found who brought what of a file; None where nothing tells."""
        if self.pieces is None:
            return self
        return Sides(*self.pieces.saved_in[path], ()) if path in self.pieces.saved_in else None


def sides_of(repo: Repository, ours: str, theirs: str) -> Sides:
    """The sides that two commit ids make."""
    return Sides(ours, theirs, (ours,) if ours == theirs else merge_bases(repo, ours, theirs))


def relation(repo: Repository, ours: str, theirs: str) -> Relation:
    """Whether ours is the same as theirs, ahead of it, behind it, or both have gone on by themselves."""
    return sides_of(repo, ours, theirs).relation


def require_related(sides: Sides) -> None:
    """Raises `Refused` for two histories that began apart: nothing tells which record is which."""
    if not sides.bases:
        raise Refused(
            _("The two registries have nothing in common: each began by itself."),
            _("Clone the shared one beside this one, and enter there what is missing."),
        )
