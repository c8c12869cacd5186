"""A real terminal with a person at it: a pseudo-terminal, the program in it, and what stands on its screen.

Nothing sleeps: whoever waits, waits for words on the screen or for the program to end, with a time limit.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir

import pexpect
import pyte

ROOT = Path(__file__).resolve().parents[2]
QUIET = 0.15
"""Seconds without a letter after which a screen is drawn."""
PATIENCE = 60.0
"""Seconds until a wait gives up: more than the slowest machine needs, since a wait ends when the words are there."""

KEYS: Mapping[str, str] = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "end": "\x1b[F",
    "home": "\x1b[H",
    "f6": "\x1b[17~",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a terminal sends for a key that is not a character."""

_ASKS_FOR_FRAMES, _FRAMES_IT_HAS = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_FRAME_BEGINS, _FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"

PROGRAM = (sys.executable, "-m", "tui")


class Terminal:
    """One terminal window with a program running in it."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], cwd: Path, size: tuple[int, int]) -> None:
        """`size` is columns and lines; none of either is a terminal that does not know."""
        columns, lines = size
        self._answers = env["TERM"] != "dumb"
        self._screen = pyte.Screen(columns or 80, lines or 24)
        self._stream = pyte.ByteStream(self._screen)
        self.sent = bytearray()
        """Everything that the program has written to the terminal."""
        self._child = pexpect.spawn(
            command[0], list(command[1:]), env=dict(env), cwd=str(cwd), dimensions=(lines, columns), timeout=PATIENCE
        )
        self._child.delaybeforesend = None

    # what the person does

    def press(self, *keys: str) -> None:
        """Press keys by name; a single character is itself."""
        for key in keys:
            self._child.send(KEYS.get(key, key))

    def type(self, text: str) -> None:
        """Type text, as the UTF-8 that a terminal sends."""
        self.send(text.encode("utf-8"))

    def send(self, data: bytes) -> None:
        """Send what no single key sends: half a letter, a paste."""
        self._child.send(data)

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size."""
        self._screen.resize(lines, columns)
        self._child.setwinsize(lines, columns)

    # what they see

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def colours(self) -> set[str]:
        """The colours of what stands on the screen; "default" is the terminal's own."""
        return {
            colour for row in self._screen.buffer.values() for cell in row.values() for colour in (cell.fg, cell.bg)
        }

    def until(self, *words: str) -> str:
        """Wait until all `words` stand on the screen; the screen then."""
        return self._wait(lambda: all(word in self.text for word in words), f"{words} to come")

    def is_writing_at(self, label: str) -> bool:
        """Whether the cursor stands on the line of this label, or on the line below a label that has one to itself."""
        above, here = (
            self._screen.display[max(0, self._screen.cursor.y - 1)],
            self._screen.display[self._screen.cursor.y],
        )
        return label in here or re.search(rf"(^|│)\s*{re.escape(label)}\s*(│|$)", above) is not None

    def until_writing_at(self, label: str) -> str:
        """Wait until the cursor stands in the field called `label`."""
        return self._wait(lambda: self.is_writing_at(label), f"the cursor to stand at {label!r}")

    def until_gone(self, words: str) -> str:
        """Wait until `words` stand on the screen no longer."""
        return self._wait(lambda: words not in self.text, f"{words!r} to go")

    def until_other(self, part: Callable[[str], str]) -> str:
        """Wait until a part of the screen is another than it is now."""
        before = part(self.text)
        return self._wait(lambda: part(self.text) != before, f"something else than {before!r}")

    def until_true(self, holds: Callable[[], bool], what: str) -> str:
        """Wait until something holds that the screen does not show."""
        return self._wait(holds, what)

    def until_quiet(self) -> None:
        """Wait until nothing more is drawn: a line may be drawn in two halves, and half a line looks like another."""
        with contextlib.suppress(pexpect.TIMEOUT, pexpect.EOF):
            while True:
                self._take(self._child.read_nonblocking(65536, timeout=QUIET))

    def _wait(self, done: Callable[[], bool], what: str) -> str:
        limit = time.monotonic() + PATIENCE
        while self._in_a_frame or not done():
            if time.monotonic() > limit:
                raise AssertionError(f"waited in vain for {what}; the screen:\n{self.text}")
            try:
                self._take(self._child.read_nonblocking(65536, timeout=0.2))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                if done():
                    break
                raise AssertionError(f"the program ended while waiting for {what}; the screen:\n{self.text}") from None
        return self.text

    def _take(self, data: bytes) -> None:
        """Draw what came; and answer, as terminals of today do, that whole frames can be told from halves of them."""
        asked = self.sent.count(_ASKS_FOR_FRAMES)
        self.sent += data
        self._stream.feed(data)
        if self._answers and self.sent.count(_ASKS_FOR_FRAMES) > asked:
            self._child.send(_FRAMES_IT_HAS)

    @property
    def _in_a_frame(self) -> bool:
        return self.sent.rfind(_FRAME_BEGINS) > self.sent.rfind(_FRAME_ENDS)

    # how it ends

    @property
    def pid(self) -> int:
        """The program's process id."""
        return int(self._child.pid)

    def ended(self) -> int:
        """Wait until the program has ended; its exit code, or minus the signal that killed it."""
        limit = time.monotonic() + PATIENCE
        while True:
            try:
                self._take(self._child.read_nonblocking(65536, timeout=max(0.1, limit - time.monotonic())))
            except pexpect.EOF:
                break
            except pexpect.TIMEOUT:
                raise AssertionError(f"the program has not ended; the screen:\n{self.text}") from None
        self._child.wait()
        return int(self._child.exitstatus if self._child.signalstatus is None else -self._child.signalstatus)

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the window: the terminal is gone, and the kernel says so to the program."""
        os.close(self._child.child_fd)

    def wait_for_the_end_unseen(self) -> None:
        """Wait for the program after `hang_up`."""
        limit = time.monotonic() + PATIENCE
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > limit:
                raise AssertionError("the program lives on without a terminal")
            os.sched_yield()

    def close(self) -> None:
        """Put the window away, whatever runs in it."""
        if not self._child.closed:
            try:
                self._child.close(force=True)
            except (OSError, pexpect.ExceptionPexpect):
                self._child.closed = True


def environment(home: Path, **more: str) -> dict[str, str]:
    """A new user's environment: an empty home folder, no Git settings, a UTF-8 terminal."""
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(Path(gettempdir()) / "vanort-test-bytecode"),
        **more,
    }


@contextmanager
def terminal(
    home: Path, *arguments: str, size: tuple[int, int] = (80, 24), command: Sequence[str] = PROGRAM, **env: str
) -> Iterator[Terminal]:
    """`vanort` with the arguments, in a terminal of its own, started in the user's home folder."""
    window = Terminal([*command, *arguments], environment(home, **env), home, size)
    try:
        yield window
    finally:
        window.close()
