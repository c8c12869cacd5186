"""Single commands, whole processes, beside GNU recutils on one database of the same records."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

import rtoml

from bench.measure import Figure, taking_turns
from bench.processes import VANORT, environment, quietly
from bench.registries import REF


def showing(folder: Path, size: int) -> Iterator[Figure]:
    """`vanort show`, beside `recsel`."""
    env, database = environment(folder), _database(folder, size)
    took = taking_turns(
        lambda: quietly([*VANORT, "show", REF], env),
        (lambda: quietly(["recsel", "-e", f"ref = '{REF}'", str(database)], env)) if database else None,
    )
    yield Figure("one command: show", size, took[0], "recsel", took[1], 1.2)


def setting(folder: Path, size: int) -> Iterator[Figure]:
    """`vanort set`, beside `recset`: of a field that no other record feels, and of one that totals do."""
    env, database = environment(folder), _database(folder, size)
    numbers = count(int(time.time()) % 1_000_000)

    def theirs() -> None:
        field = ["-f", "participants", "-s", str(next(numbers))]
        quietly(["recset", "-e", f"ref = '{REF}'", *field, str(database)], env)

    def ours(key: str) -> None:
        quietly([*VANORT, "set", REF, f"{key}={next(numbers)}", "-m", "Beviljat mer än beräknat."], env)

    for work, key in (("set", "participants"), ("set money", "budget[b1].granted")):
        took = taking_turns(partial(ours, key), theirs if database else None)
        yield Figure(f"one command: {work}", size, took[0], "recset", took[1], 1.0)


def listing(folder: Path, size: int) -> Iterator[Figure]:
    """`vanort list projects`."""
    took, _none = taking_turns(lambda: quietly([*VANORT, "list", "projects"], environment(folder)), runs=3)
    yield Figure("one command: list", size, took)


def _database(folder: Path, size: int) -> Path | None:
    """The same records as one recutils database; None where recutils is not installed."""
    if not (shutil.which("recsel") and shutil.which("recset")):
        return None
    target = folder.parent / f"records-{size}.rec"
    if not target.exists():
        with target.open("w", encoding="utf-8") as out:
            for path in sorted(folder.glob("projects/*/*.toml")):
                out.write(f"ref: {path.relative_to(folder).with_suffix('').as_posix()}\n")
                for key, value in rtoml.loads(path.read_text(encoding="utf-8")).items():
                    out.write(f"{key}: {value}\n")
                out.write("\n")
    return target
