"""Who presents a matter: an office in words, and the name where names are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from registry.policy.committee import Committee
from registry.policy.offices import seats_of
from registry.records.types import Names
from registry.records.values import text
from registry.snapshot import Snapshot
from registry.words import _

if TYPE_CHECKING:
    from registry.people.book import Book


class Presenters:
    """Of any record, as of the committee's day."""

    def __init__(
        self, snapshot: Snapshot, sitting: Committee, names: Names, *, book: Book | None = None, named: bool
    ) -> None:
        """`sitting` are those who have seats; people are called by their names where `named`.

        Whom the `book` has erased presents nothing.
        """
        self._snapshot = snapshot
        self._day = sitting.day
        self._seats = {member.ref: member for member in sitting.members}
        self._vacant = {member.ref: member.function for member in sitting.vacancies}
        self._names = names
        self._book = book
        self._named = named

    def of(self, ref: str) -> str:
        """The responsible of a project who has not left, else its department's exchange officer; else the coordinator."""
        data = self._snapshot.data(ref) or {}
        seats = (ref, text(data, "department"), "registry")
        person, function = text(data, "responsible"), text(data, "responsible_function").strip()
        if function and not self._left(person, function, seats):
            return self.called(person, function)
        for seat in seats:
            if seat in self._seats:
                return self.called(self._seats[seat].person, self._seats[seat].function)
        office = function or next(filter(None, (self._vacant.get(seat) for seat in seats)), "")
        return _("vacant (%(office)s)") % {"office": office} if office else _("vacant")

    def _left(self, person: str, function: str, seats: Sequence[str]) -> bool:
        """Whether somebody has no seat any more; where nobody is named, whether the office is that of a vacant seat."""
        if not person:
            vacant = (self._vacant.get(seat, "") for seat in seats)
            return function.casefold() in {office.strip().casefold() for office in vacant}
        if self._book is not None and self._book.erased(person):
            return True
        return self._last_days.get(self._whose(person), date.max) < self._day

    def _whose(self, person: str) -> str:
        return self._book.whose(person) if self._book is not None else person

    @cached_property
    def _last_days(self) -> dict[str, date]:
        """Until when each person who has or had a seat, has it; the last day of the calendar where it goes on."""
        found: dict[str, date] = {}
        departments = (seats_of(record.data, "officers") for record in self._snapshot.records("departments"))
        for seats in (seats_of(self._snapshot.registry, "coordinators"), *departments):
            for seat in seats:
                person = self._whose(seat.person)
                found[person] = max(seat.until, found.get(person, date.min))
        return found

    def called(self, person: str, function: str) -> str:
        """The office, after the name where that is wanted; the id of whoever has no office in words."""
        if self._named and person:
            return ", ".join(filter(None, (self._names.person(person), function)))
        return function or person
