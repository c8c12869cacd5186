"""`vanort completion bash|zsh|fish`."""

from __future__ import annotations

import click

from registry.words import _
from tui.cli.answers import say
from tui.cli.frame import Command
from tui.cli.invocation import Invocation

SHELLS = ("bash", "zsh", "fish")


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "completion",
        run,
        summary,
        params=[click.Argument(["shell"], metavar="bash|zsh|fish", type=click.Choice(SHELLS))],
        examples=[
            ('eval "$(vanort completion bash)"', _("In ~/.bashrc.")),
            ('eval "$(vanort completion zsh)"', _("In ~/.zshrc, after compinit.")),
            ("vanort completion fish | source", _("In ~/.config/fish/config.fish.")),
        ],
    )


def run(_invocation: Invocation, *, shell: str) -> None:
    """Print the script."""
    from click.shell_completion import ShellComplete, get_completion_class

    from tui.cli.program import Program
    from tui.cli.running import COMPLETE

    found = get_completion_class(shell)
    if found is None:
        raise AssertionError(shell)
    # not the class's own source(), which for bash starts one to ask its version
    say(ShellComplete.source(found(Program(), {}, "vanort", COMPLETE)))
