"""What commands are made of: click's classes with our help, our examples and our parameters.

A command's module has one function, `make()`, that builds it when it is asked for, in the language then spoken; so
that `vanort show` imports nothing of the others, and every help text is an ordinary translated sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from registry.words import LANGUAGES, _
from tui.cli.invocation import Invocation
from tui.cli.parameters import Folder, change_options

SETTINGS: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said of a change beside the change itself."""

    why: str | None
    decision: str
    overrides: tuple[str, ...]
    dry_run: bool


class Command(click.Command):
    """One command. `run` is called with the `Invocation` and the parameters; it gives an exit code or None (0)."""

    def __init__(
        self,
        name: str,
        run: Callable[..., int | None],
        summary: str,
        *,
        text: str = "",
        params: Sequence[click.Parameter] = (),
        changes: bool = False,
        reads: bool = False,
        examples: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`examples` are command lines, each with what it does.

        A command that `changes` something takes the options for that, and `run` is given them as `asked`. One that only
        `reads` does so in a bare repository too.
        """
        super().__init__(
            name,
            context_settings=dict(SETTINGS),
            callback=run,
            params=[*params, *(change_options() if changes else ()), *general_options()],
            help="\n\n".join(part for part in (summary, text) if part),
            short_help=summary,
            options_metavar=_("[OPTIONS]"),
        )
        self.examples = tuple(examples)
        self.changes = changes
        self.reads = reads

    def invoke(self, ctx: click.Context) -> Any:
        """Call `run`."""
        if self.callback is None:
            return None
        ctx.ensure_object(Invocation).bare_too = self.reads
        values = dict(ctx.params)
        if self.changes:
            asked = (values.pop(name) for name in ("why", "decision", "override", "dry_run"))
            values["asked"] = Asked(*asked)
        return ctx.invoke(self.callback, ctx.obj, **values)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The examples, last, where the eye rests."""
        if self.examples:
            with formatter.section(_("Examples")):
                for command, meaning in self.examples:
                    indent = " " * formatter.current_indent
                    formatter.write(f"{indent}{command}\n{indent}    {meaning}\n")


def general_options() -> list[click.Parameter]:
    """What every command takes, and `vanort` itself before a command."""
    return [
        click.Option(
            ["-r", "--registry"],
            metavar=_("FOLDER"),
            type=Folder(),
            expose_value=False,
            callback=_keep_folder,
            help=_("The registry's folder; else VANORT_REGISTRY, else the one that contains the working directory."),
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            callback=_keep_language,
            help=_("The language of all that is said."),
        ),
    ]


def _keep_folder(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.ensure_object(Invocation).folder = value


def _keep_language(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(Invocation).language = value
