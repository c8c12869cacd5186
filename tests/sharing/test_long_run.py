"""Faults that the long run of the convergence found, each as the shortest story that had it."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.change import Change, renaming
from registry.sharing.syncing import sync
from registry.store import Store
from tests.kit import TRIP, save, write_file
from tests.sharing.kit import copied, shared_registry

FILE = f"{TRIP}.toml"
NEW = f"{TRIP}-dk"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_registry(tmp_path_factory.mktemp("made"))


@pytest.fixture
def pair(made: Path, tmp_path: Path) -> tuple[Store, Store]:
    return copied(made, tmp_path)


def rename(store: Store) -> None:
    before = store.saved()
    edits = renaming(before, TRIP, NEW)
    store.save(Change(edits, "Det hette fel.", act="rename", base=before.commit, renamed_from={NEW: TRIP}))


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
