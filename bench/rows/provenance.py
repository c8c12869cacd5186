"""Who is behind each value of a record, and the registry as it was; ten commits a record."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Figure, taking_turns
from bench.registries import REF, with_history
from registry.records.kinds import LISTED
from registry.records.refs import path_of
from registry.store import Store


def provenance(folder: Path, records: int) -> Iterator[Figure]:
    """`blame` beside `git blame` of the record's file; opening as of half-way beside opening today."""
    place = with_history(folder.parent / f"history-{records}", records, records * 10)
    store = Store.open(place)
    snapshot = store.saved()
    git = shutil.which("git") or "git"
    for ref in (REF, snapshot.refs("projects")[records // 2]):
        path = path_of(ref)
        ours, theirs = taking_turns(
            lambda: store.origins(ref, snapshot),  # noqa: B023 - called at once
            lambda: subprocess.run(
                [git, "-C", str(place), "blame", "HEAD", "--", path],  # noqa: B023 - called at once
                stdout=subprocess.DEVNULL,
                check=True,
            ),
        )
        what = "often changed" if ref == REF else "seldom changed"
        yield Figure(f"who is behind each value, {what}", records, ours, "git blame of the file", theirs, 1)
    past = store.repo.resolve(f"HEAD~{records * 5}")

    def lists(found: object) -> None:
        for kind in LISTED:
            found.rows_of(kind)  # type: ignore[attr-defined]

    lists(Store.open(place).at_start())  # so that today's lists are kept, as they are when the app is opened again
    ours, theirs = taking_turns(
        lambda: lists(Store.open(place).past(past)[0]), lambda: lists(_without_a_cache(place)), runs=3
    )
    yield Figure("lists as of half-way", records, ours, "lists of today, without a cache", theirs, 1.5)


def _without_a_cache(place: Path) -> object:
    store = Store.open(place)
    shutil.rmtree(store.repo.local_dir / "cache", ignore_errors=True)
    found = store.at_start()
    for kind in LISTED:
        found.rows_of(kind)
    return found
