"""Histories made in one stream are ordinary Git histories, and are made whole or not at all."""

from __future__ import annotations

import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from registry.errors import BadInput, Refused
from registry.git.bulk import BulkCommit, BulkImport, making
from registry.git.repository import Identity, Repository
from registry.git.worktree import status

ANNA = Identity("Anna Exempel", "anna@example.org")
NOON = datetime(2026, 3, 10, 12, 0, 0, tzinfo=timezone(timedelta(hours=1)))


def git(folder: Path, *args: str) -> str:
    ran = subprocess.run(["git", *args], cwd=folder, capture_output=True, check=True)
    return ran.stdout.decode("utf-8")


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository.create(tmp_path / "register")


def commit(files: dict[str, bytes | None], message: str = "Ändring\n") -> BulkCommit:
    return BulkCommit(files, message, ANNA, NOON)


def test_the_ids_told_beforehand_are_those_that_git_gives(repo: Repository) -> None:
    bulk = BulkImport(repo)
    told = [
        bulk.add(
            commit({"registry.toml": b"a = 1\n", "projects/2026/x.toml": b"b = 1\n", "projects/2026/y.toml": b""})
        ),
        bulk.add(
            commit({"projects/2026/x.toml": None, "projects/2026.toml": b"sorted among folders\n"}, "Två\n\nÅ ä ö\n")
        ),
        bulk.add(commit({"projects/2026/y.toml": None})),
    ]
    assert bulk.land() == told[-1] == repo.head()
    assert git(repo.folder, "rev-list", "--reverse", "HEAD").split() == told
    assert git(repo.folder, "fsck", "--strict") == ""


def test_the_same_holds_in_a_repository_of_sha_256(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    repo = Repository.create(tmp_path / "register")
    bulk = BulkImport(repo)
    told = bulk.add(commit({"twin-towns/x.toml": b"name = 'X'\n"}))
    assert len(told) == 64
    assert bulk.land() == repo.head() == told


def test_the_files_lie_in_the_folder_and_nothing_is_unsaved(repo: Repository) -> None:
    bulk = BulkImport(repo)
    bulk.add(commit({"registry.toml": "namn = 'Å'\n".encode(), "departments/bun.toml": b"x = 1\n"}))
    bulk.add(commit({"departments/bun.toml": None}))
    bulk.land()
    assert (repo.folder / "registry.toml").read_text(encoding="utf-8") == "namn = 'Å'\n"
    assert not (repo.folder / "departments").exists()
    assert status(repo) == []


def test_author_date_and_message_are_as_given_and_nobody_can_break_out_of_the_author_line(repo: Repository) -> None:
    bulk = BulkImport(repo)
    bulk.add(
        BulkCommit(
            {"registry.toml": b""}, "Ämne\n\ndata 3\nD registry.toml\n", Identity("A\n<b> C", "a@example.org"), NOON
        )
    )
    bulk.land()
    assert git(repo.folder, "log", "--format=%an|%ae|%aI|%cI|%B") == (
        "Ab C|a@example.org|2026-03-10T12:00:00+01:00|2026-03-10T12:00:00+01:00|Ämne\n\ndata 3\nD registry.toml\n\n"
    )


def test_a_path_that_leads_out_of_the_folder_is_refused(repo: Repository) -> None:
    with pytest.raises(BadInput):
        BulkImport(repo).add(commit({"../elsewhere.toml": b""}))


def test_a_repository_with_a_history_is_left_alone(repo: Repository) -> None:
    bulk = BulkImport(repo)
    bulk.add(commit({"registry.toml": b""}))
    head = bulk.land()
    with pytest.raises(Refused):
        BulkImport(repo)
    assert repo.head() == head


@pytest.mark.parametrize("existed", [False, True])
def test_what_fails_on_the_way_leaves_the_folder_as_it_was(tmp_path: Path, existed: bool) -> None:
    folder = tmp_path / "register"
    if existed:
        folder.mkdir()
    with pytest.raises(ZeroDivisionError):
        _fail_half_way(folder)
    assert folder.exists() == existed
    assert not existed or list(folder.iterdir()) == []


def _fail_half_way(folder: Path) -> None:
    with making(folder) as repo:
        bulk = BulkImport(repo)
        bulk.add(commit({"registry.toml": b"", "README.md": b"", "twin-towns/x.toml": b""}))
        bulk.land()
        assert (folder / "twin-towns" / "x.toml").exists()
        _ = 1 / 0
