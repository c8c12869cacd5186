"""One function a row: the registry and its size in, figures out. A new figure is a function here and its name in `ROWS`."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import rtoml

from bench.measure import Figure, taking_turns
from registry.change import Change
from registry.plain_text import Search, fold
from registry.store import Store

_VANORT = [sys.executable, "-m", "tui"]
_REF = "projects/2010/projekt-000000"
_EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("first-frame")
Empty().run()
"""


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "VANORT_REGISTRY": str(folder),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "COLUMNS": "120",
        "LINES": "40",
    }


def _until(argv: list[str], marker: bytes, environment: dict[str, str]) -> None:
    """Run a program on a terminal of its own until it has shown `marker`; then end it."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(argv[0], argv, environment)
    seen = b""
    deadline = time.monotonic() + 60
    try:
        while marker not in seen and time.monotonic() < deadline:
            if select.select([terminal], [], [], 1)[0]:
                seen = seen[-4096:] + os.read(terminal, 65536)
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(terminal)
    if marker not in seen:
        raise SystemExit(f"{argv} never showed {marker!r}")


def start(folder: Path, size: int) -> Iterator[Figure]:
    """The app from nothing to its first usable frame, beside an empty Textual app."""
    environment = _environment(folder)
    subprocess.run([*_VANORT, "list", "projects"], env=environment, stdout=subprocess.DEVNULL, check=True)
    ours, theirs = taking_turns(
        lambda: _until([*_VANORT, "--lang", "en", "-r", str(folder)], b"In the registry", environment),
        lambda: _until([sys.executable, "-c", _EMPTY_APP], b"first-frame", environment),
    )
    yield Figure(
        "start to first usable frame", size, ours, "an empty Textual app", theirs, 1.3 if size <= 10_000 else 2.5
    )


def first_open(folder: Path, size: int) -> Iterator[Figure]:
    """The lists without a cache, beside reading and parsing every file."""

    def ours() -> None:
        shutil.rmtree(folder / ".git/vanort/cache", ignore_errors=True)
        Store.open(folder).at_start().rows_of("projects")

    def theirs() -> None:
        for path in folder.glob("projects/*/*.toml"):
            rtoml.loads(path.read_text(encoding="utf-8"))

    yield Figure("first open without a cache", size, *_pair(ours, theirs, "reading and rtoml parse", 2.0, runs=3))


def opening(folder: Path, size: int) -> Iterator[Figure]:
    """The lists with a cache."""
    Store.open(folder).at_start()
    ours, _none = taking_turns(lambda: Store.open(folder).at_start().rows_of("projects"), None)
    yield Figure("open with a cache", size, ours, "", 0.0, 0.0)


def save(folder: Path, size: int) -> Iterator[Figure]:
    """One record saved and the status clean, beside `git add` and `git commit`."""
    store, numbers = Store.open(folder), count(int(time.time()))
    path = folder / f"{_REF}.toml"

    def ours() -> None:
        data = dict(store.committed().data(_REF) or {})
        data["participants"] = next(numbers) % 1_000_000
        store.save(Change({_REF: data}, "Ny uppgift."))

    def theirs() -> None:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("participants =", f"# {next(numbers)}\nparticipants =", 1), encoding="utf-8")
        git = ["git", "-C", str(folder)]
        subprocess.run([*git, "add", str(path)], check=True)
        subprocess.run([*git, "commit", "-qm", "x"], check=True)

    yield Figure(
        "save one record", size, *_pair(ours, theirs, "git add + git commit", 0.5 if size <= 10_000 else 0.35, runs=9)
    )


def filtering(folder: Path, size: int) -> Iterator[Figure]:
    """A search as one types, beside one scan of the folded text."""
    from tui.widgets.record_rows import Rows, RowView

    rows = Store.open(folder).at_start().rows_of("projects")
    cells = [(row.title, str(row.cells[1])) for row in rows]
    folded = [fold(" ".join(cell)) for cell in cells]
    view: RowView[str] = RowView()
    view.replace(Rows([row.ref for row in rows], cells, folded), None)
    terms = count()

    def ours() -> None:
        view.filter(Search.of(f"skog {next(terms) % 10}"))

    def theirs() -> None:
        [text for text in folded if "skog" in text]

    ours_took, theirs_took = taking_turns(ours, theirs, runs=20)
    yield Figure(
        "filter as you type (limit: scan + 16.7 ms)",
        size,
        ours_took,
        "one scan of the folded text, and a frame",
        theirs_took + 1 / 60,
        1.0,
    )


def one_command(folder: Path, size: int) -> Iterator[Figure]:
    """`show` and `set`, whole processes, beside recutils where it is installed."""
    environment = _environment(folder)
    numbers = count(int(time.time()) % 1_000_000)
    database = _recfile(folder, size) if shutil.which("recsel") and shutil.which("recset") else None

    def run(*argv: str) -> Callable[[], None]:
        return lambda: _quiet(list(argv), environment)

    show = run(*_VANORT, "show", _REF)
    recsel = run("recsel", "-e", f"ref = '{_REF}'", str(database)) if database else None
    yield Figure("one command: show", size, *_pair(show, recsel, "recsel", 1.2))

    def setting() -> None:
        _quiet([*_VANORT, "set", _REF, f"participants={next(numbers)}", "-m", "Ny uppgift."], environment)

    def recset() -> None:
        _quiet(
            ["recset", "-e", f"ref = '{_REF}'", "-f", "participants", "-s", str(next(numbers)), str(database)],
            environment,
        )

    yield Figure("one command: set", size, *_pair(setting, recset if database else None, "recset", 1.0))
    listing = run(*_VANORT, "list", "projects")
    took, _none = taking_turns(listing, None, runs=3)
    yield Figure("one command: list", size, took, "", 0.0, 0.0)


def _recfile(folder: Path, size: int) -> Path:
    """The same records as one recutils database."""
    target = folder.parent / f"records-{size}.rec"
    if not target.exists():
        with target.open("w", encoding="utf-8") as out:
            for path in sorted(folder.glob("projects/*/*.toml")):
                out.write(f"ref: {path.relative_to(folder).with_suffix('').as_posix()}\n")
                for key, value in rtoml.loads(path.read_text(encoding="utf-8")).items():
                    out.write(f"{key}: {value}\n")
                out.write("\n")
    return target


def _quiet(argv: list[str], environment: dict[str, str]) -> None:
    subprocess.run(argv, env=environment, stdout=subprocess.DEVNULL, check=True)


def _pair(
    ours: Callable[[], object], theirs: Callable[[], object] | None, peer: str, reach: float, runs: int = 5
) -> tuple[float, str, float, float]:
    took, took_there = taking_turns(ours, theirs, runs)
    return took, peer, took_there, reach


ROWS: tuple[Callable[[Path, int], Iterator[Figure]], ...] = (start, first_open, opening, save, filtering, one_command)
