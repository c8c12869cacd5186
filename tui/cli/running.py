"""One run of `vanort`: a command or the app, and what becomes of errors."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from registry.errors import BadInput, VanortError
from registry.words import LANGUAGES, _, speak
from tui.cli.invocation import Invocation, Opening
from tui.cli.language import click_speaking, spoken

INTERRUPTED: Final = 130
REFUSED: Final = 2
COMPLETE: Final = "_VANORT_COMPLETE"
"""The variable by which a shell asks for completions."""


def run(arguments: list[str]) -> int:
    """Run a command line and give its exit code. Nothing that a user does wrong leaves it as a traceback."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show a letter shows its number
    invocation = Invocation(tuple(arguments))
    try:
        language = spoken(arguments)
        speak(language)
        code = 0 if _only_opens(arguments, invocation) else _command(arguments, invocation, language)
        if code == 0 and invocation.opens_app is not None:
            code = _app(invocation.opens_app, invocation)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _hang_up()
        return 0
    except VanortError as error:
        from tui.cli.answers import tell

        tell(error, json_wanted=invocation.wants_json)
        return REFUSED
    except Exception as error:  # a defect of ours: it is told in a line, and where to find the rest
        return _apologise(error, invocation)
    return code


def _only_opens(arguments: Sequence[str], invocation: Invocation) -> bool:
    """Whether the command line says no more than which registry to open, in which language.

    Then the app need not wait for click to be imported. Whatever is not plainly that, click judges.
    """
    given = dict(zip(arguments[::2], arguments[1::2], strict=False))
    folder, language = given.pop("-r", None), given.pop("--lang", None)
    if given or len(arguments) % 2 or os.environ.get(COMPLETE):
        return False
    if folder is not None and (not folder or folder.startswith("-")):
        return False
    if language is not None and language not in LANGUAGES:
        return False
    invocation.folder = None if folder is None else Path(folder)
    invocation.language = language
    invocation.opens_app = Opening(None)
    return True


def _command(arguments: Sequence[str], invocation: Invocation, language: str) -> int:
    from tui.cli.program import command_line

    with click_speaking(language):
        return command_line(arguments, invocation)


def _app(opening: Opening, invocation: Invocation) -> int:
    """Open the app, where there is a terminal to show it on."""
    from tui.cli.opening import open_app

    return open_app(opening, invocation)


def _open_what_is_closed() -> None:
    """Where the caller closed a standard stream, nothing is read or shown there; no other file may take its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - until the end


def _hang_up() -> None:
    """Whoever read our output has had enough: nothing more is to be written, not even at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _apologise(error: Exception, invocation: Invocation) -> int:
    from tui.cli.answers import tell, tell_error
    from tui.cli.crash import report

    if os.environ.get("VANORT_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.filename is None and error.errno is not None:
        failed = BadInput(_("The answer could not be written: %(reason)s.") % {"reason": error.strerror})
        tell(failed, json_wanted=invocation.wants_json)
        _hang_up()
        return REFUSED
    message, hint = report(error, invocation.arguments)
    tell_error(message, hint, json_wanted=invocation.wants_json)
    return REFUSED
