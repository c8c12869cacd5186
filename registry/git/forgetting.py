"""What lies about in a copy's own folder, `.git/vanort`, and holds what was erased: thrown away.

Drafts, hand edits that were set aside, caches, leftovers of saves. None of it is needed by anybody but the one who left it.
The people book itself is `BookRepository`'s.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final

from registry.errors import VanortError
from registry.git.journal import turn
from registry.git.recovery import settle_all
from registry.git.repository import Repository
from registry.git.traces import Sought

_OWN: Final = "people.git"


def forget(repo: Repository, sought: Sought) -> tuple[str, ...]:
    """Throw away every file there that holds what is `sought`, and give their names; what cannot be is left.

    A save that was cut off is finished or undone first: its leftovers are a record's, and must not be lost.
    """
    with contextlib.suppress(VanortError), turn(repo) as sure:
        settle_all(repo, sure=sure)
    removed: list[str] = []
    top = repo.local_dir
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if Path(folder, name) != top / _OWN and name != "journal"]
        for name in names:
            path = Path(folder, name)
            with contextlib.suppress(OSError):
                if sought.in_bytes(path.read_bytes()):
                    path.unlink()
                    removed.append(path.relative_to(top).as_posix())
    with contextlib.suppress(OSError):  # what was fetched last is named there, and by whom
        (repo.git_dir / "FETCH_HEAD").unlink(missing_ok=True)
    return tuple(sorted(removed))
