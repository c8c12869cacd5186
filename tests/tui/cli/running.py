"""The real command line, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its stdout, as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """Its stderr, as JSON."""
        found: dict[str, str] = json.loads(self.err)
        return found


def environment(**more: str) -> dict[str, str]:
    """The test's own environment, with Python's bytecode kept so that the next process starts faster."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(Path(gettempdir()) / "vanort-test-bytecode")}
    return kept | more


def vanort(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None, stdout: Any = subprocess.PIPE) -> Answer:
    """Run `vanort` with the arguments in the folder `cwd`, without a terminal."""
    ran = subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        cwd=cwd,
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=120,
    )
    return Answer(ran.returncode, (ran.stdout or b"").decode(), ran.stderr.decode())


def done(*arguments: str, cwd: Path, env: Mapping[str, str] | None = None) -> Answer:
    """As `vanort`, for what must succeed."""
    answer = vanort(*arguments, cwd=cwd, env=env)
    assert answer.code == 0, answer.err
    return answer


def git(folder: Path, *arguments: str) -> str:
    """What plain Git says."""
    ran = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True)
    return ran.stdout.decode().rstrip("\n")
