"""The app: from nothing to its first usable frame, and the memory that it takes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.measure import Figure, Took, taking_turns
from bench.processes import VANORT, environment, until

_EMPTY_APP: Final = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("first-frame")
Empty().run()
"""
_COUNTS: Final = b"In the registry"
"""A heading of the overview: what is under it is how much there is of what, so the registry has been read."""
_LARGE: Final = 100_000
_MEMORY: Final = 250.0
"""Megabytes that a registry of `_LARGE` may take."""


def _app(folder: Path, then: bytes = b"", settle: float = 0.0) -> float:
    return until([*VANORT, "--lang", "en", "-r", str(folder)], _COUNTS, environment(folder), then, settle)


def start(folder: Path, size: int) -> Iterator[Figure]:
    """To the first usable frame, beside an empty Textual app."""
    env = environment(folder)
    _app(folder, settle=5.0)  # what is made once is made: the cache of the lists
    ours, theirs = taking_turns(
        lambda: _app(folder), lambda: until([sys.executable, "-c", _EMPTY_APP], b"first-frame", env), runs=9
    )
    yield Figure(
        "start to first usable frame", size, ours, "an empty Textual app", theirs, 2.5 if size >= _LARGE else 1.3
    )


def memory(folder: Path, size: int) -> Iterator[Figure]:
    """At most: when the first frame is out, and some time after going to the list of projects."""
    limit = Took(_MEMORY) if size >= _LARGE else None
    peer = "250 MB" if limit else ""
    reach = 1.0 if limit else 0.0
    yield Figure("memory, first usable frame", size, Took(_app(folder)), peer, limit, reach, "MB")
    listed = Took(_app(folder, b"4", settle=2.0 + size / 10_000))
    yield Figure("memory, list of projects", size, listed, peer, limit, reach, "MB")
