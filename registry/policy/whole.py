"""The registry as a whole, as rules need it: totals, and which projects belong together.

Made once for a snapshot, by one pass over its projects, and kept as long as the snapshot; for the same registry with a
few records changed it is made from the other's in about a millisecond, so that a form can ask at every keystroke.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias
from weakref import WeakKeyDictionary

from registry.policy.digests import Digest, digest, level_of, takings
from registry.policy.neighbours import neighbour, neighbours
from registry.policy.subjects import is_live
from registry.records.values import Data
from registry.snapshot import Snapshot

Tie = Literal["town", "partner", "programme"]
Knot: TypeAlias = tuple[Tie, str]
"""What several projects may have in common: ``("town", "twin-towns/skjern")``."""


class Digests:
    """REF → digest of every project that can be read, each made when it is first asked for."""

    __slots__ = ("_made", "data")

    def __init__(self, data: dict[str, Data], made: dict[str, Digest]) -> None:
        self.data = data
        self._made = made

    def __getitem__(self, ref: str) -> Digest:
        found = self._made.get(ref)
        if found is None:
            found = self._made[ref] = digest(self.data[ref])
        return found

    def __contains__(self, ref: object) -> bool:
        return ref in self.data

    def get(self, ref: str) -> Digest | None:
        """The digest, None where there is no such project."""
        return self[ref] if ref in self.data else None

    def items(self) -> Iterator[tuple[str, Digest]]:
        """Every project, in no order."""
        return ((ref, self[ref]) for ref in self.data)

    def copy(self) -> Digests:
        """Another that can be changed."""
        return Digests(dict(self.data), dict(self._made))

    def put(self, ref: str, data: Data | None) -> None:
        """The project is as given now; None: it is gone."""
        self._made.pop(ref, None)
        self.data.pop(ref, None)
        if data is not None:
            self.data[ref] = data


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
    _swept: dict[Knot, dict[str, str]] = field(default_factory=dict)

    def neighbour(self, knot: Knot, ref: str) -> str | None:
        """A project tied to that one which other departments run at the same time (`neighbours`)."""
        tied = self.together.get(knot, frozenset())
        return neighbour(ref, tied, self.projects) if len(tied) > 1 else None

    def neighbours(self, knot: Knot) -> dict[str, str]:
        """The same of every project that is tied by `knot`, found once."""
        if knot not in self._swept:
            tied = self.together.get(knot, frozenset())
            self._swept[knot] = neighbours(tied, self.projects) if len(tied) > 1 else {}
        return self._swept[knot]

    def changed(self, edits: Mapping[str, Data | None]) -> Whole:
        """The whole once the projects in `edits` are as given (None: removed); itself where none of that is felt."""
        felt = {ref: data for ref, data in edits.items() if _is_project(ref) and self._feels(ref, data)}
        if not felt:
            return self
        made = Whole(self.projects.copy(), dict(self.taken), dict(self.live), dict(self.together))
        for ref, data in felt.items():
            if ref in made.projects:
                made._count(made.projects.data[ref], -1)
                made._tie(ref, made.projects[ref], tied=False)
            made.projects.put(ref, data)
            if data is not None:
                made._count(data, 1)
                made._tie(ref, made.projects[ref], tied=True)
        return made

    def _feels(self, ref: str, data: Data | None) -> bool:
        return self.projects.get(ref) != (None if data is None else digest(data))

    def _count(self, data: Data, sign: int) -> None:
        for taking in takings(data):
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
    def of(cls, projects: Iterable[tuple[str, Data]]) -> Whole:
        """The whole of these projects."""
        made = cls(Digests(dict(projects), {}))
        live: dict[str, set[str]] = {}
        together: dict[Knot, set[str]] = {}
        for ref, data in made.projects.data.items():
            made._count(data, 1)
            if is_live(level_of(data)):
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
        _KNOWN[after] = found.changed({ref: after.data(ref) for ref in refs})


def whole_of(snapshot: Snapshot, before: Snapshot | None = None, refs: Iterable[str] = ()) -> Whole:
    """The whole of `snapshot`; made from that of `before` where the two differ in no other records than `refs`."""
    found = _KNOWN.get(snapshot)
    if found is None:
        if before is None:
            found = Whole.of((record.ref, record.data) for record in snapshot.records("projects"))
        else:
            found = whole_of(before).changed({ref: snapshot.data(ref) for ref in refs})
        _KNOWN[snapshot] = found
    return found
