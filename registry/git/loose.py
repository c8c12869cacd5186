"""Single objects in files of their own, as Git keeps new ones: a few of them are read and written without a process.

The layout (gitrepository-layout(5)): `objects/`, two digits of the id, the rest of it; inside, deflated, the kind, the
size, a NUL and the content.
"""

from __future__ import annotations

import contextlib
import os
import stat
import zlib
from pathlib import Path

from registry.git.trees import Kind, object_bytes


def _place(common_dir: Path, oid: str) -> Path:
    return common_dir / "objects" / oid[:2] / oid[2:]


def read(common_dir: Path, oid: str) -> tuple[str, bytes] | None:
    """Kind and content of an object, or None if it has no file of its own (it may be in a pack)."""
    try:
        whole = zlib.decompress(_place(common_dir, oid).read_bytes())
    except (OSError, zlib.error):
        return None
    head, _nul, content = whole.partition(b"\0")
    return head.split(b" ")[0].decode("ascii"), content


def write(common_dir: Path, oid: str, kind: Kind, content: bytes) -> None:
    """Store an object, whole and on the disk before it has its name."""
    place = _place(common_dir, oid)
    if place.exists():
        return
    folder = place.parent
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        with contextlib.suppress(OSError):  # a registry shared by a group keeps its folders open to the group
            folder.chmod(stat.S_IMODE(folder.parent.stat().st_mode))
    waiting = folder / f"tmp_obj_{os.getpid()}_{oid[2:10]}"  # the name that `git gc` knows for what a crash left
    with contextlib.suppress(FileNotFoundError):
        waiting.unlink()
    with os.fdopen(
        os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o444), "wb"
    ) as handle:
        handle.write(zlib.compress(object_bytes(kind, content), 1))
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(waiting, place)  # noqa: PTH105
