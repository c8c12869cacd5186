"""The commit-graph: written beside the work, gone from the way of a save, and never needed."""

from __future__ import annotations

from pathlib import Path

from registry.git.graph import GraphKeeper, chain_of
from tests.kit import SKJERN, git, save, torsby
from tests.tui.app_kit import using


def test_the_graph_knows_every_commit_and_a_later_one_adds_to_it(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    keeper = GraphKeeper(store.repo)
    keeper.start()
    keeper.wait()
    first = chain_of(store.repo).read_text(encoding="ascii")
    save(store, SKJERN, potential="Skolor")
    keeper.start()
    keeper.wait()
    assert chain_of(store.repo).read_text(encoding="ascii") != first
    assert git(store, "commit-graph", "verify") == ""
    assert [entry.act for entry in store.history(SKJERN)] == ["set", "init"]


def test_one_that_is_stopped_leaves_no_lock_behind(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    keeper = GraphKeeper(store.repo)
    for _round in range(5):
        keeper.start()
        keeper.stop()
        assert not keeper.running
        assert not list((store.repo.common_dir / "objects" / "info").rglob("*.lock"))
    keeper.start()
    keeper.wait()
    assert chain_of(store.repo).exists()


def test_a_partial_copy_is_left_alone(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    (store.repo.common_dir / "objects" / "pack" / "pack-0.promisor").touch()
    keeper = GraphKeeper(store.repo)
    keeper.start()
    assert not keeper.running
    keeper.wait()
    assert not chain_of(store.repo).exists()


async def test_the_app_brings_it_up_to_date_when_there_is_nothing_else_to_do(tmp_path: Path) -> None:
    store = torsby(tmp_path / "r")
    async with using(store, watch=True) as user:
        for _round in range(400):
            if chain_of(store.repo).exists():
                break
            await user.pilot.pause(0.02)
    assert git(store, "commit-graph", "verify") == ""
    assert chain_of(store.repo).exists()
