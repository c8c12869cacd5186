"""The people book as a value: who is in it, what each id is called, and books made from it (DESIGN.md section 5)."""

from __future__ import annotations

import random
import secrets
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from registry.errors import BadInput, Refused, VanortError
from registry.people.person_kind import ERASED, INTO, MERGED, PERSON
from registry.people.picking import PickList
from registry.plain_text import fold
from registry.records.refs import is_person
from registry.records.values import Data, Value, day, is_absent, text
from registry.words import _

if TYPE_CHECKING:
    from registry.people.mentions import NameIndex
    from registry.records.fields import Kind
    from registry.records.validate import Problem

FORMAT: Final = 1
"""The format of `people.toml` that this program writes."""
REGISTRY: Final = "registry"
"""The key, at the top of the book, of the commit that the registry whose book it is began with."""

State = Literal["ready", "missing", "broken", "newer"]

_LETTERS: Final = "bcdfghjkmnpqrstvwxz"
_DIGITS: Final = "23456789"
_LENGTH: Final = 6
_ARCHIVAL: Final = ("gallr", "arkiv", "archiv", "dokumenthanteringsplan", "informationshanteringsplan")


class BadPerson(BadInput):
    """What somebody wrote about a person is not valid; `problems` holds all that is wrong, with paths and examples."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = []
        for problem in self.problems:
            known = PERSON.by_key.get(problem.path)
            lines.append(f"{known.label if known else problem.path}: {problem.message}")
        examples = ", ".join(f"{problem.path}={problem.example}" for problem in self.problems if problem.example)
        super().__init__(
            _("The person can't be kept like this: %(problems)s.") % {"problems": "; ".join(lines)},
            _("Write it like %(example)s.") % {"example": examples} if examples else "",
        )


@dataclass(frozen=True)
class Book:
    """One version of the people book. Immutable; what changes it gives a new one.

    `people` is id → entry, `extra` what else the file holds at its top, kept as it is. Where the book cannot be read
    or used in full, `fault` says so in a line with its remedy, and ids show as they are.
    """

    people: Mapping[str, Data] = field(default_factory=dict)
    extra: Mapping[str, Value] = field(default_factory=dict)
    state: State = "ready"
    fault: VanortError | None = None

    def __post_init__(self) -> None:
        for key in ("people", "extra"):
            if not isinstance(getattr(self, key), MappingProxyType):
                object.__setattr__(self, key, MappingProxyType(dict(getattr(self, key))))

    @property
    def writable(self) -> bool:
        """Whether it can be added to; a missing book can, and is made then."""
        return self.state in {"ready", "missing"}

    def require_writable(self) -> None:
        """Raises `fault` where the book cannot be changed."""
        if not self.writable and self.fault is not None:
            raise self.fault

    # ---------------------------------------------------------------- who

    def __contains__(self, person: object) -> bool:
        return person in self.people

    def entry(self, person: str) -> Data:
        """The entry of the id `person`. Raises `Refused` where nobody has that id."""
        if person not in self.people:
            if self.fault is not None:
                raise self.fault
            raise Refused(
                _("Nobody in the people book has the id %(id)s.") % {"id": person},
                _("vanort people list shows who is there."),
            )
        return self.people[person]

    def name(self, person: str) -> str:
        """What stands for the id on screen: the name, the notice of an erasure, or the id itself."""
        entry = self.people.get(self.whose(person))
        if entry is None:
            return person
        return notice(entry) if is_erased(entry) else text(entry, "name") or person

    def line(self, person: str) -> str:
        """The name with title and organisation, by which two of the same name are told apart."""
        entry = self.people.get(self.whose(person), {})
        more = [] if is_erased(entry) else [text(entry, "title"), text(entry, "organisation")]
        return ", ".join(part for part in (self.name(person), *more) if part)

    def erased(self, person: str) -> bool:
        """Whether the entry of that id was erased: its offices are vacant."""
        return is_erased(self.people.get(self.whose(person), {}))

    def whose(self, person: str) -> str:
        """The id of whoever has the id `person`: another, where two entries turned out to be one person's."""
        seen = {person}
        while (into := text(self.people.get(person, {}), INTO)) and into not in seen:
            person = into
            seen.add(into)
        return person

    def others_of(self, person: str) -> list[str]:
        """The other ids of whoever has the id `person`: of entries that were merged."""
        whose = self.whose(person)
        return [each for each in self.people if each != person and self.whose(each) == whose]

    def living(self) -> dict[str, Data]:
        """Id → entry of those the book still says something of: neither erased nor merged into another."""
        return {person: entry for person, entry in self.people.items() if not is_left(entry)}

    def find(self, typed: str, limit: int | None = None) -> list[str]:
        """The ids of those who match `typed`, best first, at most `limit`; of everybody, by name, where it is empty.

        All words must be found, in any order, in name, title, organisation, e-mail address, telephone or id. A match
        at the beginning of the name comes before one in the name, and that before one elsewhere.
        """
        return self.pick_list.find(typed, limit)

    @cached_property
    def pick_list(self) -> PickList:
        """What `find` looks in; made at the first search (some tens of ms for 10,000 people)."""
        return PickList.of(self.living())

    @cached_property
    def name_index(self) -> NameIndex:
        """What `registry.people.mentions` looks for in texts; made at the first text."""
        from registry.people.mentions import NameIndex

        return NameIndex.of(self.people)

    # ---------------------------------------------------------------- other books from this one

    def new_id(self, rng: random.Random | None = None, taken: Container[str] = ()) -> str:
        """An id that nobody has, nor is among `taken`: ``p-`` and six letters and digits, at random.

        No vowels, so that it spells nothing, no l, and always both letters and digits. `rng` makes it repeatable.
        """
        source = rng or secrets.SystemRandom()
        while True:
            made = "".join(source.choices(_LETTERS + _DIGITS, k=_LENGTH))
            person = f"p-{made}"
            if made.isdigit() or made.isalpha() or person in self.people or person in taken:
                continue
            return person

    def with_person(self, person: str, data: Data) -> Book:
        """The book with `data` as the whole entry of `person`; keys without a value are left out.

        Raises `BadPerson` with all that is newly wrong with it, `Refused` for an entry that was erased.
        """
        before = self.people.get(person)
        entry = {key: value for key, value in data.items() if not is_absent(value)}
        if before is not None and is_merged(before) and dict(before) != entry:
            raise Refused(
                _("%(id)s is the same person as %(into)s, and has no entry of its own any more.")
                % {"id": person, "into": text(before, INTO)},
                _("Change that one."),
            )
        if before is not None and is_erased(before) and dict(before) != entry:
            raise written_too_late(person, self)
        if not is_person(person):
            raise BadInput(
                _("“%(id)s” is not a person id.") % {"id": person},
                _("Write it like %(example)s.") % {"example": "p-7k2m9x"},
            )
        known = {(problem.path, problem.message) for problem in problems_of(before)} if before is not None else set()
        if wrong := [p for p in problems_of(entry) if not p.unknown and (p.path, p.message) not in known]:
            raise BadPerson(wrong)
        return self._with({**self.people, person: entry})

    def with_erased(self, person: str, on: date, decision: str, basis: str) -> Book:
        """The book with nothing left of `person` but the notice; an earlier erasure stands."""
        if is_erased(self.entry(person)):
            return self
        left: Data = {"erased": on, "decision": decision, "basis": basis}
        return self._with({**self.people, person: left})

    def with_merged(self, person: str, into: str) -> Book:
        """The book in which `person` and `into` are one: what only the first entry says is said of the second.

        Raises `Refused` for an id that nobody has, or whose entry is gone, and where both are the same already.
        """
        for each in (person, into):
            if is_left(self.entry(each)):
                raise Refused(
                    _("%(id)s has no entry that could be merged (%(name)s).") % {"id": each, "name": self.name(each)},
                    _("vanort people list shows who is there."),
                )
        if person == into:
            raise Refused(_("%(id)s is one person already.") % {"id": person}, _("Name two."))
        entry = {**self.people[person], **self.people[into]}
        return self._with({**self.people, person: {INTO: into}, into: entry})

    def without(self, person: str) -> Book:
        """The book without the entry of `person`."""
        return self._with({key: entry for key, entry in self.people.items() if key != person})

    def _with(self, people: Mapping[str, Data]) -> Book:
        return (
            replace(self, people=people, state="ready", fault=None) if self.writable else replace(self, people=people)
        )

    def problems(self) -> dict[str, list[Problem]]:
        """All that is wrong with what the book holds, by id; under "" what stands beside the people."""
        from registry.records.validate import Problem

        strange = [
            Problem(key, _("is a key that the people book does not know"), unknown=True)
            for key in self.extra
            if key != REGISTRY and not is_copy(key)
        ]
        found = {"": strange}
        for person, entry in self.people.items():
            found[person] = problems_of(entry)
            if not is_person(person):
                found[person].append(Problem("", _("stands under something that is no person id"), "p-7k2m9x"))
        return {person: problems for person, problems in found.items() if problems}


