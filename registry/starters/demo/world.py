"""Who and what there is in the demo's municipality, on which day: people, offices, departments, ways of putting things."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from registry.git.repository import Identity
from registry.people import Book
from registry.records.values import Value
from registry.starters.demo.days import Calendar
from registry.toml_files import read

MUNICIPALITY: Final = "Granhults kommun"
NOTE: Final = (
    "**Påhittat exempel.** Granhults kommun finns inte. Personer, orter, beslut och belopp är påhittade, och ingenting av "
    "det som står här har hänt. *A fictional example: nothing in it has happened.*"
)
FUNCTIONS: Final[Mapping[str, str]] = {
    "majken": "Internationell samordnare",
    "ture": "Internationell samordnare",
    "yngve": "Rektor, Granskolan",
    "alva": "Rektor, Granskolan",
    "birger": "Kulturchef",
    "dagny": "Enhetschef, äldreomsorgen",
    "otto": "Planarkitekt",
    "nelly": "Utvecklingsstrateg",
}
"""The offices, in the words that stand beside a person's id."""
AUTHORS: Final = ("majken", "ture", "alva", "birger", "signe")
"""Those who enter changes."""
_CONTENT: Final = Path(__file__).parent / "content"


@cache
def content(name: str) -> dict[str, Any]:
    """One of the files of `content/`; not to be changed."""
    return read((_CONTENT / f"{name}.toml").read_bytes(), where=f"{name}.toml")


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody in an office, from and until a day (both included; None: still)."""

    who: str
    since: date
    until: date | None
    decision: str


class World:
    """The municipality as of any day of its history. Deterministic for (`until`, `seed`)."""

    def __init__(self, until: date, seed: int) -> None:
        self.rng = random.Random(f"{seed} {until.isoformat()}")  # noqa: S311 - variations, no secrets
        self.calendar = Calendar(until)
        self.opened = self.calendar.opened
        self._said: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    @cached_property
    def book(self) -> Book:
        """The people book."""
        book = Book()
        for who, entry in content("cast")["people"].items():
            person = book.new_id(self.rng)
            self._ids[who] = person
            basis = {"retention_basis": "påhittad person i ett exempel"}
            book = book.with_person(person, {**entry, **basis})
        return book

    def person(self, who: str) -> str:
        """The person id of somebody of the cast."""
        assert self.book  # noqa: S101 - gives the ids
        return self._ids[who]

    @cached_property
    def officials(self) -> dict[str, Identity]:
        """The author lines of those who enter changes."""
        people = content("cast")["people"]
        return {who: Identity(people[who]["name"], people[who]["email"]) for who in AUTHORS}

    @cached_property
    def departments(self) -> dict[str, dict[str, Value]]:
        """The departments' records, by id, without officers and money."""
        return content("departments")

    def body(self, department: str) -> str:
        """The abbreviation of a department's board."""
        return str(self.departments[department]["board_short"])

    @cached_property
    def coordinators(self) -> tuple[Office, Office]:
        """In charge of international contacts: one retired, the other came the day after, appointed by the council and
        not by the Executive Committee.
        """
        last = self.calendar.season(3, 1, 31)
        first, second = date(self.opened.year - 2, 2, 1), date(last.year, 2, 1)
        return (
            Office("majken", first, last, self.calendar.decided("KS", first)[1]),
            Office("ture", second, None, self.calendar.decided("KF", date(last.year - 1, 12, 10))[1]),
        )

    @cached_property
    def officers(self) -> dict[str, tuple[Office, ...]]:
        """Exchange officers by department: one school's head left six years ago, the head of culture just now."""
        calendar, opened = self.calendar, self.opened
        left = calendar.season(6, 8, 24)
        came = calendar.season(6, 11, 1) if calendar.season(6, 11, 1) > left else calendar.season(5, 11, 1)
        decided = {
            d: calendar.decided(self.body(d), opened)[1] for d, facts in self.departments.items() if facts["ambition"]
        }
        return {
            "bun": (
                Office("yngve", opened, left, decided["bun"]),
                Office("alva", came, None, calendar.decided("BUN", came)[1]),
            ),
            "kultur": (Office("birger", opened, calendar.ago(38), decided["kultur"]),),
            "social": (Office("dagny", opened, None, decided["social"]),),
            "samhallsbyggnad": (Office("otto", opened, None, decided["samhallsbyggnad"]),),
            "kommunledning": (Office("nelly", opened, None, decided["kommunledning"]),),
        }

    def officer(self, department: str, day: date) -> str:
        """Who is exchange officer that day, else who comes next, else who was the last."""
        offices = self.officers[department]
        return next((office.who for office in offices if office.until is None or day <= office.until), offices[-1].who)

    def coordinator(self, day: date) -> str:
        """Who is in charge of international contacts that day."""
        first, second = self.coordinators
        return first.who if day < second.since else second.who

    def author(self, department: str, day: date) -> str:
        """Who enters what a department does: its officer, if they use the registry themselves, else the coordinator."""
        office = next(
            (o for o in self.officers[department] if o.since <= day and (o.until is None or day <= o.until)), None
        )
        return office.who if office and office.who in AUTHORS else self.coordinator(day)

    def say(self, what: str) -> str:
        """A reason for an ordinary step, not the same twice in a row."""
        said = [why for why in self._whys[what] if why != self._said.get(what)]
        self._said[what] = self.rng.choice(said)
        return self._said[what]

    @cached_property
    def _whys(self) -> dict[str, list[str]]:
        whys: dict[str, list[str]] = content("series")["why"]
        return whys
