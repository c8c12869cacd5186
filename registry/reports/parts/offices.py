"""Who presents a matter: an office in words, and the name where names are asked for."""

from __future__ import annotations

from registry.policy.committee import Committee
from registry.records.types import Names
from registry.records.values import text
from registry.snapshot import Snapshot
from registry.words import _


class Presenters:
    """Of any record, as of the committee's day."""

    def __init__(self, snapshot: Snapshot, sitting: Committee, names: Names, *, named: bool) -> None:
        """`sitting` are those who have seats; people are called by their names where `named`."""
        self._snapshot = snapshot
        self._sitting = sitting
        self._seats = {member.ref: member for member in sitting.members}
        self._names = names
        self._named = named

    def of(self, ref: str) -> str:
        """The responsible of a project, else its department's exchange officer; else the coordinator."""
        data = self._snapshot.data(ref) or {}
        if function := text(data, "responsible_function").strip():
            return self.called(text(data, "responsible"), function)
        for seat in (ref, text(data, "department"), "registry"):
            if seat in self._seats:
                return self.called(self._seats[seat].person, self._seats[seat].function)
        return _("vacant")

    def called(self, person: str, function: str) -> str:
        """The office, after the name where that is wanted; the id of whoever has no office in words."""
        if self._named and person:
            return ", ".join(filter(None, (self._names.person(person), function)))
        return function or person
