"""What arrives and cannot be taken in: refused before anything moves, each time, until it is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.errors import VanortError
from registry.git.remotes import shared_tip
from registry.git.worktree import LIMIT
from registry.sharing.cloning import clone
from registry.sharing.connecting import connect
from registry.sharing.syncing import sync
from registry.store import Store
from tests.kit import SKJERN, TRIP, files, git, save
from tests.sharing.hostile import Odd, lay
from tests.sharing.servers import serving

PLAIN = "100644"
COMMIT = "8d3f1c0a5b6e7f8091a2b3c4d5e6f708192a3b4c"
ODD: dict[str, tuple[Odd, str]] = {
    "a submodule": ({"vendor": ("160000", COMMIT)}, "another repository inside"),
    "a link": ({f"{SKJERN}.toml": ("120000", "/etc/passwd")}, "a link to another file"),
    "another folder's link": ({"docs/x": ("120000", "../..")}, "a link to another file"),
    "capitals": ({"twin-towns/Skjern.toml": (PLAIN, 'name = "x"\n')}, "the same file as"),
    "two ways of writing å": (
        {"P\u00e5.md": (PLAIN, "x"), "Pa\u030a.md": (PLAIN, "x")},
        "the same file as",
    ),
    "too large": ({f"{TRIP}.toml": (PLAIN, "#" * (LIMIT + 1))}, "far too large, 5 MB"),
    "git's own folder": ({".git/hooks/post-checkout": (PLAIN, "#!/bin/sh")}, "is not sound"),
    "git's own folder in capitals": ({"docs/.GIT/config": (PLAIN, "x")}, "is not sound"),
    "a way out": ({"../evil": (PLAIN, "x")}, "is not sound"),
    "gitmodules": ({".gitmodules": (PLAIN, "")}, "could do harm"),
    "a device of Windows": ({"projects/2026/con.toml": (PLAIN, "x")}, "could do harm"),
    "a backslash": ({"docs/a\\b": (PLAIN, "x")}, "could do harm"),
    "no registry": ({"registry.toml": ("", "")}, "no registry.toml"),
    "a newer format": ({"registry.toml": (PLAIN, "format = 99\n")}, "has format 99"),
    "nonsense": ({"registry.toml": (PLAIN, "[[[")}, "registry.toml that would arrive cannot be read"),
    "a huge registry.toml": ({"registry.toml": (PLAIN, "#" * (LIMIT + 1))}, "is too large"),
}


def test_nothing_odd_is_taken_in_by_a_copy_or_by_a_new_one(anna: Store, tmp_path: Path) -> None:
    with serving("path", tmp_path) as server:
        connect(anna, server.url)
        save(anna, TRIP, participants=12)
        head, folder = anna.repo.head(), files(anna)
        good = git(server.bare, "rev-parse", "main").strip()
        for what, (odd, said) in ODD.items():
            lay(server.bare, odd, "Städning \x1b[31m")
            for _time in range(2):
                refused = sync(anna)
                assert refused.state == "refused", what
                assert said in refused.message, (what, refused.message)
                assert refused.message.isprintable(), what
                assert (anna.repo.head(), files(anna), shared_tip(anna.repo)) == (head, folder, good), what
            with pytest.raises(VanortError, match=said.replace(".", r"\.")):
                clone(server.url, tmp_path / "copy")
            assert not (tmp_path / "copy").exists(), what
            git(server.bare, "update-ref", "refs/heads/main", good)
        assert [name.name for name in tmp_path.iterdir() if name.name.startswith(".")] == []
        assert "by Bo Exempel" in _refusal(anna, server.bare, ODD["a link"][0])
        git(server.bare, "update-ref", "refs/heads/main", good)
        assert sync(anna).state == "shared"


def _refusal(store: Store, bare: Path, odd: Odd) -> str:
    lay(bare, odd)
    return sync(store).message


def test_what_is_merely_wrong_is_taken_in_and_told(anna: Store, tmp_path: Path) -> None:
    with serving("path", tmp_path) as server:
        connect(anna, server.url)
        lay(server.bare, {f"{SKJERN}.toml": (PLAIN, "name = [[[\n")}, "\x1b]0;owned\x07Städning\n\nRecord: x\x1b[2J")
        assert sync(anna).received == 1
        assert anna.saved().fault(SKJERN) is not None
        lay(server.bare, {f"{SKJERN}.toml": (PLAIN, 'name = "\\u001b[31mSkjern"\ncountry = "DK"\n')}, "Bättre")
        save(anna, TRIP, participants=12)
        assert sync(anna).state == "shared"
        assert git(anna, "status", "--porcelain") == ""
