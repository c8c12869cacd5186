"""Contents that the history has, brought into a save's journal: all by one process of Git, each proved by its id."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from registry.git import files
from registry.git.journal import FilePlan, Journal
from registry.git.objects import read_blobs
from registry.git.repository import Repository
from registry.git.trees import algorithm_of

_AS_THEY_ARE: Final = ("-c", "core.autocrlf=false", "-c", "core.eol=lf")


class TakingOut:
    """Git at work on the files of `paths`, as the journal's index has them, while the save does other things."""

    def __init__(self, repo: Repository, journal: Journal, paths: Iterable[str]) -> None:
        given = os.fsencode("".join(f"{path}\0" for path in paths))
        self._process = repo.git.start(
            *_AS_THEY_ARE,
            *("checkout-index", "-q", f"--prefix={journal.coming}", "-z", "--stdin"),
            input=given,
            env={"GIT_INDEX_FILE": str(journal.index)},
        )
        self._waits = True

    def finish(self) -> None:
        """Wait for it. What it did not bring, or not to the byte, `bring` does."""
        self._waits = False
        self._process.result()

    def stop(self) -> None:
        """End the process, if it has not been waited for."""
        if self._waits:
            self._waits = False
            self._process.stop()


def bring(repo: Repository, journal: Journal, numbered: Iterable[tuple[int, FilePlan]]) -> None:
    """Have the contents to come of the `stored` files among these wait in the journal, whatever is there now.

    A crash may have left half of one, and Git writes another where attributes tell it to. Raises `GitTrouble`.
    """
    lacking = [
        (journal.new(number, file), file.after)
        for number, file in numbered
        if file.stored and file.after is not None and not _is_there(journal.new(number, file), file.after)
    ]
    contents = read_blobs(repo, [after for _place, after in lacking])
    for (name, _after), (_oid, content) in zip(lacking, contents, strict=True):
        place = Path(name)
        place.unlink(missing_ok=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        files.write_new(place, content, sync=False)


def _is_there(place: str, blob: str) -> bool:
    return files.content_id(place, algorithm_of(blob)) == blob
