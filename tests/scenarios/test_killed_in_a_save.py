"""`vanort set` is killed in the middle of a save: whoever comes next finds the old state or the new one, whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from registry.git.writer import STEPS
from tests.tui.cli.running import done, environment, git

TOWN = "twin-towns/skjern"
DYING = """
import os, signal, sys
from registry.git import writer
from tui.cli import main

def at(step):
    if step == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)

writer._at = at
sys.exit(main(sys.argv[2:]))
"""
"""The program, with a trap: it is gone, with no time for anything, as it has done a step of the save."""


def set_and_die(folder: Path, step: str) -> int:
    """Change a town, and be killed after `step`; the exit code, minus the signal's number where it was killed."""
    command = [sys.executable, "-c", DYING, step, "set", TOWN, "potential=Musikskolan", "-m", "Rektorn ringde."]
    return subprocess.run(command, cwd=folder, env=environment(), stdin=subprocess.DEVNULL, check=False).returncode


@pytest.mark.parametrize("step", STEPS)
def test_killed_after_any_step_nothing_is_lost_and_nothing_is_half_written(tmp_path: Path, step: str) -> None:
    folder = tmp_path / "r"
    done("init", str(folder), cwd=tmp_path)
    assert set_and_die(folder, step) == -signal.SIGKILL

    answer = done("set", TOWN, "local_name=Skern", "-m", "Ortens eget namn.", cwd=folder)
    town = done("show", TOWN, "--json", cwd=folder).json
    assert town["local_name"] == "Skern"
    assert town.get("potential") in {None, "Musikskolan"}

    saved = git(folder, "log", "--format=%s%n%b", "--", f"{TOWN}.toml")
    assert ("Rektorn ringde." in saved) == ("potential" in town), "a value and its reason come together or not at all"
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "fsck", "--strict", "--no-dangling") == ""
    assert not (folder / ".git/index.lock").exists()
    if step in STEPS[STEPS.index("file") : STEPS.index("done")]:
        assert "En ändring som avbröts medan den sparades" in answer.err, "whoever finished or undid it says so"


def test_killed_before_the_branch_has_moved_the_next_reader_says_what_was_left(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    done("init", str(folder), cwd=tmp_path)
    assert set_and_die(folder, "files") == -signal.SIGKILL
    before = git(folder, "rev-parse", "HEAD")
    assert git(folder, "diff", "--cached", "--name-only") == "", "a careless commit would carry out nothing"
    done("list", "twin-towns", cwd=folder)
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "rev-list", "--count", f"{before}..HEAD") in {"0", "1"}
