"""The ordinary projects of the demo, from `content/series.toml`: what recurs year after year, varied from the seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any, Final

from registry.starters.demo.tale import Line, Tale
from registry.starters.demo.teller import Step, entries, values
from registry.starters.demo.world import World, content

_FACTS: Final = ("cooperation", "goals", "target_groups", "established_contact", "purpose", "participants")
_RESULTS: Final = ("met", "met", "partly", "met", "not", "partly", "met")


def tales(world: World) -> Iterator[Tale]:
    """The tale of each project of the series, some with a change or a correction on the way."""
    results = cycle(_RESULTS)
    turns = [(series, number) for series in content("series")["series"] for number in range(len(series["years"]))]
    for count, (series, number) in enumerate(turns, 1):
        tale = _tale(world, series, number, {goal: next(results) for goal in series["goals"]})
        if count % 3 == 0:
            _more_or_fewer(world, tale)
        if count % 5 == 2 and tale.lines[0].amount:
            _correct(world, tale)
        yield tale


def _tale(world: World, series: Mapping[str, Any], number: int, results: dict[str, str]) -> Tale:
    back = series["years"][number]
    calendar, rng = world.calendar, world.rng
    start = calendar.season(back, *series["start"])
    registered = start - timedelta(days=rng.randint(175, 230))
    facts = {key: series[key] for key in _FACTS if key in series}
    facts["twin_towns"] = [f"twin-towns/{town}" for town in series["towns"]]
    if "youth_ages" in series:
        facts |= {"youth": True, "youth_ages": series["youth_ages"]}
    if "partners" in series:
        facts["partners"] = [
            dict(zip(("name", "place", "country"), partner, strict=True)) for partner in series["partners"]
        ]
    tale = Tale(world, series["department"], series["title"].replace("{year}", str(start.year)), registered, **facts)
    lines = [Line(line[0], _varied(world, line[1], back), *line[2:]) for line in series["money"]]
    tale.new()
    worth = {key: series[key] for key in ("expected_value", "continuation")}
    tale.plan(tale.registered + timedelta(days=rng.randint(20, 45)), start, series["days"], lines, **worth)
    programmes = [line for line in lines if line.programme]
    if programmes:
        why = f"Besked från {programmes[0].programme}: beviljat som vi sökte."
        tale.step(start - timedelta(days=rng.randint(95, 115)), why, _granted(programmes[0]))
    tale.decide(start - timedelta(days=78))
    tale.begin()
    tale.complete("Slutrapport" if programmes else "Reserapport" if series["days"] < 30 else "Rapport")
    value, lessons = next(islice(cycle(series["reports"]), number, None))
    tale.evaluate(value, lessons, results)
    return tale


def _granted(line: Line) -> Any:
    return entries("budget", lambda found: found.get("source") == line.source, {"granted": line.amount})


def _more_or_fewer(world: World, tale: Tale) -> None:
    """The number of participants, once everybody has answered."""
    number = tale.facts["participants"] + world.rng.choice((-2, 3, 4))
    tale.step(tale.start - timedelta(days=20), world.say("participants"), values({"participants": number}))


def _correct(world: World, tale: Tale) -> None:
    """A sum that was entered wrong, put right some days later."""
    source = tale.lines[0].source
    right = round(tale.lines[0].amount * 0.97 / 50) * 50 - 120
    day: date = world.calendar.workday(tale.completed_on + timedelta(days=world.rng.randint(5, 20)))
    change = entries("budget", lambda line: line.get("source") == source, {"spent": right})
    tale.steps.append(Step(day, world.coordinator(day), world.say("correction"), {tale.ref: change}, correction=True))


def _varied(world: World, amount: int, back: int) -> int:
    """The amount of that year, to whole five hundreds: prices rise, and no year is like another."""
    return round(amount * (1.12 - 0.02 * back) * world.rng.uniform(0.96, 1.06) / 500) * 500
