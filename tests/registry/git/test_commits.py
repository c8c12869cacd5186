"""A commit made without a process is to the byte the one that Git makes; where that is in doubt, Git makes it."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from registry.errors import GitTrouble
from registry.git.commits import plain_commit
from registry.git.repository import Repository
from tests.registry.git.helpers import TOWN, git, ran, registry, save, whole

WHO = {"user.name": ["Anna Exempel"], "user.email": ["anna@example.org"]}


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return registry(tmp_path / "vänorter")


def by_git(repo: Repository, commit: str) -> str:
    """The id that `git commit-tree` gives to the same commit, made at the same second."""
    facts = "GIT_AUTHOR_NAME=%an%nGIT_AUTHOR_EMAIL=%ae%nGIT_AUTHOR_DATE=%ad%n"
    facts += facts.replace("AUTHOR", "COMMITTER").replace("%a", "%c")
    env = dict(
        line.split("=", 1)
        for line in git(repo.folder, "show", "-s", "--date=raw", f"--format={facts}", commit).split("\n")
        if line
    )
    message = git(repo.folder, "cat-file", "commit", commit).partition("\n\n")[2] + "\n"
    return repo.git.text("commit-tree", f"{commit}^{{tree}}", "-p", f"{commit}^", input=message, env=env)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Stockholm", "America/St_Johns", "Asia/Kolkata", "Pacific/Marquesas"])
def test_it_is_the_very_commit_that_git_would_make_wherever_one_is(
    repo: Repository, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        before = len(ran(repo))
        made = save(repo, {TOWN: b"x = 1\n"}, "Skjern: ändrad – åäö\n\nDecision: KS 2026-01-13 § 5\n")
        assert "commit-tree" not in ran(repo)[before:]
        assert by_git(repo, made) == made
        shown = subprocess.run(["date", "+%z"], capture_output=True, text=True, check=True).stdout.strip()
        assert git(repo.folder, "show", "-s", "--format=%ad", "--date=format:%z", made) == shown
    finally:
        monkeypatch.undo()
        time.tzset()
    whole(repo)


def test_who_acts_is_taken_from_where_git_takes_it(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.set_config("author.name", "Bo Exempel")
    repo.set_config("committer.email", "registry@example.org")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Cecilia Exempel")
    before = len(ran(repo))

    made = save(repo, {TOWN: b"x = 1\n"})

    assert "commit-tree" not in ran(repo)[before:]
    assert git(repo.folder, "show", "-s", "--format=%an <%ae>|%cn <%ce>", made) == (
        "Bo Exempel <anna@example.org>|Cecilia Exempel <registry@example.org>"
    )
    said = [git(repo.folder, "var", f"GIT_{role}_IDENT").rsplit(" ", 2)[0] for role in ("AUTHOR", "COMMITTER")]
    assert "|".join(said) == git(repo.folder, "show", "-s", "--format=%an <%ae>|%cn <%ce>", made)


@pytest.mark.parametrize("name", [" Anna", "Anna.", "<Anna>", "An\tna", "\u2028Anna"])
def test_a_name_that_git_would_change_is_left_to_git(repo: Repository, name: str) -> None:
    repo.set_config("user.name", name)
    before = len(ran(repo))

    made = save(repo, {TOWN: b"x = 1\n"})

    assert "commit-tree" in ran(repo)[before:]
    assert git(repo.folder, "var", "GIT_AUTHOR_IDENT").startswith(
        git(repo.folder, "show", "-s", "--format=%an <", made)
    )


def test_a_day_that_is_given_is_left_to_git(repo: Repository) -> None:
    made = save(repo, {TOWN: b"x = 1\n"}, author={"GIT_AUTHOR_DATE": "2024-05-17T12:00:00+02:00"})

    assert git(repo.folder, "show", "-s", "--format=%aI", made) == "2024-05-17T12:00:00+02:00"


def test_nobody_is_still_refused(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "")

    with pytest.raises(GitTrouble):
        save(repo, {TOWN: b"x = 1\n"})


def test_what_a_commit_cannot_hold_is_not_made_here() -> None:
    assert plain_commit("0" * 40, (), "Bra\n", WHO, {}) is not None
    assert plain_commit("0" * 40, (), "Med\0nolla\n", WHO, {}) is None
    assert plain_commit("0" * 40, (), "Bra\n", {"user.name": ["Anna"]}, {"EMAIL": "anna@example.org"}) is None
    assert plain_commit("0" * 40, ("1" * 40, "1" * 40), "Bra\n", WHO, {}) is None
