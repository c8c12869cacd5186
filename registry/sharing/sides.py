"""Two commits of one registry, and how they stand to one another."""

from __future__ import annotations

from typing import Literal, NamedTuple

from registry.errors import Refused
from registry.git.ancestry import merge_bases
from registry.git.repository import Repository
from registry.words import _

Relation = Literal["same", "ahead", "behind", "diverged", "unrelated"]


class Sides(NamedTuple):
    """What is to be joined: commits. `bases` are the latest that both build on, several where histories crossed."""

    ours: str
    theirs: str
    bases: tuple[str, ...]

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
