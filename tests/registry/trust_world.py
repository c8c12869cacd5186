"""Registries whose changes are signed, and hands that tamper with them, through plain Git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from registry.git.keys import OwnKey, find_key
from registry.store import Store
from registry.trust.report import Report, verified
from registry.trust.signing import set_up
from tests.kit import git, torsby

ANNA = "anna@example.org"
BO = "bo@example.org"


def key(folder: Path, name: str) -> OwnKey:
    """A new key without a passphrase."""
    place = folder / name
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", place], check=True, stdin=subprocess.DEVNULL
    )
    return find_key(f"{place}.pub")


def signed(folder: Path) -> Store:
    """Torsby's registry, in which Anna signs with the key `anna` beside it, and changes have to be signed."""
    store = torsby(folder / "r")
    set_up(store, key(folder, "anna"), ANNA, require=True)
    return store


def report(store: Store, *, contained: str | None = None, accept: bool = False) -> Report:
    """What `vanort verify` finds."""
    return verified(store.repo, store.repo.head(), contained=contained, accept=accept)


def found(done: Report, *, notes: bool = False) -> set[tuple[str, str]]:
    """Clause and REF of all that is found, notes too if they are asked for."""
    return {(each.clause, each.ref) for each in done.findings if notes or each.severity != "note"}


def messages(done: Report) -> str:
    """All that is said, a line each."""
    return "\n".join(each.message for each in done.findings)


def by_hand(store: Store, *arguments: str, **env: str) -> str:
    """Plain Git, as somebody in a terminal uses it; `env` as GIT_COMMITTER_DATE and the like."""
    ran = subprocess.run(
        ["git", *arguments], cwd=store.folder, env={**os.environ, **env}, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


def commit_by_hand(store: Store, path: str, content: str, message: str, **env: str) -> str:
    """A file changed and committed with plain Git, signed or not as the settings say."""
    place = store.folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(content, encoding="utf-8")
    by_hand(store, "add", "--", path)
    by_hand(store, "commit", "--allow-empty", "-qm", message, **env)
    return git(store, "rev-parse", "HEAD").strip()


def crafted(
    store: Store,
    message: str,
    *,
    parents: tuple[str, ...] = ("HEAD",),
    tree: str = "HEAD^{tree}",
    sign: bool = False,
    **env: str,
) -> str:
    """A commit made out of nothing but its parts, and the branch moved to it."""
    args = [part for parent in parents for part in ("-p", parent)]
    made = by_hand(store, "commit-tree", *(["-S"] if sign else []), *args, "-m", message, tree, **env)
    by_hand(store, "reset", "-q", "--hard", made)
    return made
