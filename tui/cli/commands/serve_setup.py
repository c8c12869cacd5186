"""`vanort serve-setup DIR`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from registry.errors import NotFound
from registry.words import _, language
from tui.cli.answers import quoted, say, say_json
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import Folder, json_option


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "serve-setup",
        run,
        summary,
        text=_(
            "On the server's own computer. The folder must be empty, not there yet, or a bare repository. Nothing shared "
            "there can be rewritten or removed, and Vänort judges what arrives before it is taken in: what the policy does "
            "not allow, and no commit records as known, is refused with the reasons. vanort guide server has the rest."
        ),
        params=[
            click.Argument(["folder"], metavar=_("FOLDER"), type=Folder()),
            click.Option(["--shared"], is_flag=True, help=_("Let everybody of the folder's group share there.")),
            json_option(),
        ],
        examples=[("vanort serve-setup registret.git", _("A place to share a registry at."))],
    )


def run(invocation: Invocation, *, folder: Path, shared: bool) -> None:
    """Make the server's repository, or mend it."""
    from registry.git.serving import set_up

    folder = folder.expanduser()
    made = set_up(folder, [_program()], language(), shared=shared)
    if invocation.wants_json:
        say_json({"folder": str(folder.absolute()), "made": made})
        return
    if made:
        say(_("A place to share a registry at has been made: %(folder)s") % {"folder": folder.absolute()})
        say(_("In the registry's folder: vanort remote %(folder)s") % {"folder": quoted(str(folder.absolute()))})
    else:
        say(_("%(folder)s is set up as it should be.") % {"folder": folder.absolute()})


def _program() -> str:
    """Vänort as a hook can call it: the one beside this Python, else the one on the path. Raises `NotFound`."""
    beside = Path(sys.executable).with_name("vanort")
    found = str(beside) if beside.is_file() else shutil.which("vanort")
    if found is None:
        raise NotFound(
            _("The program vanort is not on the path, and the server's hook has to call it."),
            _("Install it on the server, as the README says."),
        )
    return str(Path(found).absolute())
