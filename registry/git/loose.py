"""Single objects in files of their own, as Git keeps new ones: a few of them are read and written without a process.

The layout (gitrepository-layout(5)): `objects/`, two digits of the id, the rest of it; inside, deflated, the kind, the
size, a NUL and the content.
"""

from __future__ import annotations

import contextlib
import os
import stat
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from registry.git import files
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


def write(common_dir: Path, objects: Mapping[str, tuple[Kind, bytes]], beside: Iterable[files.StrPath] = ()) -> None:
    """Store objects (by id), whole and on the disk before they have their names; and the new files `beside` with them.

    All are written before the first is brought to the disk: the disk's own journal then takes them at one go.
    """
    waiting: list[tuple[BinaryIO, Path]] = []
    with contextlib.ExitStack() as open_files:
        for oid, (kind, content) in objects.items():
            place = _place(common_dir, oid)
            if not place.exists():
                handle = open_files.enter_context(_waiting(place))
                handle.write(zlib.compress(object_bytes(kind, content), 1))
                handle.flush()
                waiting.append((handle, place))
        for path in beside:
            files.sync(path)
        for handle, _place_to_be in waiting:
            os.fsync(handle.fileno())
    for handle, place in waiting:
        os.replace(handle.name, place)  # noqa: PTH105


def _waiting(place: Path) -> BinaryIO:
    """A new file beside the place of an object, in which it is written."""
    folder = place.parent
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        with contextlib.suppress(OSError):  # a registry shared by a group keeps its folders open to the group
            folder.chmod(stat.S_IMODE(folder.parent.stat().st_mode))
    waiting = folder / f"tmp_obj_{os.getpid()}_{place.name[:8]}"  # the name that `git gc` knows for what a crash left
    with contextlib.suppress(FileNotFoundError):
        waiting.unlink()
    return open(waiting, "xb", opener=lambda path, flags: os.open(path, flags, 0o444))
