"""Two colleagues with a copy each of one registry, and the place at which they share it."""

from __future__ import annotations

import shutil
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from registry.change import Change, deletion, renaming
from registry.checks import check
from registry.records.values import Data
from registry.sharing.choices import NO_CHOICES, Choice, Choices
from registry.sharing.joining import Joined, join
from registry.sharing.landing import forward, land
from registry.sharing.sides import Sides, sides_of
from registry.store import Store
from registry.trust.report import verified
from tests.kit import git, torsby, with_trip

THEIRS = {"GIT_AUTHOR_NAME": "Bo Exempel", "GIT_AUTHOR_EMAIL": "bo@example.org"}
"""Who acts in the other copy."""


class Pair(NamedTuple):
    """`mine` is looked from; what is in `theirs` is shared."""

    mine: Store
    theirs: Store
    server: Path

    def sides(self) -> Sides:
        """What stands against what once they have shared all of theirs."""
        git(self.theirs, "push", "-q", str(self.server), "HEAD:main")
        git(self.mine, "fetch", "-q", "origin")
        return sides_of(self.mine.repo, head(self.mine), head(self.theirs))

    def join(self, choices: Choices = NO_CHOICES) -> Joined:
        """Theirs brought together with mine."""
        return join(self.mine, self.sides(), choices)

    def settled(self, **chosen: Any) -> Joined:
        """The same, with a choice for every conflict: of the fields named (``whole`` for all of it), else ours."""
        choices: dict[tuple[str, str], Choice] = {}
        while (joined := self.join(choices)).conflicts:
            for meeting in joined.conflicts:
                assert meeting.key not in choices, meeting
                said = chosen.get(meeting.field or "whole", "ours")
                by_word = isinstance(said, str) and said in {"ours", "theirs", "both"}
                choices[meeting.key] = Choice(said) if by_word else Choice("edited", said)
        return joined

    def land(self, joined: Joined, known: Container[str] = ()) -> str:
        """Make it the state of mine, share it, and have theirs go on to it; `known` may be found wrong with it."""
        commit = land(self.mine, joined)
        assert {found for found in troubles(self.mine) if found[0] not in known} == set()
        assert head(self.mine) == commit
        assert not (self.mine.repo.local_dir / "choices.toml").exists()
        git(self.mine, "push", "-q", "origin", "HEAD:main")
        git(self.theirs, "fetch", "-q", "origin")
        forward(self.theirs, commit)
        return commit


def made(folder: Path) -> Path:
    """A folder with such a pair, to be copied by `copied`."""
    with_trip(torsby(folder / "mine"))
    git(folder, "clone", "-q", "--bare", "mine", "server.git")
    git(folder / "mine", "remote", "add", "origin", "../server.git")
    git(folder / "mine", "fetch", "-q", "origin")
    git(folder / "mine", "branch", "-q", "-u", "origin/main")
    shutil.copytree(folder / "mine", folder / "theirs")
    return folder


def copied(template: Path, folder: Path) -> Pair:
    """A pair of its own."""
    shutil.copytree(template, folder)
    return Pair(Store.open(folder / "mine"), Store.open(folder / "theirs"), folder / "server.git")


def head(store: Store) -> str:
    """The commit that the branch is at."""
    return store.repo.head() or ""


def saved(store: Store, ref: str, why: str = "Ny uppgift.", **values: Any) -> None:
    """Give a record these values (None takes one away) and save it, whatever the policy says of it."""
    before = dict(store.saved().data(ref) or {})
    edits: Mapping[str, Data | None] = {ref: {k: v for k, v in {**before, **values}.items() if v is not None}}
    store.save(Change(edits, why, act="set" if before else "new"), author=author(store))


def removed(store: Store, ref: str) -> None:
    """Remove a record."""
    store.save(Change(deletion(store.saved(), ref), "Fel.", act="delete"), author=author(store))


def called(store: Store, old: str, new: str) -> None:
    """Give a record another name."""
    change = Change(renaming(store.saved(), old, new), "Bättre namn.", act="rename", renamed_from={new: old})
    store.save(change, author=author(store))


def by_git(store: Store, path: str, content: str | bytes | None, why: str = "för hand") -> None:
    """What somebody with an editor and plain Git commits."""
    place = store.folder / path
    if content is None:
        place.unlink()
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    git(store, "add", "-A")
    git(store, "commit", "-qm", why)


def author(store: Store) -> Mapping[str, str]:
    """Who acts in a copy."""
    return THEIRS if store.folder.name == "theirs" else {}


def data(store: Store, ref: str) -> dict[str, Any]:
    """A record as saved."""
    return dict(store.saved().data(ref) or {})


def status(store: Store) -> list[str]:
    """What plain Git says is not as it was saved."""
    return git(store, "status", "--porcelain").splitlines()


def troubles(store: Store) -> set[tuple[str, str]]:
    """What `vanort verify` and `vanort check` find that is not as it should be: clause and REF."""
    wrong = {(found.clause, found.ref) for found in check(store.saved()) if found.severity == "violation"}
    return wrong | {
        (each.clause, each.ref) for each in verified(store.repo, head(store)).findings if each.severity != "note"
    }
