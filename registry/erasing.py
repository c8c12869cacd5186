"""Erasing somebody from the people book, and putting that on record without them (DESIGN.md section 5).

The book comes first and waits for nothing: whatever stands in the way of a commit, the data is gone. That it is gone is
then entered in `registry.toml`, as a change of its own kind; where that could not be done it is done by asking again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from registry.change import Change, require_savable
from registry.checks import known_decision
from registry.erasures import LIST, recorded
from registry.errors import BadInput, Refused, VanortError
from registry.git.log import Matching, search
from registry.handover import OFFICES, handover
from registry.people.copies import own
from registry.people.leftovers import Forgotten, forget_people
from registry.people.mentions import mentions
from registry.people.named_before import named_before
from registry.policy.offices import seats_of
from registry.records.refs import folder_of
from registry.records.values import Data, says_nothing, tables, text
from registry.records.values import day as day_of
from registry.roles import Role, roles
from registry.words import _

if TYPE_CHECKING:
    from registry.people import Book
    from registry.snapshot import Snapshot
    from registry.store import Store


@dataclass(frozen=True, slots=True)
class Appears:
    """Where somebody appears, and would go on to."""

    roles: tuple[Role, ...] = ()
    """What the records name the person for."""
    written: tuple[str, ...] = ()
    """The records in whose words the person is named, by name or address: that stays until somebody changes the words."""
    authored: int = 0
    """How many changes have the person's address in the author's line: that stays."""
    named: int = 0
    """How many changes of the history name the person in words: in the message, or in a text, perhaps changed since."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What erasing somebody would do: looked at first, and then carried out."""

    person: str
    name: str
    """As the book has it now."""
    ids: tuple[str, ...]
    """The id, and those of entries that were merged into it."""
    day: date
    decision: str
    basis: str
    appears: Appears
    replaced: tuple[Role, ...]
    """The roles that the successor gets; all others stay, and show the notice."""
    change: Change
    """What enters the history."""
    done: bool
    """Whether the book has nothing of the person any more: it is only put on record."""

    @property
    def vacant(self) -> tuple[Role, ...]:
        """The offices that nobody holds afterwards."""
        kept = [role for role in self.appears.roles if role not in self.replaced]
        return tuple(role for role in kept if role.now and role.field in OFFICES.values())


@dataclass(frozen=True, slots=True)
class Erased:
    """What came of it. The book has nothing of the person; `trouble` says why it is not on record, "" where it is."""

    commit: str | None
    forgotten: Forgotten
    """What else was thrown away here, since it named them: drafts, hand edits set aside …; and what wants a look."""
    trouble: str = ""
    hint: str = ""
    stands: str = ""
    """The notice of an erasure that somebody else made first, and which stands; "" where this is the one."""
    here: str = ""
    """The id of this copy: it has done its part."""


def appears(store: Store, person: str, day: date | None = None) -> Appears:
    """Where `person` appears: every record and the authors of the whole history are looked through."""
    before, book = store.saved(), store.book
    return Appears(
        tuple(roles(before, person, day or date.today())),
        tuple(_written(before, book, person)),
        _authored(store, text(book.entry(person), "email")),
        sum(1 for _each in named_before(store, book, [person, *book.others_of(person)], store.names(before))),
    )


def plan(
    store: Store, person: str, decision: str, basis: str, *, successor: str = "", known: Appears | None = None
) -> Plan:
    """What erasing `person` under `decision` would do. Nothing is written. `known` saves a look through everything.

    Raises `Refused` and `BadInput` for what cannot be meant: an id nobody has, no decision or basis, a basis that holds
    personal data itself, a successor who is nobody or has no way of being one.
    """
    book, day = store.book, date.today()
    if not book.writable and book.fault is not None:
        raise book.fault
    entry, name = book.entry(person), book.name(person)
    if (whose := book.whose(person)) != person:
        raise Refused(_("%(id)s is the same person as %(into)s.") % {"id": person, "into": whose}, _("Erase that one."))
    before = store.saved()
    if book.erased(person):  # it stands as it was decided
        day, decision, basis = entry["erased"], text(entry, "decision"), text(entry, "basis")
    if says_nothing(basis):
        raise BadInput(_("The basis is missing: why the data is erased."), _("For example: --basis gallringsbeslut"))
    if not decision.strip():
        raise BadInput(
            _("The decision is missing under which the data is erased."),
            _('For example: --decision "KS 2026-11-20 § 9"'),
        )
    decision = str(known_decision(before, decision))
    _require_successor(book, person, successor)
    found = known or appears(store, person, day)
    edits, replaced = _successor_edits(before, person, successor, day)
    made = Plan(
        person=person,
        name=name,
        ids=(ids := (person, *sorted(book.others_of(person)))),
        day=day,
        decision=decision,
        basis=basis.strip(),
        appears=found,
        replaced=tuple(role for role in found.roles if (role.ref, role.field) in replaced and role.now),
        change=_change(before, ids, {"date": day, "decision": decision, "basis": basis.strip()}, edits),
        done=book.erased(person),
    )
    _require_fit(store, made)
    return made


