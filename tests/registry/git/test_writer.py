"""A save, as plain Git and the folder show it afterwards."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from registry.errors import BadInput, BrokenFile, GitTrouble, Moved
from registry.git import index as index_module
from registry.git import writer
from registry.git.objects import list_tree, read_path
from registry.git.repository import Repository
from registry.git.writer import BranchMoved, FileMoved, Write, commit
from tests.registry.git.helpers import FIRST, PROJECT, TOWN, commits, git, ran, registry, save, whole


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return registry(tmp_path / "vänorter")


def test_the_first_save_of_a_new_registry_is_a_commit_without_a_parent(repo: Repository) -> None:
    assert git(repo.folder, "log", "--format=%s|%P|%an <%ae>") == "Registret är öppnat||Anna Exempel <anna@example.org>"
    assert {entry.path for entry in list_tree(repo, "HEAD")} == set(FIRST)
    assert (repo.folder / PROJECT).read_bytes() == FIRST[PROJECT]
    whole(repo)


def test_a_save_changes_adds_and_deletes_in_one_commit(repo: Repository) -> None:
    before = repo.head()
    made = save(repo, {TOWN: b"name = 'Skjern'\n", PROJECT: None, "departments/bun.toml": b"name = 'BUN'\n"})
    assert repo.head() == made
    assert git(repo.folder, "diff", "--name-status", "--no-renames", f"{before}", made).split() == [
        *("A", "departments/bun.toml"),
        *("D", PROJECT),
        *("M", TOWN),
    ]
    assert not (repo.folder / "projects").exists(), "folders that become empty go, as with Git"
    whole(repo)


def test_the_message_and_its_trailers_are_kept_to_the_byte(repo: Repository) -> None:
    message = (
        "Skjern: ny kontakt – åäö\n\nVarför.\n\nDecision: KS 2026-01-13 § 5\nRecord: twin-towns/skjern\nChange: set\n"
    )
    save(repo, {TOWN: b"x = 1\n"}, message)
    raw = subprocess.run(["git", "cat-file", "commit", "HEAD"], cwd=repo.folder, capture_output=True, check=True).stdout
    assert raw.partition(b"\n\n")[2] == message.encode()
    assert "Decision: KS 2026-01-13 § 5" in git(repo.folder, "log", "-1", "--format=%(trailers)")


def test_a_save_tells_the_reflog_so_that_plain_git_can_go_back(repo: Repository) -> None:
    save(repo, {TOWN: b"x = 1\n"}, "Skjern: ändrad\n")
    assert git(repo.folder, "reflog", "-1", "--format=%gs") == "commit: Skjern: ändrad"


def test_what_else_the_user_has_staged_stays_staged_and_is_not_committed(repo: Repository) -> None:
    (repo.folder / "notes.txt").write_text("mine", encoding="utf-8")
    git(repo.folder, "add", "notes.txt")
    save(repo, {TOWN: b"x = 1\n"})
    assert git(repo.folder, "status", "--porcelain") == "A  notes.txt"
    assert "notes.txt" not in git(repo.folder, "ls-tree", "-r", "--name-only", "HEAD")


def test_something_else_staged_for_the_same_record_is_not_thrown_away(repo: Repository) -> None:
    (repo.folder / TOWN).write_bytes(b"staged = 1\n")
    git(repo.folder, "add", TOWN)
    (repo.folder / TOWN).write_bytes(FIRST[TOWN])
    with pytest.raises(FileMoved) as refused:
        save(repo, {TOWN: b"x = 1\n"})
    assert refused.value.paths == (TOWN,)
    assert git(repo.folder, "show", f":{TOWN}") == "staged = 1"
    assert commits(repo) == 1


def test_a_new_record_already_staged_by_hand_is_not_thrown_away(repo: Repository) -> None:
    new = "departments/bun.toml"
    (repo.folder / "departments").mkdir()
    (repo.folder / new).write_bytes(b"mine = 1\n")
    git(repo.folder, "add", new)
    (repo.folder / new).unlink()
    with pytest.raises(FileMoved):
        save(repo, {new: b"x = 1\n"})
    assert git(repo.folder, "show", f":{new}") == "mine = 1"


def test_a_file_edited_by_hand_meanwhile_is_never_overwritten(repo: Repository) -> None:
    (repo.folder / TOWN).write_bytes(b"edited = true\n")
    with pytest.raises(FileMoved) as refused:
        save(repo, {TOWN: b"x = 1\n", PROJECT: b"y = 1\n"})
    assert refused.value.paths == (TOWN,)
    assert (repo.folder / TOWN).read_bytes() == b"edited = true\n"
    assert (repo.folder / PROJECT).read_bytes() == FIRST[PROJECT]
    assert commits(repo) == 1


def test_a_file_that_appeared_where_a_new_record_should_be_is_never_overwritten(repo: Repository) -> None:
    (repo.folder / "departments").mkdir()
    (repo.folder / "departments/bun.toml").write_bytes(b"theirs = 1\n")
    with pytest.raises(FileMoved):
        save(repo, {"departments/bun.toml": b"ours = 1\n"})
    assert (repo.folder / "departments/bun.toml").read_bytes() == b"theirs = 1\n"


def test_a_hand_edit_is_committed_as_it_lies_there_staged_or_not(repo: Repository) -> None:
    edit = b"edited = true # by hand\n"
    (repo.folder / TOWN).write_bytes(edit)
    (repo.folder / PROJECT).write_bytes(edit)
    git(repo.folder, "add", PROJECT)
    save(repo, {TOWN: edit, PROJECT: edit}, expected={TOWN: edit, PROJECT: edit})
    assert read_path(repo, "HEAD", TOWN) == read_path(repo, "HEAD", PROJECT) == edit
    whole(repo)


def test_a_hand_edit_that_changed_since_it_was_looked_at_is_refused(repo: Repository) -> None:
    (repo.folder / TOWN).write_bytes(b"later\n")
    with pytest.raises(FileMoved):
        save(repo, {TOWN: b"looked at\n"}, expected={TOWN: b"looked at\n"})
    assert (repo.folder / TOWN).read_bytes() == b"later\n"


def test_what_comes_in_can_be_committed_and_merged_into_a_hand_edit_that_stays_unsaved(repo: Repository) -> None:
    mine, merged = b'name = "Skjern"\nnote = "mine"\n', b'name = "Skjern, nu"\nnote = "mine"\n'
    (repo.folder / TOWN).write_bytes(mine)
    save(repo, {TOWN: b'name = "Skjern, nu"\n'}, expected={TOWN: mine}, worktree={TOWN: merged})
    assert read_path(repo, "HEAD", TOWN) == b'name = "Skjern, nu"\n'
    assert (repo.folder / TOWN).read_bytes() == merged
    assert git(repo.folder, "status", "--porcelain") == f" M {TOWN}"


def test_a_file_that_is_to_be_kept_is_not_looked_at(repo: Repository) -> None:
    (repo.folder / TOWN).write_bytes(b"mine\n")
    save(repo, {TOWN: b"theirs\n"}, keep_worktree=frozenset({TOWN}))
    assert (repo.folder / TOWN).read_bytes() == b"mine\n"
    assert read_path(repo, "HEAD", TOWN) == b"theirs\n"


def test_line_ends_that_git_on_windows_made_are_no_hand_edit(repo: Repository) -> None:
    (repo.folder / TOWN).write_bytes(FIRST[TOWN].replace(b"\n", b"\r\n"))
    save(repo, {TOWN: b"x = 1\n"})
    assert (repo.folder / TOWN).read_bytes() == b"x = 1\n"


def test_a_save_based_on_an_older_commit_is_told_that_the_branch_has_moved(repo: Repository) -> None:
    base = repo.head()
    now = save(repo, {PROJECT: b"x = 1\n"})
    with pytest.raises(BranchMoved) as moved:
        commit(repo, Write({TOWN: b"y = 1\n"}, "sent", base))
    assert moved.value.head == now
    assert isinstance(moved.value, Moved)
    assert repo.head() == now
    whole(repo)


def test_a_merge_has_the_parents_it_was_given_in_their_order(repo: Repository) -> None:
    base = repo.head()
    assert base
    ours = save(repo, {TOWN: b"ours = 1\n"})
    git(repo.folder, "switch", "-q", "-c", "theirs", base)
    theirs = save(repo, {PROJECT: b"theirs = 1\n"})
    git(repo.folder, "switch", "-q", "main")
    merged = commit(repo, Write({PROJECT: b"theirs = 1\n"}, "Sammanfogat\n", ours, parents=(theirs, ours)))
    assert git(repo.folder, "log", "-1", "--format=%P", merged) == f"{theirs} {ours}"
    assert read_path(repo, merged, TOWN) == b"ours = 1\n"
    whole(repo)


def test_a_save_may_carry_another_author_and_another_day(repo: Repository) -> None:
    author = {
        "GIT_AUTHOR_NAME": "Karin Ek",
        "GIT_AUTHOR_EMAIL": "karin@example.org",
        "GIT_AUTHOR_DATE": "2019-05-02T10:00:00+02:00",
        "GIT_COMMITTER_DATE": "2019-05-02T10:00:00+02:00",
    }
    save(repo, {TOWN: b"x = 1\n"}, author=author)
    assert git(repo.folder, "log", "-1", "--format=%an|%ae|%aI|%cI|%cn") == (
        "Karin Ek|karin@example.org|2019-05-02T10:00:00+02:00|2019-05-02T10:00:00+02:00|Anna Exempel"
    )
    with pytest.raises(BadInput):
        save(repo, {TOWN: b"x = 2\n"}, author={"GIT_DIR": "/elsewhere"})


@pytest.mark.parametrize(
    "path",
    ["../out.toml", "/etc/passwd", "a//b.toml", ".git/config", "departments/../../x", "con.toml", "a\0b", "", "-x/.."],
)
def test_a_path_that_leads_out_of_the_folder_is_refused(repo: Repository, path: str) -> None:
    with pytest.raises(BadInput):
        save(repo, {path: b"x = 1\n"})
    assert commits(repo) == 1


def test_a_file_name_that_looks_like_an_option_is_a_file_name(repo: Repository) -> None:
    save(repo, {"-x.toml": b"x = 1\n", "departments/--help.toml": b"y = 1\n"})
    save(repo, {"-x.toml": b"x = 2\n"})
    assert (repo.folder / "-x.toml").read_bytes() == b"x = 2\n"
    whole(repo)


def test_nothing_is_written_through_a_link_that_leads_out_of_the_folder(repo: Repository, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(repo.folder / "projects/2026")
    (repo.folder / "projects/2026").symlink_to(outside)
    with pytest.raises(BadInput):
        save(repo, {PROJECT: b"x = 1\n"})
    (repo.folder / TOWN).unlink()
    (repo.folder / TOWN).symlink_to(outside / "town")
    with pytest.raises(BrokenFile):
        save(repo, {TOWN: b"x = 1\n"})
    assert list(outside.iterdir()) == []


def test_a_folder_where_the_record_should_be_is_refused_and_left_alone(repo: Repository) -> None:
    (repo.folder / TOWN).unlink()
    (repo.folder / TOWN).mkdir()
    with pytest.raises(BrokenFile):
        save(repo, {TOWN: b"x = 1\n"})
    assert (repo.folder / TOWN).is_dir()


def test_permissions_of_a_file_survive_its_save(repo: Repository) -> None:
    (repo.folder / TOWN).chmod(0o640)
    save(repo, {TOWN: b"x = 1\n"})
    assert stat.S_IMODE((repo.folder / TOWN).stat().st_mode) == 0o640


def test_a_save_in_a_linked_work_tree_moves_its_own_branch(repo: Repository, tmp_path: Path) -> None:
    git(repo.folder, "worktree", "add", "-q", "-b", "utkast", str(tmp_path / "linked"))
    linked = Repository.open(tmp_path / "linked")
    made = save(linked, {TOWN: b"linked = 1\n"})
    assert linked.branch() == "utkast"
    assert git(repo.folder, "rev-parse", "utkast") == made != repo.head()
    whole(linked)
    whole(repo)


def test_a_repository_with_sha256_ids_is_served_as_well(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main", "--object-format=sha256", "r")
    repo = Repository.open(tmp_path / "r")
    commit(repo, Write(dict(FIRST), "först", None))
    made = save(repo, {TOWN: b"x = 1\n"})
    assert len(made) == 64
    whole(repo)


def test_a_save_after_everything_has_been_packed_reads_the_packs(repo: Repository) -> None:
    git(repo.folder, "gc", "-q", "--prune=now")
    git(repo.folder, "pack-refs", "--all")
    assert repo.head()
    save(repo, {PROJECT: b"x = 1\n", "projects/2026/ny.toml": b"y = 1\n"})
    assert {entry.path for entry in list_tree(repo, "HEAD")} == {*FIRST, "projects/2026/ny.toml"}
    whole(repo)


def test_many_files_at_once_are_one_commit_and_the_state_is_clean(repo: Repository) -> None:
    many = {f"projects/{2000 + n % 20}/p{n}.toml": b"n = %d\n" % n for n in range(300)}
    save(repo, many)
    assert len(list_tree(repo, "HEAD")) == 303
    assert git(repo.folder, "diff-files", "--name-only") == "", (
        "Git need not read them all again to know they are as saved"
    )
    save(repo, dict.fromkeys(many))
    assert {entry.path for entry in list_tree(repo, "HEAD")} == set(FIRST)
    whole(repo)


def test_a_commit_of_nothing_can_begin_and_join_a_history(tmp_path: Path) -> None:
    repo = Repository.create(tmp_path / "tom")
    first = commit(repo, Write({}, "tomt\n", None))
    assert save(repo, {}) != first
    whole(repo)


def test_the_order_of_folders_and_files_is_gits_own(repo: Repository) -> None:
    save(repo, {"a.toml": b"1", "a/b.toml": b"2", "a-b.toml": b"3", "a0.toml": b"4"})
    whole(repo)


def test_an_index_that_was_lost_is_made_anew(repo: Repository) -> None:
    (repo.git_dir / "index").unlink()
    save(repo, {TOWN: b"x = 1\n"})
    whole(repo)


@pytest.mark.parametrize("version", ["3", "4"])
def test_an_index_of_another_version_is_understood(repo: Repository, version: str) -> None:
    git(repo.folder, "update-index", "--index-version", version)
    save(repo, {TOWN: b"x = 1\n", "departments/bun.toml": b"y = 1\n"})
    whole(repo)


def test_a_detached_head_an_unfinished_merge_and_a_bare_repository_are_refused(
    repo: Repository, tmp_path: Path
) -> None:
    git(repo.folder, "clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    with pytest.raises(GitTrouble, match="bare"):
        save(Repository.open(tmp_path / "bare", allow_bare=True), {TOWN: b"x = 1\n"})
    (repo.git_dir / "MERGE_HEAD").write_text(f"{repo.head()}\n", encoding="ascii")
    with pytest.raises(GitTrouble, match="merge"):
        save(repo, {TOWN: b"x = 1\n"})
    (repo.git_dir / "MERGE_HEAD").unlink()
    git(repo.folder, "switch", "-q", "--detach")
    with pytest.raises(GitTrouble, match="HEAD"):
        save(repo, {TOWN: b"x = 1\n"})
    assert (repo.folder / TOWN).read_bytes() == FIRST[TOWN]


def test_somebody_elses_lock_is_waited_for_then_told_and_never_removed(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_PATIENCE", 0.1)
    lock = repo.git_dir / "index.lock"
    lock.write_bytes(b"")
    with pytest.raises(GitTrouble, match=r"index\.lock"):
        save(repo, {TOWN: b"x = 1\n"})
    assert lock.read_bytes() == b""
    assert (repo.folder / TOWN).read_bytes() == FIRST[TOWN]
    assert commits(repo) == 1
    lock.unlink()
    save(repo, {TOWN: b"x = 1\n"})
    whole(repo)


def test_a_lock_of_a_branch_is_told_and_everything_is_as_before(repo: Repository) -> None:
    lock = repo.git_dir / "refs/heads/main.lock"
    lock.touch()
    with pytest.raises(GitTrouble):
        save(repo, {TOWN: b"x = 1\n", "departments/bun.toml": b"y = 1\n", PROJECT: None})
    lock.unlink()
    assert (repo.folder / PROJECT).read_bytes() == FIRST[PROJECT]
    assert not (repo.folder / "departments").exists()
    whole(repo)


def test_nobody_is_named_as_author_by_a_guess(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    with pytest.raises(GitTrouble, match="who you are"):
        save(repo, {TOWN: b"x = 1\n"})
    assert (repo.folder / TOWN).read_bytes() == FIRST[TOWN]
    repo.set_identity("Internationell samordnare", "international@example.org")
    save(repo, {TOWN: b"x = 1\n"})
    whole(repo)


def test_the_registry_is_packed_now_and_then_as_git_itself_would_do(repo: Repository) -> None:
    repo.set_config("gc.auto", "50")
    repo.set_config("gc.autoDetach", "false")
    folder = repo.git_dir / "objects/17"
    folder.mkdir(exist_ok=True)
    for n in range(30):
        (folder / f"{n:038x}").write_bytes(b"")
    assert "maintenance" not in ran(repo)
    save(repo, {TOWN: b"x = 1\n"})
    assert ran(repo)[-1] == "maintenance"


# what others do in the middle of a save


def _meanwhile(monkeypatch: pytest.MonkeyPatch, after: str, act: Callable[[], object]) -> None:
    """Have something happen once the save has come to a step."""
    monkeypatch.setattr(writer, "_at", lambda step: act() if step == after else None)


def test_an_editor_that_replaces_the_file_in_the_middle_of_a_save_is_not_overruled(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit() -> None:
        (repo.folder / "new").write_bytes(b"edited = 1\n")
        (repo.folder / "new").replace(repo.folder / TOWN)

    _meanwhile(monkeypatch, "sealed", edit)
    with pytest.raises(FileMoved):
        save(repo, {TOWN: b"x = 1\n", PROJECT: None})
    assert (repo.folder / TOWN).read_bytes() == b"edited = 1\n"
    assert (repo.folder / PROJECT).read_bytes() == FIRST[PROJECT]
    assert commits(repo) == 1


def test_another_branch_taken_out_in_the_middle_of_a_save_stops_it(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    _meanwhile(monkeypatch, "sealed", lambda: git(repo.folder, "switch", "-q", "-c", "annan"))
    with pytest.raises(BranchMoved):
        save(repo, {TOWN: b"x = 1\n"})
    assert git(repo.folder, "rev-parse", "main") == git(repo.folder, "rev-parse", "annan")
    whole(repo)


@pytest.mark.parametrize("step", ["objects", "commit", "sealed"])
def test_what_is_staged_in_the_middle_of_a_save_stays_staged(
    repo: Repository, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stage() -> None:
        (repo.folder / "notes.txt").write_text("mine", encoding="utf-8")
        git(repo.folder, "add", "notes.txt")

    _meanwhile(monkeypatch, step, stage)
    save(repo, {TOWN: b"x = 1\n"})
    assert git(repo.folder, "status", "--porcelain") == "A  notes.txt"


def test_an_index_half_made_when_git_moved_it_is_made_anew(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended_at_its_work() -> None:
        (journal,) = (repo.local_dir / "journal").glob("*/")
        (journal / "index.lock").touch()  # what a process leaves that is ended while it writes
        (repo.folder / "notes.txt").write_text("mine", encoding="utf-8")
        git(repo.folder, "add", "notes.txt")

    _meanwhile(monkeypatch, "sealed", ended_at_its_work)
    save(repo, {TOWN: b"x = 1\n"})
    assert git(repo.folder, "status", "--porcelain") == "A  notes.txt"


def test_a_commit_made_with_git_in_the_middle_of_a_save_is_what_the_save_is_told_of(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_hand() -> None:
        (repo.folder / TOWN).write_bytes(b"by hand = 1\n")
        git(repo.folder, "commit", "-qam", "by hand")

    _meanwhile(monkeypatch, "commit", by_hand)
    with pytest.raises(BranchMoved) as moved:
        save(repo, {PROJECT: b"x = 1\n"})
    assert moved.value.head == repo.head()
    assert commits(repo) == 2
    whole(repo)
