"""The cached rows and figures say what the records of the commit say, whatever lies in the folder or in the cache."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from registry.store import Store
from registry.summary import Summary
from tests.kit import SKJERN, save, torsby, with_trip, write_file

TODAY = date.today()


def figures(store: Store) -> Summary:
    return Store.open(store.folder).at_start().summary(TODAY)


def test_what_was_edited_by_hand_is_not_taken_for_what_was_saved(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    path = f"{SKJERN}.toml"
    write_file(store, path, (store.folder / path).read_text(encoding="utf-8").replace('name = "', 'name = "Nya '))

    saved = {row.ref: row.title for row in store.at_start().rows_of("twin-towns")}
    now = {row.ref: row.title for row in store.with_hand_edits()[0].rows_of("twin-towns")}

    assert now[SKJERN] == f"Nya {saved[SKJERN]}"
    assert not saved[SKJERN].startswith("Nya")


def test_the_figures_are_the_same_from_the_cache_as_from_the_records(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))

    assert figures(store) == figures(store) == store.committed().summary(TODAY)
    assert figures(store).counts == {"departments": 1, "twin-towns": 6, "projects": 1}


def test_the_figures_follow_a_save(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    before = figures(store)
    save(store, "registry", "Nytt namn", municipality="Torsby stad")

    assert (before.municipality, figures(store).municipality) == ("Torsby kommun", "Torsby stad")


def test_the_figures_of_a_later_day_are_not_those_of_an_earlier_one(tmp_path: Path) -> None:
    store = with_trip(torsby(tmp_path / "r"))
    figures(store)

    assert Store.open(store.folder).at_start().summary(TODAY - timedelta(days=30)).day < TODAY.isoformat()


def test_a_file_that_was_saved_broken_is_found_again_at_each_start(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    write_file(store, f"{SKJERN}.toml", "name = \n")
    store.repo.git.text("commit", "--quiet", "--all", "--message=trasig")

    for _start in range(2):
        snapshot = Store.open(store.folder).at_start()
        assert set(snapshot.faults()) == {SKJERN}
        assert len(snapshot.rows_of("twin-towns")) == 5
