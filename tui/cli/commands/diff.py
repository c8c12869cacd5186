"""`vanort diff FROM TO [REF]`."""

from __future__ import annotations

import click

from registry.words import _
from tui.cli.answers import say, say_json_list, styled
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option, ref_argument


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "diff",
        run,
        summary,
        reads=True,
        text=_(
            "FROM and TO are commits, tags or days. Every record and field that differs is shown, of REF or of all."
        ),
        params=[
            click.Argument(["old"], metavar=_("FROM")),
            click.Argument(["new"], metavar=_("TO")),
            ref_argument(required=False),
            json_option(),
        ],
        examples=[
            ("vanort diff 2024 2025", _("What 2025 changed.")),
            ("vanort diff HEAD~1 HEAD twin-towns/skjern", _("What the latest change did to one record.")),
        ],
    )


def run(invocation: Invocation, *, old: str, new: str, ref: str | None) -> None:
    """Tell what differs."""
    from registry.differences import differences
    from registry.git.log import changed_paths
    from registry.names import RecordNames
    from registry.plain_text import line
    from registry.records.refs import parse_ref, ref_of

    store = invocation.store
    before, after = store.at(old), store.at(new)
    wanted = parse_ref(ref) if ref else ""
    names = RecordNames(after, before, person=store.person)
    paths = changed_paths(store.repo, before.commit or "", after.commit or "")
    refs = [name for _status, path in paths if (name := ref_of(path)) and wanted in {"", name}]
    found = {name: differences(name, before.data(name), after.data(name), names) for name in refs}
    if invocation.wants_json:
        say_json_list(change.as_json() for changes in found.values() for change in changes)
        return
    for name, changes in found.items():
        state = _state(name in before, name in after)
        say(styled(f"{line((after if name in after else before).title(name))} ({name})", "bold") + state)
        for change in changes:
            say(f"  {change.line(names, width=100)}")
    if not found:
        say(_("Nothing differs."))


def _state(before: bool, after: bool) -> str:
    if before and after:
        return ""
    return "  " + (_("added") if after else _("removed"))
