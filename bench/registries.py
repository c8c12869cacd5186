"""Registries of a given size, for measuring: projects of some 1.3 KB, in one commit, the same for the same size."""

from __future__ import annotations

import random
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from registry.git.bulk import BulkCommit, BulkImport, making
from registry.git.repository import Identity
from registry.starters.make import init
from registry.toml_files import write

REF: Final = "projects/2010/projekt-000000"
"""A record that each of them has."""
_TEXT = (
    "ungdomar skola utbyte vänort resa körer musik kultur idrott fotboll lärare elever nämnd samarbete projekt besök "
    "bygd skog älv näring turism bibliotek äldre hälsa miljö energi språk konst film mat hantverk räddning"
)
_WORDS = _TEXT.split()
_BODIES: Final = ("KS", "KF", "BUN", "SN", "KFN")


def made(folder: Path, records: int) -> Path:
    """A registry with that many projects in `folder`, made if it is not there."""
    if (folder / "registry.toml").exists():
        return folder
    init(folder, "torsby", identity=("Bench", "bench@example.org"))
    rng = random.Random(records)
    for number in range(records):
        path = folder / "projects" / str(2010 + number % 17) / f"projekt-{number:06}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write(project(rng, number)), encoding="utf-8")
    git = ["git", "-C", str(folder), "-c", "user.name=Bench", "-c", "user.email=bench@example.org"]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", f"{records} projekt"], check=True)
    return folder


def with_history(folder: Path, records: int, commits: int) -> Path:
    """A registry with that many projects and that many commits, each of one project, made if it is not there.

    Ten people enter them; every tenth is under a decision of one of five bodies, some of a hundred each. `REF` is changed
    every thousandth time, and last.
    """
    if (folder / "registry.toml").exists():
        return folder
    rng = random.Random(records)
    people = [Identity(f"Person {letter}", f"{letter.lower()}@example.org") for letter in "ABCDEFGHIJ"]
    when = datetime.fromisoformat("2010-01-01T08:00:00+01:00")
    paths = [f"projects/{2010 + number % 17}/projekt-{number:06}.toml" for number in range(records)]
    texts = [write(project(rng, number)) for number in range(records)]
    top = {
        "registry.toml": b'format = 1\nmunicipality = "Bench"\nlanguage = "sv"\n',
        "policy.toml": b'title = "Policy"\n',
    }
    with making(folder) as repo:
        told = BulkImport(repo)
        whole = {path: text.encode() for path, text in zip(paths, texts, strict=True)}
        told.add(BulkCommit({**top, **whole}, "Register\n", people[0], when))
        for number in range(commits - 1):
            which = 0 if number % 1000 == 0 or number == commits - 2 else rng.randrange(1, records)
            text = texts[which].replace("45000", str(10_000 + number), 1).encode()
            told.add(
                BulkCommit(
                    {paths[which]: text},
                    _message(number, paths[which]),
                    people[number % 10],
                    when + timedelta(minutes=45 * number),
                )
            )
        told.land()
    return folder


def _message(number: int, path: str) -> str:
    decision = (
        f"Decision: {_BODIES[number % 50 // 10]} 20{10 + number % 15}-03-10 § {1 + number % 100}\n"
        if number % 10 == 0
        else ""
    )
    return (
        f"Projekt {number % 997}: beviljat ändrat\n\nNämnden räknade om medlen för resan, enligt underlag {number}.\n\n"
        f"Budget 2026, centrala medel, beviljat: {number} kr → {10_000 + number} kr\n\n"
        f"{decision}Record: {path.removesuffix('.toml')}\nChange: set\n"
    )


def project(rng: random.Random, number: int) -> dict[str, object]:
    """A believable project, some 1.3 KB as TOML."""

    def words(count: int) -> str:
        return " ".join(rng.choice(_WORDS) for _ in range(count)).capitalize()

    start = date(2010 + number % 17, 1 + number % 12, 1 + number % 28)
    decided = f"KS {start - timedelta(days=60)} § {1 + number % 90}"
    return {
        "title": f"{words(3)} {number}",
        "cooperation": "twin-town",
        "stage": rng.choice(["idea", "planned", "decided", "ongoing", "completed", "evaluated"]),
        "registered": start - timedelta(days=120),
        "twin_towns": ["twin-towns/skjern"],
        "countries": ["DK"],
        "goals": ["democracy", "knowledge"],
        "target_groups": ["residents"],
        "youth": number % 2 == 0,
        "participants": rng.randrange(5, 60),
        "purpose": words(30) + ".",
        "expected_value": words(20) + ".",
        "continuation": words(12) + ".",
        "start": start,
        "end": start + timedelta(days=7),
        "responsible": "p-4tq8ab",
        "responsible_function": "Rektor",
        "cost": rng.randrange(10, 400) * 1000,
        "decisions": [{"id": "d1", "decision": f"{decided}, dnr KS/{start.year}:17", "kind": "start"}],
        "budget": [
            {
                "id": "b1",
                "year": start.year,
                "source": "central",
                "planned": 45000,
                "granted": 45000,
                "decision": decided,
            },
            {
                "id": "b2",
                "year": start.year,
                "source": "eu",
                "programme": "Erasmus+",
                "planned": 90000,
                "applied": 120000,
            },
        ],
        "documents": [
            {
                "id": "t1",
                "title": "Reserapport",
                "date": start + timedelta(days=30),
                "reference": f"dnr KS/{start.year}:17",
            }
        ],
    }
