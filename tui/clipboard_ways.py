"""The ways from here to the user's clipboard, by what the environment tells; nothing is run and nothing sent."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from typing import Final

from registry.words import _

_MOST_BY_TERMINAL: Final = 74_000
"""Bytes; several terminals drop a longer OSC 52 sequence (100,000 characters in base64)."""


def is_remote(environment: Mapping[str, str]) -> bool:
    """Whether one sits at another computer than the program runs on."""
    return "SSH_CONNECTION" in environment or "SSH_TTY" in environment


def helpers(environment: Mapping[str, str]) -> list[list[str]]:
    """The programs that put what they read into the clipboard here, best first; only those that are installed."""
    if is_remote(environment):
        return []
    wanted: list[list[str]] = []
    if sys.platform == "darwin":
        wanted.append(["pbcopy"])
    if environment.get("WAYLAND_DISPLAY"):
        wanted.append(["wl-copy"])
    if environment.get("DISPLAY"):
        wanted += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    if environment.get("WSL_DISTRO_NAME"):
        wanted.append(["clip.exe"])
    return [found for helper in wanted if (found := _installed(helper, environment))]


def by_tmux(environment: Mapping[str, str]) -> list[str]:
    """What has tmux send what it reads to the terminal that it is shown on; [] outside it."""
    return _installed(["tmux", "load-buffer", "-w", "-"], environment) if environment.get("TMUX") else []


def _installed(helper: list[str], environment: Mapping[str, str]) -> list[str]:
    found = shutil.which(helper[0], path=environment.get("PATH"))
    return [found, *helper[1:]] if found else []


def terminal_trouble(environment: Mapping[str, str], text: str = "") -> str:
    """Why the terminal cannot be asked, or ""."""
    terminal = environment.get("TERM", "")
    if terminal in {"", "dumb", "linux"}:
        return _("Nothing was copied: this terminal has no clipboard.")
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return _("Nothing was copied: the Mac's Terminal does not let programs copy.")
    if len(text.encode("utf-8", errors="replace")) > _MOST_BY_TERMINAL:
        return _("Nothing was copied: the text is too long for the terminal's clipboard.")
    return ""
