"""Two colleagues and what they share: copies of one registry, a bare repository between them, plain Git."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from registry.store import Store
from tests.kit import git, torsby, with_trip
from tests.tui.cli.running import Answer
from tui.cli.running import run


def shared_registry(folder: Path) -> Path:
    """A registry with a project, and beside it the bare repository `shared.git` that it is pushed to."""
    store = with_trip(torsby(folder / "anna"))
    plain(folder, "clone", "--quiet", "--bare", str(store.folder), "shared.git")
    git(store, "remote", "add", "origin", str(folder / "shared.git"))
    git(store, "fetch", "--quiet")
    git(store, "branch", "--quiet", "--set-upstream-to=origin/main")
    colleague(folder, "berit")
    return folder


def colleague(folder: Path, name: str) -> Store:
    """Another copy of what is shared in `folder`, with an identity of its own."""
    plain(folder, "clone", "--quiet", str(folder / "shared.git"), name)
    git(folder / name, "config", "user.name", f"{name.capitalize()} Exempel")
    git(folder / name, "config", "user.email", f"{name}@example.org")
    return Store.open(folder / name)


def copied(made: Path, folder: Path) -> tuple[Store, Store]:
    """Anna's and Berit's copies of a `shared_registry`, in a folder of the test's own."""
    shutil.copytree(made, folder / "here", symlinks=True)
    for name in ("anna", "berit"):
        git(folder / "here" / name, "config", "remote.origin.url", str(folder / "here" / "shared.git"))
    return Store.open(folder / "here" / "anna"), Store.open(folder / "here" / "berit")


def plain(folder: Path | Store, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Plain Git, which may fail."""
    where = folder.folder if isinstance(folder, Store) else folder
    git = ["git", "-c", "core.editor=true", "-C", str(where), *arguments]
    return subprocess.run(git, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)


def without_our_driver(store: Store) -> None:
    """Have plain Git merge by lines, and leave its marks, as where Vänort is not installed."""
    git(store, "config", "merge.vanort.driver", "git merge-file -L här -L förr -L där %A %O %B")


def said(folder: Path | Store, *arguments: str) -> Answer:
    """What the command line answers about a registry, in English; in this process, which starts faster than another."""
    where = folder.folder if isinstance(folder, Store) else folder
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["-r", str(where), *arguments, "--lang", "en"])
    return Answer(code, out.getvalue(), err.getvalue())


def done(folder: Path | Store, *arguments: str) -> Answer:
    """As `said`, for what must succeed."""
    answer = said(folder, *arguments)
    assert answer.code == 0, answer.err
    return answer