def written_too_late(person: str, book: Book) -> Refused:
    """What is said to whoever writes of somebody who is erased in `book`."""
    return Refused(
        _("%(id)s was erased and cannot be written again (%(notice)s).") % {"id": person, "notice": book.name(person)},
        _("Add the person anew; they get another id."),
    )


def problems_of(entry: Data) -> list[Problem]:
    """All that is wrong with an entry."""
    from registry.records.validate import validate  # only when something is written or checked

    return validate(kind_of_entry(entry), entry)


def kind_of_entry(entry: Data) -> Kind:
    """What describes the entry: a person's, or what is left of one."""
    return ERASED if is_erased(entry) else MERGED if is_merged(entry) else PERSON


def is_erased(entry: Data) -> bool:
    """Whether the entry is what an erasure left."""
    return "erased" in entry


def is_merged(entry: Data) -> bool:
    """Whether the entry only says whose it is by now."""
    return INTO in entry


def is_left(entry: Data) -> bool:
    """Whether the entry is only what is left of one: it says nothing of a person any more."""
    return is_erased(entry) or is_merged(entry)


def is_copy(key: str) -> bool:
    """Whether a key at the top of the book is that of a copy of the registry, which says there whom it has forgotten."""
    return key.startswith("c-")


def is_archival(basis: str) -> bool:
    """Whether an erasure's ground is an archival decision (then the person is "gallrad"), by the words of it.

    >>> is_archival("gallringsbeslut"), is_archival("begäran, art. 17")
    (True, False)
    """
    folded = fold(basis)
    return any(word in folded for word in _ARCHIVAL)


def notice(entry: Data) -> str:
    """What is shown for an erased entry: "raderad 2026-11-23, KS 2026-11-20 § 9", or "gallrad …"."""
    when: date | None = day(entry, "erased")
    words = {"date": when.isoformat() if when else "?", "decision": text(entry, "decision") or "?"}
    if is_archival(text(entry, "basis")):
        return _("disposed of %(date)s, %(decision)s") % words
    return _("erased %(date)s, %(decision)s") % words
