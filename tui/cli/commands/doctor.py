"""`vanort doctor`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from registry.words import _
from tui.cli.answers import say, say_json, styled
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option

if TYPE_CHECKING:
    from registry.health import Check


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "doctor",
        run,
        summary,
        text=_("The exit code is 1 where something needs attention."),
        params=[json_option()],
        examples=[("vanort doctor", _("A line for each thing looked at, with the remedy where one is needed."))],
    )


def run(invocation: Invocation) -> int:
    """Look at everything, and say what needs attention."""
    found = list(_checks(invocation))
    if invocation.wants_json:
        say_json([check.as_json() for check in found])
    else:
        for check in found:
            mark = styled("✓", "green") if check.ok else styled("✗", "red")
            say(f"{mark} {check.message}")
            if check.remedy:
                say(f"  {check.remedy}")
    return int(not all(check.ok for check in found))


def _checks(invocation: Invocation) -> Iterator[Check]:
    from registry.errors import VanortError
    from registry.health import Check, checks, git

    yield (found := git())
    if found.ok:
        try:
            yield from checks(invocation.store)
        except VanortError as error:
            yield Check("registry", False, error.message, error.hint)
    yield _terminal()


def _terminal() -> Check:
    from registry.health import Check

    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        return Check(
            "terminal",
            False,
            _("The terminal is set to %(encoding)s, and cannot show every letter") % {"encoding": sys.stdout.encoding},
            _("Set it to UTF-8, for example: export LC_ALL=C.UTF-8"),
        )
    if not sys.stdout.isatty():
        return Check("terminal", True, _("There is no terminal here: commands work, the app does not"))
    if os.environ.get("TERM", "dumb") == "dumb":
        return Check(
            "terminal",
            False,
            _("The terminal says of itself that it can show lines only"),
            _("Use another terminal for the app, or set TERM to what this one is, for example xterm-256color"),
        )
    return Check("terminal", True, _("The terminal is %(kind)s, in UTF-8") % {"kind": os.environ["TERM"]})
