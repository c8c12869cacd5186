"""`vanort blame REF`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from registry.words import _
from tui.cli.answers import beginning, say, say_json, styled
from tui.cli.frame import Command
from tui.cli.invocation import Invocation
from tui.cli.parameters import at_option, json_option, ref_argument

if TYPE_CHECKING:
    from registry.provenance import Origin


def make(summary: str) -> Command:
    """The command."""
    return Command(
        "blame",
        run,
        summary,
        reads=True,
        text=_(
            "Each change that brought a value which still stands, the latest first, with those values; also under earlier names of the record. Who decided is the decision it was entered under, or else the one that stands beside the value."
        ),
        params=[ref_argument(), at_option(), json_option()],
        examples=[
            ("vanort blame projects/2026/korresa", _("Who is behind each value of a project.")),
            ("vanort blame twin-towns/skjern --at 2026-03-01", _("The same, as of that day.")),
            ("vanort blame registry --json", _("For a program, by the field's path.")),
        ],
    )


def run(invocation: Invocation, *, ref: str, at: str | None) -> None:
    """Tell the origin of every value."""
    snapshot = invocation.snapshot(at)
    name = invocation.existing(ref, snapshot, once=at is None)
    invocation.tell_where_it_begins()
    found = invocation.store.origins(name, snapshot)
    if invocation.wants_json:
        say_json({path: origin.as_json() for path, origin in found.items()})
        return
    from registry.origin_words import by_change
    from registry.plain_text import line
    from registry.records.kinds import kind_of
    from registry.records.paths import label_at

    names = invocation.store.names(snapshot)
    kind, data = kind_of(name), snapshot.data(name) or {}
    say(styled(line(snapshot.title(name)), "bold"))
    for origins in by_change(found.values()):
        say()
        for text in _change(origins[0]):
            say(text)
        for origin in origins:
            say(f"    {styled(label_at(kind, origin.path, data, names), 'dim')}  {origin.show(names, 100)}")


def _change(origin: Origin) -> Iterator[str]:
    """Who entered it and when, who decided, and why."""
    from registry.origin_words import decided, entered

    entry = origin.entry
    yield styled(f"{entry.commit[:10]}  ", "yellow") + entered(origin) if entry else entered(origin)
    if origin.decision:
        yield f"  {decided(origin)}"
    for text in beginning(entry.why) if entry else ():
        yield f"  {text}"
