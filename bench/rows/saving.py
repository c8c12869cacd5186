"""Saving one record."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from bench.measure import Figure, taking_turns
from bench.registries import REF
from registry.change import Change
from registry.store import Store


def saving(folder: Path, size: int) -> Iterator[Figure]:
    """The folder as last saved before and after, beside `git add` and `git commit`."""
    store, numbers = Store.open(folder), count(int(time.time()))
    store.keep_open()  # as the app does
    path = folder / f"{REF}.toml"

    def ours() -> None:
        data = dict(store.saved().data(REF) or {})
        data["participants"] = next(numbers) % 1_000_000
        store.save(Change({REF: data}, "Ny uppgift."))

    def theirs() -> None:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("participants =", f"# {next(numbers)}\nparticipants =", 1), encoding="utf-8")
        git = ["git", "-C", str(folder)]
        subprocess.run([*git, "add", str(path)], check=True)
        subprocess.run([*git, "commit", "-qm", "x"], check=True)

    took = taking_turns(ours, theirs, runs=9)
    yield Figure("save one record", size, took[0], "git add + git commit", took[1], 0.35 if size >= 100_000 else 0.5)
