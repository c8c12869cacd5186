"""Files that this copy alone keeps, in `.git/vanort/`: never committed, written whole or not at all."""

from __future__ import annotations

import os
import tempfile

from registry.git.repository import Repository


def write_local(repo: Repository, name: str, content: bytes, *within: str) -> None:
    """Write the file `name`, in the folder `within` of the local one. Raises `OSError` and `GitTrouble`."""
    folder = repo.make_local_dir(*within)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=name)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(temporary, folder / name)  # noqa: PTH105 - names from mkstemp
