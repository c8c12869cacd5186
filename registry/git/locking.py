"""A lock among processes and threads, on a file, which the operating system takes back from a process that ends."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from registry.git import trouble


@contextlib.contextmanager
def lock(path: Path, patience: float) -> Iterator[bool]:
    """Whether the lock on the file `path` was got within `patience` seconds; it is held until the block ends."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise trouble.from_os_error(path, error) from error
    try:
        until = time.monotonic() + patience
        while not (got := _try_lock(handle)) and time.monotonic() < until:
            time.sleep(0.005)
        yield got
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
