"""Copying text, to wherever the user's clipboard is; or saying why it cannot be done.

On the user's own machine a helper program of the desktop is asked; it tells whether it worked. Otherwise, as over
ssh, the terminal itself is asked with the sequence OSC 52, which no terminal answers, so the notice says "sent".
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from os import environ
from typing import Any, Final

from textual.app import App
from textual.dom import DOMNode

from registry.words import _
from tui.notices import tell

_PATIENCE: Final = 2.0
_MOST_BY_TERMINAL: Final = 74_000
"""Bytes; several terminals drop a longer OSC 52 sequence (100,000 characters in base64)."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of it: whether the text is, as far as can be known, in the clipboard, and a sentence saying so."""

    done: bool
    message: str


async def copy(app: App[Any], text: str, environment: Mapping[str, str] = environ) -> Copied:
    """Put `text`, exactly as it is, into the user's clipboard."""
    remote = "SSH_CONNECTION" in environment or "SSH_TTY" in environment
    if not remote:
        for helper in _helpers(environment):
            if await _ask(helper, text):
                return Copied(True, _("Copied."))
    if trouble := _terminal_trouble(environment, text):
        return Copied(False, trouble)
    app.copy_to_clipboard(text.encode("utf-8", errors="replace").decode())
    return Copied(True, _("Sent to the clipboard of your terminal."))


def _helpers(environment: Mapping[str, str]) -> list[list[str]]:
    """The programs that put what they read into the clipboard here, best first; only those that are installed."""
    wanted: list[list[str]] = []
    if sys.platform == "darwin":
        wanted.append(["pbcopy"])
    if environment.get("WAYLAND_DISPLAY"):
        wanted.append(["wl-copy"])
    if environment.get("DISPLAY"):
        wanted += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    if environment.get("WSL_DISTRO_NAME"):
        wanted.append(["clip.exe"])
    path = environment.get("PATH")
    return [[found, *helper[1:]] for helper in wanted if (found := shutil.which(helper[0], path=path))]


async def _ask(helper: list[str], text: str) -> bool:
    """Whether the helper took the text. One that is broken, hangs or goes away counts as not there."""
    encoded = text.encode("utf-16-le" if helper[0].endswith("clip.exe") else "utf-8", errors="replace")
    try:
        process = await asyncio.create_subprocess_exec(
            *helper,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        await asyncio.wait_for(process.communicate(encoded), _PATIENCE)
    except (TimeoutError, OSError):
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        return False
    return process.returncode == 0


def _terminal_trouble(environment: Mapping[str, str], text: str) -> str:
    """Why the terminal cannot be asked, or ""."""
    terminal = environment.get("TERM", "")
    if terminal in {"", "dumb", "linux"}:
        return _("Nothing was copied: this terminal has no clipboard.")
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return _("Nothing was copied: the Mac's Terminal does not let programs copy.")
    if len(text.encode("utf-8", errors="replace")) > _MOST_BY_TERMINAL:
        return _("Nothing was copied: the text is too long for the terminal's clipboard.")
    return ""


async def copy_and_tell(node: DOMNode, text: str) -> None:
    """Copy, and say what became of it."""
    copied = await copy(node.app, text)
    tell(node, copied.message, severity="information" if copied.done else "warning")
