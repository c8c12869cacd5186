"""One command over the network: bounded in time, to be called off, never asking behind a screen, and plain in failure.

Git runs without a terminal (`registry.git.run`), so that neither it nor ssh can ask; credential helpers, agents and
`known_hosts` are Git's and ssh's own. Where `ask` is set, it has the terminal, and asks there.
"""

from __future__ import annotations

import contextlib
import os
import queue
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

from registry.git import run
from registry.git.addresses import Address
from registry.git.network_trouble import NetworkTrouble, cancelled, classified, hung
from registry.words import N_

__all__ = ["LIMITS", "QUIET_WIRE", "Heads", "Limits", "NetworkTrouble", "Progress", "Wire", "call", "heads"]

Phase = Literal["asking", "receiving", "checking", "sending", "waiting"]
PHASES: Final[dict[Phase, str]] = {
    "asking": N_("The server is being asked"),
    "receiving": N_("Receiving"),
    "checking": N_("Checking what came"),
    "sending": N_("Sending"),
    "waiting": N_("The server is looking at it"),
}
_SAID_BY_GIT: Final[dict[str, Phase]] = {
    "Receiving objects": "receiving",
    "Unpacking objects": "receiving",
    "Resolving deltas": "checking",
    "Writing objects": "sending",
}
_PROGRESS: Final = re.compile(r"(?:remote: )?(?P<phase>[A-Z][a-z]+ [a-z]+):\s+(?:(?P<percent>\d+)% )?.*")
_MOST: Final = 64_000
"""Characters of what Git and the server say that are kept."""
_LOOK: Final = 0.1
"""Seconds between two looks at the clock and at whether it is called off."""
_MERCY: Final = 1.0
"""Seconds that Git has to tidy up before it is ended outright."""
_ALWAYS: Final = (
    "-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60",
    "-c", "transfer.fsckObjects=true",
)  # fmt: skip


class Progress(NamedTuple):
    """How far a network command has come; `percent` is None where that is not known."""

    phase: Phase
    percent: int | None = None


class Limits(NamedTuple):
    """Seconds: `quiet` without a sign of life from the other side, `whole` in all."""

    quiet: float = 90.0
    whole: float = 1800.0


LIMITS: Final = Limits()


@dataclass(frozen=True)
class Wire:
    """How one talks to a server: whom to tell how far it has come, what calls it off, whether Git may ask."""

    progress: Callable[[Progress], None] | None = None
    cancel: threading.Event | None = None
    ask: bool = False
    limits: Limits = LIMITS

    def require_wanted(self) -> None:
        """Raises `NetworkTrouble` where it was called off."""
        if self.cancel is not None and self.cancel.is_set():
            raise cancelled()

    def tell(self, phase: Phase, percent: int | None = None) -> None:
        """Tell how far it has come."""
        if self.progress is not None:
            self.progress(Progress(phase, percent))


QUIET_WIRE: Final = Wire()


def call(
    folder: Path, address: Address, *args: str, wire: Wire = QUIET_WIRE, env: Mapping[str, str] | None = None
) -> bytes:
    """What `git args`, run in `folder` and talking with `address` alone, writes to its standard output.

    Raises `NetworkTrouble`, having ended the command with all that it started.
    """
    wire.require_wanted()
    return _Talk(folder, address, args, wire, env or {}).finish()


class Heads(NamedTuple):
    """The branches of a server, by short name, and the one that its HEAD names, which need not be among them."""

    head: str | None
    branches: Mapping[str, str]

    def choice(self) -> str | None:
        """The branch that a registry is in: HEAD's, else `main`, else the only one."""
        if self.head in self.branches:
            return self.head
        return "main" if "main" in self.branches else next(iter(self.branches)) if len(self.branches) == 1 else None


def heads(folder: Path, address: Address, wire: Wire = QUIET_WIRE) -> Heads:
    """The server's branches. Raises `NetworkTrouble`."""
    out = call(folder, address, "ls-remote", "--symref", "--", address.text, "HEAD", "refs/heads/*", wire=wire)
    head, branches = None, {}
    for told in out.decode("utf-8", "replace").splitlines():
        value, _tab, name = told.partition("\t")
        if name == "HEAD" and value.startswith("ref: refs/heads/"):
            head = value.removeprefix("ref: refs/heads/")
        elif name.startswith("refs/heads/"):
            branches[name.removeprefix("refs/heads/")] = value
    return Heads(head, branches)


