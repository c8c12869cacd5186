"""The program `vanort`: its commands, what runs them, and what becomes of errors."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import click

from registry.errors import BadInput, VanortError
from registry.words import N_, _, speak
from tui.cli.answers import say, tell, tell_error
from tui.cli.frame import SETTINGS, Command, general_options
from tui.cli.invocation import Invocation, Opening
from tui.cli.language import click_speaking, spoken

INTERRUPTED: Final = 130
REFUSED: Final = 2
COMPLETE: Final = "_VANORT_COMPLETE"
"""The variable by which a shell asks for completions."""

COMMANDS: Final[dict[str, dict[str, str]]] = {
    N_("Look"): {
        "list": N_("List departments, twin towns or projects."),
        "show": N_("Show one record."),
        "log": N_("What was changed, when, by whom and why; of one record or of all."),
        "diff": N_("What differs between two versions or days."),
        "check": N_("Check the registry, and list what is found."),
    },
    N_("Change"): {
        "new": N_("Add a record."),
        "set": N_("Change values of a record."),
        "delete": N_("Remove a record; its history stays."),
        "rename": N_("Give a record another name, and carry along what refers to it."),
        "undo": N_("Take back a change, by a change of its own."),
        "save": N_("Save what was edited by hand."),
        "discard": N_("Set aside what was edited by hand."),
    },
    N_("People"): {
        "people": N_("The people book: names and addresses, kept beside the history."),
    },
    N_("The registry"): {
        "init": N_("Make a new registry."),
        "demo": N_("Open a throw-away sample registry."),
        "doctor": N_("See that everything is as it should be, and what to do where it is not."),
        "completion": N_("Print what makes the shell complete commands, records and keys."),
    },
}
"""Heading → command → what it does. Each has a module of its name in `tui.cli.commands`."""


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
        made: Command = import_module(f"tui.cli.commands.{cmd_name}").make(_(summary))
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
        from tui.cli.versions import versions

        say(versions())
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
        with click_speaking(language):
            code = _command(arguments, invocation)
        if code == 0 and invocation.opens_app is not None:
            code = _app(invocation.opens_app, invocation)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _hang_up()
        return 0
    except VanortError as error:
        tell(error, json_wanted=invocation.wants_json)
        return REFUSED
    except Exception as error:  # a defect of ours: it is told in a line, and where to find the rest
        return _apologise(error, invocation)
    return code


def _command(arguments: Sequence[str], invocation: Invocation) -> int:
    """What click's own `main` does, but for its way with interrupts and closed pipes, which end here as everywhere."""
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
