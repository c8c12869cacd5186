"""Agreements with twin towns over time: signed, renewed, taken over, dormant, ended; proposals that became none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from registry.policy.reading import listed, place
from registry.records.decisions import decision_of
from registry.records.values import Data, day, number, text


class Event(NamedTuple):
    """Something that happened to an agreement."""

    on: date
    kind: str
    decision: str
    body: str
    """Who decided; "" where that is not known."""
    field: str
    """The path of the entry."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement as its record tells of it."""

    status: str
    year: int | None
    """The year of the municipal decision, as the policy's table has it."""
    events: tuple[Event, ...]
    """Oldest first."""

    @property
    def made(self) -> bool:
        """Whether there is or was an agreement: a proposed and a declined one are none."""
        if self.status in {"proposed", "declined"}:
            return False
        return bool(self.status) or self.year is not None or bool(self.events)

    @property
    def in_force(self) -> bool:
        """Whether it is said to hold, if dormant."""
        return self.status in {"active", "dormant"}

    @property
    def signed(self) -> tuple[Event, ...]:
        """When it was entered into."""
        return tuple(event for event in self.events if event.kind == "signed")

    @property
    def carried_on(self) -> bool:
        """Whether an older agreement was renewed or taken over, which makes no new one."""
        return any(event.kind in {"renewed", "taken-over"} for event in self.events)

    def status_on(self, on: date) -> str:
        """How it stood on a day, by its events; as its status says where no event tells of an earlier time.

        ``active`` after it was signed, renewed or taken over, else ``dormant`` or ``ended``; "" before it was entered
        into.
        """
        until = [event for event in self.events if event.on <= on]
        if until:
            last = until[-1].kind
            return last if last in {"dormant", "ended"} else "active"
        if self.signed and self.year is None:
            return ""
        if self.year is not None and on.year < self.year:
            return ""
        return self.status if not self.events else "active"


def agreement_of(town: Data) -> Agreement:
    """The agreement with a town."""
    events = []
    for at, entry in listed(town, "agreement_events"):
        if (on := day(entry, "date")) is not None:
            decision = text(entry, "decision")
            known = decision_of(decision)
            field = place(town, "agreement_events", at)
            events.append(Event(on, text(entry, "kind"), decision, known.body if known else "", field))
    events.sort(key=lambda event: event.on)
    return Agreement(text(town, "agreement_status"), number(town, "agreement_year"), tuple(events))
