"""Running Git: one thin wrapper round `subprocess`, and a record of what was run.

GitPython isn't used to run commands: importing it costs more than a whole `vanort show` may take. What it does better,
a `cat-file` that stays open for as long as an app does, is in `registry.git.objects.ObjectReader`.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import IO, Final, TypeAlias

from registry.errors import BadInput, GitTrouble, NotFound
from registry.git import trouble
from registry.git.program import MINIMUM, git_environment, git_version, require_git
from registry.words import _

Raw: TypeAlias = bytes  # inside the class, `bytes` is a method

__all__ = ["MINIMUM", "Git", "Ran", "Running", "commands_run", "git_environment", "git_version", "require_git"]

_NETWORK: Final = frozenset({"clone", "fetch", "ls-remote", "pull", "push"})
_PATIENT_SSH: Final = "-oConnectTimeout=20 -oServerAliveInterval=15 -oServerAliveCountMax=3"
"""A server that cannot be reached, or that falls silent, is given up."""
_SMALL_INPUT: Final = 32_768
"""Bytes that fit in a pipe whose reader hasn't started yet."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One Git command that was run. `argv` has its secrets masked; `code` is None for one that was cut short."""

    argv: tuple[str, ...]
    folder: str
    when: datetime
    seconds: float
    code: int | None


_ran: deque[Ran] = deque(maxlen=500)
_ran_lock = threading.Lock()


def commands_run() -> tuple[Ran, ...]:
    """The latest Git commands of this process, oldest first, at most 500."""
    with _ran_lock:
        return tuple(_ran)


def note(argv: list[str], folder: Path, began: float, code: int | None) -> None:
    """Remember a command that ended with `code`, None for one that was cut short; `began` by the monotonic clock."""
    seconds = time.monotonic() - began
    when = datetime.fromtimestamp(time.time() - seconds).astimezone()
    ran = Ran(tuple(trouble.masked(part) for part in argv), str(folder), when, seconds, code)
    with _ran_lock:
        _ran.append(ran)


class Running:
    """A Git command that has been started. `finish()` waits for it and gives its output."""

    def __init__(
        self,
        folder: Path,
        args: tuple[str, ...],
        given: Raw | None,
        env: Mapping[str, str] | None,
        timeout: float | None,
        *,
        waits: bool = False,
    ) -> None:
        self._folder, self._args, self._given, self._timeout = folder, args, given, timeout
        self._began = time.monotonic()
        self.process = popen(folder, args, env, stdin=waits or given is not None)
        if given is not None:  # so that it works while we do something else
            if len(given) <= _SMALL_INPUT:
                _feed(self.process.stdin, given)
            else:
                threading.Thread(target=_feed, args=(self.process.stdin, given), daemon=True).start()
            self.process.stdin = self._given = None

    def give(self, given: Raw) -> Raw:
        """The input that it has been waiting for, all of it; then as `finish`."""
        self._given = given
        return self.finish()

    def result(self) -> tuple[int, Raw, Raw]:
        """Exit code, standard output, standard error."""
        try:
            out, err = self.process.communicate(self._given, timeout=self._timeout)
        except subprocess.TimeoutExpired:
            self.stop()
            raise GitTrouble(
                _("git %(command)s took longer than %(seconds)d seconds and was stopped.")
                % {"command": _subcommand(self._args), "seconds": int(self._timeout or 0)}
            ) from None
        except BaseException:
            self.stop()
            raise
        note(["git", *self._args], self._folder, self._began, self.process.returncode)
        return self.process.returncode, out, err

    def finish(self) -> Raw:
        """Its standard output. Raises `GitFailed` if it failed."""
        code, out, err = self.result()
        if code != 0:
            raise trouble.failed(self._folder, self._args, code, err)
        return out

    def stop(self) -> None:
        """End the process and those it has started, whatever they were doing."""
        _end(self.process)
        note(["git", *self._args], self._folder, self._began, None)


