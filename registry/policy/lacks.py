"""What a gate asks for and does not find: told by rules as findings, by the card as the open points of a checklist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from registry.findings import Finding
from registry.policy.case import Case
from registry.policy.subjects import Project
from registry.records.kinds import kind_of
from registry.records.paths import label_at
from registry.words import _, lowered


class Lack(NamedTuple):
    """One thing that a gate does not find as it asks for it."""

    field: str
    """The path that the form jumps to."""
    message: str
    """A clause that goes on from the project's name: ``syfte saknas``."""
    absent: bool = True
    """Whether it simply is not there: what was recorded afterwards may lack it, and that is said in other words."""


def told(case: Case, it: Project, clause: str, lacks: Iterable[Lack]) -> Iterator[Finding]:
    """The findings of a gate that the project has passed."""
    for lack in lacks:
        message = lack.message
        if it.afterwards and lack.absent:
            message = _("missing in the source: %(what)s") % {"what": label(it, lack.field)}
        yield case.find(it, clause, "violation", lack.field, message)


def label(it: Project, path: str) -> str:
    """What the screen calls a field of the project, as in mid-sentence: ``startdatum``."""
    return lowered(label_at(kind_of(it.ref), path, it.data))
