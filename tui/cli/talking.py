"""How a command talks to a server: it tells a person how far it has come, and lets Git ask one who is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypedDict

from registry.words import _
from tui.cli.invocation import Invocation

if TYPE_CHECKING:
    from collections.abc import Callable

    from registry.git.network import Progress


class Talking(TypedDict):
    """What `clone`, `connect` and `sync` are told of who is listening."""

    progress: Callable[[Progress], None] | None
    ask: bool


@contextmanager
def talking(invocation: Invocation) -> Iterator[Talking]:
    """Progress on one line of the terminal, which is cleared in the end; Git may ask where somebody sits at it."""
    somebody = sys.stdin.isatty() and sys.stderr.isatty() and not invocation.wants_json
    if not somebody:
        yield {"progress": None, "ask": False}
        return
    shown = _Shown()
    try:
        yield {"progress": shown.tell, "ask": True}
    finally:
        shown.clear()


class _Shown:
    """The line as it is now."""

    def __init__(self) -> None:
        self._text = ""

    def tell(self, progress: Progress) -> None:
        from registry.git.network import PHASES

        percent = "" if progress.percent is None else f" {progress.percent} %"
        text = f"{_(PHASES[progress.phase])} …{percent}"
        if text != self._text and progress.phase != "asking":  # Git may be asking on this very line
            self._write(text)

    def clear(self) -> None:
        if self._text:
            self._write("")

    def _write(self, text: str) -> None:
        self._text = text
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
