"""The program `vanort` as click knows it: its commands, and what is told of a wrong command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import click

from registry.words import N_, _
from tui.cli.answers import note, say, tell_error
from tui.cli.frame import SETTINGS, Command, general_options
from tui.cli.invocation import Invocation, Opening
from tui.cli.running import COMPLETE, REFUSED

COMMANDS: Final[dict[str, dict[str, str]]] = {
    N_("Look"): {
        "list": N_("List departments, twin towns or projects."),
        "show": N_("Show one record."),
        "log": N_("What was changed, when, by whom and why; of one record or of all."),
        "blame": N_("Who decided each value of a record, who entered it, when and why."),
        "diff": N_("What differs between two versions or days."),
        "check": N_("Check the registry, and list what is found."),
        "policy": N_("The policy clause by clause: what serves it, and what it finds."),
        "budget": N_("A year's money, and what is left of the frames."),
        "verify": N_("See whether the history can be trusted: who signed, what disappeared, what does not add up."),
        "decisions": N_("Every decision that was ever cited: what was changed under it, what cites it."),
    },
    N_("Change"): {
        "new": N_("Add a record."),
        "set": N_("Change values of a record."),
        "delete": N_("Remove a record; its history stays."),
        "rename": N_("Give a record another name, and carry along what refers to it."),
        "restore": N_("Bring a record, or one value of it, back as it was."),
        "undo": N_("Take back a change, by a change of its own."),
        "save": N_("Save what was edited by hand."),
        "discard": N_("Set aside what was edited by hand."),
    },
    N_("Files"): {
        "report": N_("A report for the board, the committee or an auditor: Markdown, HTML or Word."),
        "export": N_("Write the registry to a file: Excel, CSV, JSON or a calendar."),
        "import": N_("Take in a file: Excel, CSV or JSON."),
        "mailing": N_("The addresses of the coordination committee, or of those around a project."),
        "memo": N_("The text of a memorandum to the board (tjänsteskrivelse) about a project."),
        "schema": N_("How records are written: JSON Schema, also for editors of the files."),
    },
    N_("People"): {
        "people": N_("The people book: names and addresses, kept beside the history."),
    },
    N_("Sharing"): {
        "sync": N_("Take in what others have shared, and share what was saved here."),
        "conflicts": N_("What two people changed differently, and one of them has to decide."),
        "settle": N_("Decide one such thing."),
        "remote": N_("Where the registry is shared; or say where from now on."),
        "clone": N_("Make a copy of a shared registry."),
        "serve-setup": N_("Make a place on a server where a registry can be shared."),
    },
    N_("The registry"): {
        "init": N_("Make a new registry."),
        "demo": N_("Open a throw-away sample registry."),
        "signing": N_("Sign the changes with an SSH key, and say who may."),
        "doctor": N_("See that everything is as it should be, and what to do where it is not."),
        "guide": N_("Read the guide: a page of it, or the list of its pages."),
        "completion": N_("Print what makes the shell complete commands, records and keys."),
    },
}
"""Heading → command → what it does. Each has a module of its name in `tui.cli.commands`, with _ for -."""


class Program(click.Group):
    """`vanort` itself; imports a command's module when the command is asked for."""

    def __init__(self) -> None:
        super().__init__(
            "vanort",
            invoke_without_command=True,
            context_settings=dict(SETTINGS),
            callback=_without_command,
            params=[
                *general_options(),
                click.Option(
                    ["--version"],
                    is_flag=True,
                    is_eager=True,
                    expose_value=False,
                    callback=_say_version,
                    help=_("Show the versions of Vänort, Git and Python."),
                ),
            ],
            help=_("The registry of a municipality's international contacts.")
            + "\n\n"
            + _("Without a command, the app is opened. Everything that the app does, a command does too."),
            options_metavar=_("[OPTIONS]"),
            subcommand_metavar=_("[COMMAND] [ARGUMENTS]..."),
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All names, in the order of the help text."""
        return [name for commands in COMMANDS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, made now."""
        summary = next((commands[cmd_name] for commands in COMMANDS.values() if cmd_name in commands), None)
        if summary is None:
            return None
        made: Command = import_module(f"tui.cli.commands.{cmd_name.replace('-', '_')}").make(_(summary))
        return made

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The commands under their headings, without a module being imported."""
        for heading, commands in COMMANDS.items():
            with formatter.section(_(heading)):
                formatter.write_dl([(name, _(summary)) for name, summary in commands.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Where to read on."""
        formatter.write_paragraph()
        formatter.write_text(_("vanort COMMAND --help shows a command's options, with examples."))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """The commands that begin so, with what they do."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(name, help=_(summary))
            for commands in COMMANDS.values()
            for name, summary in commands.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]


def _without_command() -> None:
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is None:
        ctx.ensure_object(Invocation).opens_app = Opening(None)


def _say_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from tui.cli.versions import git_trouble, versions

        say(versions())
        if trouble := git_trouble():
            note(trouble)
        ctx.exit()


@dataclass(frozen=True)
class Usage:
    """How a wrong command line is told: what is wrong, and which help text knows better."""

    message: str
    hint: str

    @classmethod
    def of(cls, error: click.ClickException) -> Usage:
        """What click found wrong."""
        context = error.ctx if isinstance(error, click.UsageError) else None
        command = context.command_path if context else "vanort"
        return cls(error.format_message(), _("%(command)s --help shows how it is written.") % {"command": command})


def command_line(arguments: Sequence[str], invocation: Invocation) -> int:
    """Parse a command line and run its command; gives the exit code.

    What click's own `main` does, but for its way with interrupts and closed pipes, which end here as everywhere.
    """
    program = Program()
    if wanted := os.environ.get(COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(program, {"obj": invocation}, "vanort", COMPLETE, wanted)
    try:
        with program.make_context("vanort", list(arguments), obj=invocation) as context:
            return int(program.invoke(context) or 0)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        return REFUSED
    except click.ClickException as error:
        usage = Usage.of(error)
        tell_error(usage.message, usage.hint, json_wanted=invocation.wants_json)
        return REFUSED
