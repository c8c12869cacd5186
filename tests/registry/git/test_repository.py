"""Which folders are a registry's, where its branch stands, and what stands in the way."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from registry.errors import BadInput, GitTrouble, NotFound, Refused
from registry.git import days
from registry.git.repository import Identity, Repository, State
from registry.words import speaking
from tests.registry.git.helpers import FIRST, PROJECT, TOWN, git, ran, registry, save


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return registry(tmp_path / "r")


def test_a_new_registry_has_the_branch_main_and_settings_of_its_own(tmp_path: Path) -> None:
    repo = Repository.create(tmp_path / "ny" / "registret")
    assert repo.state() == State(branch="main", head=None, unfinished=None, locked=False, writable=True)
    assert repo.config("core.fsync") == "committed,reference"
    assert repo.config("core.autocrlf") == "false"
    assert repo.config("core.quotepath") == "off"


def test_a_new_registry_is_refused_where_there_is_something_already(tmp_path: Path, repo: Repository) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(Refused, match="not empty"):
        Repository.create(tmp_path / "full")
    assert [place.name for place in (tmp_path / "full").iterdir()] == ["letter.txt"]
    with pytest.raises(Refused, match="lies inside"):
        Repository.create(repo.folder / "inner")
    assert not (repo.folder / "inner").exists()
    with pytest.raises(Refused, match="not a folder"):
        Repository.create(tmp_path / "full/letter.txt")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_folder_that_is_no_registry_is_refused_in_its_own_words(
    tmp_path: Path, repo: Repository, language: str
) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "file").touch()
    git(tmp_path, "clone", "-q", "--bare", "r", "bare")
    cases = {
        "gone": {"en": "is not there", "sv": "finns inte"},
        "file": {"en": "is not a folder", "sv": "är ingen mapp"},
        "plain": {"en": "without a history", "sv": "utan historik"},
        "bare": {"en": "bare repository", "sv": "bare"},
        "r/projects": {"en": "lies inside", "sv": "ligger i"},
    }
    with speaking(language):
        told = []
        for name, words in cases.items():
            with pytest.raises((NotFound, GitTrouble), match=words[language]) as refused:
                Repository.open(tmp_path / name)
            assert refused.value.hint
            told.append(refused.value.message)
    assert len(set(told)) == len(cases)
    assert Repository.open(tmp_path / "bare", allow_bare=True).head() == repo.head()


def test_a_folder_of_another_user_is_refused_with_what_to_run(repo: Repository) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to somebody else")
    for place in (repo.folder, repo.git_dir):
        os.chown(place, 12345, 12345)
    with pytest.raises(GitTrouble, match="another user") as refused:
        Repository.open(repo.folder)
    assert f"safe.directory {repo.folder}" in refused.value.hint
    git(repo.folder, "config", "--global", "--add", "safe.directory", str(repo.folder))
    assert Repository.open(repo.folder).head() == repo.head()


def test_opening_and_looking_at_the_state_runs_no_process(repo: Repository) -> None:
    before = ran(repo)
    assert Repository.open(repo.folder).state().head == git(repo.folder, "rev-parse", "HEAD")
    assert ran(repo) == before


def test_the_registry_is_found_from_any_folder_within_it(repo: Repository, tmp_path: Path) -> None:
    (repo.folder / "registry.toml").unlink()  # deleted by hand, and yet saved
    assert Repository.discover(repo.folder / "projects/2026").folder == repo.folder
    git(tmp_path, "init", "-q", "other")
    with pytest.raises(NotFound, match="no registry"):
        Repository.discover(tmp_path / "other")


def test_the_state_tells_branch_commit_and_what_is_unfinished(repo: Repository) -> None:
    first = repo.head()
    git(repo.folder, "switch", "-q", "-c", "a")
    save(repo, {TOWN: b"a = 1\n"})
    git(repo.folder, "switch", "-q", "main")
    save(repo, {TOWN: b"b = 1\n"})
    git(repo.folder, "merge", "-q", "a", check=False)
    assert repo.state().unfinished == "merge"
    git(repo.folder, "merge", "--abort")
    git(repo.folder, "rebase", "a", check=False)
    assert repo.state().unfinished == "rebase"
    git(repo.folder, "rebase", "--abort")
    git(repo.folder, "cherry-pick", "a", check=False)
    assert repo.state().unfinished == "cherry-pick"
    git(repo.folder, "cherry-pick", "--abort")
    git(repo.folder, "bisect", "start")
    assert repo.state().unfinished == "bisect"
    git(repo.folder, "bisect", "reset")
    assert repo.state().unfinished is None
    git(repo.folder, "switch", "-q", "--detach", str(first))
    assert (repo.branch(), repo.head()) == (None, first)
    (repo.git_dir / "index.lock").touch()
    assert repo.state().locked


def test_branches_are_found_loose_packed_with_slashes_and_symbolic(repo: Repository) -> None:
    head = repo.head()
    git(repo.folder, "switch", "-q", "-c", "kommun/utkast")
    assert (repo.branch(), repo.head()) == ("kommun/utkast", head)
    git(repo.folder, "pack-refs", "--all")
    assert (repo.branch(), repo.head()) == ("kommun/utkast", head)
    made = save(repo, {TOWN: b"x = 1\n"})
    assert repo.head() == made
    git(repo.folder, "symbolic-ref", "refs/heads/alias", "refs/heads/main")
    git(repo.folder, "symbolic-ref", "HEAD", "refs/heads/alias")
    assert repo.head() == head


def test_a_repository_of_an_unusual_make_is_asked_through_git(repo: Repository, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "--separate-git-dir", str(tmp_path / "elsewhere"), "w")
    made = Repository.open(tmp_path / "w")
    assert (made.git_dir, made.branch()) == (tmp_path / "elsewhere", "main")
    git(repo.folder, "worktree", "add", "-q", "-b", "utkast", str(tmp_path / "linked"))
    linked = Repository.open(tmp_path / "linked")
    assert (linked.common_dir, linked.branch(), linked.head()) == (repo.git_dir, "utkast", repo.head())
    assert linked.local_dir == repo.local_dir


def test_a_folder_reached_by_a_link_and_a_name_with_blanks_is_opened(repo: Repository, tmp_path: Path) -> None:
    repo.folder.rename(tmp_path / "Vänorter och möten")
    (tmp_path / "genväg").symlink_to(tmp_path / "Vänorter och möten")
    found = Repository.open(tmp_path / "genväg")
    assert found.folder == tmp_path / "genväg"
    save(found, {TOWN: b"x = 1\n"})


@pytest.mark.parametrize(
    "rev", ["nowhere", "--output=x", "-n1", "", "a\0b", "HEAD:registry.toml", "main..main", "a\nb"]
)
def test_a_revision_that_is_none_is_not_found_and_never_an_option(repo: Repository, rev: str) -> None:
    with pytest.raises(NotFound):
        repo.resolve(rev)
    assert not (repo.folder / "x").exists()


def test_revisions_are_resolved_to_commits(repo: Repository) -> None:
    head = repo.head()
    assert head
    git(repo.folder, "tag", "-a", "-m", "x", "v1")
    assert {repo.resolve(rev) for rev in ("HEAD", "main", head[:8], "v1", head)} == {head}
    assert repo.tree(head) == git(repo.folder, "rev-parse", "HEAD^{tree}")


def _dated(repo: Repository, when: str, content: str) -> str:
    date_of = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    return save(repo, {TOWN: content.encode()}, author=date_of)


def test_a_day_is_the_last_commit_before_its_end_in_local_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Europe/Stockholm")
    time.tzset()
    try:
        repo = Repository.create(tmp_path / "r")
        with pytest.raises(NotFound, match="Nothing has been saved"):
            repo.at("2024-05-17")
        early = _dated(repo, "2024-05-17T23:30:00+02:00", "a")
        late = _dated(repo, "2024-05-18T00:30:00+02:00", "b")
        assert repo.at("2024-05-17") == early
        assert repo.at("2024-05-18") == repo.at("igår") == repo.at("2024") == late
        assert repo.at("HEAD~1") == early
        with pytest.raises(NotFound, match="no history on 2024-05-16"):
            repo.at("2024-05-16")
        with pytest.raises(NotFound, match="no such version"):
            repo.at("i forntiden")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_clock_that_was_wrong_makes_no_past_day_look_like_today(tmp_path: Path) -> None:
    repo = Repository.create(tmp_path / "r")
    days_said = ["2024-05-01", "2024-05-10", "1970-01-03", "2024-05-20", "2031-01-01", "2024-06-01", "2024-06-02"]
    made = []
    for day in days_said:
        made.append(_dated(repo, f"{day}T12:00:00+00:00", day))
        assert repo.at("9999") == made[-1]
        if day == "2024-05-10":  # what was in order when it was last asked
            assert repo.at("2024-05-01") == made[0]
    for day in ("1980", "2020", "2024-04-30"):
        with pytest.raises(NotFound, match="begins later"):
            repo.at(day)
    assert [repo.at(day) for day in ("2024-05-09", "2024-05-10", "2024-05-20", "2024-05-31")] == [
        made[0],
        made[2],
        made[4],
        made[4],
    ]
    assert repo.at("2024-06-01") == made[5]
    assert repo.at("today") == made[-1]

    git(repo.folder, "reset", "-q", "--hard", made[1])
    git(repo.folder, "reflog", "expire", "--expire=now", "--all")
    git(repo.folder, "gc", "-q", "--prune=now")
    assert repo.at("today") == made[1], "a history that was rewritten is asked anew"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-05-04", date(2026, 5, 4)),
        ("2026-5-4", date(2026, 5, 4)),
        ("2024", date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("igår", date(2026, 3, 30)),
        ("Yesterday", date(2026, 3, 30)),
        ("idag", date(2026, 3, 31)),
        ("2 weeks ago", date(2026, 3, 17)),
        ("för 2 veckor sedan", date(2026, 3, 17)),
        ("1 månad sedan", date(2026, 2, 28)),
        ("3 år sedan", date(2023, 3, 31)),
        ("10 days ago", date(2026, 3, 21)),
    ],
)
def test_days_in_words_and_figures(said: str, day: date) -> None:
    assert days.as_day(said, date(2026, 3, 31)) == day


@pytest.mark.parametrize(
    "said", ["", "main", "2026-13-01", "2026-02-30", "never ago", "9999 years ago", "0000", "-1 days ago", "abc123"]
)
def test_what_names_no_day_is_none(said: str) -> None:
    assert days.as_day(said, date(2026, 3, 31)) is None


def test_the_end_of_a_day_is_its_last_second() -> None:
    end = datetime.fromtimestamp(days.end_of(date(2026, 3, 29))).astimezone()  # summer time begins
    assert (end.date(), end.hour, end.minute, end.second) == (date(2026, 3, 29), 23, 59, 59)


def test_the_identity_is_what_someone_has_told_git_and_never_a_guess(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert repo.identity() == Identity("Anna Exempel", "anna@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    assert repo.identity() is None
    repo.set_identity("-x Åsa", "asa@example.org")
    assert repo.identity() == Identity("-x Åsa", "asa@example.org")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Karin")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "karin@example.org")
    assert repo.identity() == Identity("Karin", "karin@example.org")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a <b>", "a\x1b[31m", ".,;"])
def test_an_identity_that_no_commit_can_hold_is_refused(repo: Repository, name: str) -> None:
    with pytest.raises(BadInput):
        repo.set_identity(name, "a@example.org")
    assert repo.config("user.name") == "Anna Exempel"


def test_the_local_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    repo = Repository.create(tmp_path / "r")
    assert not repo.local_dir.exists()
    assert repo.make_local_dir("drafts").stat().st_mode & 0o777 == 0o700
    assert repo.local_dir.stat().st_mode & 0o777 == 0o700


def test_a_damaged_head_is_told_by_git_itself(repo: Repository) -> None:
    (repo.git_dir / "HEAD").write_bytes(b"\xff\xfe")
    with pytest.raises(GitTrouble):
        Repository.open(repo.folder).git.text("status")
    with pytest.raises(GitTrouble):
        repo.head()
    shutil.rmtree(repo.git_dir / "refs")
    with pytest.raises(GitTrouble):
        Repository.open(repo.folder)
    assert (repo.folder / PROJECT).read_bytes() == FIRST[PROJECT]
