"""What plain Git left half done is taken back, and nothing that stood in the folder is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.git.backing_out import back_out
from registry.git.unfinished import begun
from registry.merge.markers import Marked, taken_apart
from registry.store import Store
from tests.kit import SKJERN, TRIP, git, save, write_file
from tests.sharing.kit import copied, plain, without_our_driver

FILE = f"{TRIP}.toml"


def quarrel(made: Path, folder: Path) -> tuple[Store, str, str]:
    """Anna's registry, where the project has other participants than in what Berit shared; and both commits."""
    anna, berit = copied(made, folder)
    without_our_driver(berit)
    without_our_driver(anna)
    save(berit, TRIP, participants=20)
    save(berit, SKJERN, potential="En ny mässa.")
    git(berit, "push", "-q", "origin", "main")
    save(anna, TRIP, participants=30)
    git(anna, "fetch", "-q")
    return anna, git(anna, "rev-parse", "main").strip(), git(anna, "rev-parse", "origin/main").strip()


BEGINNINGS = {
    "merge": ("merge", "origin/main"),
    "rebase": ("rebase", "origin/main"),
    "cherry-pick": ("cherry-pick", "origin/main~1"),
    "revert": ("revert", "--no-edit", "HEAD~1"),
}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_what_was_begun_is_known_and_taken_back_and_what_stood_there_is_kept(
    made: Path, tmp_path: Path, kind: str
) -> None:
    anna, ours, theirs = quarrel(made, tmp_path)
    if kind == "revert":
        git(anna, "commit", "-q", "--allow-empty", "-m", "Något annat")
        save(anna, TRIP, participants=31)
        git(anna, "reset", "-q", "--soft", "HEAD~1")
        git(anna, "commit", "-q", "-m", "Antal")
        ours = git(anna, "rev-parse", "main").strip()
        assert plain(anna, "revert", "--no-edit", "HEAD~2").returncode != 0
    else:
        assert plain(anna, *BEGINNINGS[kind]).returncode != 0
    found = begun(anna.repo)
    assert found is not None
    assert (found.kind, found.ours) == (kind, ours)
    if kind in {"merge", "rebase"}:
        assert (found.theirs, found.bases) == (theirs, None)
    else:
        assert found.bases is not None
        assert not found.more
    write_file(anna, FILE, "halvvägs = true\n")
    write_file(
        anna, "departments/bun.toml", "handskrivet = true\n" + (anna.folder / "departments/bun.toml").read_text()
    )
    write_file(anna, "anteckning.txt", "min egen")

    kept = back_out(anna.repo, found)

    assert kept is not None
    assert (kept / FILE).read_text() == "halvvägs = true\n"
    assert begun(anna.repo) is None
    assert git(anna, "rev-parse", "main").strip() == ours
    assert anna.repo.branch() == "main"
    assert git(anna, "diff", "HEAD", "--", FILE) == ""
    assert (anna.folder / "anteckning.txt").read_text() == "min egen"
    by_hand = "handskrivet = true\n"
    stays = (anna.folder / "departments/bun.toml").read_text().startswith(by_hand)
    moved = (kept / "departments/bun.toml").exists() and (kept / "departments/bun.toml").read_text().startswith(by_hand)
    assert moved if kind == "rebase" else stays


def test_a_file_edited_after_git_had_merged_it_is_no_hindrance(made: Path, tmp_path: Path) -> None:
    anna, ours, _theirs = quarrel(made, tmp_path)
    plain(anna, "merge", "origin/main")
    edited = (anna.folder / f"{SKJERN}.toml").read_text() + "# min rad\n"
    write_file(anna, f"{SKJERN}.toml", edited)
    found = begun(anna.repo)
    assert found is not None
    kept = back_out(anna.repo, found)
    assert kept is not None
    assert (kept / f"{SKJERN}.toml").read_text() == edited
    assert git(anna, "status", "--porcelain") == ""
    assert git(anna, "rev-parse", "main").strip() == ours


def test_versions_that_a_stash_left_are_known_and_taken_back(made: Path, tmp_path: Path) -> None:
    anna, _ours, _theirs = quarrel(made, tmp_path)
    text = (anna.folder / FILE).read_text()
    write_file(anna, FILE, text.replace("participants = 30", "participants = 50"))
    git(anna, "stash", "-q")
    save(anna, TRIP, participants=40)
    assert plain(anna, "stash", "pop").returncode != 0
    found = begun(anna.repo)
    assert found is not None
    assert found.kind == "versions"
    assert found == begun(anna.repo)
    assert "participants = 50" in git(anna, "show", f"{found.theirs}:{FILE}")
    assert "participants = 30" in git(anna, "show", f"{(found.bases or ('',))[0]}:{FILE}")
    kept = back_out(anna.repo, found)
    assert kept is not None
    assert "<<<<<<<" in (kept / FILE).read_text()
    assert git(anna, "status", "--porcelain") == ""
    assert git(anna, "stash", "list") != ""


def test_marks_are_taken_apart_into_the_versions() -> None:
    text = "a\n<<<<<<< HEAD\nb\n||||||| merged common ancestors\nc\n=======\nd\n>>>>>>> origin/main\ne\n"
    assert taken_apart(text) == Marked("a\nb\ne\n", "a\nd\ne\n", "a\nc\ne\n")
    assert taken_apart(text.replace("||||||| merged common ancestors\nc\n", "")) == Marked(
        "a\nb\ne\n", "a\nd\ne\n", None
    )
    assert taken_apart("a\n=======\nb\n") is None
    for lacking in ("<<<<<<< HEAD\n", "=======\n", ">>>>>>> origin/main\n"):
        assert taken_apart(text.replace(lacking, "")) is None
