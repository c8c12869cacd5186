"""`vanort diff FROM TO [REF]`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from registry.words import _
from tui.cli.answers import say, say_json, say_json_list, styled
from tui.cli.columns import aligned
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import json_option, ref_argument

if TYPE_CHECKING:
    from registry.comparing import Comparison


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "diff",
        run,
        summary,
        reads=True,
        text=_(
            "FROM and TO are commits, tags or days; without TO, what has come since FROM until now, as last saved. Every "
            "record and field that differs is shown, of REF or of all."
        ),
        params=[
            click.Argument(["old"], metavar=_("FROM")),
            click.Argument(["new"], metavar=f"[{_('TO')}]", default="HEAD"),
            ref_argument(required=False),
            click.Option(
                ["--summary"],
                is_flag=True,
                help=_("Only what came, went and changed, and the sums of money and stages; with --json an object."),
            ),
            json_option(),
        ],
        examples=[
            ("vanort diff 2024 2025", _("What 2025 changed.")),
            ("vanort diff 2024", _("What has changed since 2024 ended.")),
            ("vanort diff 2024 2025 --summary", _("The year in figures.")),
            ("vanort diff HEAD~1 HEAD twin-towns/skjern", _("What the latest change did to one record.")),
        ],
    )


def run(invocation: Invocation, *, old: str, new: str, ref: str | None, summary: bool) -> None:
    """Tell what differs."""
    from registry.comparing import compare
    from registry.differences import differences
    from registry.git.log import changed_refs
    from registry.names import RecordNames
    from registry.plain_text import line
    from registry.records.refs import parse_ref
    from registry.sentences import sentence
    from registry.word_diff import marked

    store = invocation.store
    before, after = store.at(old), store.at(new)
    wanted = parse_ref(ref) if ref else ""
    names = RecordNames(after, before, person=store.person)
    differing = changed_refs(store.repo, before.commit or "", after.commit or "")
    refs = [name for name in differing if wanted in {"", name}]
    if invocation.wants_json:
        if summary:
            say_json(compare(before, after, refs, names).as_json())
        else:
            found = (differences(name, before.data(name), after.data(name), names) for name in refs)
            say_json_list(change.as_json() for changes in found for change in changes)
        return
    for name in refs:
        state = _state(name in before, name in after)
        say(styled(f"{line((after if name in after else before).title(name))} ({name})", "bold") + state)
        for change in () if summary else differences(name, before.data(name), after.data(name), names):
            pieces = "".join(map(marked, sentence(change, names).pieces))
            say(f"  {line(change.label)}: {line(pieces)}" if pieces else f"  {change.line(names, width=100)}")
    if not refs:
        say(_("Nothing differs."))
    elif summary or not wanted:
        for text in _sums(compare(before, after, (), names)):
            say(text)


def _sums(found: Comparison) -> Iterator[str]:
    """The sums that differ, then and now."""
    from registry.comparing_words import money_rows, stage_rows

    for heading, rows in ((_("Projects by stage"), stage_rows(found)), (_("Money"), money_rows(found))):
        if rows:
            yield ""
            yield styled(heading, "bold")
            yield from (f"  {text}" for text in aligned(rows))


def _state(before: bool, after: bool) -> str:
    if before and after:
        return ""
    return "  " + (_("added") if after else _("removed"))
