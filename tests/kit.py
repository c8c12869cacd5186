"""Small things that many stories need: a registry on disk, a record changed, Git asked as an auditor would."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from registry.change import Act, Change
from registry.starters.make import init
from registry.store import Saved, Store

SKJERN = "twin-towns/skjern"
BUN = "departments/bun"
TRIP = "projects/2026/ungdomsutbyte-skjern"
PLANNED: dict[str, Any] = {
    "title": "Ungdomsutbyte med Skjern",
    "stage": "planned",
    "department": BUN,
    "purpose": "Elever lär känna varandra över gränsen.",
    "start": date(2026, 5, 4),
    "end": date(2026, 5, 10),
    "responsible": "p-4tq8ab",
    "responsible_function": "Rektor",
}
"""A project that meets the gate to *planned*."""


def torsby(folder: Path) -> Store:
    """The Torsby registry, new, in `folder`."""
    return init(folder, "torsby")


def save(
    store: Store, ref: str, why: str = "Ny uppgift.", *, act: Act = "set", decision: str = "", **values: Any
) -> Saved:
    """Give a record these values (None takes one away) and save it."""
    data = {**(store.committed().data(ref) or {}), **values}
    return store.save(Change({ref: {k: v for k, v in data.items() if v is not None}}, why, decision, act))


def with_department(store: Store) -> Store:
    """The same registry with a department that decisions can name."""
    save(
        store,
        BUN,
        name="Barn- och utbildningsförvaltningen",
        board="Barn- och utbildningsnämnden",
        board_short="BUN",
        act="new",
    )
    return store


def with_trip(store: Store, **values: Any) -> Store:
    """The same registry with a department and a project."""
    with_department(store)
    save(store, TRIP, act="new", **{**PLANNED, "twin_towns": [SKJERN], **values})
    return store


def git(store: Store | Path, *arguments: str, input: str | None = None) -> str:
    """What plain Git says in the registry's folder."""
    folder = store.folder if isinstance(store, Store) else store
    ran = subprocess.run(
        ["git", "-C", str(folder), *arguments], input=input, capture_output=True, text=True, check=True
    )
    return ran.stdout


def trailers(store: Store, rev: str = "HEAD") -> list[str]:
    """The trailers of a commit, as `git interpret-trailers --parse` reads them."""
    message = git(store, "log", "-1", "--format=%B", rev)
    return git(store, "interpret-trailers", "--parse", input=message).splitlines()


def write_file(store: Store, path: str, content: str | bytes) -> Path:
    """Edit a file by hand, as a colleague in an editor would."""
    place = store.folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return place


def files(store: Store) -> Mapping[str, str]:
    """Every record file as it is on disk."""
    return {
        path.relative_to(store.folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(store.folder.rglob("*.toml"))
        if ".git" not in path.parts
    }
