"""Lists are ordered from rows alone; what comes first is what the rules say of the records themselves."""

from __future__ import annotations

from datetime import date

from registry.policy.priorities import Priorities, towns_in_order
from registry.policy.ranking import project_priorities, town_contacts, town_keys
from tests.registry.policy.world import DAY, SKJERN, clause, project, snapshot, torsby_policy, town, world
from tui.priority_column import priority_of

PROJECTS = {
    "projects/2027/a": project(youth=True, established_contact="skolornas utbyte sedan 1998"),
    "projects/2027/b": project(established_contact="x", twin_towns=None, countries=["CL"]),
    "projects/2027/c": project(twin_towns=[SKJERN], countries=None),
    "projects/2027/d": project(twin_towns=None, countries=None, partners=[{"name": "Skolan", "country": "FI"}]),
    "projects/2027/e": project(twin_towns=["twin-towns/gone"], countries=["SE"], stage="completed"),
    "projects/2027/g": {"title": ["g"], "stage": ["planned"], "youth": "yes", "twin_towns": [{"a": 1}], "start": [1]},
    "projects/2027/h": {"title": "h", "stage": "planned", "twin_towns": 7, "countries": "DK", "established_contact": 1},
    "projects/2027/i": project("ongoing", start=date(2027, 1, 10), end=None, open_ended=True),
    "projects/2027/j": project("completed", start=date(2026, 5, 1), end=date(2026, 5, 9), twin_towns=["twin-towns/d"]),
    "projects/2027/f": project(twin_towns=None, countries=["youth", "DKK"]),
}
TOWNS = {
    "twin-towns/a": town(name="A", last_contact=date(2026, 5, 4)),
    "twin-towns/b": town(name="B", last_contact=date(2027, 4, 2), potential="Musikskolorna vill spela ihop."),
    "twin-towns/c": town(name="C", potential="-", cooperation=[{"date": date(2027, 3, 1), "working": True}]),
    "twin-towns/d": town(
        name="D",
        cooperation=[
            {"date": date(2027, 3, 1), "working": False},
            {"date": date(2026, 3, 1), "working": True},
            {"date": date(2027, 4, 2), "working": True},
        ],
    ),
    "twin-towns/f": {
        "name": "F",
        "country": ["DK"],
        "potential": 3,
        "last_contact": "i våras",
        "cooperation": [{"date": "2026", "working": 1}, 2],
    },
    "twin-towns/e": town(name="E", cooperation=[{"date": date(2027, 3, 1)}]),
}


def test_projects_have_the_priorities_that_their_records_have() -> None:
    now = snapshot({**world(), **PROJECTS})
    priorities = Priorities(now)
    found = project_priorities(now)
    for record in now.records("projects"):
        assert [not has for has in found[record.ref]] == list(priorities.key(record.data)), record.ref
    assert found["projects/2027/a"] == (True, True, True)
    assert not any(found["projects/2027/f"])


def test_towns_come_as_their_records_say_on_that_day() -> None:
    now = snapshot({**world(), **PROJECTS, **TOWNS})
    keys = town_keys(now, DAY)
    assert {town.ref: town.key[:4] for town in towns_in_order(now, DAY)} == keys
    assert {town.ref: town.last_contact for town in towns_in_order(now, DAY) if town.last_contact} == (
        town_contacts(now, DAY)
    )
    assert town_contacts(now, DAY)[SKJERN] == DAY, "a project goes on with it"
    assert town_contacts(now, DAY)["twin-towns/d"] == date(2026, 5, 9)
    assert town_contacts(now, DAY)["twin-towns/a"] == date(2026, 5, 4), "what is told, and not what is yet to come"
    assert "twin-towns/f" not in town_contacts(now, DAY)
    assert sorted(keys, key=lambda ref: (keys[ref], ref)) == [town.ref for town in towns_in_order(now, DAY)]
    assert keys["twin-towns/d"][0], "what was said last counts, and not what will be said tomorrow"
    assert not town_keys(now, date(2027, 4, 2))["twin-towns/d"][0]


def test_a_column_comes_of_whatever_stands_in_the_files() -> None:
    now = snapshot({**world(), **PROJECTS, **TOWNS})
    for kind in ("projects", "twin-towns"):
        rows = now.rows_of(kind)
        made = priority_of(kind, now, rows, DAY)
        assert len(made.cells) == len(made.order) == len(sorted(made.order)) == len(rows)


def test_a_clause_that_is_switched_off_orders_nothing() -> None:
    off = clause(torsby_policy(), "prioritise-working", on=False, decision="KF 2027-01-25 § 3")
    assert town_keys(snapshot({**world(policy=off), **TOWNS}), DAY) == {}
