"""`vanort show REF`."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from registry.words import _
from tui.cli.answers import say, say_json, styled
from tui.cli.columns import cells
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option, ref_argument

if TYPE_CHECKING:
    from registry.records.display import Row

_LABEL_WIDTH = 30


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "show",
        run,
        summary,
        reads=True,
        text=_(
            "REF is the record's file without .toml: registry, policy, departments/…, twin-towns/… or projects/YEAR/…"
        ),
        params=[ref_argument(), at_option(), json_option()],
        examples=[
            ("vanort show twin-towns/skjern", _("A page to read.")),
            ("vanort show projects/2026/korresa --at 2026-03-01", _("The same project as it stood that day.")),
            ("vanort show registry --json", _("All keys, for a program.")),
        ],
    )


def run(invocation: Invocation, *, ref: str, at: str | None) -> None:
    """Show a record."""
    from registry.records import display
    from registry.records.kinds import kind_of

    snapshot = invocation.snapshot(at)
    name = invocation.existing(ref, snapshot)
    data = snapshot.data(name) or {}
    if invocation.wants_json:
        say_json({"ref": name, **data})
        return
    kind = kind_of(name)
    say(styled(display.title(kind, data, name), "bold"))
    say(styled(f"{kind.one} · {name}", "dim"))
    for group in display.rows(kind, display.with_implied(kind, data), invocation.store.names(snapshot)):
        say()
        say(styled(group.label, "cyan"))
        for row in group.rows:
            _say_row(row)


def _say_row(row: Row) -> None:
    """The label and, beside it, the value; its lines, and those that are too long, go on under its beginning."""
    from registry.plain_text import line, visible

    indent = "  " * (row.depth + 1)
    label = f"{indent}{line(row.label)}"
    gap = " " * max(2, _LABEL_WIDTH - cells(label))
    hanging = " " * _LABEL_WIDTH
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    lines = visible(row.value).split("\n")
    if width > _LABEL_WIDTH + 20:
        import textwrap

        lines = [part for text in lines for part in textwrap.wrap(text, width - _LABEL_WIDTH) or [""]]
    say(f"{styled(label, 'dim')}{gap}{lines[0]}".rstrip())
    for text in lines[1:]:
        say(f"{hanging}{text}".rstrip())
