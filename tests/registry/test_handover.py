"""A change of person in every role, as of a day."""

from __future__ import annotations

from datetime import date

import pytest

from registry.errors import BadInput, Refused
from registry.handover import Role, handover
from registry.policy.committee import committee
from tests.registry.policy.world import (
    BUN,
    DINNER,
    KULTUR,
    OPENED,
    SKJERN,
    TRIP,
    department,
    outside,
    project,
    registry,
    snapshot,
    town,
    world,
)

OLD, NEW, COORDINATOR = "p-4tq8ab", "p-9d3fk2", "p-7k2m9x"
ON = date(2027, 3, 25)


def test_every_role_passes_on_and_the_day_before_still_has_her() -> None:
    done = project("completed", responsible=OLD)
    records = {
        **world(),
        KULTUR: department("KUN", officers=[{"id": "o9", "person": OLD, "function": "Kulturchef", "from": OPENED}]),
        SKJERN: town(contacts=["p-aaaaaa", OLD]),
        TRIP: project(responsible=OLD),
        DINNER: outside(responsible="p-bbbbbb"),
        "projects/2026/resan-dit": done,
    }
    before = snapshot(records)

    found = handover(before, OLD, NEW, ON)

    assert found.roles == (
        Role(BUN, "officers", "Rektor"),
        Role(KULTUR, "officers", "Kulturchef"),
        Role(TRIP, "responsible", "Rektor"),
        Role(SKJERN, "contacts", ""),
    )
    assert found.edits[BUN]["officers"] == [
        {"id": "o1", "person": OLD, "function": "Rektor", "from": OPENED, "until": date(2027, 3, 24)},
        {"person": NEW, "function": "Rektor", "from": ON},
    ]
    assert found.edits[TRIP]["responsible"] == NEW
    assert found.edits[TRIP]["responsible_function"] == "Rektor"
    assert found.edits[SKJERN]["contacts"] == ["p-aaaaaa", NEW]
    after = before.edited(found.edits)
    for day, person in ((date(2027, 3, 23), OLD), (date(2027, 3, 24), OLD), (ON, NEW)):
        assert {member.person for member in committee(after, day).officers} == {person}


def test_the_coordinator_keeps_function_and_mailbox_a_limited_term_its_end_and_the_decision_is_the_new_ones() -> None:
    seat = {"id": "c1", "person": COORDINATOR, "function": "Samordnare", "mailbox": "international@example.org",
            "from": OPENED, "until": date(2027, 12, 31), "decision": "KS 2026-01-02 § 5"}  # fmt: skip
    records = {**world(), "registry": registry(coordinators=[seat])}
    found = handover(snapshot(records), COORDINATOR, NEW, ON, "KS 2027-03-10 § 22")
    assert found.edits["registry"]["coordinators"] == [
        {**seat, "until": date(2027, 3, 24)},
        {
            "person": NEW,
            "function": "Samordnare",
            "mailbox": "international@example.org",
            "from": ON,
            "until": date(2027, 12, 31),
            "decision": "KS 2027-03-10 § 22",
        },
    ]


def test_without_a_successor_the_offices_are_vacant_and_nobody_is_put_in_the_place_of_a_name() -> None:
    records = {**world(), SKJERN: town(contacts=[OLD]), TRIP: project(responsible=OLD)}
    before = snapshot(records)
    found = handover(before, OLD, "", ON)
    assert found.roles == (Role(BUN, "officers", "Rektor"),)
    assert found.kept == (Role(TRIP, "responsible", "Rektor"), Role(SKJERN, "contacts", ""))
    assert [*found.edits] == [BUN]
    after = before.edited(found.edits)
    assert [member.person for member in committee(after, date(2027, 3, 24)).officers] == [OLD]
    assert all(member.vacant for member in committee(after, ON).officers)


def test_who_has_no_office_leaves_none_vacant_and_is_called_as_the_reader_knows_them() -> None:
    class Book:
        person = staticmethod(lambda _id: "Maja Exempel")

    with pytest.raises(Refused, match="Maja Exempel har inget uppdrag"):
        handover(snapshot({**world(), TRIP: project(responsible=NEW)}), NEW, "", ON, names=Book())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "on", "error"),
    [
        ("Maja Exempel", NEW, ON, BadInput),
        (OLD, "p-1", ON, BadInput),
        (OLD, OLD, ON, Refused),
        ("p-zzzzzz", NEW, ON, Refused),
        (OLD, NEW, OPENED, Refused),
        (OLD, NEW, date(2025, 12, 31), Refused),
        (OLD, NEW, date.min, Refused),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(old: str, new: str, on: date, error: type[Exception]) -> None:
    with pytest.raises(error):
        handover(snapshot({**world(), TRIP: project(responsible="p-bbbbbb")}), old, new, on)


def test_who_has_left_already_has_nothing_to_hand_over() -> None:
    left = department(officers=[{"id": "o1", "person": OLD, "from": OPENED, "until": date(2027, 3, 24)}])
    with pytest.raises(Refused):
        handover(snapshot({**world(), BUN: left}), OLD, NEW, ON)
