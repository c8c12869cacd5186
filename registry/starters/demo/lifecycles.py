"""The ordinary projects of the demo, from `content/series.toml`: what recurs year after year, varied from the seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import cycle
from typing import Any, Final

from registry.starters.demo.tale import Tale
from registry.starters.demo.teller import money, values
from registry.starters.demo.world import World, content

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
    rng, back = world.rng, series["years"][number]
    start = world.calendar.season(back, *series["start"])
    tale = Tale(world, series, start - timedelta(days=rng.randint(175, 230)), start)
    tale.lines = tuple(line._replace(amount=_varied(world, line.amount, back)) for line in tale.lines)
    tale.new().plan(tale.registered + timedelta(days=rng.randint(20, 45)))
    programmes = [line for line in tale.lines if line.programme]
    if programmes:
        why = f"Besked från {programmes[0].programme}: beviljat som vi sökte."
        granted = money(programmes[0].source, granted=programmes[0].amount)
        tale.step(start - timedelta(days=rng.randint(95, 115)), why, granted)
    tale.decide(start - timedelta(days=78)).begin()
    tale.complete("Slutrapport" if programmes else "Reserapport" if series["days"] < 30 else "Rapport")
    value, lessons = series["reports"][number % len(series["reports"])]
    return tale.evaluate(value, lessons, results)


def _more_or_fewer(world: World, tale: Tale) -> None:
    """The number of participants, once everybody has answered."""
    difference, why = world.rng.choice(content("series")["why"]["participants"])
    number = tale.facts["participants"] + difference
    tale.step(tale.start - timedelta(days=20), why, values({"participants": number}))


def _correct(world: World, tale: Tale) -> None:
    """A sum that was entered wrong, put right some days later."""
    right = round(tale.lines[0].amount * 0.97 / 50) * 50 - 120
    day = world.calendar.workday(tale.completed_on + timedelta(days=world.rng.randint(5, 20)))
    change = money(tale.lines[0].source, spent=right)
    tale.step(day, world.say("correction"), change, by=world.coordinator(day), correction=True)


def _varied(world: World, amount: int, back: int) -> int:
    """The amount of that year, to whole five hundreds: prices rise, and no year is like another."""
    return round(amount * (1.12 - 0.02 * back) * world.rng.uniform(0.96, 1.06) / 500) * 500
