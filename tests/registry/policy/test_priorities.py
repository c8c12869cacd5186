"""Priorities are derived from what people wrote, explained in a line, and order lists; nothing is inferred."""

from __future__ import annotations

from datetime import date

import pytest

from registry.policy.europe import COUNCIL_OF_EUROPE, Europe
from registry.policy.priorities import Priorities, standing, towns_in_order
from registry.records.countries import COUNTRIES
from registry.words import speaking
from tests.registry.policy.world import DAY, SKJERN, TRIP, clause, project, snapshot, torsby_policy, town, world

RAPA_NUI = "twin-towns/paskon"
BOMLO = "twin-towns/bomlo"


def test_the_council_of_europe_has_46_members_and_russia_and_belarus_are_none() -> None:
    assert len(COUNCIL_OF_EUROPE) == 46
    assert set(COUNTRIES) >= COUNCIL_OF_EUROPE
    assert COUNCIL_OF_EUROPE.isdisjoint({"RU", "BY", "XK", "VA", "CL"})


def test_europe_is_derived_from_countries_and_the_list_that_the_policy_names() -> None:
    records = {**world(), RAPA_NUI: town(name="Påskön", country="CL")}
    order = Priorities(snapshot(records))
    plain = {"countries": ["CL"]}
    assert [aim.id for aim in order.of(plain)] == []
    assert [aim.id for aim in order.of({"countries": ["CL", "DK"]})] == ["europe"]
    assert [aim.id for aim in order.of({"twin_towns": [SKJERN]})] == ["europe"]
    assert [aim.id for aim in order.of({"twin_towns": [RAPA_NUI]})] == []
    assert [aim.id for aim in order.of({"partners": [{"name": "Tartu", "country": "EE"}]})] == ["europe"]
    assert order.of({"countries": ["CL", "SE"]}) == ()
    assert order.of({"countries": ["DK"]})[0].quote == "samarbetet inom Europa"


def test_the_policy_says_which_list_and_what_it_adds_or_leaves_out_and_that_is_shown() -> None:
    own = Europe.of({"europe": {"list": "council-of-europe", "include": ["BY"], "exclude": ["TR"]}})
    assert "BY" in own
    assert "TR" not in own
    assert own.in_words == "Europarådets 46 medlemmar sedan den 16 mars 2022, med BY och utan TR"
    with speaking("en"):
        assert own.in_words == "the 46 members of the Council of Europe since 16 March 2022, with BY and without TR"
    assert "DK" not in Europe.of({})


def test_youth_is_the_coordinators_word_and_comes_first() -> None:
    order = Priorities(snapshot(world()))
    assert order.of({"title": "Ungdomsutbyte", "youth_ages": "15-19", "participants": 24}) == ()
    assert [aim.id for aim in order.of({"youth": True})] == ["youth"]
    youth = {"title": "ungdom", "youth": True}
    europe = {"title": "europa", "countries": ["DK"], "established_contact": "sedan 1998, varje år"}
    none = {"title": "annat", "countries": ["CL"]}
    everything = {"title": "allt", "youth": True, "countries": ["DK"]}
    ordered = sorted([none, europe, youth, everything], key=order.key)
    assert [project["title"] for project in ordered] == ["allt", "ungdom", "europa", "annat"]


def test_an_established_contact_is_one_told_of_in_words() -> None:
    order = Priorities(snapshot(world()))
    assert order.of({"established_contact": "x"}) == ()
    assert [aim.id for aim in order.of({"established_contact": "skolornas utbyte sedan 1998"})] == ["established"]


def test_the_reason_is_told_in_a_line_in_the_policys_order() -> None:
    snap = snapshot({**world(), TRIP: project(youth=True, established_contact="skolornas utbyte sedan 1998")})
    data = snap.data(TRIP) or {}
    assert Priorities(snap).explained(data) == "prioriterad: ungdomsutbyte, Europa, etablerad kontakt"
    turned = torsby_policy(priorities=list(reversed(torsby_policy()["priorities"])))
    other = Priorities(snapshot({**world(), "policy": turned}))
    assert other.explained(data) == "prioriterad: etablerad kontakt, Europa, ungdomsutbyte"
    off = Priorities(
        snapshot(
            {**world(), "policy": clause(torsby_policy(), "priority-europe", on=False, decision="KF 2027-01-25 § 7")}
        )
    )
    assert off.explained({"countries": ["DK"]}) == ""


def test_towns_where_the_cooperation_works_or_could_come_first() -> None:
    records = {
        **world(),
        SKJERN: town(),
        RAPA_NUI: town(name="Påskön", country="CL", potential="Ett utbyte om skog och hav."),
        BOMLO: town(
            name="Bömlo",
            country="NO",
            cooperation=[{"date": date(2025, 3, 1), "working": False}, {"date": date(2026, 3, 1), "working": True}],
        ),
    }
    assert [one.ref for one in towns_in_order(snapshot(records), DAY)] == [BOMLO, RAPA_NUI, SKJERN]
    live = {**records, TRIP: project()}
    assert [one.ref for one in towns_in_order(snapshot(live), DAY)] == [BOMLO, SKJERN, RAPA_NUI]
    before = {one.ref: one for one in towns_in_order(snapshot(records), date(2025, 12, 31))}
    assert before[BOMLO].working is False
    assert not before[BOMLO].prioritised
    off = clause(torsby_policy(), "prioritise-working", on=False, decision="KF 2027-01-25 § 7")
    assert [one.ref for one in towns_in_order(snapshot({**live, "policy": off}), DAY)] == [BOMLO, RAPA_NUI, SKJERN]


@pytest.mark.parametrize(
    ("day", "contact", "project_ref"),
    [
        (date(2027, 2, 28), date(2025, 6, 14), ""),
        (date(2027, 3, 3), date(2027, 3, 3), TRIP),
        (date(2027, 4, 1), date(2027, 3, 7), TRIP),
    ],
)
def test_the_last_contact_is_what_was_written_or_what_projects_tell_as_of_the_day(
    day: date, contact: date, project_ref: str
) -> None:
    records = {**world(), SKJERN: town(last_contact=date(2025, 6, 14)), TRIP: project("completed")}
    one = standing(snapshot(records), SKJERN, day)
    assert (one.last_contact, one.last_project) == (contact, project_ref)
