"""Running programs as a user's shell does, to their end or until they show something on a terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

VANORT: Final = (sys.executable, "-m", "tui")
_PATIENCE: Final = 120.0


def environment(folder: Path) -> dict[str, str]:
    """A terminal of 120 × 40, the registry in `folder`, and Python with its bytecode kept, as after an installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "PYTHONPYCACHEPREFIX": str(folder.parent / "bytecode"),
        "VANORT_REGISTRY": str(folder),
        "XDG_STATE_HOME": str(folder.parent / "state"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "COLUMNS": "120",
        "LINES": "40",
    }


def quietly(argv: Sequence[str], env: Mapping[str, str]) -> None:
    """Run a program to its end, its output thrown away. Raises `CalledProcessError`."""
    subprocess.run(argv, env=env, stdout=subprocess.DEVNULL, check=True)


def until(argv: Sequence[str], marker: bytes, env: Mapping[str, str], then: bytes = b"", settle: float = 0.0) -> float:
    """Run a program on a terminal of its own until it has shown `marker`, then end it. Its memory at most, in MB.

    Where something is to be typed `then`, or the program is to `settle` for some seconds, it is ended after that.
    """
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(argv[0], list(argv), env)  # noqa: S606 - the terminal is the point
    try:
        shown = _wait_for(marker, terminal)
        if shown and (then or settle):
            os.write(terminal, then)
            _read_for(settle, terminal)
    finally:
        os.kill(pid, signal.SIGKILL)
        _pid, _status, usage = os.wait4(pid, 0)
        os.close(terminal)
    if not shown:
        raise SystemExit(f"{' '.join(argv)} never showed {marker.decode()!r}")
    return usage.ru_maxrss / 1024


def _wait_for(marker: bytes, terminal: int) -> bool:
    seen = b""
    deadline = time.monotonic() + _PATIENCE
    while marker not in seen:
        if time.monotonic() > deadline:
            return False
        if select.select([terminal], [], [], 1)[0]:
            try:
                seen = seen[-4096:] + os.read(terminal, 65536)
            except OSError:  # it ended
                return False
    return True


def _read_for(seconds: float, terminal: int) -> None:
    """A program whose terminal nobody reads would stand still."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            os.read(terminal, 65536)
