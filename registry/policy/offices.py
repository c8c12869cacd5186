"""Offices over time: who holds them as of any day, also for days before that was entered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from registry.policy.reading import listed, place
from registry.records.values import Data, day, text

if TYPE_CHECKING:
    from registry.snapshot import Snapshot


class Seat(NamedTuple):
    """One person's time in an office, both days included. Without a person the office is vacant in that time."""

    at: int
    """The place of the entry in its list."""
    person: str
    function: str
    mailbox: str
    since: date
    """The first day of the calendar where it is not known."""
    until: date
    """The last day of the calendar where it goes on."""

    def holds(self, on: date) -> bool:
        """Whether it covers that day; one that ends before it begins covers none."""
        return self.since <= on <= self.until


def seats_of(data: Data, key: str) -> list[Seat]:
    """The entries of ``coordinators`` or ``officers``, in the order of the file."""
    return [
        Seat(
            at,
            text(entry, "person"),
            text(entry, "function"),
            text(entry, "mailbox"),
            day(entry, "from") or date.min,
            day(entry, "until") or date.max,
        )
        for at, entry in listed(data, key)
    ]


def holders(data: Data, key: str, on: date) -> list[Seat]:
    """Who holds the office on that day, the latest come first; the vacant ones are left out."""
    found = [seat for seat in seats_of(data, key) if seat.person and seat.holds(on)]
    return sorted(found, key=lambda seat: seat.since, reverse=True)


def overlap(data: Data, key: str) -> tuple[str, str, date, date] | None:
    """The first two who hold the office at once: the paths of their entries, and the days from and to. None: nobody."""
    seats = sorted(
        (seat for seat in seats_of(data, key) if seat.person and seat.since <= seat.until),
        key=lambda seat: (seat.since, seat.at),
    )
    longest: Seat | None = None
    for seat in seats:
        if longest is not None and seat.since <= longest.until:
            until = min(longest.until, seat.until)
            return place(data, key, longest.at), place(data, key, seat.at), seat.since, until
        longest = seat if longest is None or seat.until > longest.until else longest
    return None


def mailboxes(snapshot: Snapshot, today: date) -> list[tuple[str, str]]:
    """The offices that may enter changes, each with its mailbox: who is in charge, and the departments."""
    held = [(seat.function, seat.mailbox) for seat in holders(snapshot.registry, "coordinators", today)]
    names = ((record.title, text(record.data, "mailbox")) for record in snapshot.records("departments"))
    return [(name, mail) for name, mail in (*held, *names) if name and mail]
