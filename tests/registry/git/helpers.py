"""Real repositories for the tests of this folder, and plain Git to look at them with."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from registry.git import writer
from registry.git.repository import Repository
from registry.git.run import commands_run
from registry.git.writer import Write, commit

TOWN = "twin-towns/skjern.toml"
PROJECT = "projects/2026/ungdomsutbyte-skjern.toml"
FIRST: Mapping[str, bytes] = {
    "registry.toml": b"format = 1\n",
    TOWN: b'name = "Skjern"\n',
    PROJECT: b'title = "Ungdomsutbyte"\n',
}


def git(folder: Path, *args: str, check: bool = True) -> str:
    """What plain `git` says."""
    done = subprocess.run(["git", *args], cwd=folder, check=check, capture_output=True, text=True)
    return done.stdout.rstrip("\n")


def registry(folder: Path, files: Mapping[str, bytes] = FIRST) -> Repository:
    """A registry with one commit."""
    repo = Repository.create(folder)
    commit(repo, Write(dict(files), "Registret är öppnat\n", None))
    return repo


def save(repo: Repository, files: Mapping[str, bytes | None], message: str = "En ändring\n", **more: object) -> str:
    """One more commit on top of what is there."""
    return commit(repo, Write(files, message, repo.head(), **more))  # type: ignore[arg-type]


def ran(repo: Repository) -> list[str]:
    """The Git commands that were run in the registry, without their arguments."""
    words = [
        [part for part in command.argv[1:] if part[0] != "-" and "=" not in part]
        for command in commands_run()
        if command.folder == str(repo.folder)
    ]
    return [said[0] for said in words]


def commits(repo: Repository) -> int:
    return int(git(repo.folder, "rev-list", "--count", "HEAD"))


def whole(repo: Repository) -> None:
    """The repository is sound, nothing is staged or edited, no lock or journal is left."""
    assert git(repo.folder, "status", "--porcelain") == ""
    fsck = subprocess.run(
        ["git", "fsck", "--full", "--strict"], cwd=repo.folder, capture_output=True, text=True, check=False
    )
    assert fsck.returncode == 0, fsck.stderr
    assert not (repo.git_dir / "index.lock").exists()
    journal = repo.local_dir / "journal"
    assert not journal.exists() or [place.name for place in journal.iterdir()] == ["lock"]


def in_a_process_that_dies(work: Callable[[], object], prepare: Callable[[], None]) -> bool:
    """Run `work` in a process of its own, after `prepare` has laid its traps; whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            prepare()
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the process failed instead of being killed"
    return os.WIFSIGNALED(status)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_after_step(fatal: str, nth: int = 0) -> Callable[[], None]:
    """A trap: SIGKILL as the writer has done the step `fatal` for the `nth` time."""

    def lay() -> None:
        seen = 0

        def at(step: str) -> None:
            nonlocal seen
            if step == fatal:
                if seen == nth:
                    die()
                seen += 1

        writer._at = at

    return lay


def die_at_mutation(nth: int) -> Callable[[], None]:
    """A trap: SIGKILL just before the `nth` time that anything on the disk is created, renamed or removed."""

    def lay() -> None:
        left = nth

        def trapped(original: Callable[..., object]) -> Callable[..., object]:
            def call(*args: object, **more: object) -> object:
                nonlocal left
                if left == 0:
                    die()
                left -= 1
                return original(*args, **more)

            return call

        for name in ("replace", "link", "unlink", "mkdir", "rmdir", "fsync"):
            setattr(os, name, trapped(getattr(os, name)))
        subprocess.Popen = trapped(subprocess.Popen)  # type: ignore[assignment, misc]

    return lay
