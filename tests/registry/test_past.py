"""The registry as it was: its lists are made with what is kept of today's, and nothing of today's is lost for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from registry.errors import NotFound
from registry.records.kinds import LISTED
from registry.snapshot import Snapshot
from registry.store import Store
from tests.kit import SKJERN, TRIP, git, save, torsby, with_trip, write_file


def lists(snapshot: Snapshot) -> dict[str, list[object]]:
    """The rows of every kind."""
    return {kind: list(snapshot.rows_of(kind)) for kind in LISTED}


def test_the_lists_of_a_past_commit_are_those_of_its_records_and_todays_stay_kept(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    save(store, TRIP, "Nytt namn", title="Skolresan")
    lists(Store.open(store.folder).at_start())  # from here on they are kept
    today = lists(Store.open(store.folder).at_start())

    past, _day = store.past("HEAD~1")

    assert lists(past) == lists(store.committed("HEAD~1"))
    assert "Ungdomsutbyte med Skjern" in {row.title for row in past.rows_of("projects")}
    assert lists(Store.open(store.folder).at_start()) == today


def test_a_past_day_is_judged_on_that_day_and_a_commit_on_its_own(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")

    assert store.past(date.today().isoformat())[1] == date.today()
    assert store.past("HEAD")[1] == date.today()
    with pytest.raises(NotFound):
        store.past("1999")


def test_a_file_that_could_not_be_read_then_is_told_as_today(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, f"{SKJERN}.toml", "inte = = toml\n")
    git(store, "commit", "-qam", "trasig")
    git(store, "revert", "-n", "HEAD")
    git(store, "commit", "-qam", "hel")

    past, _day = store.past("HEAD~1")

    assert set(past.faults()) == {SKJERN}
    assert not store.saved().faults()
