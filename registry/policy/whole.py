"""The registry as a whole, as rules need it: totals, and which projects belong together.

Made once for a snapshot, by one pass over its projects, and kept as long as the snapshot; for the same registry with a
few records changed it is made from the other's in about a millisecond, so that a form can ask at every keystroke.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias
from weakref import WeakKeyDictionary

from registry.policy.digests import Digest, Line, digest, level_of, takers_of, takings
from registry.policy.neighbours import Neighbours, neighbours, neighbours_of
from registry.policy.subjects import is_live
from registry.records.values import Data
from registry.snapshot import Snapshot

Tie = Literal["town", "partner", "programme"]
Knot: TypeAlias = tuple[Tie, str]
"""What several projects may have in common: ``("town", "twin-towns/skjern")``."""
Known: TypeAlias = Digest | Data
"""A project: its digest, or the record that it can be made from."""


class Digests:
    """REF → digest of every project that can be read, each made when it is first asked for."""

    __slots__ = ("_known",)

    def __init__(self, known: Mapping[str, Known]) -> None:
        self._known: dict[str, Known] = dict(known)

    def __getitem__(self, ref: str) -> Digest:
        found = self._known[ref]
        if not isinstance(found, Digest):
            found = self._known[ref] = digest(found)
        return found

    def __contains__(self, ref: object) -> bool:
        return ref in self._known

    def get(self, ref: str) -> Digest | None:
        """The digest, None where there is no such project."""
        return self[ref] if ref in self._known else None

    def items(self) -> Iterator[tuple[str, Digest]]:
        """Every project, in no order."""
        return ((ref, self[ref]) for ref in self._known)

    def levels(self) -> Iterator[tuple[str, int, tuple[Line, ...]]]:
        """How far every project has come, and its lines that take of a frame: of most no more is asked than that."""
        for ref, found in self._known.items():
            if isinstance(found, Digest):
                yield ref, found.level, found.lines
            else:
                yield ref, level_of(found), takers_of(found)

    def copy(self) -> Digests:
        """Another that can be changed."""
        return Digests(self._known)

    def put(self, ref: str, found: Digest | None) -> None:
        """The project is as given now; None: it is gone."""
        if found is None:
            self._known.pop(ref, None)
        else:
            self._known[ref] = found


@dataclass(slots=True)
class Whole:
    """Totals in whole kronor, and projects by what they have in common. Never changed once it is handed out."""

    projects: Digests
    taken: dict[tuple[str, int], int] = field(default_factory=dict)
    """Department ("" for the central frame) and year → what projects take of the frame (`digests.takings`)."""
    live: dict[str, frozenset[str]] = field(default_factory=dict)
    """Department, "" for none → the live projects that it carries."""
    together: dict[Knot, frozenset[str]] = field(default_factory=dict)
    """The live projects with the same town, partner or programme."""
    _swept: dict[Knot, dict[str, Neighbours]] = field(default_factory=dict)

    def neighbours_of(self, knot: Knot, ref: str) -> Neighbours | None:
        """The projects tied to that one which other departments run at the same time; None where there are none."""
        tied = self.together.get(knot, frozenset())
        return neighbours_of(ref, tied, self.projects) if len(tied) > 1 else None

    def neighbours(self, knot: Knot) -> dict[str, Neighbours]:
        """The same of every project that is tied by `knot` and has any, found once."""
        if knot not in self._swept:
            tied = self.together.get(knot, frozenset())
            self._swept[knot] = neighbours(tied, self.projects) if len(tied) > 1 else {}
        return self._swept[knot]

    def changed(self, edits: Mapping[str, Data | None]) -> Whole:
        """The whole once the projects in `edits` are as given (None: removed); itself where none of that is felt."""
        now = {ref: None if data is None else digest(data) for ref, data in edits.items() if _is_project(ref)}
        felt = {ref: found for ref, found in now.items() if found != self.projects.get(ref)}
        if not felt:
            return self
        made = Whole(self.projects.copy(), dict(self.taken), dict(self.live), dict(self.together))
        for ref, found in felt.items():
            if (was := self.projects.get(ref)) is not None:
                made._count(was.level, was.lines, -1)
                made._tie(ref, was, tied=False)
            made.projects.put(ref, found)
            if found is not None:
                made._count(found.level, found.lines, 1)
                made._tie(ref, found, tied=True)
        return made

    def _count(self, level: int, lines: Iterable[Line], sign: int) -> None:
        for taking in takings(level, lines):
            key = taking.department, taking.year
            self.taken[key] = self.taken.get(key, 0) + sign * taking.amount

    def _tie(self, ref: str, found: Digest, *, tied: bool) -> None:
        one = frozenset({ref})
        for knot in knots(found):
            others = self.together.get(knot, frozenset())
            self.together[knot] = others | one if tied else others - one
        if found.live:
            others = self.live.get(found.department, frozenset())
            self.live[found.department] = others | one if tied else others - one

    def central(self) -> dict[int, int]:
        """Year → what is taken of central money, in order."""
        return {year: taken for (department, year), taken in sorted(self.taken.items()) if not department}

    @classmethod
    def of(cls, projects: Mapping[str, Known]) -> Whole:
        """The whole of these projects."""
        made = cls(Digests(projects))
        live: dict[str, set[str]] = {}
        together: dict[Knot, set[str]] = {}
        at_work: list[str] = []
        for ref, level, lines in made.projects.levels():
            made._count(level, lines, 1)
            if is_live(level):
                at_work.append(ref)
        for ref in at_work:
            found = made.projects[ref]
            live.setdefault(found.department, set()).add(ref)
            for knot in knots(found):
                together.setdefault(knot, set()).add(ref)
        made.live = {department: frozenset(refs) for department, refs in live.items()}
        made.together = {knot: frozenset(refs) for knot, refs in together.items()}
        return made


def knots(found: Digest) -> list[Knot]:
    """What a live project of some department may have in common with others; nothing for any other project."""
    if not (found.live and found.departments):
        return []
    made: list[Knot] = [("town", town) for town in found.towns]
    made += [("partner", partner) for partner in found.partners]
    made += [("programme", programme) for programme in found.programmes]
    return made


def _is_project(ref: str) -> bool:
    return ref.startswith("projects/")


_KNOWN: Final[WeakKeyDictionary[Snapshot, Whole]] = WeakKeyDictionary()


def went_on(before: Snapshot, after: Snapshot, refs: Iterable[str]) -> None:
    """Make what is known of `before` known of `after`, which differs from it in the records `refs` alone."""
    if (found := _KNOWN.get(before)) is not None:
        refs = list(refs)
        after.read_ahead(refs)
        _KNOWN[after] = found.changed({ref: after.data(ref) for ref in refs})


def whole_of(snapshot: Snapshot, before: Snapshot | None = None, refs: Iterable[str] = ()) -> Whole:
    """The whole of `snapshot`; made from that of `before` where the two differ in no other records than `refs`."""
    found = _KNOWN.get(snapshot)
    if found is None:
        if before is None:
            known = snapshot.digests()
            found = Whole.of({r.ref: r.data for r in snapshot.records("projects")} if known is None else known)
        else:
            found = whole_of(before).changed({ref: snapshot.data(ref) for ref in refs})
        _KNOWN[snapshot] = found
    return found
