"""A real process is killed in the middle of a save, at every step; the next start finishes or undoes it by itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from registry.git import recovery
from registry.git.journal import Busy, Journal, left_behind, turn
from registry.git.objects import list_tree
from registry.git.repository import Repository
from registry.git.versions import differing
from registry.git.writer import STEPS, Write, commit, recover
from tests.registry.git.helpers import (
    FIRST,
    PROJECT,
    TOWN,
    commits,
    die_after_step,
    die_at_mutation,
    git,
    in_a_process_that_dies,
    registry,
    save,
    whole,
)

NEW = "departments/bun.toml"
CHANGE: dict[str, bytes | None] = {TOWN: b'name = "Skjern, nu"\n', NEW: b'name = "BUN"\n', PROJECT: None}
SEALED = STEPS[STEPS.index("sealed") :]
KILLS = [(step, n) for step in STEPS for n in range(3 if step == "file" else 1)]


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return registry(tmp_path / "vänorter")


@pytest.fixture
def behind(repo: Repository) -> Repository:
    """One to which the three changes have come, by another, and which has not gone on to them."""
    save(repo, CHANGE, "Tre ändringar\n\nVarför.\n")
    git(repo.folder, "update-ref", "refs/heads/theirs", "HEAD")
    git(repo.folder, "reset", "-q", "--hard", "HEAD~")
    return repo


def _kill_a_save(repo: Repository, trap: Callable[[], None], change: dict[str, bytes | None] = CHANGE) -> bool:
    return in_a_process_that_dies(partial(commit, repo, _write(repo, change)), trap)


def _write(repo: Repository, change: dict[str, bytes | None]) -> Write:
    """The change as one to be made or, where it has come from another, as one to go on to."""
    base = repo.head()
    came = git(repo.folder, "for-each-ref", "--format=%(objectname)", "refs/heads/theirs")
    if base is None or not came:
        return Write(change, "Tre ändringar\n\nVarför.\n", base)
    return Write({}, "Tre ändringar", base, commit=came, going=differing(repo, (base, came)))


def _on_disk(repo: Repository) -> dict[str, bytes]:
    return {path: (repo.folder / path).read_bytes() for path in (*FIRST, NEW) if (repo.folder / path).exists()}


def _saved(repo: Repository) -> dict[str, bytes]:
    return {
        entry.path: git(repo.folder, "show", f"HEAD:{entry.path}").encode() + b"\n" for entry in list_tree(repo, "HEAD")
    }


def _old_or_new(repo: Repository) -> str:
    """Which of the two states the registry is in, history and folder alike."""
    new = {path: content for path, content in {**FIRST, **CHANGE}.items() if content is not None}
    assert _on_disk(repo) == _saved(repo)
    assert _saved(repo) in (dict(FIRST), new)
    return "old" if _saved(repo) == dict(FIRST) else "new"


@pytest.mark.parametrize(("step", "nth"), KILLS)
@pytest.mark.parametrize("which", ["repo", "behind"])
def test_a_save_killed_at_any_step_is_finished_or_undone_by_the_next_start(
    which: str, step: str, nth: int, request: pytest.FixtureRequest
) -> None:
    repo: Repository = request.getfixturevalue(which)
    assert _kill_a_save(repo, die_after_step(step, nth))
    told = recover(repo)
    state = _old_or_new(repo)
    whole(repo)
    if step in {"journal", "objects", "commit"}:
        assert (told, state) == (None, "old")
    elif step == "done":
        assert (told, state) == (None, "new")
    else:
        assert told is not None
        assert "Tre ändringar" in told.message
        assert set(told.paths) == set(CHANGE)
        assert state == ("new" if told.outcome == "finished" else "old")
    assert recover(repo) is None, "a second start finds nothing more to do"
    save(repo, {TOWN: b"and on = 1\n"})
    whole(repo)


def test_before_recovery_a_killed_save_is_never_a_staged_reversal(repo: Repository, tmp_path: Path) -> None:
    for step, nth in KILLS:
        here = tmp_path / f"{step}{nth}"
        shutil.copytree(repo.folder, here)
        copy = Repository.open(here)
        assert _kill_a_save(copy, die_after_step(step, nth))
        (copy.git_dir / "index.lock").unlink(missing_ok=True)  # as an impatient user does
        head, landed = git(here, "rev-parse", "HEAD"), commits(copy) == 2
        if not landed:
            assert git(here, "diff", "--cached", "--name-only") == ""
        recover(copy)
        git(here, "commit", "-q", "-m", "careless", check=False)
        assert git(here, "rev-parse", "HEAD") == head, "there was nothing staged to commit"
        assert _old_or_new(copy) == ("new" if landed else "old")
        whole(copy)


@pytest.mark.parametrize("which", ["repo", "behind"])
def test_a_save_killed_at_any_change_on_the_disk_is_finished_or_undone(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    repo: Repository = request.getfixturevalue(which)
    states = []
    for nth in range(200):
        here = tmp_path / str(nth)
        shutil.copytree(repo.folder, here)
        copy = Repository.open(here)
        killed = _kill_a_save(copy, die_at_mutation(nth))
        recover(copy)
        states.append(_old_or_new(copy))
        whole(copy) if nth % 5 == 0 or not killed else None
        if not killed:
            break
        shutil.rmtree(here)
    assert len(states) > 20
    assert states == sorted(states, reverse=True), "first always the old state, from some point on always the new"


@pytest.mark.parametrize("step", ["sealed", "locked", "file"])
def test_what_the_journal_lost_of_a_going_on_is_in_the_history(behind: Repository, step: str) -> None:
    """As after a power cut, since those contents are not brought to the disk first."""
    assert _kill_a_save(behind, die_after_step(step))
    waiting = [place for journal in left_behind(behind) for place in journal.folder.glob("come/**/*.toml")]
    assert waiting
    waiting[0].write_bytes(b"")
    for place in waiting[1:]:
        place.unlink()
    told = recover(behind)
    assert told is not None
    assert _old_or_new(behind) == ("new" if told.outcome == "finished" else "old")
    assert told.outcome == ("undone" if step == "sealed" else "finished")
    whole(behind)


def test_a_hand_edit_made_while_a_going_on_lay_dead_is_left_alone(behind: Repository) -> None:
    assert _kill_a_save(behind, die_after_step("file"))
    (behind.folder / PROJECT).write_bytes(b"by hand = 1\n")
    told = recover(behind)
    assert told is not None
    assert (told.outcome, told.left) == ("undone", (PROJECT,))
    assert (behind.folder / PROJECT).read_bytes() == b"by hand = 1\n"
    assert git(behind.folder, "status", "--porcelain").split() == ["M", PROJECT]


def test_what_comes_is_as_it_was_saved_whatever_attributes_say(behind: Repository) -> None:
    (behind.git_dir / "info").mkdir(exist_ok=True)
    (behind.git_dir / "info/attributes").write_text("*.toml text eol=crlf\n")
    git(behind.folder, "config", "core.autocrlf", "true")
    commit(behind, _write(behind, CHANGE))
    assert _old_or_new(behind) == "new"


@pytest.mark.parametrize("step", ["locked", "file", "branch"])
def test_a_recovery_that_is_itself_killed_is_done_by_the_next_one(repo: Repository, tmp_path: Path, step: str) -> None:
    _kill_a_save(repo, die_after_step(step))
    for nth in range(100):
        here = tmp_path / str(nth)
        shutil.copytree(repo.folder, here, symlinks=True, copy_function=_copy_with_links(here, repo.folder))
        copy = Repository.open(here)
        killed = in_a_process_that_dies(partial(recover, copy), die_at_mutation(nth))
        recover(copy)
        _old_or_new(copy)
        whole(copy)
        if not killed:
            break
    assert nth > 3


def _copy_with_links(here: Path, there: Path) -> Callable[[str, str], object]:
    """Copies a crash to the letter: what was one file under two names is so in the copy."""
    seen: dict[int, str] = {}

    def copy(source: str, target: str) -> object:
        inode = os.stat(source).st_ino  # noqa: PTH116
        if inode in seen:
            os.link(seen[inode], target)
        else:
            shutil.copy2(source, target)
            seen[inode] = target
        return target

    return copy


def test_a_hand_edit_made_after_the_crash_is_left_as_it_is_and_told(repo: Repository) -> None:
    _kill_a_save(repo, die_after_step("file", 1))
    (repo.folder / TOWN).write_bytes(b"mine = 1\n")
    told = recover(repo)
    assert told is not None
    assert told.outcome == "undone"
    assert told.left == (TOWN,)
    assert TOWN in told.message.splitlines()[-1]
    assert (repo.folder / TOWN).read_bytes() == b"mine = 1\n"
    assert (repo.folder / PROJECT).read_bytes() == FIRST[PROJECT]
    assert git(repo.folder, "status", "--porcelain") == f" M {TOWN}"


def test_a_lock_that_is_somebody_elses_is_never_taken_for_ours(repo: Repository) -> None:
    _kill_a_save(repo, die_after_step("locked"))
    lock = repo.git_dir / "index.lock"
    lock.unlink()
    lock.write_bytes((repo.git_dir / "index").read_bytes())
    told = recover(repo)
    assert told is not None
    assert told.outcome == "undone"
    assert lock.exists()
    assert _old_or_new(repo) == "old"


def test_a_lock_removed_by_hand_after_the_branch_had_moved_leaves_a_clean_index(repo: Repository) -> None:
    _kill_a_save(repo, die_after_step("branch"))
    (repo.git_dir / "index.lock").unlink()
    assert git(repo.folder, "diff", "--cached", "--name-only").split() == sorted(CHANGE), "the reversal, staged"
    told = recover(repo)
    assert told is not None
    assert told.outcome == "finished"
    assert _old_or_new(repo) == "new"
    whole(repo)


def test_a_commit_made_on_top_before_the_next_start_is_respected(repo: Repository) -> None:
    _kill_a_save(repo, die_after_step("file", 2))
    (repo.git_dir / "index.lock").unlink()
    git(repo.folder, "add", "-A")
    git(repo.folder, "commit", "-q", "-m", "by hand")
    head = repo.head()
    told = recover(repo)
    assert told is not None
    assert told.outcome == "undone"
    assert repo.head() == head
    assert _on_disk(repo) == _saved(repo)
    whole(repo)


def test_the_next_save_recovers_before_it_begins(repo: Repository) -> None:
    _kill_a_save(repo, die_after_step("file"))
    base = repo.head()
    with pytest.raises(Exception, match="meanwhile"):
        commit(repo, Write({"policy.toml": b"title = 1\n"}, "nästa\n", base))
    save(repo, {"policy.toml": b"title = 1\n"})
    assert commits(repo) == 3
    whole(repo)


def test_a_registry_moved_to_another_folder_after_the_crash_recovers_there(repo: Repository, tmp_path: Path) -> None:
    _kill_a_save(repo, die_after_step("file"))
    repo.folder.rename(tmp_path / "flyttad")
    moved = Repository.open(tmp_path / "flyttad")
    told = recover(moved)
    assert told is not None
    assert told.outcome == "finished"
    assert _old_or_new(moved) == "new"
    whole(moved)


def test_a_crash_in_a_linked_work_tree_is_put_right_from_the_main_one(repo: Repository, tmp_path: Path) -> None:
    git(repo.folder, "worktree", "add", "-q", "-b", "utkast", str(tmp_path / "linked"))
    linked = Repository.open(tmp_path / "linked")
    _kill_a_save(linked, die_after_step("files"))
    told = recover(repo)
    assert told is not None
    assert told.outcome == "finished"
    assert _old_or_new(linked) == "new"
    assert _old_or_new(repo) == "old"
    whole(linked)
    whole(repo)


def test_a_save_that_is_under_way_in_another_process_is_left_alone(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "_PATIENCE", 0.05)
    _kill_a_save(repo, die_after_step("sealed"))
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # it has the turn until we close our end
        os.close(writing)
        with turn(repo):
            os.read(reading, 1)
        os._exit(0)
    os.close(reading)
    try:
        while _can_have_the_turn(repo):
            pass
        assert recover(repo) is None
        assert len(left_behind(repo)) == 1
    finally:
        os.close(writing)
        os.waitpid(child, 0)
    assert recover(repo) is not None


def _can_have_the_turn(repo: Repository) -> bool:
    try:
        with turn(repo, 0):
            return True
    except Busy:
        return False


def test_a_journal_begun_by_a_living_process_is_kept_and_one_of_a_dead_process_removed(repo: Repository) -> None:
    living = Journal.begin(repo)
    _kill_a_save(repo, die_after_step("objects"))
    assert len(left_behind(repo)) == 2
    recover(repo)
    assert left_behind(repo) == [living]
    living.remove()


def test_interrupting_a_save_from_the_keyboard_undoes_it(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    from registry.git import writer

    def at(step: str) -> None:
        if step == "files":
            raise KeyboardInterrupt

    monkeypatch.setattr(writer, "_at", at)
    with pytest.raises(KeyboardInterrupt):
        save(repo, CHANGE)
    assert _old_or_new(repo) == "old"
    whole(repo)


def test_an_editor_that_writes_into_the_file_as_it_is_replaced_is_not_overruled(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    from registry.git import writer

    open_in_an_editor = (repo.folder / TOWN).open("r+b")

    def at(step: str) -> None:
        if step == "file":
            open_in_an_editor.write(b"typed = 1\n")
            open_in_an_editor.truncate()
            open_in_an_editor.flush()

    monkeypatch.setattr(writer, "_at", at)
    with open_in_an_editor, pytest.raises(writer.FileMoved):
        save(repo, CHANGE)
    assert (repo.folder / TOWN).read_bytes().startswith(b"typed = 1\n")
    assert commits(repo) == 1


def test_where_the_file_system_has_no_second_names_a_crash_is_put_right_all_the_same(
    repo: Repository, tmp_path: Path
) -> None:
    def no_links() -> None:
        def link(*_args: object, **_more: object) -> None:
            raise OSError(95, "Operation not supported")

        os.link = link

    for step, nth in KILLS:
        here = tmp_path / f"{step}{nth}"
        shutil.copytree(repo.folder, here)
        copy = Repository.open(here)

        def trap(step: str = step, nth: int = nth) -> None:
            no_links()
            die_after_step(step, nth)()

        assert _kill_a_save(copy, trap)
        recover(copy)
        _old_or_new(copy)
        whole(copy)
