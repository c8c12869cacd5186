"""The coordination committee as of any day, with its vacancies; offices over time."""

from __future__ import annotations

from datetime import date

from registry.policy.committee import Vacancy, committee, vacancies
from tests.registry.policy.world import (
    BUN,
    DINNER,
    KULTUR,
    TRIP,
    department,
    outside,
    project,
    registry,
    snapshot,
    world,
)

LEFT = department(
    officers=[
        {"id": "o1", "person": "p-4tq8ab", "function": "Rektor", "from": date(2026, 1, 2), "until": date(2027, 3, 24)},
        {"id": "o2", "person": "p-9d3fk2", "function": "Studierektor", "from": date(2027, 4, 12)},
    ]
)


def test_she_quits_on_the_24th_it_is_entered_on_the_1st_and_as_of_the_23rd_she_is_there() -> None:
    now = snapshot({**world(), BUN: LEFT, TRIP: project()})
    assert [member.person for member in committee(now, date(2027, 3, 23)).members] == ["p-7k2m9x", "p-4tq8ab"]
    assert [member.person for member in committee(now, date(2027, 3, 24)).members] == ["p-7k2m9x", "p-4tq8ab"]
    empty = committee(now, date(2027, 4, 1))
    assert [(seat.ref, seat.function, seat.since) for seat in empty.vacancies] == [(BUN, "Rektor", date(2027, 3, 25))]
    assert empty.without_seat == (TRIP,)
    assert [member.person for member in committee(now, date(2027, 4, 12)).members] == ["p-7k2m9x", "p-9d3fk2"]


def test_every_department_with_ambition_an_officer_or_a_project_has_a_seat_and_others_have_none() -> None:
    records = {
        **world(),
        KULTUR: department("KUN", ambition=False, officers=None),
        "departments/ks": department("KLK", ambition=None),
        "departments/miljo": department("MN", active_until=date(2026, 12, 31)),
    }
    assert [seat.ref for seat in committee(snapshot(records), date(2027, 4, 1)).officers] == [BUN, "departments/ks"]
    busy = {**records, TRIP: project(department=KULTUR)}
    assert [seat.ref for seat in committee(snapshot(busy), date(2027, 4, 1)).vacancies] == [KULTUR]
    assert "departments/miljo" in {seat.ref for seat in committee(snapshot(records), date(2026, 12, 31)).officers}


def test_a_project_that_no_department_carries_has_no_seat() -> None:
    assert committee(snapshot({**world(), DINNER: outside(department=None)}), date(2027, 4, 1)).without_seat == (
        DINNER,
    )


def test_without_a_coordinator_the_first_seat_is_vacant() -> None:
    nobody = committee(snapshot({**world(), "registry": registry(coordinators=None)}), date(2027, 4, 1))
    assert nobody.coordinator.vacant
    assert nobody.coordinator.title == "Torsby kommun"


def test_a_vacancy_in_march_entered_in_october_shows() -> None:
    assert vacancies(LEFT, "officers", date(2027, 1, 1), date(2027, 12, 31)) == [
        Vacancy("officers", date(2027, 3, 25), date(2027, 4, 11))
    ]
    assert vacancies(LEFT, "officers", date(2025, 12, 1), date(2026, 1, 31)) == [
        Vacancy("officers", date(2025, 12, 1), date(2026, 1, 1))
    ]
    assert vacancies({}, "officers", date(2027, 1, 1), date(2027, 1, 1)) == [
        Vacancy("officers", date(2027, 1, 1), date(2027, 1, 1))
    ]
    assert vacancies(LEFT, "officers", date(2027, 5, 1), date(2027, 12, 31)) == []
