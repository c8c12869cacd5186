"""Several processes that save at once: nobody's change is lost, nobody's is carried out twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from registry.git.objects import list_tree
from registry.git.repository import Repository
from registry.git.writer import Write, commit, recover
from tests.registry.git.helpers import (
    FIRST,
    TOWN,
    commits,
    die_after_step,
    git,
    in_a_process_that_dies,
    registry,
    whole,
)

ROOT = Path(__file__).resolve().parents[3]
SAVES = 5
SAVER = """
import sys
from pathlib import Path
from registry.errors import Moved
from registry.git.repository import Repository
from registry.git.writer import Write, commit
repo, who, saves = Repository.open(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3])
for n in range(saves):
    while True:
        try:
            commit(repo, Write({f"projects/2026/{who}-{n}.toml": f"n = {n}\\n".encode()}, f"{who} {n}\\n", repo.head()))
            break
        except Moved:
            continue
"""


def _savers(repo: Repository, names: str, saves: int = SAVES) -> list[subprocess.Popen[bytes]]:
    return [
        subprocess.Popen(
            [sys.executable, "-c", SAVER, str(repo.folder), who, str(saves)], cwd=ROOT, stderr=subprocess.PIPE
        )
        for who in names
    ]


def _done(savers: list[subprocess.Popen[bytes]]) -> None:
    for saver in savers:
        _out, err = saver.communicate()
        assert saver.returncode == 0, err.decode()


def test_processes_that_save_different_records_at_once_all_succeed(tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")
    _done(_savers(repo, "abcd"))
    assert commits(repo) == 1 + 4 * SAVES
    assert {entry.path for entry in list_tree(repo, "HEAD")} == {
        *FIRST,
        *(f"projects/2026/{who}-{n}.toml" for who in "abcd" for n in range(SAVES)),
    }
    assert git(repo.folder, "rev-list", "--min-parents=2", "HEAD") == ""
    whole(repo)


def test_plain_git_committing_beside_us_loses_nothing(tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")
    savers = _savers(repo, "ab", 3)
    made = 0
    while made < 25 and any(saver.poll() is None for saver in savers):
        (repo.folder / "notes.txt").write_text(str(made), encoding="utf-8")
        added = subprocess.run(["git", "add", "notes.txt"], cwd=repo.folder, capture_output=True, check=False)
        if added.returncode == 0:
            did = subprocess.run(["git", "commit", "-qm", "x"], cwd=repo.folder, capture_output=True, check=False)
            made += did.returncode == 0
    _done(savers)
    assert made > 0
    assert commits(repo) == 1 + 6 + made
    git(repo.folder, "add", "notes.txt")
    git(repo.folder, "commit", "-qm", "the last", check=False)
    assert {entry.path for entry in list_tree(repo, "HEAD")} >= {
        f"projects/2026/{who}-{n}.toml" for who in "ab" for n in range(3)
    }
    whole(repo)


def test_two_processes_that_recover_at_once_do_it_once(tmp_path: Path) -> None:
    repo = registry(tmp_path / "r")
    base = repo.head()
    assert in_a_process_that_dies(
        lambda: commit(repo, Write({TOWN: b"x = 1\n"}, "en ändring\n", base)), die_after_step("file")
    )
    children = []
    for _n in range(4):
        if (child := os.fork()) == 0:
            os._exit(10 if recover(repo) else 20)
        children.append(child)
    codes = sorted(os.WEXITSTATUS(os.waitpid(child, 0)[1]) for child in children)
    assert codes == [10, 20, 20, 20]
    assert commits(repo) == 2
    whole(repo)
