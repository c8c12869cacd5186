"""Files of the data folder that hold what a commit has: read there, they cost no process and nothing unpacked.

The id that Git gives to the content proves that it is the same, so it matters neither what the file's times say nor
by which links it was reached.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Final

from registry.git.repository import Repository
from registry.git.trees import algorithm_of, object_id

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_unchanged(repo: Repository, wanted: Iterable[tuple[str, str, int]]) -> Iterator[tuple[str, bytes]]:
    """Path and content of those of `wanted` (path, blob id, size in bytes) that lie unchanged in the folder."""
    top = f"{repo.folder}{os.sep}"
    for path, blob, size in wanted:
        content = _content(top + path, size)
        if content is not None and object_id("blob", content, algorithm_of(blob)) == blob:
            yield path, content


def _content(place: str, size: int) -> bytes | None:
    """What the file holds, if it is about of that size; None where it cannot be read."""
    try:
        descriptor = os.open(place, _FLAGS)
    except OSError:
        return None
    try:
        return os.read(descriptor, size + 1)
    except OSError:
        return None
    finally:
        os.close(descriptor)
