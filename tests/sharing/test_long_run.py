"""Faults that the long run of the convergence found, each as the shortest story that had it."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.change import Change, renaming
from registry.sharing.choices import Choice
from registry.sharing.choosing import choose, in_question
from registry.sharing.syncing import sync
from registry.store import Store
from tests.kit import SKJERN, TRIP, save, write_file
from tests.sharing.kit import colleague, copied

FILE = f"{TRIP}.toml"
NEW = f"{TRIP}-dk"


@pytest.fixture
def pair(made: Path, tmp_path: Path) -> tuple[Store, Store]:
    return copied(made, tmp_path)


def rename(store: Store, new: str = NEW) -> None:
    before = store.saved()
    edits = renaming(before, TRIP, new)
    store.save(Change(edits, "Det hette fel.", act="rename", base=before.commit, renamed_from={new: TRIP}))


@pytest.mark.parametrize("diverged", [False, True])
def test_a_hand_edit_goes_along_to_the_name_that_somebody_gave_the_record(
    pair: tuple[Store, Store], diverged: bool
) -> None:
    anna, berit = pair
    save(berit, TRIP, participants=20)
    rename(berit)
    assert sync(berit).state == "shared"
    if diverged:
        save(anna, "departments/bun", mailbox="bun@example.org")
    write_file(anna, FILE, "# för hand\n" + (anna.folder / FILE).read_text() + "youth = true\n")

    assert sync(anna).state == "shared"

    assert [touched.path for touched in anna.hand_edits()] == [f"{NEW}.toml"]
    assert not (anna.folder / FILE).exists()
    assert (anna.folder / f"{NEW}.toml").read_text().startswith("# för hand\n")
    record = anna.current().data(NEW) or {}
    assert (record["participants"], record["youth"]) == (20, True)
    assert "youth" not in (anna.saved().data(NEW) or {})


def test_a_name_that_was_settled_is_followed_though_the_merge_brought_other_new_records(
    pair: tuple[Store, Store],
) -> None:
    anna, berit = pair
    rename(berit)
    assert sync(berit).state == "shared"
    cilla = colleague(berit.folder.parent, "cilla")
    rename(anna, f"{TRIP}-fi")
    save(anna, "projects/2026/korresa", title="Körresa", stage="idea", act="new")
    (meeting,) = sync(anna).conflicts
    joined = in_question(anna)
    assert joined is not None
    choose(anna, joined, meeting.ref, "ref", Choice("edited", f"{TRIP}-se"))
    assert sync(anna).state == "shared"

    save(cilla, NEW, participants=20)
    assert sync(cilla).state == "shared"

    assert cilla.saved().refs("projects") == ["projects/2026/korresa", f"{TRIP}-se"]
    assert (cilla.saved().data(f"{TRIP}-se") or {})["participants"] == 20


def test_two_new_records_of_one_name_are_told_by_their_own_titles(pair: tuple[Store, Store]) -> None:
    for store, title in zip(pair, ("Körresa", "Konstresa"), strict=True):
        save(store, "projects/2026/resa", title=title, stage="idea", act="new")
    assert sync(pair[0]).state == "shared"
    (meeting,) = sync(pair[1]).conflicts
    assert (meeting.show(meeting.ours), meeting.show(meeting.theirs)) == ("Konstresa", "Körresa")


def test_another_record_under_a_name_that_was_given_up_is_another_record(pair: tuple[Store, Store]) -> None:
    anna, berit = pair
    rename(anna)
    save(anna, TRIP, title="Något helt annat", stage="idea", act="new")
    assert sync(anna).state == "shared"
    save(berit, TRIP, participants=20)
    assert sync(berit).state == "shared"
    assert "participants" not in (berit.saved().data(TRIP) or {})
    assert (berit.saved().data(NEW) or {})["participants"] == 20
    assert (berit.saved().data(TRIP) or {})["title"] == "Något helt annat"


def test_a_record_that_was_removed_is_not_one_with_the_next_of_its_name(pair: tuple[Store, Store]) -> None:
    anna, berit = pair
    anna.save(Change({TRIP: None}, "Dubblett.", act="delete"))
    save(anna, TRIP, title="Något helt annat", stage="idea", act="new")
    assert sync(anna).state == "shared"
    save(berit, TRIP, participants=20)
    (meeting,) = sync(berit).conflicts
    assert (meeting.field, meeting.both) == ("", True)
    joined = in_question(berit)
    assert joined is not None
    choose(berit, joined, TRIP, "", Choice("both"))
    assert sync(berit).state == "shared"
    kept = {record.title: record.data.get("participants") for record in berit.saved().records("projects")}
    assert kept == {"Något helt annat": None, "Ungdomsutbyte med Skjern": 20}


def test_nor_is_it_one_with_the_next_of_its_name_where_the_other_side_renamed_it(pair: tuple[Store, Store]) -> None:
    anna, berit = pair
    anna.save(Change({TRIP: None}, "Dubblett.", act="delete"))
    save(anna, TRIP, title="Något helt annat", stage="idea", act="new")
    assert sync(anna).state == "shared"
    save(berit, TRIP, participants=20)
    rename(berit)
    (meeting,) = sync(berit).conflicts
    assert (meeting.ref, meeting.field, meeting.theirs) == (NEW, "", None)
    joined = in_question(berit)
    assert joined is not None
    choose(berit, joined, NEW, "", Choice("ours"))
    assert sync(berit).state == "shared"
    kept = {record.ref: record.data.get("participants") for record in berit.saved().records("projects")}
    assert kept == {TRIP: None, NEW: 20}


def test_an_older_renaming_of_another_record_does_not_take_the_next_of_its_name_along(
    pair: tuple[Store, Store],
) -> None:
    anna, berit = pair
    save(berit, TRIP, participants=20)
    rename(berit)  # without having seen that it is removed
    anna.save(Change({TRIP: None}, "Dubblett.", act="delete"))
    save(anna, TRIP, title="Något helt annat", stage="idea", purpose="Sång", act="new")
    assert sync(anna).state == "shared"
    cilla = colleague(anna.folder.parent, "cilla")
    (meeting,) = sync(berit).conflicts
    joined = in_question(berit)
    assert joined is not None
    choose(berit, joined, NEW, meeting.field, Choice("ours"))
    assert sync(berit).state == "shared"
    save(cilla, TRIP, participants=5)
    assert sync(cilla).state == "shared"
    kept = {record.ref: record.data.get("participants") for record in cilla.saved().records("projects")}
    assert kept == {TRIP: 5, NEW: 20}


def test_both_of_two_new_records_are_kept_also_where_what_they_refer_to_has_another_name(
    pair: tuple[Store, Store],
) -> None:
    anna, berit = pair
    for store, title in zip(pair, ("Körresa", "Konstresa"), strict=True):
        save(store, "projects/2026/resa", title=title, stage="idea", twin_towns=[SKJERN], act="new")
    before = anna.saved()
    edits = renaming(before, SKJERN, f"{SKJERN}-dk")
    anna.save(Change(edits, "Fel.", act="rename", base=before.commit, renamed_from={f"{SKJERN}-dk": SKJERN}))
    assert sync(anna).state == "shared"
    assert sync(berit).state == "conflicts"
    joined = in_question(berit)
    assert joined is not None
    choose(berit, joined, "projects/2026/resa", "", Choice("both"))
    assert sync(berit).state == "shared"
    titles = {record.title: record.data["twin_towns"] for record in berit.saved().records("projects")}
    assert titles["Körresa"] == titles["Konstresa"] == [f"{SKJERN}-dk"]
