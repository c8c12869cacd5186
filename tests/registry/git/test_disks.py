"""A disk that is full, or can only be read: the old state stays, and the user is told which."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from registry.errors import GitTrouble
from registry.git.repository import Repository
from registry.git.writer import Write, commit, recover
from tests.registry.git.helpers import (
    FIRST,
    TOWN,
    commits,
    die,
    die_after_step,
    die_at_mutation,
    git,
    in_a_process_that_dies,
    registry,
    save,
    whole,
)


def _mounted(folder: Path, *options: str) -> bool:
    folder.mkdir(exist_ok=True)
    return subprocess.run(["mount", *options, str(folder)], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    if os.geteuid() != 0 or not _mounted(folder, "-t", "tmpfs", "-o", "size=1m", "tmpfs"):
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(folder: Path, leave: int) -> Path:
    """Take all room but `leave` bytes."""
    filler = folder / "filler"
    free = os.statvfs(folder)
    with filler.open("wb") as handle:
        handle.write(b"\0" * max(0, free.f_bavail * free.f_bsize - leave))
    return filler


def test_a_full_disk_at_any_point_of_a_save_leaves_the_old_state(small_disk: Path) -> None:
    repo = registry(small_disk / "r")
    told = 0
    for leave in range(0, 120_000, 4096):
        filler = _fill(small_disk, leave)
        before = repo.head()
        change: dict[str, bytes | None] = {
            TOWN: f"n = {leave}\n".encode() + b"x" * 5000,
            "departments/bun.toml": b"y" * 9000,
        }
        if refused := _trouble(repo, change):
            told += 1
            assert "is full" in refused
            assert repo.head() == before
            assert (repo.folder / TOWN).read_bytes() == FIRST[TOWN]
            assert not (repo.folder / "departments").exists()
        filler.unlink()
        recover(repo)
        whole(repo)
        if repo.head() != before:
            break
    assert told > 3
    assert commits(repo) == 2


def _trouble(repo: Repository, change: dict[str, bytes | None]) -> str:
    try:
        save(repo, change)
    except GitTrouble as trouble:
        return trouble.message
    return ""


def test_what_a_crash_left_is_put_right_on_a_full_disk_or_as_soon_as_there_is_room(small_disk: Path) -> None:
    repo = registry(small_disk / "r")
    base = repo.head()
    assert in_a_process_that_dies(
        lambda: commit(repo, Write({TOWN: b"x = 1\n"}, "en ändring\n", base)), die_after_step("locked")
    )
    filler = _fill(small_disk, 0)
    first = recover(repo)
    filler.unlink()
    assert first is not None or recover(repo) is not None
    whole(repo)
    save(repo, {TOWN: b"y = 1\n"})
    whole(repo)


def test_a_work_tree_on_another_disk_than_its_history_is_put_right_after_any_crash(
    small_disk: Path, tmp_path: Path
) -> None:
    repo = registry(tmp_path / "r")
    git(repo.folder, "worktree", "add", "-q", "-b", "utkast", str(small_disk / "linked"))
    linked = Repository.open(small_disk / "linked")
    for nth in range(100):
        base = linked.head()
        change: dict[str, bytes | None] = {TOWN: b"n = %d\n" % nth, "departments/bun.toml": b"m = %d\n" % nth}
        killed = in_a_process_that_dies(
            partial(commit, linked, Write(change, "en ändring\n", base)), die_at_mutation(nth)
        )
        recover(repo)
        whole(linked)
        if not killed:
            break
    assert (linked.folder / TOWN).read_bytes() == change[TOWN]
    assert not killed


def test_nothing_is_left_beside_the_files_of_a_work_tree_on_another_disk(small_disk: Path, tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")
    git(repo.folder, "worktree", "add", "-q", "-b", "utkast", str(small_disk / "linked"))
    linked = Repository.open(small_disk / "linked")
    change: dict[str, bytes | None] = {TOWN: b"x = 1\n", "registry.toml": b"format = 1 # och\n"}

    def die_with_the_new_content_beside() -> None:
        replace = os.replace

        def trap(source: Path, target: Path) -> None:
            if str(source).endswith(".vanort-tmp"):
                die()
            replace(source, target)

        os.replace = trap  # type: ignore[assignment]

    base = linked.head()
    assert in_a_process_that_dies(
        partial(commit, linked, Write(change, "en ändring\n", base)), die_with_the_new_content_beside
    )
    assert "vanort-tmp" in git(linked.folder, "status", "--porcelain")
    (linked.folder / "registry.toml").write_bytes(b"edited since\n")
    told = recover(repo)
    assert told is not None
    assert (told.outcome, told.left) == ("undone", ("registry.toml",))
    assert git(linked.folder, "status", "--porcelain") == " M registry.toml"


def test_a_disk_that_can_only_be_read_is_read_and_told_at_a_save(tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")
    view = tmp_path / "view"
    if os.geteuid() != 0 or not _mounted(view, "--bind", str(repo.folder)):
        pytest.skip("a folder can only be mounted by root")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(view)], check=True)
        seen = Repository.open(view)
        assert not seen.state().writable
        assert recover(seen) is None
        with pytest.raises(GitTrouble, match="only be read"):
            save(seen, {TOWN: b"x = 1\n"})
    finally:
        subprocess.run(["umount", "-l", str(view)], check=True)
    whole(repo)


def test_a_crash_on_a_disk_that_can_now_only_be_read_is_told_and_kept_for_later(tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")
    base, view = repo.head(), tmp_path / "view"
    assert in_a_process_that_dies(
        lambda: commit(repo, Write({TOWN: b"x = 1\n"}, "en ändring\n", base)), die_after_step("file")
    )
    if os.geteuid() != 0 or not _mounted(view, "--bind", str(repo.folder)):
        pytest.skip("a folder can only be mounted by root")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(view)], check=True)
        with pytest.raises(GitTrouble, match="only be read"):
            recover(Repository.open(view))
    finally:
        subprocess.run(["umount", "-l", str(view)], check=True)
    assert recover(repo) is not None
    whole(repo)


def test_files_that_may_not_be_written_are_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everything")
    repo = registry(tmp_path / "r")
    (repo.folder / "twin-towns").chmod(0o500)
    try:
        with pytest.raises(GitTrouble, match="not permitted"):
            save(repo, {TOWN: b"x = 1\n"})
    finally:
        (repo.folder / "twin-towns").chmod(0o700)
    whole(repo)
