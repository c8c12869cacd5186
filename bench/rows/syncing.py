"""Sharing over a folder: with nothing to do, and with somebody who was quicker."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from bench.measure import Figure, Took, taking_turns, timed
from bench.registries import REF
from registry.change import Change
from registry.sharing.cloning import clone
from registry.sharing.syncing import Synced, steps, sync
from registry.store import Store

_RUNS = 5
_OTHER = "projects/2011/projekt-000001.toml"


def syncing(folder: Path, size: int) -> Iterator[Figure]:
    """Nothing to do beside `git fetch`; a push that is rejected, brought together and sent beside plain Git's way."""
    place = folder.with_name(f"{folder.name}-shared")
    shutil.rmtree(place, ignore_errors=True)
    bare = place / "registry.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(folder), str(bare)], check=True)
    ours, theirs, quick = (clone(str(bare), place / name) for name in ("ours", "theirs", "quick"))
    for store in (ours, theirs, quick):
        store.repo.set_identity("Bench", "bench@example.org")
    ours.keep_open()  # as the app does

    took = taking_turns(lambda: sync(ours), lambda: _git(theirs, "fetch", "-q"), runs=15)
    yield Figure("sync, nothing to do", size, took[0], "git fetch", took[1], 1.2)

    numbers = count(1)
    runs = [(_ours(ours, quick, next(numbers)), _theirs(theirs, quick, next(numbers))) for _run in range(_RUNS + 1)]
    best = [
        Took(min(took.wall for took in side[1:]), min(took.cpu for took in side[1:]))
        for side in zip(*runs, strict=True)
    ]
    yield Figure("sync, somebody was quicker", size, best[0], "git push, pull, push", best[1], 1.5)
    ours.close()


def _ours(store: Store, quick: Store, number: int) -> Took:
    """From the push that is rejected until the one that is not."""
    sync(store)
    store.save(Change({REF: {**(store.saved().data(REF) or {}), "participants": number}}, "Ny uppgift."))
    running = steps(store)
    for _until_push in range(3):
        next(running)
    _push_first(quick, number)

    def rest() -> None:
        try:
            while True:
                next(running)
        except StopIteration as end:
            synced: Synced = end.value
            if synced.state != "shared":
                raise RuntimeError(synced.message) from None

    return timed(rest)


def _theirs(store: Store, quick: Store, number: int) -> Took:
    _git(store, "pull", "-q", "--no-rebase", "--no-edit")
    _edit(store, f"{REF}.toml", number)
    _push_first(quick, number)

    def whole() -> None:
        rejected = subprocess.run(
            ["git", "-C", str(store.folder), "push", "-q"], stderr=subprocess.DEVNULL, check=False
        )
        if rejected.returncode == 0:
            raise RuntimeError("the push was not rejected")
        _git(store, "pull", "-q", "--no-rebase", "--no-edit")
        _git(store, "push", "-q")

    return timed(whole)


def _push_first(store: Store, number: int) -> None:
    _git(store, "pull", "-q", "--no-rebase", "--no-edit")
    _edit(store, _OTHER, number)
    _git(store, "push", "-q")


def _edit(store: Store, path: str, number: int) -> None:
    """Another line at the end of a file, committed by plain Git."""
    with (store.folder / path).open("a", encoding="utf-8") as file:
        file.write(f"# {number}\n")
    _git(store, "commit", "-q", "-a", "-m", "x")


def _git(store: Store, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(store.folder), *arguments], check=True)
