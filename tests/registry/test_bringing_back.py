"""Bringing back: a record, a value, an entry that is gone; on top of what came since, through the ordinary save."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from registry.change import Change, deletion, renaming
from registry.errors import BadInput, NotFound, Refused
from tests.kit import SKJERN, TRIP, files, git, save, torsby, trailers, with_trip, write_file

LINE: dict[str, Any] = {"id": "b1", "year": 2026, "source": "department", "department": "departments/bun"}


def test_a_removed_record_comes_back_to_the_byte(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    write_file(store, f"{TRIP}.toml", files(store)[f"{TRIP}.toml"] + "# Ring rektor först\n")
    git(store, "commit", "-qam", "anteckning")
    before = files(store)[f"{TRIP}.toml"]
    store.save(Change(deletion(store.saved(), TRIP), "Dubblett", act="delete"))

    store.save(store.bringing_back(TRIP, "HEAD~1", "Det var ingen dubblett"))

    assert files(store)[f"{TRIP}.toml"] == before
    assert trailers(store) == [f"Record: {TRIP}", "Change: restore"]
    assert git(store, "log", "-1", "--format=%s").strip() == "Ungdomsutbyte med Skjern: återställt"


def test_a_value_comes_back_and_what_came_since_stays(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"), purpose="Vänskap")
    save(store, TRIP, "Fel text", purpose="Fel")
    save(store, TRIP, "Dyrare", cost=5000)

    store.save(store.bringing_back(TRIP, "HEAD~2", "Rätt text", "purpose"))

    data = store.saved().data(TRIP) or {}
    assert (data["purpose"], data["cost"]) == ("Vänskap", 5000)


def test_a_value_of_an_entry_is_put_where_the_entry_stands_now_and_a_lost_entry_comes_back(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"), budget=[{**LINE, "planned": 1000}, {**LINE, "id": "b2", "planned": 5}])
    save(store, TRIP, "Ändrat", budget=[{**LINE, "id": "b3", "planned": 7}, {**LINE, "planned": 2000}])

    store.save(store.bringing_back(TRIP, "HEAD~1", "Rätt belopp", "budget[b1].planned"))
    store.save(store.bringing_back(TRIP, "HEAD~2", "Raden ska vara kvar", "budget[b2].planned"))

    budget = (store.saved().data(TRIP) or {})["budget"]
    assert [(entry["id"], entry["planned"]) for entry in budget] == [("b3", 7), ("b1", 1000), ("b2", 5)]


def test_a_renamed_record_is_brought_back_under_its_name_of_today(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"), purpose="Vänskap")
    other = "projects/2026/skolresan"
    edits = renaming(store.saved(), TRIP, other)
    store.save(Change(edits, "Namnet", act="rename", renamed_from={other: TRIP}))
    save(store, other, "Fel text", purpose="Fel")

    store.save(store.bringing_back(other, "HEAD~2", "Rätt text"))

    assert (store.saved().data(other) or {})["purpose"] == "Vänskap"
    with pytest.raises(Refused, match="heter numera projects/2026/skolresan"):
        store.bringing_back(TRIP, "HEAD~3", "Igen")


def test_what_was_never_there_is_said(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))

    with pytest.raises(NotFound, match=f"ingen post {TRIP} då"):
        store.bringing_back(TRIP, "HEAD~1", "Tillbaka")
    with pytest.raises(NotFound, match="”Budget b9”"):
        store.bringing_back(TRIP, "HEAD", "Tillbaka", "budget[b9].granted")
    with pytest.raises(BadInput, match="syfte"):
        store.bringing_back(TRIP, "HEAD", "Tillbaka", "syfte")


def test_bringing_back_what_is_the_same_saves_nothing(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")

    assert store.save(store.bringing_back(SKJERN, "HEAD", "Tillbaka")).commit is None


def test_a_reference_to_what_is_gone_is_refused_as_in_any_change(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    save(store, TRIP, "Utan vänort", twin_towns=None)
    store.save(Change(deletion(store.saved(), SKJERN), "Avslutad", act="delete"))

    with pytest.raises(Refused, match="twin-towns/skjern"):
        store.save(store.bringing_back(TRIP, "HEAD~2", "Som förr"))
