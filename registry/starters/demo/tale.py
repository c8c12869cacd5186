"""One project's tale: the steps that take it from an idea to what came of it, in the words of ordinary changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from registry.records.refs import slug
from registry.records.values import Value
from registry.starters.demo.teller import Edit, Step, both, entries, entry, money, record, values
from registry.starters.demo.world import FUNCTIONS, World

_FACTS: Final = (
    "cooperation",
    "countries",
    "goals",
    "target_groups",
    "youth",
    "youth_ages",
    "participants",
    "external_organiser",
    "received_from",
    "no_commitments",
    "established_contact",
    "purpose",
)


class Line(NamedTuple):
    """A budget line as planned: source, whole kronor, programme where there is one."""

    source: str
    amount: int
    programme: str = ""


class Tale:
    """A project. Each verb adds a step; a step after the last day is never told."""

    def __init__(
        self, world: World, said: Mapping[str, Any], registered: date, start: date | None = None, **more: Value
    ) -> None:
        """`said` is what `content/` says of it: facts by record key, `towns`, `days`, `money`, `why`, `why_planned`."""
        self.world, self._said = world, said
        self.department = str(said["department"])
        self.registered = world.calendar.workday(registered)
        self.start = self.end = start or self.registered
        title = said["title"].replace("{year}", str(self.start.year))
        self.ref = f"projects/{self.registered.year}/{slug(title)}"
        self.facts: dict[str, Value] = {
            "title": title,
            "cooperation": "twin-town",
            "stage": "idea",
            "registered": self.registered,
            "department": f"departments/{self.department}",
            "twin_towns": [f"twin-towns/{town}" for town in said["towns"]],
            **{key: said[key] for key in _FACTS if key in said},
            **({"youth": True} if "youth_ages" in said else {}),
            **more,
        }
        if "partners" in said:
            keys = ("name", "place", "country")
            self.facts["partners"] = [dict(zip(keys, partner, strict=True)) for partner in said["partners"]]
        self.lines = tuple(Line(*line) for line in said.get("money", ()))
        self.steps: list[Step] = []
        self.completed_on = self.registered
        self.over_frame = False
        """Whether its money was granted beyond the year's frame, which nobody could reckon with."""

    # --- the ordinary way

    def new(self) -> Tale:
        """Added as an idea."""
        why = self._said.get("why") or self.world.say("new")
        return self.step(self.registered, why, record(self.facts), act="new")

    def plan(self, day: date, **facts: Value) -> Tale:
        """Planned: when, who, what it costs, and who is expected to decide."""
        day = self.world.calendar.workday(day)
        self.end = self.start + timedelta(days=self._said["days"] - 1)
        who = self.world.officer(self.department, day)
        expected = self.world.calendar.meeting(
            self._body, max(self.start - timedelta(days=80), day + timedelta(days=21))
        )
        planned: dict[str, Value] = {
            "stage": "planned",
            "start": self.start,
            "end": self.end,
            "responsible": self.world.person(who),
            "responsible_function": FUNCTIONS[who],
            "expected_value": self._said["expected_value"],
            "continuation": self._said["continuation"],
            "cost": sum(line.amount for line in self.lines),
            "budget": [self._line(line) for line in self.lines],
            "decision_expected": f"{self._body} {expected.isoformat()}",
            **facts,
        }
        return self.step(day, self._said.get("why_planned") or self.world.say("planned"), values(planned))

    def decide(self, near: date, why: str = "", granted: Mapping[str, int] | None = None, **extra: Any) -> Tale:
        """Decided by the board at its meeting near that day; `granted` by source where it is not what was planned."""
        day, decision = self.world.calendar.decided(self._body, near)
        cited = f"{decision}, {self.world.calendar.dnr(self._body, day.year)}"
        amounts = {line.source: line.amount for line in self.lines} | dict(granted or {})
        grants = [money(source, granted=amount) for source, amount in amounts.items()]
        own = entries("budget", lambda line: line.get("source") in {"department", "central"}, {"decision": decision})
        edits = both(
            values({"stage": "decided", "decision_expected": None}),
            entry("decisions", {"decision": cited, "kind": "start"}),
            own,
            *grants,
        )
        entered = day + timedelta(days=self.world.rng.randint(1, 5))
        return self.step(entered, why or self.world.say("decided"), edits, by="signe", decision=cited, **extra)

    def begin(self, why: str = "") -> Tale:
        """It has started."""
        return self.step(self.start, why or self.world.say("ongoing"), values({"stage": "ongoing"}))

    def complete(self, document: str, why: str = "", spent: Mapping[str, int] | None = None) -> Tale:
        """It is over: a document, what was spent, and until when it is to be evaluated."""
        day = self.world.calendar.workday(self.end + timedelta(days=self.world.rng.randint(6, 14)))
        self.completed_on = day
        given = spent or {}
        outcome = [money(line.source, spent=given.get(line.source, self._spent(line))) for line in self.lines]
        paper = {"title": document, "date": day, "reference": self.world.calendar.dnr(self._body, day.year)}
        due = self.end + timedelta(days=100)
        edits = both(values({"stage": "completed", "evaluation.due": due}), entry("documents", paper), *outcome)
        return self.step(day, why or self.world.say("completed"), edits)

    def evaluate(self, value: str, lessons: str, results: Mapping[str, str]) -> Tale:
        """Evaluated against its goals."""
        day = self.world.calendar.workday(self.end + timedelta(days=self.world.rng.randint(40, 80)))
        found = {
            "stage": "evaluated",
            "evaluation.date": day,
            "evaluation.results": dict(results),
            "evaluation.value_achieved": value,
            "evaluation.lessons": lessons,
        }
        return self.step(day, self.world.say("evaluated"), values(found))

    def step(self, day: date, why: str, change: Edit, *, by: str = "", **more: Any) -> Tale:
        """Any other step of this project alone."""
        day = self.world.calendar.workday(day)
        self.steps.append(Step(day, by or self._by(day), why, {self.ref: change}, **more))
        return self

    # --- what the verbs need

    @property
    def _body(self) -> str:
        return self.world.body(self.department)

    def _by(self, day: date) -> str:
        return self.world.author(self.department, day)

    def _line(self, line: Line) -> dict[str, Value]:
        made: dict[str, Value] = {"year": self.start.year, "source": line.source, "planned": line.amount}
        if line.source == "department":
            made["department"] = f"departments/{self.department}"
        if line.programme:
            made["programme"] = line.programme
        if line.source in {"eu", "grant", "central"}:
            made["applied"] = line.amount
        if line.amount == 0:
            made["note"] = "Ryms i lärarnas tid; inga andra kostnader."
        return made

    def _spent(self, line: Line) -> int:
        """Nearly what was granted, to whole fifties."""
        return round(line.amount * self.world.rng.uniform(0.92, 1.0) / 50) * 50