class Git:
    """Runs `git` in one folder. Arguments are a list, never a shell's; every call is a process of its own.

    A failure is a `GitFailed` (a `GitTrouble`) with one line and a remedy. Nothing is shared between calls, so that
    threads may use one `Git` at the same time.
    """

    __slots__ = ("folder",)

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(
        self,
        *args: str,
        input: Raw | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Running:
        """Start `git args` and go on; `input` is all of its standard input, `timeout` in seconds from `finish()`."""
        return Running(self.folder, args, input, env, timeout)

    def waiting(self, *args: str) -> Running:
        """Start `git args` ahead of its input, which `Running.give` gives; one that is given none must do nothing."""
        return Running(self.folder, args, None, None, None, waits=True)

    def bytes(
        self,
        *args: str,
        input: str | Raw | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Raw:
        """What `git args` writes to its standard output; `timeout` in seconds, none by default."""
        given = input.encode("utf-8") if isinstance(input, str) else input
        return self.start(*args, input=given, env=env, timeout=timeout).finish()

    def text(
        self,
        *args: str,
        input: str | Raw | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> str:
        """As `bytes`, decoded (what is not UTF-8 becomes U+FFFD), without the last line break."""
        out = self.bytes(*args, input=input, env=env, timeout=timeout)
        return out.decode("utf-8", "replace").removesuffix("\n")

    def ok(self, *args: str, env: Mapping[str, str] | None = None) -> bool:
        """Whether `git args` ends with exit code 0."""
        code, _out, _err = self.start(*args, env=env).result()
        return code == 0

    @contextlib.contextmanager
    def reader(
        self, *args: str, input: Raw | None = None, env: Mapping[str, str] | None = None
    ) -> Iterator[BufferedReader]:
        """The output of `git args` as a file, while it runs. Leaving the block by an exception ends the process.

        `input` is written by a thread of its own, so that neither side waits for the other, however much it is.
        """
        began = time.monotonic()
        code: int | None = None
        with tempfile.TemporaryFile() as errors:
            process = popen(self.folder, args, env, stdin=input is not None, stderr=errors.fileno())
            assert isinstance(process.stdout, BufferedReader)  # noqa: S101
            feeder = threading.Thread(target=_feed, args=(process.stdin, input), daemon=True)
            try:
                feeder.start()
                yield process.stdout
                process.stdout.read()
                code = process.wait()
            finally:
                if code is None:
                    _end(process)
                feeder.join()
                process.stdout.close()
                note(["git", *args], self.folder, began, code)
            if code != 0:
                errors.seek(0)
                raise trouble.failed(self.folder, args, code, errors.read())

    def stream(self, *args: str, env: Mapping[str, str] | None = None, patience: float | None = None) -> Iterator[Raw]:
        """The output of `git args` in pieces as it comes. Closing the iterator ends the process.

        With `patience` an empty piece comes whenever there was nothing for that many seconds, so that who has other
        things to do need not wait. (Where pipes cannot be waited for, as on Windows, none comes.)
        """
        with self.reader(*args, env=env) as out:
            while True:
                while patience is not None and not _readable(out, patience):
                    yield b""
                if not (piece := out.read1(65_536)):
                    return
                yield piece


def _readable(out: BufferedReader, seconds: float) -> bool:
    """Whether there is something to read, or the end, within so many seconds; `read1` never leaves a part behind."""
    return os.name == "nt" or bool(select.select([out], [], [], seconds)[0])


def kill(process: subprocess.Popen[Raw], *, alone: bool = False) -> None:
    """Kill a process with all that it has started, or `alone` where those are in a group with ourselves."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg") and not alone:
            os.killpg(process.pid, signal.SIGKILL)  # a session of its own is a group of its own
        else:
            process.kill()
    process.wait()


def _end(process: subprocess.Popen[Raw]) -> None:
    """Kill a process with all that it has started, which could otherwise keep its output open for ever."""
    kill(process)
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def _feed(pipe: IO[Raw] | None, given: Raw | None) -> None:
    """Write all of `given` to a process's input; the process may end before it has read it."""
    if pipe is not None:
        with contextlib.suppress(BrokenPipeError), pipe:
            pipe.write(given or b"")


def popen(
    folder: Path,
    args: tuple[str, ...],
    env: Mapping[str, str] | None,
    *,
    stdin: bool,
    stderr: int = subprocess.PIPE,
    asks: bool = False,
) -> subprocess.Popen[Raw]:
    """Start `git args`. One that `asks` may do so on the terminal; any other has none."""
    program = require_git()
    environment = git_environment(folder, env)
    if asks:
        environment.pop("GIT_TERMINAL_PROMPT")
    elif _subcommand(args) in _NETWORK:
        _never_ask(program, folder, environment)
    try:
        return subprocess.Popen(
            [program, *map(_as_git_reads, ("-c", "core.quotepath=off", "-c", "diff.orderFile=/dev/null", *args))],
            cwd=folder,
            env={name: _as_git_reads(value) for name, value in environment.items()},
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            start_new_session=not asks,  # no terminal: neither ssh nor a signing key's passphrase can ask behind a screen
        )
    except (FileNotFoundError, NotADirectoryError) as error:
        if not folder.is_dir():
            raise NotFound(_("The folder %(folder)s is not there.") % {"folder": str(folder)}) from error
        raise GitTrouble(_("Git could not be started: %(reason)s") % {"reason": str(error)}) from error
    except OSError as error:
        raise trouble.from_os_error(folder, error) from error
    except ValueError as error:  # a NUL in an argument
        raise BadInput(_("A value with a NUL character can't be used here.")) from error


def _as_git_reads(text: str) -> str | Raw:
    """`text` in UTF-8, which Git takes names and messages for, whatever the terminal's letters are."""
    return text if os.name == "nt" else text.encode("utf-8", "surrogateescape")


def _subcommand(args: tuple[str, ...]) -> str:
    """The command among `args`, after any `-c name=value`."""
    rest = iter(args)
    for part in rest:
        if part == "-c":
            next(rest, None)
        elif not part.startswith("-"):
            return part
    return ""


def _never_ask(program: str, folder: Path, environment: dict[str, str]) -> None:
    """Have ssh fail rather than ask, unless the user has chosen an ssh of their own."""
    if "GIT_SSH_COMMAND" in environment or "GIT_SSH" in environment:
        return
    own = subprocess.run(
        [program, "config", "--get", "core.sshCommand"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if own.returncode != 0:
        environment["GIT_SSH_COMMAND"] = f"ssh -oBatchMode=yes {_PATIENT_SSH}"
