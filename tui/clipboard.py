"""Copying text, to wherever the user's clipboard is; or saying why it cannot be done.

On the user's own machine a helper program of the desktop is asked; it tells whether it worked. Otherwise, as over
ssh, the terminal itself is asked with the sequence OSC 52, which no terminal answers, so the notice says "sent". tmux
passes that on from a program only where it is set to, but always what it is given itself.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from os import environ
from typing import Any, Final

from textual.app import App
from textual.dom import DOMNode

from registry.words import _
from tui.clipboard_ways import by_tmux, helpers, terminal_trouble
from tui.notices import tell

_PATIENCE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of it: whether the text is, as far as can be known, in the clipboard, and a sentence saying so."""

    done: bool
    message: str


async def copy(app: App[Any], text: str, environment: Mapping[str, str] = environ) -> Copied:
    """Put `text`, exactly as it is, into the user's clipboard."""
    for helper in helpers(environment):
        if await _ask(helper, text):
            return Copied(True, _("Copied."))
    if trouble := terminal_trouble(environment, text):
        return Copied(False, trouble)
    if (tmux := by_tmux(environment)) and await _ask(tmux, text):
        return Copied(True, _("Sent by tmux to the clipboard of your terminal."))
    app.copy_to_clipboard(text.encode("utf-8", errors="replace").decode())
    return Copied(True, _("Sent to the clipboard of your terminal."))


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


async def copy_and_tell(node: DOMNode, text: str) -> None:
    """Copy, and say what became of it."""
    copied = await copy(node.app, text)
    tell(node, copied.message, severity="information" if copied.done else "warning")