class _Talk:
    """One command, from its start to its end."""

    def __init__(
        self, folder: Path, address: Address, args: tuple[str, ...], wire: Wire, env: Mapping[str, str]
    ) -> None:
        self._folder, self._address, self._args, self._wire = folder, address, args, wire
        self._began = self._heard = time.monotonic()
        self._said: list[str] = []
        self._size = 0
        self._rest = ""
        self._out: list[bytes] = []
        self._pieces: queue.Queue[tuple[bool, bytes]] = queue.Queue()
        self._readers: list[threading.Thread] = []
        self._process = run.popen(
            folder, (*_ALWAYS, *args), _environment(address, wire, env), stdin=False, asks=wire.ask
        )

    def finish(self) -> bytes:
        code: int | None = None
        try:
            self._listen()
            code = self._process.wait()
        finally:
            if code is None:
                self._end()
            self._hang_up()
            run.note(["git", *self._args], self._folder, self._began, code)
        if code != 0:
            said = "\n".join([*self._said, self._rest])
            raise classified(self._address, code, said, b"".join(self._out).decode("utf-8", "replace"))
        return b"".join(self._out)

    def _listen(self) -> None:
        """Take what comes until both its outputs are closed. Raises `NetworkTrouble` where that takes too long."""
        for pipe, is_error in ((self._process.stdout, False), (self._process.stderr, True)):
            assert pipe is not None  # noqa: S101
            self._readers.append(threading.Thread(target=self._read, args=(pipe.fileno(), is_error), daemon=True))
        for reader in self._readers:
            reader.start()
        self._wire.tell("asking")
        open_ends = {False, True}
        while open_ends:
            try:
                is_error, piece = self._pieces.get(timeout=_LOOK)
            except queue.Empty:
                if open_ends == {True} and self._left_alone():
                    return
                self._require_time()
                continue
            if not piece:
                open_ends.remove(is_error)
            elif is_error:
                self._hear(piece.decode("utf-8", "replace"))
            else:
                self._out.append(piece)
            self._heard = time.monotonic()
            self._wire.require_wanted()

    def _left_alone(self) -> bool:
        """Whether Git has ended, and only what it has left behind keeps its errors open: an ssh for the next time."""
        return self._process.poll() is not None and time.monotonic() - self._heard > _MERCY

    def _read(self, handle: int, is_error: bool) -> None:
        piece = b"-"
        while piece:
            try:
                piece = os.read(handle, 65_536)
            except OSError:
                piece = b""
            self._pieces.put((is_error, piece))

    def _require_time(self) -> None:
        self._wire.require_wanted()
        now = time.monotonic()
        quiet, whole = self._wire.limits
        if not self._wire.ask and now - self._heard > quiet:  # somebody may be looking for a password
            raise hung(self._address, quiet)
        if now - self._began > whole:
            raise hung(self._address, whole)

    def _hear(self, text: str) -> None:
        *whole, self._rest = re.split(r"[\r\n]", self._rest + text)
        for said in whole:
            if found := _PROGRESS.fullmatch(said):
                percent = found["percent"]
                phase = _SAID_BY_GIT.get(found["phase"], "asking")
                done = phase == "sending" and percent == "100"
                self._wire.tell("waiting" if done else phase, int(percent) if percent and not done else None)
            elif said.strip() and self._size < _MOST:
                self._said.append(said)
                self._size += len(said)

    def _end(self) -> None:
        """Have Git go, tidying up; whoever does not, is ended."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if self._wire.ask or not hasattr(os, "killpg"):
                self._process.terminate()
            else:
                os.killpg(self._process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=_MERCY)
        run.kill(self._process, alone=self._wire.ask)

    def _hang_up(self) -> None:
        """Close its outputs, unless somebody still has them."""
        for reader, pipe in zip(self._readers, (self._process.stdout, self._process.stderr), strict=False):
            reader.join(timeout=_LOOK)
            if not reader.is_alive() and pipe is not None:
                pipe.close()


def _environment(address: Address, wire: Wire, env: Mapping[str, str]) -> dict[str, str]:
    """What Git is told on the way: one protocol alone, and nobody to ask but the helpers that the user has chosen."""
    found = {"GIT_ALLOW_PROTOCOL": address.allowed, **env}
    if not wire.ask and "GIT_ASKPASS" not in os.environ:
        found["SSH_ASKPASS"] = ""  # a desktop's window for ssh, which Git would take for its own
    if address.transport != "ssh":
        found["GIT_SSH_COMMAND"] = "ssh"  # not used: spares the look for another
    return found
