"""The coordination committee: derived, never typed, as of any day, also for days before it was entered.

"Ansvarig för internationella kontakter bildar tillsammans med utbytesansvariga på respektive förvaltningar en kommitté."
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from registry.policy.offices import Seat, holders, seats_of
from registry.policy.whole import whole_of
from registry.records.values import Data, day
from registry.snapshot import Snapshot

if TYPE_CHECKING:
    from registry.people.book import Book


@dataclass(frozen=True, slots=True)
class Member:
    """A seat of the committee, taken or vacant."""

    ref: str
    """``registry`` for the coordinator, the department for its exchange officer."""
    title: str
    """The municipality or the department, in words."""
    person: str = ""
    """The person's id; "" where the seat is vacant."""
    function: str = ""
    """The office in words; of a vacant seat that of whoever had it last."""
    mailbox: str = ""
    since: date | None = None
    """From when; of a vacant seat the first day of the vacancy. None where that is not known."""

    @property
    def vacant(self) -> bool:
        """Whether nobody has the seat."""
        return not self.person


@dataclass(frozen=True, slots=True)
class Committee:
    """Who is to meet, as of one day."""

    day: date
    coordinator: Member
    officers: tuple[Member, ...]
    """One of every department that has ambition, an officer or a live project, by title; vacant seats too."""
    without_seat: tuple[str, ...]
    """REFs of live projects that no department carries, or one with a vacant seat."""

    @property
    def members(self) -> tuple[Member, ...]:
        """Those who have a seat, the coordinator first."""
        return tuple(member for member in (self.coordinator, *self.officers) if not member.vacant)

    @property
    def vacancies(self) -> tuple[Member, ...]:
        """The seats that nobody has."""
        return tuple(member for member in (self.coordinator, *self.officers) if member.vacant)


def committee(snapshot: Snapshot, on: date, book: Book | None = None) -> Committee:
    """The committee as of a day, by what the registry knows now of that day.

    The seat of somebody whom the people book has erased counts as vacant.
    """
    registry = snapshot.registry
    live = whole_of(snapshot).live
    officers: list[Member] = []
    for record in snapshot.records("departments"):
        gone = day(record.data, "active_until")
        if gone is not None and gone < on:
            continue
        found = _member(record.ref, record.title, record.data, "officers", on, book=book)
        if not found.vacant or record.data.get("ambition") is True or live.get(record.ref):
            officers.append(found)
    seated = {member.ref for member in officers if not member.vacant}
    without = sorted(ref for department, refs in live.items() if department not in seated for ref in refs)
    return Committee(
        on,
        _member("registry", snapshot.title("registry"), registry, "coordinators", on, book=book),
        tuple(sorted(officers, key=lambda member: (member.title.casefold(), member.ref))),
        tuple(without),
    )


def _member(ref: str, title: str, data: Data, key: str, on: date, *, book: Book | None) -> Member:
    now = holders(data, key, on)
    seat = next((seat for seat in now if book is None or not book.erased(seat.person)), None)
    if seat is not None:
        return Member(ref, title, seat.person, seat.function, seat.mailbox, _known(seat.since))
    if now:
        return Member(ref, title, "", now[0].function, now[0].mailbox)
    earlier = [seat for seat in seats_of(data, key) if seat.person and seat.until < on]
    last = max(earlier, key=lambda seat: seat.until, default=None)
    if last is None:
        return Member(ref, title)
    return Member(ref, title, "", last.function, last.mailbox, last.until + timedelta(days=1))


def _known(since: date) -> date | None:
    return None if since == date.min else since


class Vacancy(NamedTuple):
    """Days in which nobody had an office, both included."""

    ref: str
    since: date
    until: date


def vacancies(data: Data, key: str, since: date, until: date) -> list[Vacancy]:
    """The times between two days in which nobody held the office, also where the gap was entered long after."""
    gaps: list[Vacancy] = []
    free = since
    held: list[Seat] = sorted(
        (seat for seat in seats_of(data, key) if seat.person and seat.since <= seat.until), key=lambda seat: seat.since
    )
    for seat in held:
        if seat.until < free:
            continue
        if seat.since > until:
            break
        if seat.since > free:
            gaps.append(Vacancy(key, free, seat.since - timedelta(days=1)))
        if seat.until >= until:
            return gaps
        free = seat.until + timedelta(days=1)
    return [*gaps, Vacancy(key, free, until)] if free <= until else gaps
