"""How Git is run: what it is told, what becomes of its failures, what can be looked at afterwards."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from registry.errors import BadInput, GitTrouble, NotFound
from registry.git.repository import Repository
from registry.git.run import Git, commands_run, git_version, require_git
from registry.git.trouble import GitFailed, masked
from registry.words import speaking
from tests.registry.git.helpers import git, registry


def _program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)
    return folder


def test_without_git_the_user_is_told_which_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(GitTrouble, match="not installed") as told:
        Repository.create(tmp_path / "r")
    assert "2.36" in told.value.hint
    assert not (tmp_path / "r").exists()
    with speaking("sv"), pytest.raises(GitTrouble, match="Git är inte installerat"):
        Repository.create(tmp_path / "r")


def test_a_git_that_is_too_old_is_named_with_what_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(_program(tmp_path / "old", "git", "echo git version 2.20.1")), prepend=os.pathsep)
    with pytest.raises(GitTrouble, match=r"2\.20\.1 is too old.*2\.36"):
        Git(tmp_path).text("status")
    assert git_version() == (2, 20, 1)
    with speaking("sv"), pytest.raises(GitTrouble, match=r"2\.20\.1 är för gammalt.*2\.36"):
        require_git()


@pytest.mark.parametrize(
    "said", ["git version 2.36.0", "git version 2.39.5 (Apple Git-154)", "git version 2.47.1.windows.2"]
)
def test_versions_are_read_as_all_kinds_of_git_write_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("PATH", str(_program(tmp_path / "other", "git", f"echo '{said}'")), prepend=os.pathsep)
    assert require_git() == str(tmp_path / "other/git")


def test_a_failure_is_one_line_with_what_git_said(tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")
    with pytest.raises(GitFailed) as failed:
        repo.git.text("rev-parse", "--verify", "nowhere")
    assert failed.value.code == 128
    assert failed.value.message == "git rev-parse failed: Needed a single revision"
    assert "\n" not in failed.value.message


def test_a_folder_that_is_gone_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        Git(tmp_path / "nowhere").text("status")


def test_secrets_in_addresses_are_masked_wherever_a_command_is_shown(tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")
    with pytest.raises(GitFailed) as failed:
        repo.git.text("ls-remote", "https://anna:hemligt@localhost:1/r.git", timeout=60)
    assert "hemligt" not in str(failed.value) + failed.value.output
    ran = commands_run()[-1]
    assert ran.argv[-1] == "https://***@localhost:1/r.git"
    assert ran.code not in {0, None}
    assert ran.seconds > 0
    assert ran.when.tzinfo is not None
    assert masked("https://ghp_token@github.com/x ssh://git@host/x ssh://git:pw@host/y") == (
        "https://***@github.com/x ssh://git@host/x ssh://git:***@host/y"
    )


def test_the_record_of_commands_is_bounded_and_shared_by_threads(tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")

    def look() -> None:
        for _n in range(10):
            repo.git.text("version")

    threads = [threading.Thread(target=look) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(commands_run()) <= 500
    assert sum(ran.argv == ("git", "version") and ran.folder == str(repo.folder) for ran in commands_run()) == 40


def test_nothing_inherited_leads_git_to_another_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo, other = registry(tmp_path / "r"), registry(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other.git_dir))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.folder))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.git_dir / "index"))
    monkeypatch.setenv("LANGUAGE", "sv")
    assert repo.git.text("rev-parse", "--show-toplevel") == str(repo.folder)


def test_an_enclosing_repository_is_never_taken_for_the_registrys(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "inside").mkdir()
    with pytest.raises(GitTrouble):
        Git(tmp_path / "inside").text("rev-parse", "--git-dir")


def test_objects_that_a_servers_hook_is_to_judge_are_seen_in_that_repository_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, other = registry(tmp_path / "r"), registry(tmp_path / "other", {"registry.toml": b"format = 1\nother = 1\n"})
    quarantine = repo.git_dir / "objects/tmp_objdir-incoming-x"
    quarantine.mkdir()
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(quarantine))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(quarantine))
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", str(repo.git_dir / "objects"))
    oid = repo.git.text("hash-object", "--stdin", input="pushed")
    (quarantine / oid[:2]).mkdir()
    made = Git(tmp_path / "other").text("hash-object", "-w", "--stdin", input="pushed")
    assert made == oid
    (other.git_dir / "objects" / oid[:2] / oid[2:]).rename(quarantine / oid[:2] / oid[2:])
    assert repo.git.ok("cat-file", "-e", oid)
    assert not other.git.ok("cat-file", "-e", oid)


def test_the_output_of_a_long_command_comes_as_it_is_made_and_its_process_ends_when_nobody_listens(
    tmp_path: Path,
) -> None:
    repo = registry(tmp_path / "r")
    repo.set_config("alias.forever", "!while :; do echo line; done")
    pieces = repo.git.stream("forever")
    assert next(pieces).startswith(b"line\n")
    pieces.close()  # type: ignore[attr-defined]
    assert commands_run()[-1].argv == ("git", "forever")
    assert commands_run()[-1].code is None


def test_a_stream_that_fails_at_its_end_says_so(tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")
    with pytest.raises(GitFailed, match="nowhere"):
        list(repo.git.stream("log", "nowhere"))


def test_a_command_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")
    repo.set_config("alias.forever", "!sleep 60; true")
    with pytest.raises(GitTrouble, match="took longer"):
        repo.git.text("forever", timeout=0.2)


def test_more_input_than_a_pipe_holds_comes_through(tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")
    content = b"x" * 3_000_000
    oid = repo.git.text("hash-object", "-w", "--stdin", input=content)
    assert repo.git.bytes("cat-file", "blob", oid) == content


def test_a_nul_in_an_argument_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        registry(tmp_path / "r").git.text("log", "a\0b")


def test_ssh_never_asks_behind_the_screen_unless_the_user_has_chosen_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = registry(tmp_path / "r")
    seen = tmp_path / "seen"
    path = _program(tmp_path / "bin", "ssh", f'echo "$@" > "{seen}"; exit 1')
    _program(tmp_path / "bin", "own-ssh", f'echo own "$@" > "{seen}"; exit 1')
    monkeypatch.setenv("PATH", str(path), prepend=os.pathsep)
    with pytest.raises(GitTrouble):
        repo.git.text("ls-remote", "ssh://git@localhost/r.git")
    assert "-oBatchMode=yes" in seen.read_text(encoding="utf-8")
    repo.set_config("core.sshCommand", "own-ssh")
    with pytest.raises(GitTrouble):
        repo.git.text("-c", "x.y=z", "ls-remote", "ssh://git@localhost/r.git")
    assert seen.read_text(encoding="utf-8").startswith("own ")
    assert "BatchMode" not in seen.read_text(encoding="utf-8")
