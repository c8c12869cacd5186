"""What lies about in a copy's own folder, `.git/vanort`, and holds what was erased: thrown away.

Drafts, hand edits that were set aside, caches, leftovers of saves. None of it is needed by anybody but the one who left it.
The people book itself is `BookRepository`'s.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from registry.errors import VanortError
from registry.git.journal import turn
from registry.git.recovery import settle_all
from registry.git.repository import Repository

_OWN: Final = "people.git"


_WRITTEN_BY_HAND: Final = frozenset({"drafts", "set-aside"})
"""Where what somebody wrote lies: there a doubt is worth a look. Caches are no text to be looked at."""
Holds = Callable[[bytes], bool]


def forget(repo: Repository, holds: Holds, may_hold: Holds) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Throw away every file there that `holds` what is to go, by its name or in it, and give their names; what cannot be is
    left. Beside them the names of what somebody wrote, and that only `may_hold` it: that stays.

    A save that was cut off is finished or undone first: its leftovers are a record's, and must not be lost.
    """
    with contextlib.suppress(VanortError), turn(repo) as sure:
        settle_all(repo, sure=sure)
    removed: list[str] = []
    doubtful: list[str] = []
    top = repo.local_dir
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if Path(folder, name) != top / _OWN and name != "journal"]
        for name in names:
            path = Path(folder, name)
            with contextlib.suppress(OSError):
                inside = path.relative_to(top)
                content = os.fsencode(inside.as_posix()) + b"\n" + path.read_bytes()
                if holds(content):
                    path.unlink()
                    removed.append(inside.as_posix())
                elif inside.parts[0] in _WRITTEN_BY_HAND and may_hold(content):
                    doubtful.append(inside.as_posix())
    with contextlib.suppress(OSError):  # what was fetched last is named there, and by whom
        (repo.git_dir / "FETCH_HEAD").unlink(missing_ok=True)
    return tuple(sorted(removed)), tuple(sorted(doubtful))
