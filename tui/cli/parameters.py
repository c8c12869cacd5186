"""The parameters that several commands share, made in the language spoken."""

from __future__ import annotations

import os
from pathlib import Path

import click

from registry.words import _
from tui.cli import completing
from tui.cli.invocation import Invocation


def json_option() -> click.Option:
    """``--json``, which `Invocation.wants_json` tells of."""
    return click.Option(
        ["--json"], is_flag=True, expose_value=False, callback=_keep_json, help=_("Answer in JSON, for programs.")
    )


def _keep_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.ensure_object(Invocation).json = value


def at_option() -> click.Option:
    """``--at REV|DATE``."""
    return click.Option(
        ["--at"],
        metavar=_("VERSION|DATE"),
        help=_("As of a version or a day (2024-05-17, 2024, yesterday), and not as it is now."),
    )


def change_options() -> list[click.Parameter]:
    """What every command that changes something takes; `Command` gathers it as `Asked`."""
    return [
        click.Option(
            ["-m", "--why"],
            metavar=_("WHY"),
            shell_complete=completing.reasons,
            help=_("Why it is changed, in your own words; or: correction, new-information, by-decision."),
        ),
        click.Option(
            ["--decision"],
            metavar=_("DECISION"),
            default="",
            help=_("The decision that it is changed under, like “KS 2026-03-10 § 31”."),
        ),
        click.Option(
            ["--override"],
            metavar=_("CLAUSE"),
            multiple=True,
            help=_("Record a departure from this clause of the policy, knowingly; -m says why."),
        ),
        click.Option(["--dry-run"], is_flag=True, help=_("Show what would come of it, and change nothing.")),
        json_option(),
    ]


def ref_argument(*, required: bool = True) -> click.Argument:
    """REF."""
    return click.Argument(["ref"], metavar="REF", required=required, shell_complete=completing.refs)


def refs_argument() -> click.Argument:
    """REF…"""
    return click.Argument(["refs"], metavar="[REF]...", nargs=-1, shell_complete=completing.refs)


def address_argument(*, required: bool = True) -> click.Argument:
    """Where a registry is shared."""
    return click.Argument(["address"], metavar=_("ADDRESS") if required else _("[ADDRESS]"), required=required)


class Folder(click.Path):
    """A folder; an empty name is none, though Python takes it for the one that one stands in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path. Fails for an empty one, such as a variable of the shell that is not set."""
        if value == "":
            self.fail(_("an empty name is no folder"), param, ctx)
        return super().convert(value, param, ctx)


def assignments_argument(*, required: bool = False) -> click.Argument:
    """KEY=VALUE…"""
    return click.Argument(
        ["assignments"],
        metavar=_("KEY=VALUE...") if required else _("[KEY=VALUE]..."),
        required=required,
        nargs=-1,
        shell_complete=completing.assignments,
    )
