"""A long history: searched by a filter, and the life of one record; ten commits a record."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from bench.measure import Figure, Took, taking_turns
from bench.registries import REF, with_history
from registry.git.repository import Repository
from registry.history_filter import parse_filter
from registry.records.refs import path_of
from registry.searching import found
from registry.timeline import history_of

_COMMITS_A_RECORD: Final = 10
_FRAME: Final = Took(1 / 60)
_FIRST_LINE: Final = Took(0.010)
_ASKED: Final = {
    "decision": ("beslut:KS", "Decision: KS"),
    "person": ('av:"Person C"', ""),
    "words": ('"underlag 4711"', "underlag 4711"),
}


def history(folder: Path, records: int) -> Iterator[Figure]:
    """Filters beside `git log --grep`, a record's timeline beside `git log -- path` without a commit-graph."""
    place = with_history(folder.parent / f"history-{records}", records, records * _COMMITS_A_RECORD)
    repo = Repository.open(place)
    for name, (typed, grep) in _ASKED.items():
        wanted = parse_filter(typed, date(2026, 6, 1))
        peer = [f"--grep={grep}"] if grep else ["--author=Person C"]

        def all_of_it() -> None:
            for _entry in found(repo, wanted):  # noqa: B023 - called at once
                pass

        def git() -> None:
            _git(place, "log", *peer)  # noqa: B023 - called at once

        ours, _none = taking_turns(lambda: next(found(repo, wanted)), runs=5)  # noqa: B023 - called at once
        rare = name == "words"  # the only hit lies where Git comes to it
        yield Figure(f"filter by {name}: first hit", records, ours, "a frame", _FRAME, 0 if rare else 1)
        ours, theirs = taking_turns(all_of_it, git, runs=3)
        yield Figure(f"filter by {name}: all", records, ours, f"git log {peer[0]}", theirs, 1)
    ours, _none = taking_turns(lambda: next(history_of(repo, REF)), runs=5)
    yield Figure("timeline: first line", records, ours, "10 ms", _FIRST_LINE, 1)
    path = path_of(REF)
    ours, theirs = taking_turns(
        lambda: list(history_of(repo, REF)),
        lambda: _git(place, "-c", "core.commitGraph=false", "log", "--format=%H", "--", path),
        runs=3,
    )
    yield Figure("timeline: whole", records, ours, "git log -- path, no graph", theirs, 0.12)


def _git(folder: Path, *arguments: str) -> None:
    program = shutil.which("git") or "git"
    subprocess.run([program, "-C", str(folder), *arguments], stdout=subprocess.DEVNULL, check=True)
