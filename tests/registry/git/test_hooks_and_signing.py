"""Hooks and signatures: what Git does at `git commit`, a save does too."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from registry.errors import GitTrouble
from registry.git.repository import Repository
from registry.git.writer import HookRefused
from tests.registry.git.helpers import FIRST, TOWN, commits, git, ran, registry, save, whole


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return registry(tmp_path / "r")


def _hook(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def test_without_hooks_none_is_run(repo: Repository) -> None:
    before = len(ran(repo))
    save(repo, {TOWN: b"x = 1\n"})
    assert sorted(ran(repo)[before:]) == ["config", "update-index", "update-ref"]


def test_a_pre_commit_hook_sees_what_is_to_be_committed_and_nothing_else(repo: Repository, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    (repo.folder / "notes.txt").write_text("staged, not part of the save", encoding="utf-8")
    git(repo.folder, "add", "notes.txt")
    _hook(
        repo.git_dir / "hooks",
        "pre-commit",
        f'git diff --cached --name-status > "{seen}"; git show :{TOWN} >> "{seen}"',
    )
    save(repo, {TOWN: b"x = 1\n"})
    assert seen.read_text(encoding="utf-8") == f"M\t{TOWN}\nx = 1\n"
    assert git(repo.folder, "status", "--porcelain") == "A  notes.txt"


def test_a_hook_that_refuses_is_quoted_and_nothing_is_saved(repo: Repository) -> None:
    _hook(
        repo.git_dir / "hooks", "pre-commit", "echo 'Beslut saknas'; printf '\\033[31mAnge KS\\033[0m\\n' >&2; exit 1"
    )
    with pytest.raises(HookRefused) as refused:
        save(repo, {TOWN: b"x = 1\n"})
    assert "pre-commit" in refused.value.message
    assert "Beslut saknas" in refused.value.message
    assert "Ange KS" in refused.value.hint
    assert "\x1b" not in str(refused.value) + refused.value.output
    assert (repo.folder / TOWN).read_bytes() == FIRST[TOWN]
    assert commits(repo) == 1
    whole(repo)


def test_a_hook_may_not_alter_what_is_saved(repo: Repository) -> None:
    _hook(
        repo.git_dir / "hooks",
        "pre-commit",
        f"echo 'y = 2' | git update-index --add --cacheinfo 100644,$(git hash-object -w --stdin <{TOWN}),extra.toml",
    )
    with pytest.raises(HookRefused, match="changed what was to be saved"):
        save(repo, {TOWN: b"x = 1\n"})
    whole(repo)


def test_message_hooks_see_and_may_complete_the_message(repo: Repository) -> None:
    _hook(repo.git_dir / "hooks", "prepare-commit-msg", 'echo "Dnr: KS/2026:80" >> "$1"; test "$2" = message')
    _hook(repo.git_dir / "hooks", "commit-msg", 'grep -q Dnr "$1" && grep -q "Skjern: ändrad" "$1"')
    save(repo, {TOWN: b"x = 1\n"}, "Skjern: ändrad\n\nChange: set\n")
    assert git(repo.folder, "log", "-1", "--format=%(trailers:key=Dnr,valueonly)").strip() == "KS/2026:80"
    _hook(repo.git_dir / "hooks", "commit-msg", "exit 1")
    with pytest.raises(HookRefused, match="commit-msg"):
        save(repo, {TOWN: b"x = 2\n"})


def test_hooks_of_another_folder_are_found_by_gits_own_setting(repo: Repository, tmp_path: Path) -> None:
    _hook(tmp_path / "hooks", "pre-commit", "exit 1")
    repo.set_config("core.hooksPath", str(tmp_path / "hooks"))
    with pytest.raises(HookRefused):
        save(repo, {TOWN: b"x = 1\n"})
    repo.set_config("core.hooksPath", "own-hooks")
    save(repo, {TOWN: b"x = 1\n"})
    _hook(repo.folder / "own-hooks", "pre-commit", "exit 1")
    with pytest.raises(HookRefused):
        save(repo, {TOWN: b"x = 2\n"})


def test_a_post_commit_hook_runs_after_the_save_and_cannot_undo_it(repo: Repository, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    _hook(repo.git_dir / "hooks", "post-commit", f'git log -1 --format=%s > "{seen}"; exit 1')
    save(repo, {TOWN: b"x = 1\n"}, "Skjern: ändrad\n")
    assert seen.read_text(encoding="utf-8") == "Skjern: ändrad\n"
    whole(repo)


def test_a_hook_file_that_is_not_executable_is_no_hook(repo: Repository) -> None:
    _hook(repo.git_dir / "hooks", "pre-commit", "exit 1")
    (repo.git_dir / "hooks/pre-commit").chmod(0o644)
    save(repo, {TOWN: b"x = 1\n"})
    whole(repo)


def _ssh_key(repo: Repository, tmp_path: Path, passphrase: str = "") -> Path:
    key = tmp_path / "key"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", key], check=True, stdin=subprocess.DEVNULL
    )
    public = (tmp_path / "key.pub").read_text(encoding="utf-8")
    (tmp_path / "allowed").write_text(f"anna@example.org {public}", encoding="utf-8")
    repo.set_config("gpg.format", "ssh")
    repo.set_config("user.signingKey", str(key))
    repo.set_config("gpg.ssh.allowedSignersFile", str(tmp_path / "allowed"))
    repo.set_config("commit.gpgSign", "true")
    return key


def test_a_save_is_signed_when_the_settings_say_so(repo: Repository, tmp_path: Path) -> None:
    _ssh_key(repo, tmp_path)
    made = save(repo, {TOWN: b"x = 1\n"})
    assert git(repo.folder, "log", "-1", "--format=%G?|%GS", made) == "G|anna@example.org"
    whole(repo)


def test_a_save_that_cannot_be_signed_is_refused_without_asking_on_the_terminal(
    repo: Repository, tmp_path: Path
) -> None:
    key = _ssh_key(repo, tmp_path, "hemligt")
    with pytest.raises(GitTrouble) as refused:
        save(repo, {TOWN: b"x = 1\n"})
    assert "signed" in refused.value.message
    key.unlink()
    with pytest.raises(GitTrouble, match="signed"):
        save(repo, {TOWN: b"x = 1\n"})
    assert commits(repo) == 1
    whole(repo)
