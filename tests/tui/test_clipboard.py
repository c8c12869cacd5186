"""Copying works through the desktop's helper or through the terminal, or says why not; a broken helper hurts nobody."""

from __future__ import annotations

import base64
import os
import shlex
import shutil
from pathlib import Path

import pexpect
import pytest

from registry.words import speak
from tests.tui.pages import PageApp
from tui import clipboard
from tui.clipboard import copy
from tui.clipboard_ways import by_tmux

TEXT = "[/foo] Påskön\n\x1b[31m"


@pytest.fixture(autouse=True)
def _swedish() -> None:
    speak("sv")


def helper(folder: Path, name: str, script: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the terminal is sent."""
    written: list[str] = []
    monkeypatch.setattr(
        "textual.drivers.headless_driver.HeadlessDriver.write", lambda _self, data: written.append(data)
    )
    return written


def by_terminal(sent: list[str]) -> str | None:
    sequences = [data for data in sent if data.startswith("\x1b]52;c;")]
    return base64.b64decode(sequences[-1][7:-1]).decode() if sequences else None


async def test_the_desktops_helper_gets_the_text_exactly_as_it_is(tmp_path: Path, sent: list[str]) -> None:
    helper(tmp_path, "xclip", f'/bin/cat > "{tmp_path}/got"')
    app = PageApp()
    async with app.run_test():
        result = await copy(app, TEXT, {"DISPLAY": ":0", "PATH": str(tmp_path), "TERM": "xterm"})
    assert (result.done, result.message) == (True, "Kopierat.")
    assert (tmp_path / "got").read_text(encoding="utf-8") == TEXT
    assert by_terminal(sent) is None


@pytest.mark.parametrize("script", ["exit 1", "exec /nowhere/at/all", "exec /bin/sleep 60"])
async def test_a_helper_that_fails_or_hangs_leaves_it_to_the_terminal(
    tmp_path: Path, sent: list[str], monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setattr(clipboard, "_PATIENCE", 0.2)
    helper(tmp_path, "wl-copy", script)
    app = PageApp()
    async with app.run_test():
        result = await copy(app, TEXT, {"WAYLAND_DISPLAY": "w", "PATH": str(tmp_path), "TERM": "xterm"})
    assert (result.done, result.message) == (True, "Skickat till terminalens urklipp.")
    assert by_terminal(sent) == TEXT


async def test_over_ssh_the_terminal_is_asked_and_not_the_servers_desktop(tmp_path: Path, sent: list[str]) -> None:
    helper(tmp_path, "xclip", f'/bin/cat > "{tmp_path}/got"')
    app = PageApp()
    async with app.run_test():
        there = {"DISPLAY": ":0", "SSH_TTY": "/dev/pts/1", "PATH": str(tmp_path), "TERM": "xterm"}
        assert (await copy(app, TEXT, there)).done
    assert by_terminal(sent) == TEXT
    assert not (tmp_path / "got").exists()


@pytest.mark.parametrize(
    ("there", "text", "why"),
    [
        ({"TERM": "linux"}, "x", "den här terminalen har inget urklipp"),
        ({}, "x", "den här terminalen har inget urklipp"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "x", "Macens Terminal"),
        ({"TERM": "xterm"}, "å" * 50_000, "för lång"),
    ],
)
async def test_where_nothing_can_be_copied_it_says_why(
    sent: list[str], there: dict[str, str], text: str, why: str
) -> None:
    app = PageApp()
    async with app.run_test():
        result = await copy(app, text, {"PATH": "", **there})
    assert not result.done
    assert why in result.message
    assert by_terminal(sent) is None


async def test_half_a_surrogate_pair_is_copied_as_a_question_mark(sent: list[str]) -> None:
    app = PageApp()
    async with app.run_test():
        assert (await copy(app, "a\ud800b", {"PATH": "", "TERM": "xterm"})).done
    assert by_terminal(sent) == "a?b"


async def test_inside_tmux_it_is_tmux_that_sends_it_on(tmp_path: Path, sent: list[str]) -> None:
    helper(tmp_path, "tmux", f'[ "$*" = "load-buffer -w -" ] && /bin/cat > "{tmp_path}/got"')
    app = PageApp()
    async with app.run_test():
        there = {"TMUX": "x,1,0", "SSH_TTY": "/dev/pts/1", "TERM": "tmux-256color", "PATH": str(tmp_path)}
        result = await copy(app, TEXT, there)
    assert (result.done, result.message) == (True, "Skickat av tmux till terminalens urklipp.")
    assert (tmp_path / "got").read_text(encoding="utf-8") == TEXT
    assert by_terminal(sent) is None


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_a_real_tmux_sends_on_what_it_is_given_as_it_comes(tmp_path: Path) -> None:
    socket, program = str(tmp_path / "s"), shlex.join(by_tmux({"TMUX": "x", "PATH": os.environ["PATH"]}))
    inside = f"sleep 0.2; printf hej | {program}; sleep 0.2"
    environment = {**os.environ, "TERM": "xterm-256color"}
    environment.pop("TMUX", None)
    started = ["-S", socket, "-f", os.devnull, "new-session", inside]
    window = pexpect.spawn("tmux", started, env=environment, dimensions=(24, 80), timeout=30)
    window.expect_exact(base64.b64encode(b"hej"))
    window.expect(pexpect.EOF)
