"""Reading the registry: without a cache, with one, as one searches, and a single record."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import rtoml
import tomlkit

from bench.measure import A_FRAME, Figure, Took, taking_turns
from registry.plain_text import Search, fold
from registry.store import Store
from registry.toml_files import read
from tui.widgets.record_rows import Rows, RowView


def _lists(folder: Path) -> object:
    return Store.open(folder).at_start().rows_of("projects")


def first_open(folder: Path, size: int) -> Iterator[Figure]:
    """The lists without a cache, beside reading and parsing every file."""

    def ours() -> None:
        shutil.rmtree(folder / ".git/vanort/cache", ignore_errors=True)
        _lists(folder)

    def theirs() -> None:
        for path in folder.glob("projects/*/*.toml"):
            rtoml.loads(path.read_text(encoding="utf-8"))

    took = taking_turns(ours, theirs)
    yield Figure("first open without a cache", size, took[0], "reading and rtoml parse", took[1], 2.0)


def opening(folder: Path, size: int) -> Iterator[Figure]:
    """The lists with a cache."""
    yield Figure("open with a cache", size, taking_turns(lambda: _lists(folder))[0])


def filtering(folder: Path, size: int) -> Iterator[Figure]:
    """A search as one types, beside one scan of the folded text and a frame of a screen."""
    rows = Store.open(folder).at_start().rows_of("projects")
    cells = [(row.title, str(row.cells[1])) for row in rows]
    folded = [fold(" ".join(cell)) for cell in cells]
    view: RowView[str] = RowView()
    view.replace(Rows([row.ref for row in rows], cells, folded))
    typed = cycle(f"skog {digit}" for digit in range(10))

    def theirs() -> list[str]:
        return [text for text in folded if "skog" in text]

    ours, scan = taking_turns(lambda: view.filter(Search.of(next(typed))), theirs, runs=20)
    limit = Took(scan.wall + A_FRAME) if scan else None
    yield Figure("filter as you type", size, ours, "one scan of the folded text, and a frame", limit, 1.0)


def parsing(folder: Path, size: int) -> Iterator[Figure]:
    """One record, by ours and by each parser; the time of a thousand, divided."""
    files = [path.read_bytes() for path, _number in zip(folder.glob("projects/*/*.toml"), range(1000), strict=False)]

    def each(parse: Callable[[bytes], object], sample: int = 1) -> Took:
        some = files[::sample]
        took, _none = taking_turns(lambda: [parse(content) for content in some])
        return Took(took.wall / len(some), took.cpu / len(some))

    ours = each(read)
    for peer, theirs in {
        "rtoml": each(lambda content: rtoml.loads(content.decode())),
        "tomllib": each(lambda content: tomllib.loads(content.decode()), 10),
        "tomlkit": each(tomlkit.loads, 50),
    }.items():
        yield Figure("read one record", size, ours, peer, theirs, unit="µs")
