"""The commit-graph with changed paths, kept fresh so that a record's history is found without reading every commit.

See git-commit-graph(1). It is written by a process of its own that nobody waits for, and that is asked to end before
anything is saved: what it had not finished is done the next time. Nothing needs it; without it all is only slower.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path
from typing import Final

from registry.git.program import git_environment, require_git
from registry.git.repository import Repository

_WRITE: Final = ("commit-graph", "write", "--reachable", "--changed-paths", "--split", "--no-progress")
_GRACE: Final = 5.0
"""Seconds that it is given to take its half-written files away; it needs milliseconds."""


class GraphKeeper:
    """At most one writing at a time, of one repository."""

    def __init__(self, repo: Repository) -> None:
        self._repo = repo
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether one is under way."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Begin writing, unless one is under way or the repository is not ours to write; gives no result and no error."""
        objects = self._repo.common_dir / "objects"
        if self.running or not os.access(objects, os.W_OK) or any((objects / "pack").glob("*.promisor")):
            return  # a partial copy would fetch what it lacks, unasked
        self.wait()
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                [require_git(), *_WRITE],
                cwd=self._repo.folder,
                env=git_environment(self._repo.folder),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def stop(self) -> None:
        """Have it end, and wait until it has: Git takes its lock and its temporary files away when it is asked to end."""
        if self._process is None:
            return
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)
        self.wait(_GRACE)

    def wait(self, seconds: float | None = None) -> None:
        """Until it has ended; after so many seconds it is ended."""
        if self._process is None:
            return
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def write_now(repo: Repository) -> None:
    """Write it, and wait until it is there. Raises `GitTrouble`."""
    repo.git.text(*_WRITE)


def chain_of(repo: Repository) -> Path:
    """The file that lists the layers of the graph; it may not be there."""
    return repo.common_dir / "objects" / "info" / "commit-graphs" / "commit-graph-chain"
