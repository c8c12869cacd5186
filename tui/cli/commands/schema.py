"""`vanort schema [KIND]`."""

from __future__ import annotations

import click

from registry.errors import BadInput
from registry.words import _
from tui.cli import completing
from tui.cli.answers import say
from tui.cli.frame import Command
from tui.cli.invocation import Invocation


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "schema",
        run,
        summary,
        text=_(
            "Prints the JSON Schema of a kind of record: departments, twin-towns, projects, registry or policy. With "
            "--editor it sets up the registry's folder instead, so that VS Code with Even Better TOML, and other editors "
            "that use Taplo, complete keys and show what is wrong while you write. Nothing of that is shared."
        ),
        params=[
            click.Argument(["kind"], metavar=_("[KIND]"), required=False, shell_complete=completing.kinds),
            click.Option(["--editor"], is_flag=True, help=_("Set up the folder for editors of TOML files.")),
        ],
        reads=True,
        examples=[
            ("vanort schema projects", _("How a project is written, for programs.")),
            ("vanort schema --editor", _("Completion and errors in the editor, in this copy of the registry.")),
        ],
    )


def run(invocation: Invocation, *, kind: str | None, editor: bool) -> None:
    """Print a schema, or set up the folder."""
    from registry.exchange.schema import file_name, schema_text, taplo_settings
    from registry.records.kinds import KINDS, kind_named

    if editor == (kind is not None):
        raise BadInput(
            _("Say one of the two: a kind of record, or --editor."),
            _("Write one of %(kinds)s.") % {"kinds": ", ".join(KINDS)},
        )
    if kind is not None:
        print(schema_text(kind_named(kind)), end="")
        return
    from registry.git.editor_files import schema_folder, write_editor_files

    repo = invocation.store.repo
    schemas = {file_name(one): schema_text(one) for one in KINDS.values()}
    place = write_editor_files(repo, schemas, taplo_settings(schema_folder(repo)))
    say(_("Written: %(file)s") % {"file": str(place)})
