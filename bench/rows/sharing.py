"""Bringing two sides of a registry together, and going on to what others did, beside plain Git."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from bench.measure import Figure, Took, taking_turns, timed
from bench.processes import environment, quietly
from registry.sharing.joining import join
from registry.sharing.landing import forward, land
from registry.sharing.sides import sides_of
from registry.store import Store

_CHANGED: Final = 1_000
_DRIVER: Final = Took(0.060)
"""What one start of the merge driver may take, in seconds."""


def merging(folder: Path, size: int) -> Iterator[Figure]:
    """A thousand records changed on each side, in other fields of the same ones, beside `git merge` with the driver."""
    changed = min(_CHANGED, size)
    sides = _apart(folder, changed)
    env = environment(folder) | {"PATH": f"{_program(folder)}:{environment(folder)['PATH']}"}
    ends = _rev(sides, "ours"), _rev(sides, "theirs")

    def ours() -> None:
        store = Store.open(sides)
        joined = join(store, sides_of(store.repo, *ends))
        if joined.conflicts or len(joined.records) != changed:
            raise SystemExit(f"{len(joined.conflicts)} conflicts, {len(joined.records)} records")

    def theirs() -> None:
        subprocess.run(["git", "-C", str(sides), "merge", "-q", "-m", "x", "theirs"], env=env, check=True)

    _git(sides, "switch", "-q", "ours")
    ours()
    took = min((timed(ours) for _run in range(3)), key=lambda took: took.wall)
    peer = timed(theirs)  # it takes a minute
    yield Figure(f"merge, {changed} changed on each side", size, took, "git merge with the driver", peer, 0.1)
    _git(sides, "reset", "-q", "--hard", ends[0])
    store = Store.open(sides)
    whole = timed(lambda: land(store, join(store, sides_of(store.repo, *ends))))
    yield Figure("the same, and landed", size, whole)  # what the peer does as well
    _git(sides, "reset", "-q", "--hard", ends[0])


def forwarding(folder: Path, size: int) -> Iterator[Figure]:
    """Going on to a commit that has changed a thousand records, fetch included, beside `git pull --ff-only`."""
    changed = min(_CHANGED, size)
    sides = _apart(folder, changed)
    old, new = _rev(sides, "main"), _rev(sides, "theirs")
    server = sides.with_name(f"{sides.name}.git")
    if not server.exists():
        _git(sides, "clone", "-q", "--bare", ".", str(server))
    _git(sides, "switch", "-q", "main")
    store = Store.open(sides)

    def ours() -> None:
        _git(sides, "fetch", "-q", str(server), "theirs")
        forward(store, new)

    def theirs() -> None:
        _git(sides, "pull", "-q", "--ff-only", str(server), "theirs")

    best: list[Took] = []
    for work in (ours, theirs):
        runs = []
        for _run in range(5):
            _git(sides, "reset", "-q", "--hard", old)
            _git(sides, "update-index", "-q", "--refresh")
            runs.append(timed(work))
        best.append(min(runs, key=lambda took: took.wall))
    yield Figure(f"go on to {changed} changes", size, best[0], "git pull --ff-only", best[1], 2.0)
    _git(sides, "reset", "-q", "--hard", old)


def driving(folder: Path, size: int) -> Iterator[Figure]:
    """One start of the merge driver, from process to merged file."""
    place = folder.parent / "driven"
    place.mkdir(exist_ok=True)
    text = next((folder / "projects").rglob("*.toml")).read_text(encoding="utf-8")
    numbers = count(1)
    env = environment(folder)
    (place / "base").write_text(text, encoding="utf-8")
    (place / "theirs").write_text(text.replace("participants = ", "participants = 1", 1), encoding="utf-8")
    files = [str(place / name) for name in ("base", "ours", "theirs")]

    def ours() -> None:
        own = text.replace("planned = 45000", f"planned = {next(numbers)}", 1)
        (place / "ours").write_text(own, encoding="utf-8")
        quietly([sys.executable, "-m", "tui", "merge-driver", *files, "7", "projects/2010/x.toml"], env)

    took, _none = taking_turns(ours, runs=9)
    yield Figure("the merge driver, once", size, took, "60 ms", _DRIVER, 1.0)


def _apart(folder: Path, changed: int) -> Path:
    """A copy of the registry with two branches, `ours` and `theirs`, that each change so many records."""
    sides = folder.with_name(f"{folder.name}-apart")
    if sides.exists():
        return sides
    shutil.copytree(folder, sides)
    places = sorted((sides / "projects").rglob("*.toml"))[:changed]
    for branch, old, new in (
        ("ours", "participants = ", "participants = 1"),
        ("theirs", "planned = 45000", "planned = 46000"),
    ):
        _git(sides, "switch", "-q", "-c", branch, "main")
        for place in places:
            place.write_text(place.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        _git(sides, "commit", "-qam", branch)
    return sides


def _program(folder: Path) -> Path:
    """A folder with `vanort` as a shell finds it, for the driver that Git starts."""
    place = folder.parent / "bin"
    place.mkdir(exist_ok=True)
    (place / "vanort").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n', encoding="utf-8")
    (place / "vanort").chmod(0o755)
    return place


def _git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True)


def _rev(folder: Path, name: str) -> str:
    ran = subprocess.run(["git", "-C", str(folder), "rev-parse", name], check=True, capture_output=True, text=True)
    return ran.stdout.strip()
