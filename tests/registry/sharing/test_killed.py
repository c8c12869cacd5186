"""A process is killed as it lands a merge, or goes on to what others did: the next start finds the old state or the new."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from registry.git.recovery import recover
from registry.sharing.joining import join
from registry.sharing.landing import forward, land
from registry.sharing.sides import sides_of
from registry.store import Store
from tests.kit import SKJERN, TRIP, files
from tests.registry.git.helpers import die_after_step, in_a_process_that_dies, whole
from tests.registry.sharing.pair import Pair, by_git, data, head, saved, status


@pytest.fixture
def apart(pair: Pair) -> Pair:
    """Both have gone on by themselves."""
    saved(pair.theirs, TRIP, participants=20)
    by_git(pair.theirs, "docs/nytt.md", "Nytt\n")
    by_git(pair.theirs, "twin-towns/bomlo.toml", None)
    return pair


@pytest.mark.parametrize("step", ["sealed", "file", "branch", "index"])
def test_a_merge_and_a_going_on_killed_at_any_step(apart: Pair, tmp_path: Path, step: str) -> None:
    behind = Store.open(Path(shutil.copytree(apart.mine.folder, tmp_path / "behind")))
    saved(apart.mine, SKJERN, potential="Skolor")
    sides = apart.sides()
    git_dir = behind.folder / ".git"
    shutil.copytree(apart.mine.folder / ".git" / "objects", git_dir / "objects", dirs_exist_ok=True)

    def merging() -> None:
        land(apart.mine, join(apart.mine, sides_of(apart.mine.repo, sides.ours, sides.theirs)))

    for store, work in ((apart.mine, merging), (behind, lambda: forward(behind, sides.theirs))):
        before = head(store)
        assert in_a_process_that_dies(work, die_after_step(step, 1 if step == "file" else 0))

        recover(store.repo)

        now = Store.open(store.folder)
        assert status(now) == []
        whole(now.repo)
        assert (head(now) == before) == (data(now, TRIP).get("participants") != 20)
        assert (head(now) == before) == ("docs/nytt.md" not in [*map(str, _beside(now))])
        assert (head(now) == before) == ("twin-towns/bomlo.toml" in files(now))
        if head(now) == before:  # it can be done again
            work()
        assert (data(Store.open(store.folder), TRIP)["participants"], status(now)) == (20, [])


def _beside(store: Store) -> list[Path]:
    return [place.relative_to(store.folder) for place in store.folder.rglob("*.md")]
