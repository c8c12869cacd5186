"""Verifying the history: for the first time, and again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from bench.measure import Figure, Took, taking_turns, timed
from bench.registries import REF
from registry.store import Store
from registry.trust.verifying import verify

COMMITS_A_RECORD: Final = 10
"""10,000 records come with 100,000 changes."""


def verifying(folder: Path, size: int) -> Iterator[Figure]:
    """The first run beside what Git needs to list the same changes and to check its objects; another run, and its limit."""
    changed = _with_history(folder, size)
    repo = Store.open(changed).repo
    cache = repo.local_dir / "cache" / "verify.msgpack"

    def first() -> None:
        cache.unlink(missing_ok=True)
        verify(repo, repo.head())

    git = ("git", "-C", str(changed))
    took = timed(first)
    for peer, command in (
        ("git log --raw", (*git, "log", "--raw", "--no-renames", "--format=%H")),
        ("git fsck", (*git, "fsck", "--no-progress")),
    ):
        theirs = timed(lambda command=command: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))
        yield Figure("verify, the first run", size, took, peer, theirs)
    again, _none = taking_turns(lambda: verify(repo, repo.head()))
    yield Figure("verify, nothing new", size, again, "1 s", Took(1.0), 1.0)
    store, numbers = Store.open(changed), count(1)

    def one_more() -> None:
        verify(store.repo, _changed_once(store, next(numbers)))

    def only_changed() -> None:
        _changed_once(store, next(numbers))

    with_save, save_alone = taking_turns(one_more, only_changed)
    new = Took(with_save.wall - save_alone.wall if save_alone else with_save.wall)
    yield Figure("verify, one change more", size, new, "1 s", Took(1.0), 1.0)


def _with_history(folder: Path, size: int) -> Path:
    """The registry with ten changes a record after it, as the app would have made them, in one stream."""
    target = folder.with_name(f"{folder.name}-history")
    if (target / "registry.toml").exists():
        return target
    subprocess.run(["git", "clone", "-q", "--no-local", str(folder), str(target)], check=True)
    repo = Store.open(target).repo
    repo.set_identity("Bench", "bench@example.org")
    tip = repo.resolve("HEAD")
    files = sorted((target / "projects").glob("*/*.toml"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    names = [file.relative_to(target).as_posix() for file in files]
    began = 1_700_000_000

    def stream() -> Iterator[bytes]:
        yield b"feature done\n"
        for number in range(size * COMMITS_A_RECORD):
            at = number * 7919 % len(files)
            ref = names[at].removesuffix(".toml")
            content = f"{texts[at]}# {number}\n".encode()
            message = f"Projekt {at}: deltagare\n\nNy uppgift.\n\nRecord: {ref}\nChange: set\n".encode()
            yield b"commit refs/heads/main\nauthor Bench <bench@example.org> %d +0100\n" % (began + number * 600)
            yield b"committer Bench <bench@example.org> %d +0100\n" % (began + number * 600)
            yield b"data %d\n%b\n" % (len(message), message)
            yield b"from %b\n" % tip.encode() if number == 0 else b""
            yield b"M 100644 inline %b\ndata %d\n%b\n" % (names[at].encode(), len(content), content)
        yield b"done\n"

    with subprocess.Popen(
        ["git", "-C", str(target), "fast-import", "--quiet", "--done", "--force"], stdin=subprocess.PIPE
    ) as importing:
        assert importing.stdin is not None  # noqa: S101
        importing.stdin.writelines(stream())
    subprocess.run(["git", "-C", str(target), "reset", "-q", "--hard"], check=True)
    return target


def _changed_once(store: Store, number: int) -> str | None:
    from registry.change import Change

    data = dict(store.saved().data(REF) or {})
    data["participants"] = number
    store.save(Change({REF: data}, "Ny uppgift."))
    return store.repo.head()
