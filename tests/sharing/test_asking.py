"""On a real terminal Git itself asks: for a password, and whether a host is the right one."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pytest

from registry.sharing.connecting import connect
from registry.store import Store
from tests.sharing.servers import PASSWORD, serving
from tests.tui.cli.running import environment


def on_a_terminal(folder: Path, *arguments: str, **env: str) -> pexpect.spawn:
    """`vanort`, as somebody who sits at it would start it."""
    return pexpect.spawn(
        sys.executable,
        ["-m", "tui", *arguments, "--lang", "en"],
        cwd=str(folder),
        env={**environment(), "TERM": "xterm-256color", **env},
        encoding="utf-8",
        timeout=60,
        dimensions=(40, 200),
    )


def test_a_password_is_asked_for_where_somebody_sits_and_nowhere_else(
    anna: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving("http", tmp_path) as server:
        with monkeypatch.context() as known:
            for name, value in server.env.items():
                known.setenv(name, value)
            connect(anna, server.url)
        at = on_a_terminal(tmp_path, "clone", server.url, "copy")
        at.expect("Password for")
        at.sendline(PASSWORD)
        if at.expect(["Password for", "has been copied to"]) == 0:  # the people book is another connection
            at.sendline(PASSWORD)
            at.expect("has been copied to")
        at.expect(pexpect.EOF)
        assert Store.open(tmp_path / "copy").repo.head() == anna.repo.head()


def test_an_unknown_host_is_asked_about_and_then_known(
    anna: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving("ssh", tmp_path) as server:
        with monkeypatch.context() as known:
            for name, value in server.env.items():
                known.setenv(name, value)
            connect(anna, server.url)
        (tmp_path / "known").write_text("")
        at = on_a_terminal(anna.folder, "sync", **server.env)
        at.expect("Are you sure you want to continue connecting")
        at.sendline("yes")
        at.expect("Everything is shared")
        at.expect(pexpect.EOF)
        assert (tmp_path / "known").read_text() != ""