def erase(store: Store, planned: Plan, *, author: Mapping[str, str] | None = None) -> Erased:
    """Carry it out: the book, what lies about here, the record of it. What happened meanwhile is no hindrance.

    Raises `GitTrouble` where the book itself cannot be written; then nothing was erased.
    """
    before = store.book

    def without(book: Book) -> Book:
        return book.with_erased(planned.person, planned.day, planned.decision, planned.basis)

    book = store.people.change(without)
    forgotten = forget_people(store.repo, before, planned.ids)
    kept = book.entry(planned.person)  # somebody else may have been first: then theirs is the erasure
    change = planned.change
    stands = ""
    if (kept["erased"], text(kept, "decision")) != (planned.day, planned.decision):
        change, stands = plan(store, planned.person, "", "").change, book.name(planned.person)
    here = own(store.repo)
    try:
        saved = store.save(replace(change, base=None), author=author)
    except VanortError as error:
        return Erased(None, forgotten, error.message, error.hint, stands, here)
    return Erased(saved.commit, forgotten, stands=stands, here=here)


@dataclass(frozen=True, slots=True)
class Applied:
    """Whom the registry had to tell this copy of, and what of them lay about here."""

    people: tuple[str, ...] = ()
    forgotten: Forgotten = field(default_factory=Forgotten)


def apply_recorded(store: Store) -> Applied:
    """Erase those whom the registry says were erased and the book still has: it may have come without a book, and a book
    may have been brought back from a backup.
    """
    book = store.book
    if not book.writable or store.repo.head() is None:
        return Applied()
    told = [
        (person, on, text(entry, "decision"), text(entry, "basis"))
        for entry in tables(store.saved().registry, LIST)
        if (person := text(entry, "person")) in book.people
        and not book.erased(person)
        and (on := day_of(entry, "date"))
    ]
    if not told:
        return Applied()
    people = tuple(person for person, *_rest in told)

    def without(current: Book) -> Book:
        for person, on, decision, basis in told:
            current = current.with_erased(current.whose(person), on, decision, basis)
        return current

    store.people.change(without)
    return Applied(people, forget_people(store.repo, book, people))


def _written(before: Snapshot, book: Book, person: str) -> Iterator[str]:
    from registry.free_text import every_text, free_texts

    alone = replace(book, people={person: book.people[person]})
    if alone.erased(person):
        return
    before.read_ahead(before.refs())
    for ref in before.refs():
        data = before.data(ref) or {}
        texts = every_text(data) if ref == "registry" else free_texts(folder_of(ref), data)  # also `not_personal`
        words = "\n".join(found for _way, found in texts)
        if mentions(f"{ref.rpartition('/')[2]}\n{words}", alone):
            yield ref


def _authored(store: Store, email: str) -> int:
    if not email:
        return 0
    return sum(found is not None for found in search(store.repo, matching=Matching.by_address(email), changes=False))


# what is looked at first


def _require_successor(book: Book, person: str, successor: str) -> None:
    if not successor:
        return
    book.entry(successor)
    if successor == person or successor not in book.living():
        raise Refused(
            _("%(id)s cannot be the successor.") % {"id": successor}, _("Name a successor who is in the book.")
        )


def _require_fit(store: Store, planned: Plan) -> None:
    """Raises `Refused` for what the commit would be refused for whenever it is made; what is for now only is let be."""
    book = store.book
    from registry.people.slips import KIND_WORDS, slips

    if not planned.done and (found := slips(planned.basis, book, today=planned.day)):
        raise Refused(
            _("The basis holds personal data itself (%(kind)s), and would stay.") % {"kind": KIND_WORDS[found[0].kind]},
            _("Say it without, for example: begäran enligt artikel 17"),
        )
    verdict = store.judge(planned.change)
    try:
        require_savable(planned.change, verdict)
    except Refused as error:
        if not planned.replaced:
            raise
        raise Refused(
            _("The successor cannot take over as it is: %(reason)s") % {"reason": error.message},
            _("Erase without a successor; the offices count as vacant until somebody is appointed."),
        ) from error


# what enters the history


def _change(before: Snapshot, ids: Sequence[str], told: Mapping[str, Any], edits: Mapping[str, Data]) -> Change:
    """One change that puts the erasure on record, with the edits that the successor brings.

    Every id of the person is named: a copy that has not heard that two are one forgets both.
    """
    registry: dict[str, Any] = {**before.registry, **edits.get("registry", {})}
    known = recorded(before.registry)
    if new := [{"person": person, **told} for person in ids if person not in known]:
        registry[LIST] = [*registry.get(LIST, []), *new]
    others = {ref: data for ref, data in edits.items() if ref != "registry"}
    changed: dict[str, Data | None] = {"registry": registry, **others}
    return Change(changed, told["basis"], told["decision"], act="erase", base=before.commit)


def _successor_edits(
    before: Snapshot, person: str, successor: str, day: date
) -> tuple[dict[str, Data], set[tuple[str, str]]]:
    """The records with the successor in place of the person, from `day`; and which roles that is (REF, field)."""
    if not successor:
        return {}, set()
    early: dict[str, Data] = {}
    for ref in before.referrers.get(person, ()):
        data, key = before.data(ref) or {}, OFFICES.get(folder_of(ref))
        begins = {seat.at for seat in seats_of(data, key) if seat.person == person and seat.since >= day} if key else ()
        if key and begins:  # an office that has not begun is the successor's from its first day
            entries: Any = data[key]
            early[ref] = {
                **data,
                key: [{**e, "person": successor} if n in begins else e for n, e in enumerate(entries)],
            }
    replaced = {(ref, OFFICES[folder_of(ref)]) for ref in early}
    try:
        found = handover(before.edited(early), person, successor, day)
    except Refused:  # there is nothing more of it
        return early, replaced
    return {**early, **found.edits}, replaced | {(role.ref, role.field) for role in found.roles}
