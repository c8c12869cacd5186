"""One project's tale: the steps that take it from an idea to what came of it, in the words of ordinary changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from registry.records.refs import slug
from registry.records.values import Value
from registry.starters.demo.teller import Edit, Step, both, entries, entry, record, values
from registry.starters.demo.world import FUNCTIONS, World


class Line(NamedTuple):
    """A budget line as planned: source, whole kronor, programme where there is one."""

    source: str
    amount: int
    programme: str = ""


class Tale:
    """A project of `department`, registered on a day. Each verb adds a step; a step after the last day is never told."""

    def __init__(self, world: World, department: str, title: str, registered: date, **facts: Value) -> None:
        self.world, self.department, self.title = world, department, title
        self.registered = world.calendar.workday(registered)
        self.ref = f"projects/{self.registered.year}/{slug(title)}"
        self.facts: dict[str, Value] = {
            "title": title,
            "cooperation": "twin-town" if facts.get("twin_towns") else "other",
            "stage": "idea",
            "registered": self.registered,
            "department": f"departments/{department}",
            **facts,
        }
        self.lines: tuple[Line, ...] = ()
        self.steps: list[Step] = []
        self.start = self.end = self.registered
        self.planned_on = self.completed_on = self.registered
        self.over_frame = False
        """Whether its central money was granted beyond the year's frame."""

    # --- the ordinary way

    def new(self, why: str = "", by: str = "") -> Tale:
        """Added as an idea."""
        self.steps.append(
            Step(
                self.registered,
                by or self._by(self.registered),
                why or self.world.say("new"),
                {self.ref: record(self.facts)},
                act="new",
            )
        )
        return self

    def plan(self, day: date, start: date, days: int, lines: Sequence[Line], why: str = "", **facts: Value) -> Tale:
        """Planned: when, who, what it costs, and who is expected to decide."""
        day = self.world.calendar.workday(day)
        self.planned_on, self.start, self.end, self.lines = day, start, start + timedelta(days=days - 1), tuple(lines)
        who = self.world.officer(self.department, day)
        budget = [self._line(line) for line in lines]
        expected = self.world.calendar.meeting(self._body, max(start - timedelta(days=80), day + timedelta(days=21)))
        planned: dict[str, Value] = {
            "stage": "planned",
            "start": start,
            "end": self.end,
            "responsible": self.world.person(who),
            "responsible_function": FUNCTIONS[who],
            "cost": sum(line.amount for line in lines),
            "budget": budget,
            "decision_expected": f"{self._body} {expected.isoformat()}",
            **facts,
        }
        return self.step(day, why or self.world.say("planned"), values(planned))

    def decide(self, near: date, why: str = "", granted: Mapping[str, int] | None = None, **extra: Any) -> Tale:
        """Decided by the board at its meeting near that day; `granted` by source where it is not what was planned."""
        day, decision = self.world.calendar.decided(self._body, near)
        cited = f"{decision}, {self.world.calendar.dnr(self._body, day.year)}"
        amounts = {line.source: line.amount for line in self.lines} | dict(granted or {})
        grants = [entries("budget", _of(source), {"granted": amount}) for source, amount in amounts.items()]
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

    def complete(self, document: str, why: str = "", spent: Mapping[str, int] | None = None, **facts: Value) -> Tale:
        """It is over: a document, what was spent, and until when it is to be evaluated."""
        day = self.world.calendar.workday(self.end + timedelta(days=self.world.rng.randint(6, 14)))
        self.completed_on = day
        given = spent or {}
        outcome = [
            entries("budget", _of(line.source), {"spent": given.get(line.source, self._spent(line))})
            for line in self.lines
        ]
        paper = {"title": document, "date": day, "reference": self.world.calendar.dnr(self._body, day.year)}
        due = self.end + timedelta(days=100)
        edits = both(
            values({"stage": "completed", "evaluation.due": due, **facts}), entry("documents", paper), *outcome
        )
        return self.step(day, why or self.world.say("completed"), edits)

    def evaluate(self, value: str, lessons: str, results: Mapping[str, str], why: str = "") -> Tale:
        """Evaluated against its goals."""
        day = self.world.calendar.workday(self.end + timedelta(days=self.world.rng.randint(40, 80)))
        found = {
            "stage": "evaluated",
            "evaluation.date": day,
            "evaluation.results": dict(results),
            "evaluation.value_achieved": value,
            "evaluation.lessons": lessons,
        }
        return self.step(day, why or self.world.say("evaluated"), values(found))

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


def _of(source: str) -> Any:
    return lambda line: line.get("source") == source
