"""`vanort doctor`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from registry.errors import BadInput
from registry.plain_text import line
from registry.words import _
from tui.cli.answers import note, say, say_json, styled
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option

if TYPE_CHECKING:
    from registry.health.check import Check
    from registry.sharing.unfinished import Ended


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "doctor",
        run,
        summary,
        text=_(
            "The exit code is 1 where something needs attention, or has to be decided before something is finished."
        ),
        params=[
            click.Option(
                ["--fix"], is_flag=True, help=_("See to what can be seen to from here; who you are is asked for.")
            ),
            click.Option(["--online"], is_flag=True, help=_("Ask the server, too, whether it answers.")),
            click.Option(
                ["--finish"], is_flag=True, help=_("Finish what was begun with plain Git and left half done.")
            ),
            click.Option(
                ["--back-out"], is_flag=True, help=_("Take it back; copies are kept of what that takes away.")
            ),
            json_option(),
        ],
        examples=[
            ("vanort doctor", _("A line for each thing looked at, with the remedy where one is needed.")),
            ("vanort doctor --finish", _("After a git pull that ended in conflicts: merged field by field.")),
        ],
    )


def run(invocation: Invocation, *, fix: bool, online: bool, finish: bool, back_out: bool) -> int:
    """Look at everything, and say what needs attention; or see to what Git left half done."""
    if finish and back_out:
        raise BadInput(_("It is either finished or taken back."), _("Give one of --finish and --back-out."))
    if finish:
        return _finish(invocation)
    if back_out:
        from registry.sharing.unfinished import back_out as take_back

        _tell_ended(invocation, take_back(invocation.store), _("It was taken back."))
        return 0
    found = list(_checks(invocation, online=online))
    if fix:
        _fix(invocation, found)
        found = list(_checks(invocation, online=online))
    if invocation.wants_json:
        say_json([check.as_json() for check in found])
    else:
        for check in found:
            mark = styled("✓", "green") if check.ok else styled("✗", "red")
            say(f"{mark} {check.message}")
            if check.remedy:
                say(f"  {check.remedy}")
        if any(check.mend for check in found):
            say(_("What can be seen to from here: vanort doctor --fix"))
    return int(not all(check.ok for check in found))


def _finish(invocation: Invocation) -> int:
    from registry.sharing.unfinished import Unsettled, finish

    try:
        ended = finish(invocation.store)
    except Unsettled as error:
        if invocation.wants_json:
            say_json({"conflicts": [found.as_json() for found in error.conflicts]})
            return 1
        for found in error.conflicts:
            say(line(f"{found.title}: {found.label}"))
        note(str(error))
        return 1
    _tell_ended(invocation, ended, _("It was finished."))
    return 0


def _tell_ended(invocation: Invocation, ended: Ended, message: str) -> None:
    if invocation.wants_json:
        kept = None if ended.kept is None else str(ended.kept)
        say_json({"commit": ended.commit, "unsaved": list(ended.unsaved), "kept": kept})
        return
    say(message)
    if ended.unsaved:
        said = {"files": ", ".join(map(line, ended.unsaved))}
        say(_("Not yet saved: %(files)s. Look at it, and save it: vanort save -m WHY") % said)
    if ended.kept is not None:
        say(_("What lay in the folder until then is kept in %(folder)s") % {"folder": line(str(ended.kept))})


def _checks(invocation: Invocation, *, online: bool) -> Iterator[Check]:
    from registry.errors import VanortError
    from registry.health.check import Check
    from registry.health.computer import git
    from registry.health.looking import checks
    from tui import terminal_health

    yield (found := git())
    if found.ok:
        try:
            yield from checks(invocation.store, asks_server=online)
        except VanortError as error:
            yield (
                _no_registry() if _nobody_named_one(invocation) else Check("registry", False, error.message, error.hint)
            )
    yield from terminal_health.checks(os.environ, sys.stdout.encoding or "", terminal_health.size_here())


def _nobody_named_one(invocation: Invocation) -> bool:
    here = Path.cwd()
    return invocation.chosen_folder is None and not any(
        (each / "registry.toml").exists() for each in (here, *here.parents)
    )


def _no_registry() -> Check:
    """What is said where nobody named a registry and there is none: that is no fault, only the computer is looked at."""
    from registry.health.check import Check

    return Check("registry", True, _("There is no registry in this folder; -r FOLDER looks at one."))


def _fix(invocation: Invocation, found: list[Check]) -> None:
    """Carry out what can be carried out from here, and say so; who acts is asked, where somebody can be."""
    asks = sys.stdin.isatty() and sys.stdout.isatty() and not invocation.wants_json
    for check in found:
        if check.mend is not None:
            check.mend()
        elif asks and check.id == "identity" and not check.ok:
            _ask_who(invocation)
        else:
            continue
        if not invocation.wants_json:
            say(_("Seen to: %(what)s.") % {"what": check.message})


def _ask_who(invocation: Invocation) -> None:
    """Who acts, kept in the registry's own settings; an office and its mailbox are offered where one is known."""
    from datetime import date

    from registry.policy.offices import mailboxes

    known = mailboxes(invocation.store.current(), date.today())
    name, mailbox = known[0] if known else (None, None)
    given = click.prompt(_("Whose name stands on your changes? A person's, or an office's"), default=name)
    address = click.prompt(_("And which e-mail address"), default=mailbox)
    invocation.store.repo.set_identity(str(given), str(address))
